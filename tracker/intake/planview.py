"""The plan of an import for people: where the tables are, what becomes of each series, what is passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Say, say
from tracker.intake.found import Layout
from tracker.intake.recording import Outcome
from tracker.views.table import Cell, Column, Row, Table
from tracker.wording.quantity import Exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tracker.intake.found import Found
    from tracker.intake.planning import Plan, Planned
    from tracker.model.goal import Series
    from tracker.wording.words import Words

_LAYOUTS = {
    Layout.LONG: say("one value a line"),
    Layout.ACROSS: say("periods across"),
    Layout.DOWN: say("periods down"),
}
_LONGEST = 60


def plan_tables(plan: Plan, series: Mapping[str, Series], words: Words) -> list[Table]:
    """Return the tables of a plan: by series, then each value that differs from what is recorded, then the skipped."""
    tables = [_by_series(plan, series, words)]
    changed = [each for each in plan.planned if each.outcome in {Outcome.REVISED, Outcome.QUALITY}]
    if changed:
        tables.append(_changed(changed, series, words))
    if plan.skipped:
        tables.append(_skipped(plan, words))
    return tables


def counted(plan: Plan, words: Words) -> str:
    """Return how many values there are of each outcome, in one line."""
    parts = [
        words.text("{n} new", n=plan.count(Outcome.NEW)),
        words.text("{n} same", n=plan.count(Outcome.SAME)),
        words.text("{n} revised", n=plan.count(Outcome.REVISED)),
    ]
    quality = plan.count(Outcome.QUALITY)
    if quality:
        parts.append(words.text("{n} of another quality", n=quality))
    if plan.missing:
        parts.append(words.text("{n} cell without a value", "{n} cells without a value", n=plan.missing))
    if plan.problems:
        parts.append(words.text("{n} problem", "{n} problems", n=len(plan.problems)))
    return " · ".join(parts)


def _by_series(plan: Plan, series: Mapping[str, Series], words: Words) -> Table:
    columns = (
        Column("series", words.text("Series"), folds=True),
        Column("cell", words.text("First cell"), priority=4),
        Column("periods", words.text("Periods"), priority=2),
        Column("latest", words.text("Latest"), right=True, priority=3),
        Column("new", words.text("New"), right=True),
        Column("same", words.text("Same"), right=True, priority=1),
        Column("revised", words.text("Revised"), right=True),
    )
    groups: dict[str, list[Planned]] = {}
    for each in plan.planned:
        groups.setdefault(each.candidate.actual.series, []).append(each)
    rows = tuple(_series_row(name, some, series.get(name), words) for name, some in groups.items())
    lead = tuple(line for found in plan.tables for line in _around(found, words))
    return Table(columns, rows, title=counted(plan, words), lead=lead)


def _series_row(name: str, some: Sequence[Planned], series: Series | None, words: Words) -> Row:
    actuals = sorted((each.candidate.actual for each in some), key=lambda one: (one.period.end, one.period.start))
    first, last = actuals[0].period.text, actuals[-1].period.text
    latest = next((line.value for line in reversed(actuals) if line.value is not None), None)

    def count(*outcomes: Outcome) -> str:
        return str(sum(each.outcome in outcomes for each in some))

    texts = (
        name,
        some[0].candidate.cell,
        first if first == last else f"{first} – {last}",
        "–" if latest is None else words.put(Exact(latest, series.unit if series else None)),
        count(Outcome.NEW),
        count(Outcome.SAME),
        count(Outcome.REVISED, Outcome.QUALITY),
    )
    return Row(tuple(map(Cell, texts)))


def _around(found: Found, words: Words) -> Iterator[str]:
    """Yield the lines that say where a table was found and what lies around it."""
    grid, around = found.field.grid, found.around
    place = "!".join(filter(None, (grid.sheet, found.area)))
    parts: list[Say] = [_LAYOUTS[found.layout]]
    lines = ", ".join(around.headings)
    parts.append(say("headings in {lines}", lines=lines))
    if around.unit is not None:
        parts.append(say("unit {unit}", unit=around.unit))
    if around.year is not None:
        parts.append(say("year {year} from the title", year=around.year))
    if around.titled is not None:
        parts.append(say("{period} from the title", period=around.titled))
    if around.blank:
        parts.append(say("{n} blank row", "{n} blank rows", n=around.blank))
    if around.unseen:
        parts.append(say("hidden and read as well: {lines}", lines=", ".join(around.unseen)))
    encoding = [grid.about] if grid.about is not None else []
    yield f"{grid.file} {place}: " + ", ".join([*encoding, *(words(part) for part in parts)])
    for sentence, texts in (
        (say("  above: {texts}", texts=_short(around.titles)), around.titles),
        (say("  between: {texts}", texts=_short(around.between)), around.between),
        (say("  below: {texts}", texts=_short(around.footnotes)), around.footnotes),
    ):
        if texts:
            yield words(sentence)


def _short(texts: Sequence[tuple[str, str]]) -> str:
    shown = [f"{cell} {text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}" for cell, text in texts[:6]]
    return " · ".join([*shown, *(["…"] if len(texts) > 6 else [])])  # noqa: PLR2004  as many as fit


def _changed(changed: Sequence[Planned], series: Mapping[str, Series], words: Words) -> Table:
    columns = (
        Column("series", words.text("Series"), folds=True),
        Column("period", words.text("Period")),
        Column("before", words.text("Recorded"), right=True),
        Column("value", words.text("In the file"), right=True),
        Column("cell", words.text("Cell"), priority=1),
    )
    rows = []
    for each in changed:
        actual = each.candidate.actual
        unit = series[actual.series].unit if actual.series in series else None
        values = [
            "–" if line is None or line.value is None else words.put(Exact(line.value, unit))
            for line in (each.before, actual)
        ]
        if each.outcome is Outcome.QUALITY and each.before is not None and each.line is not None:
            values = [
                f"{value} {line.quality.value}" for value, line in zip(values, (each.before, each.line), strict=True)
            ]
        texts = (actual.series, actual.period.text, *values, each.candidate.cell)
        rows.append(Row(tuple(map(Cell, texts))))
    title = words.text(
        "{n} value differs from what is recorded", "{n} values differ from what is recorded", n=len(rows)
    )
    return Table(columns, tuple(rows), title=title)


def _skipped(plan: Plan, words: Words) -> Table:
    columns = (
        Column("cell", words.text("Cell")),
        Column("label", words.text("Label"), folds=True),
        Column("count", words.text("Cells"), right=True, priority=1),
        Column("why", words.text("Why"), folds=True),
    )
    rows = tuple(
        Row(tuple(map(Cell, (each.cell, each.label, str(each.cells), words(each.why))))) for each in plan.skipped
    )
    return Table(columns, rows, title=words.text("{n} skipped", n=len(rows)))
