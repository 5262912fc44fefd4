"""A compiled catalogue of translations, in which messages are looked up where they lie.

The standard library's reader decodes every message before the first can be used: 1.5 ms for a thousand of them,
when a command says a few dozen. The format is that of GNU gettext's manual, "The Format of GNU MO Files".
"""

from __future__ import annotations

from functools import cache

_HEADER = 28  # bytes; shorter than that there is no table
_MAGIC = b"\xde\x12\x04\x95"


class Catalogue:
    """The messages of a .mo file, little-endian as Babel writes it; sorted by message, as the format asks."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER or not data.startswith(_MAGIC):
            raise ValueError(_MAGIC)
        self._data = data
        self._count, self._messages, self._texts = (self._number(place) for place in (8, 12, 16))
        self._found = cache(self._search)

    def gettext(self, message: str) -> str:
        """Return the translation of a message; the message itself where there is none."""
        found = self._found(message)
        return found[0] if found and found[0] else message

    def ngettext(self, one: str, many: str, n: int) -> str:
        """Return the translation for a count; the English form where there is none."""
        found = self._found(one)
        form = self._form(n)
        if found is None or form >= len(found) or not found[form]:
            return one if n == 1 else many
        return found[form]

    def _form(self, n: int) -> int:
        rule = (self._found("") or [""])[0].partition("plural=")[2].partition(";")[0].strip()
        if rule in {"", "0"}:
            return 0
        from gettext import c2py  # undocumented, and the one reader of such rules

        return int(c2py(rule)(n))

    def _search(self, message: str) -> list[str] | None:
        """Return the forms of a message's translation, found by halving; None where it is not there."""
        wanted = message.encode()
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            held = self._bytes(self._messages, middle).partition(b"\0")[0]  # a plural form follows the NUL
            if held == wanted:
                return self._bytes(self._texts, middle).decode().split("\0")
            low, high = (middle + 1, high) if held < wanted else (low, middle)
        return None

    def _bytes(self, table: int, place: int) -> bytes:
        length, start = self._number(table + 8 * place), self._number(table + 8 * place + 4)
        return self._data[start : start + length]

    def _number(self, place: int) -> int:
        return int.from_bytes(self._data[place : place + 4], "little")
