"""What the reading of a foreign table begins with and comes to: candidates, cells passed over, problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Problem, Say
from tracker.model.goal import Series
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from tracker.intake.found import Found
    from tracker.intake.labels import Among
    from tracker.model.actual import Actual, Quality
    from tracker.periods import Length


class Given(NamedTuple):
    """What holds for every value of an import, unless a cell of the table says it itself."""

    source: str | None = None
    url: str | None = None
    note: str | None = None
    quality: Quality | None = None
    published: date | None = None


class Knowing(NamedTuple):
    """What a table is read with: the series and their actuals in force, where labels lead, the step of dates.

    `many` gives the series of a declaration for many that an id belongs to, None where it belongs to none.
    """

    series: Mapping[str, Series]
    actuals: Mapping[str, Sequence[Actual]]
    among: Among
    given: Given = Given()
    step: Length | None = None
    many: Callable[[str], Series | None] = lambda _name: None

    def series_of(self, name: str) -> Series:
        """Return a series as it is declared, alone or with many; one that is only recorded has its id as name."""
        found = self.series.get(name) or self.many(name)
        return Series(name, name) if found is None else found._replace(id=name)


class Candidate(NamedTuple):
    """A value that a table gives: the line it would be, and the cell it stands in.

    `firm` tells whether anybody said how firm it is; `bare` that nothing but the number was written in a series of
    percents, `headed` that there was % over it or beside it; `was` is when a ledger that the table comes from says it
    was recorded.
    """

    actual: Actual
    found: Found
    place: tuple[int, int]
    text: str
    firm: bool
    bare: bool = False
    headed: bool = False
    was: datetime | None = None

    @property
    def cell(self) -> str:
        """Return what people call the cell."""
        return self.found.field.grid.name(*self.place)


class Skipped(NamedTuple):
    """Cells that are passed over: the first of them, the label (or the heading) they share, how many, and why."""

    file: str
    cell: str
    label: str
    cells: int
    why: Say


class Reading(NamedTuple):
    """What a table gives: values, cells passed over, problems; `missing` counts cells that say there is no value.

    `used` are the entries of the map that a label led to; `found` is the table without its cells.
    """

    candidates: list[Candidate]
    skipped: list[Skipped]
    problems: list[Problem]
    missing: int
    used: frozenset[str]
    found: Found


def cell_problem(found: Found, place: tuple[int, int], what: Say, advice: Say | None) -> Problem:
    """Return what is wrong with a cell as a problem with its place."""
    grid = found.field.grid
    return Problem(grid.file, grid.line(place[0]), grid.name(*place), what, advice)
