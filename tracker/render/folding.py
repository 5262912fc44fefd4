"""Running text in lines of a width: Chinese may break anywhere, other words only between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = r"\d{4}年\d{1,2}月(?:\d{1,2}日)?"
_PIECES = re.compile(rf" +|{_DAY}|[!-\u02ff\u0370-\u1fff\u2010-\u2027\u2030-\u2e7f]+|.", re.DOTALL)
_PHRASES = re.compile(r" +|(?:[≤≥] )?[^ ，、；]+(?: %)?[，、；]*|.", re.DOTALL)
_NUMBER = r"\d(?:[\d.,:-]*\d)?"
_NUMBERS = re.compile(rf"{_DAY}|{_NUMBER}")
_SIGNS = re.compile(rf"{_NUMBER}|.", re.DOTALL)
_AFTER_HYPHEN = re.compile(r"(?<=[^\d-]-)")


def folded(text: str, width: int, *, phrases: bool = False) -> list[str]:
    """Return a text in lines of at most `width` cells (at least 2); a day stays whole.

    A longer word is cut, rather after a hyphen, and not within a number unless that alone is longer. With `phrases`,
    Chinese breaks only at blanks and commas where that is possible, and a percentage keeps its signs.

    >>> folded("要达到 2,000 亿元", 9)
    ['要达到', '2,000 亿', '元']
    >>> folded("要达到 2,000 亿元", 9, phrases=True)
    ['要达到', '2,000', '亿元']
    >>> folded("five-clusters-total 2024", 10)
    ['five-', 'clusters-', 'total 2024']
    """
    width = max(width, 2)
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, width, _PHRASES if phrases else _PIECES):
        if cell_len(line) + cell_len(piece) <= width:
            line += piece
            continue
        lines.append(line.rstrip())
        line = "" if piece.isspace() else piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str, width: int, kind: re.Pattern[str]) -> Iterator[str]:
    """Yield what stays on one line: words, and the parts of those that are longer than a line."""
    for word in kind.findall(text):
        if word.isspace() or cell_len(word) <= width:
            yield word
        elif kind is _PHRASES:
            yield from _pieces(word, width, _PIECES)
        elif "://" in word:  # an address has digits, but no numbers
            yield from word
        else:
            for part in _AFTER_HYPHEN.split(word):
                for sign in [part] if cell_len(part) <= width else _SIGNS.findall(part):
                    yield from [sign] if cell_len(sign) <= width else sign


def least_width(text: str, most: int) -> int:
    """Return how few cells fold a text without a cut in a number or, where `most` cells hold it, in a word.

    >>> least_width("insufficient 2024-12-31", 16), least_width("1,000,000 in all", 5)
    (12, 9)
    """
    numbers = [cell_len(number) for number in _NUMBERS.findall(text)]
    parts = [cell_len(part) for word in _PIECES.findall(text) for part in _AFTER_HYPHEN.split(word)]
    return max([min(max(parts, default=0), most), *numbers])
