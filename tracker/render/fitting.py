"""Which columns of a table a width holds, and how wide each is: sentences fold, columns go, but no number is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from tracker.render.folding import folded, least_width
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.views.table import Column

NARROWEST_NAME = 16
NARROWEST_CELL = 8
"""What a column that cannot go is folded into at the least, where there is no other way."""
BETWEEN = 2
"""Blank cells between two columns."""


class Piece(NamedTuple):
    """A text with its style; `lines` is the same in two lines, for where space is short.

    `sign` stands before the text: its later lines are indented by as much.
    """

    text: str
    style: str = ""
    lines: tuple[str, ...] = ()
    sign: str = ""

    @property
    def wide(self) -> int:
        """Return how many cells it takes in one line."""
        return cell_len(self.sign) + cell_len(self.text)

    @property
    def narrow(self) -> int:
        """Return how few cells it can do with."""
        return max(cell_len(line) for line in self.lines) if self.lines else self.wide

    @property
    def least(self) -> int:
        """Return how few cells it can be folded into at words."""
        return cell_len(self.sign) + least_width(self.text, NARROWEST_NAME)

    def within(self, width: int, *, folds: bool) -> list[str]:
        """Return its lines in a width; one that `folds` is a sentence, any other has its own way to be shorter."""
        if folds:
            return folded(self.sign + self.text, width)
        if self.wide <= width:
            return [self.sign + self.text]
        if self.lines and self.narrow <= width:
            return list(self.lines)
        indent = cell_len(self.sign)
        lines = folded(self.text, width - indent, phrases=True)
        return [self.sign + lines[0], *(" " * indent + line for line in lines[1:])]


class Need(NamedTuple):
    """How many cells a column must have, and how many it would use."""

    least: int
    most: int


class Fitted(NamedTuple):
    """The width of each column that is shown, by its place; the column `below` stands under its line."""

    widths: dict[int, int]
    below: int | None = None


def fitted(columns: Sequence[Column], lines: Sequence[Sequence[Piece]], width: int | None) -> Fitted:
    """Return how the lines of a table, its titles among them, are laid out in a width.

    What can be left out goes by priority. Where the rest is still too wide, its last sentence stands under its line,
    and where that is not enough, what is left is folded at words.
    """
    places = range(len(columns))
    if width is None:
        return Fitted({place: max(line[place].wide for line in lines) for place in places})
    needs = _side_by_side(columns, lines, places, width)
    if _fits(needs, width):
        return Fitted(_shared(needs, width))
    below = _last_sentence(columns)
    if below is not None:
        needs = _side_by_side(columns, lines, [place for place in places if place != below], width)
    if not _fits(needs, width):
        needs = {place: _folding([line[place] for line in lines]) for place in needs}
    return Fitted(_shared(needs, width), below)


def _last_sentence(columns: Sequence[Column]) -> int | None:
    """Return the place of the sentence that ends what cannot go, None where there is none, or it is all there is."""
    last = max((place for place, column in enumerate(columns) if column.priority == 0), default=0)
    return last if last > 0 and columns[last].folds else None


def _side_by_side(
    columns: Sequence[Column], lines: Sequence[Sequence[Piece]], places: Sequence[int], width: int
) -> dict[int, Need]:
    """Return what the columns need that fit, in two lines where that saves one or makes room for those that stay."""
    wide = {place: _wide(columns[place], max(line[place].wide for line in lines)) for place in places}
    kept = _kept(columns, wide, width)
    if len(kept) == len(wide) and _fits(kept, width):
        return kept
    wraps = any(columns[place].wraps for place in wide if place not in kept)
    narrow = {place: _narrow(columns[place], [line[place] for line in lines], wraps=wraps) for place in places}
    more = _kept(columns, narrow, width)
    return more if len(more) > len(kept) or wraps or not _fits(kept, width) else kept


def _wide(column: Column, wide: int) -> Need:
    return Need(min(wide, NARROWEST_NAME) if column.folds else wide, wide)


def _narrow(column: Column, pieces: Sequence[Piece], *, wraps: bool) -> Need:
    narrow = max(piece.narrow for piece in pieces)
    if not (wraps and column.wraps):
        return _wide(column, narrow)
    return Need(min(narrow, max(column.wraps, *(piece.least for piece in pieces))), narrow)


def _folding(pieces: Sequence[Piece]) -> Need:
    narrow = max(piece.narrow for piece in pieces)
    return Need(max(min(narrow, NARROWEST_CELL), *(piece.least for piece in pieces)), narrow)


def _kept(columns: Sequence[Column], needs: dict[int, Need], width: int) -> dict[int, Need]:
    """Return the columns that fit, the most important ones first asked."""
    room = width + BETWEEN
    kept = []
    for place in sorted(needs, key=lambda place: columns[place].priority):
        need = needs[place].least + BETWEEN
        if columns[place].priority == 0 or need <= room:
            kept.append(place)
            room -= need
    return {place: needs[place] for place in sorted(kept)}


def _fits(needs: dict[int, Need], width: int) -> bool:
    return sum(need.least + BETWEEN for need in needs.values()) <= width + BETWEEN


def _shared(needs: dict[int, Need], width: int) -> dict[int, int]:
    """Return the width of each column: what it must have, and of the rest alike to those that would use more."""
    result = {place: need.least for place, need in needs.items()}
    room = width - sum(result.values()) - BETWEEN * (len(result) - 1)
    wanting = [place for place, need in needs.items() if need.most > need.least]
    while room > 0 and wanting:
        place = min(wanting, key=lambda place: (result[place], -needs[place].most, -place))
        result[place] += 1
        room -= 1
        if result[place] == needs[place].most:
            wanting.remove(place)
    return result
