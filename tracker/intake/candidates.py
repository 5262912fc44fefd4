"""From the entries of a table to values of series: what each cell means, what is passed over, what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Problem, Say, say
from tracker.intake.beside import Beside, beside
from tracker.intake.dating import Dates
from tracker.intake.footnotes import Borne, Footnotes, footnotes, remarks
from tracker.intake.kept import Candidate, Reading, Skipped, cell_problem
from tracker.intake.labels import Match, matched
from tracker.intake.published import Published, published, without_marks
from tracker.intake.unclear import doubted, other, unclear
from tracker.intake.values import Refused, has_unit
from tracker.model.actual import Actual, Quality
from tracker.model.goal import Kind, Series

if TYPE_CHECKING:
    from tracker.intake.dating import Key
    from tracker.intake.found import Entry, Found
    from tracker.intake.kept import Knowing
    from tracker.intake.sources import Watch
    from tracker.periods import Period

WATCHED = 1000
"""After how many cells whoever waits is told."""


def reading(found: Found, knowing: Knowing, watch: Watch) -> Reading:
    """Return what the cells of a table mean; `watch` is told now and then how many of how many are read."""
    reader = _Reader(found, knowing)
    for done, entry in enumerate(found.entries):
        if done % WATCHED == 0:
            watch(done, len(found.entries))
        reader.read(entry)
    skipped = [*reader.skipped.values()]
    grid = found.field.grid
    for cell, text in found.around.unused:
        skipped.append(Skipped(grid.file, cell, text or "–", 1, say("this column is neither labels nor a period")))
    for cell, text in found.around.unlabelled:
        skipped.append(Skipped(grid.file, cell, text or "–", 1, say("this row has no label, or no period")))
    problems = [cell_problem(reader.found, place, _HEADING.what, _HEADING.help) for place in found.around.doubtful]
    reader.problems += problems
    unseen = grid.unseen_among(each.place for each in reader.candidates)
    told = reader.found._replace(around=found.around._replace(unseen=unseen))
    return Reading(reader.candidates, skipped, reader.problems, reader.missing, frozenset(reader.used), told)


class _Reader:
    """The entries of one table, read one after the other; what many cells share is looked up once."""

    def __init__(self, found: Found, knowing: Knowing) -> None:
        self.candidates: list[Candidate] = []
        self.skipped: dict[tuple[str, ...], Skipped] = {}
        self.problems: list[Problem] = []
        self.missing = 0
        self.used: set[str] = set()
        # what a candidate remembers is where it stood, not every cell of its file
        grid = found.field.grid._replace(rows=[])
        self.found = found._replace(entries=(), field=found.field._replace(grid=grid, rows=(), owners={}))
        self._knowing = knowing
        self._of_one_period = len({entry.when for entry in found.entries}) == 1
        texts = [text for _, text in found.around.footnotes]
        self._notes = footnotes(texts, of_one_period=self._of_one_period)
        self._matches: dict[tuple[str, ...], Match | Say] = {}
        self._marks: dict[tuple[str, ...], str] = {}
        self._series: dict[str, Series] = {}
        self._dates = Dates(found.entries, knowing.actuals, knowing.step)
        self._unclear: set[tuple[str, ...]] = set()
        self._wrong: set[Key] = set()
        self._faults = found.field.grid.faults
        self._merged = {found.field.place(*place) for pair in found.field.owners.items() for place in pair}

    def read(self, entry: Entry) -> None:
        """Read one cell."""
        match = self._match(entry)
        if not isinstance(match, Match):
            self._skip(entry, match)
            return
        if match.key is not None:
            self.used.add(match.key)
        series = self._series_of(match.series)
        fault = self._unusable(entry)
        if fault is not None:
            self._refuse(entry, fault)
            return
        unit = entry.unit or match.unit
        said = published(entry.text, series.unit, unit or self.found.around.unit)
        own = f"{said.marks} {entry.more.get('marks', '') if entry.more else ''}"
        borne = Borne(own, self._marks[entry.labels])
        if said.value is not None and self._is_unclear(entry, match, series, borne):
            return
        more = beside(entry.more) if entry.more else _NOTHING
        if isinstance(more, Refused):
            self._refuse(entry, more)
        elif more.intended is not None:
            self._skip(entry, say('"{text}" is no actual value', text=more.intended))
        elif isinstance(said.value, Refused):
            self._refuse(entry, said.value)
        elif said.value is None and more.quality is not Quality.RETRACTED:
            self.missing += 1
        else:
            self._keep(entry, series, said, more, borne)

    def _keep(self, entry: Entry, series: Series, said: Published, more: Beside, borne: Borne) -> None:
        """Take a value that can be read, unless what stands below the table calls it a plan."""
        below = self._notes_on(entry).of(borne, entry.labels[-1], entry.when)
        if below.intended is not None and more.quality is None:
            self._skip(entry, say('"{text}" is no actual value', text=below.intended))
            return
        period = self._period(entry, series)
        if period is not None:
            value = None if more.quality is Quality.RETRACTED or isinstance(said.value, Refused) else said.value
            notes = [self._knowing.given.note, more.note, *map(self._notes.note, borne.every)]
            note = "; ".join(note for note in notes if note) or None
            more = more._replace(quality=more.quality or below.quality, note=note)
            kept = self._kept(entry, series, period, value, more)
            self.candidates.append(self._doubted(kept, said, series))

    def _match(self, entry: Entry) -> Match | Say:
        match = self._matches.get(entry.labels)
        if match is None:
            match = self._matches[entry.labels] = matched(entry.labels, self._knowing.among)
            self._marks[entry.labels] = without_marks(entry.labels[-1])[1]
        return match

    def _notes_on(self, entry: Entry) -> Footnotes:
        """Return what is said below the table, and before it what a remark in the row of a value says."""
        remark = entry.more.get("remark") if entry.more else None
        if remark is None:
            return self._notes
        own = remarks(remark, of_one_period=self._of_one_period)
        claims, doubts = (*own.claims, *self._notes.claims), (*own.doubts, *self._notes.doubts)
        return self._notes._replace(claims=claims, doubts=doubts)

    def _is_unclear(self, entry: Entry, match: Match, series: Series, borne: Borne) -> bool:
        """Tell whether a value may be no actual, or in another unit; that is one problem for all values of a label."""
        doubt = self._notes_on(entry).doubt(borne, entry.when)
        problem = doubted(entry, self.found, doubt) if doubt is not None else None
        problem = (
            problem or other(entry, self.found, match, series) or unclear(entry, self.found, match.unit, series.unit)
        )
        if problem is not None and entry.labels not in self._unclear:
            self._unclear.add(entry.labels)
            self.problems.append(problem)
        return problem is not None

    def _unusable(self, entry: Entry) -> Refused | None:
        """Return why a cell cannot be used whatever it says."""
        fault = self._faults.get(entry.place) if self._faults else None
        return fault or (_MERGED if entry.place in self._merged and entry.text.strip() else None)

    def _skip(self, entry: Entry, why: Say) -> None:
        before = self.skipped.get(entry.labels)
        if before is not None:
            self.skipped[entry.labels] = before._replace(cells=before.cells + 1)
            return
        grid = self.found.field.grid
        label = " ".join(filter(None, entry.labels))
        self.skipped[entry.labels] = Skipped(grid.file, grid.name(*entry.place), label, 1, why)

    def _refuse(self, entry: Entry, why: Refused) -> None:
        self.problems.append(cell_problem(self.found, entry.place, why.what, why.help))

    def _period(self, entry: Entry, series: Series) -> Period | None:
        """Return the period of an entry; where a heading means none, that is one problem for all cells under it."""
        period = self._dates.period(entry, series)
        if not isinstance(period, Refused):
            return period
        key = self._dates.key(entry, series)
        if key not in self._wrong:
            self._wrong.add(key)
            self._refuse(entry, period)
        return None

    def _series_of(self, name: str) -> Series:
        if name not in self._series:
            self._series[name] = self._knowing.series_of(name)
        return self._series[name]

    def _doubted(self, kept: Candidate, said: Published, series: Series) -> Candidate:
        """Return a value with what there is to doubt in percents: % in its heading does not tell 0.405 from 40.5.

        Growth of 0.4 % beside 7 % is usual; there a heading is believed, unless the number lost its format.
        """
        if series.unit != "%":
            return kept
        is_unformatted = self.found.field.grid.unformatted
        if said.bare or has_unit(without_marks(kept.text)[0]) or (series.kind is Kind.GROWTH and not is_unformatted):
            return kept._replace(bare=said.bare)
        return kept._replace(bare=True, headed=not is_unformatted)

    def _kept(self, entry: Entry, series: Series, period: Period, value: float | None, more: Beside) -> Candidate:
        given = self._knowing.given
        quality = more.quality or given.quality
        actual = Actual(
            series.id,
            period,
            value,
            quality or Quality.FINAL,
            more.published or given.published,
            more.source or given.source,
            more.url or given.url,
            more.note,
        )
        return Candidate(actual, self.found, entry.place, entry.text, quality is not None, was=more.recorded_at)


_NOTHING = Beside()
_HEADING = Refused(
    say("this row may be the heading of another table, whose values would have these periods"),
    say("leave a blank row above it if it is; else take it out, or read the parts with --range"),
)
_MERGED = Refused(
    say("this merged cell would be the value of several periods or labels"),
    say("split it, and write the value where it belongs"),
)
