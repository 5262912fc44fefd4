"""The whole story as data, which the page and the Markdown lay out: every goal, cited, with what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.goal import Method
from tracker.tuples import NamedTuple
from tracker.views.changes import changes_table
from tracker.views.chart import Chart, chart_of
from tracker.views.footnotes import (
    Cited,
    Footnote,
    cited_by,
    footnotes,
    number_of,
    numbered,
    promised,
    recorded,
    web_link,
)
from tracker.views.jsonvalues import moment
from tracker.views.lacking import Lack, lacking
from tracker.views.order import counts
from tracker.views.status import Shows, behind, columns, status_table, usual_columns
from tracker.views.table import Cell, Column, Row, Table
from tracker.wording.explain import explained
from tracker.wording.languages import CUSTOMS, Language
from tracker.wording.method import MEASURED, held, judged_by, limits, made_of
from tracker.wording.noted import noted
from tracker.wording.promises import former
from tracker.wording.quantity import Exact
from tracker.wording.reason import reason
from tracker.wording.terms import MODE, QUALITY, STATUS
from tracker.wording.why import why

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tracker.assess.figures import Assessment, Point, Status, Turning
    from tracker.compare.methods import Judged
    from tracker.model.actual import Actual, View
    from tracker.model.goal import GoalsFile, Rules
    from tracker.views.changes import Comparison
    from tracker.views.order import Shown
    from tracker.wording.words import Words

KEY_FIGURES = ("actual", "target", "gap", "progress", "growth", "chance", "left")
"""The columns of status that open a goal's chapter."""


class Count(NamedTuple):
    """How many goals have a status."""

    status: Status
    name: str
    n: int


class Figure(NamedTuple):
    """One figure explained; `note` is the number of the footnote it is cited from."""

    label: str
    value: str
    how: str
    note: int | None


class Past(NamedTuple):
    """One value of the history, with its footnote."""

    period: str
    value: str
    quality: str
    published: str
    recorded: str
    remark: str
    note: int | None


class Link(NamedTuple):
    """A goal that is named in another's chapter."""

    id: str
    name: str
    status: Status
    text: str


class Chapter(NamedTuple):
    """One goal: its verdict in words, key figures, chart, every figure with its formula, its history.

    `remark` is what people noted beside the status, with the address it names.
    """

    id: str
    name: str
    group: str | None
    depth: int
    status: Status
    verdict: str
    flags: tuple[str, ...]
    reason: str
    why: tuple[str, ...]
    key: tuple[tuple[str, Cell], ...]
    chart: Chart | None
    figures: tuple[Figure, ...]
    history: tuple[Past, ...]
    children: tuple[Link, ...]
    promise: tuple[str, ...]
    remark: str | None
    remark_url: str | None
    note: int | None


class Reliability(NamedTuple):
    """The chapter on the method: paragraphs under their headings, and what was measured."""

    parts: tuple[tuple[str, tuple[str, ...]], ...]
    measured: Table


class Report(NamedTuple):
    """Everything a report says; texts are in the reader's language, names as they were written."""

    title: str
    language: str
    clocks: tuple[tuple[str, str], ...]
    total: int
    counts: tuple[Count, ...]
    groups: Table
    table: Table
    unshown: str | None
    changes: Table | None
    chapters: tuple[Chapter, ...]
    lacks: tuple[Lack, ...]
    method: Reliability
    notes: tuple[Footnote, ...]


class Told(NamedTuple):
    """What a report is made from.

    `turned` says what would turn a goal's verdict, `judged` what every method says of each. `picked` are the columns
    of the table (None: the usual ones), `under` puts its rows under headings; `unshown` are how many goals for other
    periods stand behind those that repeat.
    """

    file: GoalsFile
    actuals: Mapping[str, Sequence[Actual]]
    view: View
    turned: Callable[[Assessment], Turning]
    judged: Mapping[str, Judged]
    picked: Sequence[Shows] | None = None
    under: Callable[[Sequence[Shown]], Sequence[Shown]] | None = None
    unshown: int = 0


def report_of(shown: Sequence[Shown], told: Told, words: Words, since: Comparison | None = None) -> Report:
    """Return the report on goals in the order they are shown; `since` is what they are compared with."""
    seen = [one.seen for one in shown]
    numbers = numbered(seen)
    known = {one.goal.id: one for one in seen}
    return Report(
        title=told.file.title or words.text("Goals"),
        language=CUSTOMS[Language(words.language)].tag,
        clocks=tuple(_clocks(told, words)),
        total=len(seen),
        counts=tuple(Count(status, words(STATUS[status]), n) for status, n in counts(seen).items() if n),
        groups=_groups(seen, words),
        table=_table(shown, told, words),
        unshown=behind(told.unshown, words) if told.unshown else None,
        changes=None if since is None else changes_table(since, words),
        chapters=tuple(_chapter(one, known, told, numbers, words) for one in shown),
        lacks=lacking(seen, words),
        method=reliability(told.file.rules, words),
        notes=footnotes(numbers),
    )


def _table(shown: Sequence[Shown], told: Told, words: Words) -> Table:
    asked = told.picked or usual_columns(words, ruled=told.file.rules.method is not Method.CHANCE)
    rows = shown if told.under is None else told.under(shown)
    return status_table(rows, asked, None, told.view, words)._replace(title=None)


def _clocks(told: Told, words: Words) -> Iterator[tuple[str, str]]:
    view = told.view
    yield words.text("As of"), view.as_of.isoformat()
    if view.known_on is None:
        yield words.text("Based on"), words.text("everything recorded")
    else:
        yield words.text("Known on"), view.known_on.isoformat()
    if view.recorded_by is not None:
        yield words.text("Recorded by"), view.recorded_by.isoformat()


def _groups(seen: Sequence[Assessment], words: Words) -> Table:
    """Return how many goals of each group have each status."""
    found = [status for status, n in counts(seen).items() if n]
    heads = [Column("group", words.text("Group"))]
    heads += [Column(status.value, words(STATUS[status]), right=True) for status in found]
    heads.append(Column("all", words.text("All"), right=True))
    rows = []
    for group in dict.fromkeys(one.goal.group for one in seen):
        members = [one for one in seen if one.goal.group == group]
        numbers = [counts(members)[status] for status in found]
        cells = [Cell(str(n) if n else "–", dim=not n) for n in numbers]
        rows.append(Row((Cell(group or words.text("without a group")), *cells, Cell(str(len(members))))))
    return Table(tuple(heads), tuple(rows))


def _chapter(
    shown: Shown, known: Mapping[str, Assessment], told: Told, numbers: Mapping[Cited, int], words: Words
) -> Chapter:
    seen, goal = shown.seen, shown.seen.goal
    promise = promised(seen)
    return Chapter(
        id=goal.id,
        name=goal.name,
        group=goal.group,
        depth=shown.depth,
        status=seen.status,
        verdict=words(STATUS[seen.status]),
        flags=tuple(_flags(seen, words)),
        reason=words.text("{reason}.", reason=reason(seen, words)),
        why=tuple(words(one) for one in why(seen, told.turned(seen), told.file.rules, told.view)),
        key=tuple(_key(seen, words)),
        chart=chart_of(seen, told.file, told.actuals, told.view, words),
        figures=tuple(_figures(seen, told.judged[goal.id], numbers, words)),
        history=tuple(_past(point, seen, numbers, words) for point in reversed(seen.history)),
        children=tuple(_link(known[child], words) for child in dict.fromkeys(seen.children) if child in known),
        promise=tuple(_promise(seen, words)),
        remark=None if seen.noted is None else words(noted(seen.noted)),
        remark_url=None if seen.noted is None else web_link(seen.noted.url),
        note=None if promise is None else numbers[promise],
    )


def _flags(seen: Assessment, words: Words) -> Iterator[str]:
    if seen.stale:
        yield words.text("stale")
    if seen.provisional:
        yield words.text("provisional")
    if seen.lapsed:
        yield words.text("lapsed")


def _key(seen: Assessment, words: Words) -> Iterator[tuple[str, Cell]]:
    for one in columns(words):
        cell = one.cell(seen) if one.column.key in KEY_FIGURES else None
        if cell is not None and cell.text != "–":
            yield one.column.title, cell


def _figures(seen: Assessment, judged: Judged, numbers: Mapping[Cited, int], words: Words) -> Iterator[Figure]:
    own = list(cited_by(seen))
    for line in explained(seen, judged):
        made = "" if line.how is None else words.put(line.how)
        note = number_of(line.source, own, numbers)
        if line.source and note is None:
            made += words.text(" [{source}]", source=line.source)
        yield Figure(words(line.label), words.put(line.value), made, note)


def _past(point: Point, seen: Assessment, numbers: Mapping[Cited, int], words: Words) -> Past:
    line, cited = point.actual, recorded(point)
    return Past(
        period=point.period.text,
        value=words.put(Exact(point.value, seen.unit)),
        quality=words(QUALITY[point.quality]) if point.quality else words.text("given in the goals file"),
        published=line.published.isoformat() if line and line.published else "–",
        recorded=(moment(line.recorded_at) or "–")[:10] if line else "–",
        remark=(line.note or "") if line else "",
        note=None if cited is None else numbers[cited],
    )


def _link(seen: Assessment, words: Words) -> Link:
    return Link(seen.goal.id, seen.goal.name, seen.status, words(STATUS[seen.status]))


def _promise(seen: Assessment, words: Words) -> Iterator[str]:
    """Return what else is known of the promise: how it counts, who answers for it, what was promised before."""
    goal = seen.goal
    if goal.parts is None:
        yield words.text("counts: {value}", value=MODE[goal.mode])
    if goal.owner:
        yield words.text("owner: {value}", value=goal.owner)
    if goal.tags:
        yield words.text("tags: {value}", value=", ".join(goal.tags))
    for key, value in goal.fields.items():
        yield words.text("{field}: {value}", field=key, value=str(value))
    if goal.note:
        yield words.text("note: {value}", value=goal.note)
    yield from former(goal, seen.unit, words)


def reliability(rules: Rules, words: Words) -> Reliability:
    """Return the chapter on the method: how verdicts are made, and how well they have held."""

    def told(heading: str, sentences: Sequence[object]) -> tuple[str, tuple[str, ...]]:
        return heading, tuple(words.put(sentence) for sentence in sentences)

    heads = (
        Column("method", words.text("Method")),
        Column("real", words.text("416 yearly series, 28,760 cases"), right=True),
        Column("m3", words.text("M3 competition, 7,740 cases"), right=True),
    )
    rows = [Row((Cell(words(one.name)), Cell(_score(one.real)), Cell(_score(one.monthly)))) for one in MEASURED]
    return Reliability(
        (
            told(words.text("How a status comes about"), judged_by(rules)),
            told(words.text("What the chance is made of"), made_of()),
            told(words.text("How well it has held"), held()),
            told(words.text("What it cannot do"), limits()),
        ),
        Table(heads, tuple(rows), title=words.text("Brier score on cases not used for fitting; lower is better")),
    )


def _score(score: float | None) -> str:
    return "–" if score is None else f"{score:.4f}".lstrip("0")
