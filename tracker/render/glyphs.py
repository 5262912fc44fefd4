"""The signs a table is drawn with, and which of them a terminal's encoding can show."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from tracker.assess.figures import Status
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.views.table import Bar

BAR_CELLS = 10


class Glyphs(NamedTuple):
    """One set of signs, each a single cell wide; `words` replaces those inside texts."""

    status: dict[Status, str]
    full: str
    late: str
    empty: str
    mark: str
    branch: str
    levels: str
    words: dict[str, str]


_SIGNS = {
    Status.ACHIEVED: "●",
    Status.ON_TRACK: "▲",
    Status.AT_RISK: "◆",
    Status.OFF_TRACK: "▼",
    Status.MISSED: "×",
    Status.AWAITING: "◇",
    Status.OVERDUE: "■",
    Status.OPEN: "□",
    Status.TOO_FEW: "○",
    Status.NO_DATA: "·",
}
UNICODE = Glyphs(_SIGNS, "█", "▒", "░", "┃", "└ ", "▁▂▃▄▅▆▇█", {})
GBK = Glyphs(_SIGNS, "█", "▓", "-", "┃", "└ ", "▁▂▃▄▅▆▇█", {})
ASCII = Glyphs(
    dict(zip(_SIGNS, "*+~-x?!o:.", strict=True)),
    "#",
    "=",
    ".",
    "|",
    "- ",
    "_.-:=+*#",
    {"–": "-", "→": "->", "≤": "<=", "≥": ">=", "·": "-", "↗": "^", "┃": "|", "×": "x", "−": "-", "…": "..."},
)


def glyphs_for(encoding: str | None, term: str | None) -> Glyphs:
    """Return the richest set that an encoding can write; a dumb terminal gets plain characters."""
    if term == "dumb":
        return ASCII
    for glyphs in (UNICODE, GBK):
        if _writes(encoding, glyphs):
            return glyphs
    return ASCII


def _writes(encoding: str | None, glyphs: Glyphs) -> bool:
    signs = (
        "".join(glyphs.status.values())
        + glyphs.full
        + glyphs.late
        + glyphs.empty
        + glyphs.mark
        + glyphs.branch
        + glyphs.levels
    )
    try:
        (signs + "–→≤≥↗…").encode(encoding or "ascii")
    except (UnicodeError, LookupError):
        return False
    return True


def said(text: str, glyphs: Glyphs) -> str:
    """Return a text with the signs that a set of glyphs cannot show replaced."""
    for sign, plain in glyphs.words.items():
        text = text.replace(sign, plain)
    return text


def drawn(bar: Bar, glyphs: Glyphs, cells: int = BAR_CELLS) -> str:
    """Return a bar with a mark where time is: full cells are done, shaded ones are what time asks for.

    The bar is full only when all is done, and shows a cell as soon as anything is.
    """
    fill = 0.0 if bar.fill is None else min(max(bar.fill, 0.0), 1.0)
    full = int(fill * cells) if fill in {0.0, 1.0} else min(max(int(fill * cells), 1), cells - 1)
    if bar.mark is None:
        return glyphs.full * full + glyphs.empty * (cells - full)
    mark = min(int(min(max(bar.mark, 0.0), 1.0) * cells), cells)
    signs = [glyphs.full if place < full else glyphs.late if place < mark else glyphs.empty for place in range(cells)]
    return "".join([*signs[:mark], glyphs.mark, *signs[mark:]])


def sparked(values: Sequence[float], glyphs: Glyphs) -> str:
    """Return values as a line of signs, the least the lowest and the greatest the highest.

    >>> sparked([1.0, 2.0, 4.0], UNICODE), sparked([3.0, 3.0], UNICODE)
    ('▁▃█', '▄▄')
    """
    low, high = min(values), max(values)
    last = len(glyphs.levels) - 1
    if not low < high:
        return glyphs.levels[last // 2] * len(values)
    # halved where the span of very large values leaves the range of floats; the least values cannot be halved
    scale = 1.0 if isfinite(high - low) else 0.5
    span = high * scale - low * scale
    return "".join(glyphs.levels[round((value * scale - low * scale) / span * last)] for value in values)
