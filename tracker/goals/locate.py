r"""Where each key stands in a TOML text: the parser keeps no positions, and a message without a line is no help.

The text must be valid TOML with "\n" as its only line break: it is read after the parser accepted it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.goals.findings import KeyPath

_SPACE = re.compile(r"(?:[ \t\n]++|#[^\n]*+)*+")
_BLANK = re.compile(r"[ \t]*+")
_DOT = re.compile(r"[ \t]*+\.[ \t]*+")
_KEY = re.compile(r"""[A-Za-z0-9_-]++|"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+'""")
_SCALAR = re.compile(
    r'"""(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']++|'{1,2}(?!'))*+'{3,5}"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|[^,\[\]{}\n#]++"
)
_CLOSING = {"[": "]", "{": "}"}


def key_lines(text: str) -> dict[KeyPath, int]:
    r"""Return the line, from 1, of every key and array member of a valid TOML text.

    >>> key_lines("a = [\n  1,\n  2]\n[[b]]\nc.d = 1")["b", 0, "c", "d"]
    5
    """
    offsets = _Scan(text).offsets()
    breaks = [i for i, char in enumerate(text) if char == "\n"]
    return {path: bisect_left(breaks, offset) + 1 for path, offset in offsets.items()}


def line_of(path: KeyPath, lines: Mapping[KeyPath, int]) -> int:
    """Return the line of a key path, else of the nearest table around it, else 1."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return 1


class _Scan:
    """One walk through a TOML text that notes where each key begins; open brackets are a list, not a recursion."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._offsets: dict[KeyPath, int] = {}
        self._last: dict[KeyPath, int] = {}  # position of the newest member of each array of tables

    def offsets(self) -> Mapping[KeyPath, int]:
        table: KeyPath = ()
        self._skip(_SPACE)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._value(self._key(table))
            self._skip(_SPACE)
        return self._offsets

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self._text, self._at)
        if found is not None:
            self._at = found.end()

    def _next(self, char: str) -> bool:
        if self._text.startswith(char, self._at):
            self._at += len(char)
            return True
        return False

    def _header(self) -> KeyPath:
        start = self._at
        is_array = self._next("[[")
        if not is_array:
            self._at += 1
        path: KeyPath = ()
        names = self._names()
        for depth, (name, _) in enumerate(names, 1):
            path = (*path, name)
            self._offsets.setdefault(path, start)
            if is_array and depth == len(names):
                self._last[path] = self._last.get(path, -1) + 1
            if path in self._last:
                path = (*path, self._last[path])
                self._offsets.setdefault(path, start)
        self._next("]]" if is_array else "]")
        return path

    def _key(self, table: KeyPath) -> KeyPath:
        """Read `a.b.c =` and return its path; the value comes next."""
        path = table
        for name, start in self._names():
            path = (*path, name)
            self._offsets.setdefault(path, start)
        self._next("=")
        self._skip(_BLANK)
        return path

    def _names(self) -> list[tuple[str, int]]:
        names = []
        self._skip(_BLANK)
        while (found := _KEY.match(self._text, self._at)) is not None:
            names.append((_name(found[0]), self._at))
            self._at = found.end()
            dot = _DOT.match(self._text, self._at)
            if dot is None:
                break
            self._at = dot.end()
        self._skip(_BLANK)
        return names

    def _value(self, path: KeyPath) -> None:
        open_: list[tuple[str, KeyPath]] = []
        counts: list[int] = []
        while True:
            char = self._text[self._at]
            if char in _CLOSING:
                open_.append((_CLOSING[char], path))
                counts.append(0)
                self._at += 1
            else:
                self._skip(_SCALAR)
            self._close(open_, counts)
            if not open_:
                return
            closing, around = open_[-1]
            if closing == "}":
                path = self._key(around)
            else:
                path = (*around, counts[-1])
                counts[-1] += 1
                self._offsets[path] = self._at

    def _close(self, open_: list[tuple[str, KeyPath]], counts: list[int]) -> None:
        """Go on to the next member, out of every array and inline table that ends here."""
        while open_:
            self._skip(_SPACE)
            self._next(",")
            self._skip(_SPACE)
            if not self._next(open_[-1][0]):
                return
            open_.pop()
            counts.pop()


def _name(key: str) -> str:
    if key[0] == '"' and "\\" in key:
        import tomli

        return next(iter(tomli.loads(f"{key} = 0")))
    return key[1:-1] if key[0] in "\"'" else key
