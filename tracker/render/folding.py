"""Running text in lines of a width: Chinese may break anywhere, other words only between them."""

from __future__ import annotations

import re

from rich.cells import cell_len

_PIECES = re.compile(r" +|[!-\u02ff\u0370-\u1fff\u2010-\u2027\u2030-\u2e7f]+|.", re.DOTALL)


def folded(text: str, width: int) -> list[str]:
    """Return a text in lines of at most `width` cells (at least 2); a longer word is cut at the width.

    >>> folded("要达到 2,000 亿元", 9)
    ['要达到', '2,000 亿', '元']
    """
    width = max(width, 2)
    lines: list[str] = []
    line = ""
    for piece in _PIECES.findall(text):
        if cell_len(line) + cell_len(piece) <= width:
            line += piece
            continue
        if not piece.isspace() and cell_len(piece) <= width:
            lines.append(line.rstrip())
            line = piece
            continue
        if piece.isspace():
            lines.append(line.rstrip())
            line = ""
            continue
        for char in piece:
            if cell_len(line) + cell_len(char) > width:
                lines.append(line.rstrip())
                line = ""
            line += char
    return [*lines, line.rstrip()] if line.strip() or not lines else lines
