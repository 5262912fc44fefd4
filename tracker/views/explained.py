"""One goal explained: what stands above, the figures with their formulas, the history, the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Say, say
from tracker.model.number import settled
from tracker.views.cells import cell
from tracker.views.jsonvalues import Json, day, heading, moment, plain, raw
from tracker.views.methods import verdicts_record
from tracker.views.record import goal_record
from tracker.views.table import NONE, Cell, Column, Row, Table
from tracker.wording.explain import explained
from tracker.wording.formula import exact
from tracker.wording.noted import noted
from tracker.wording.promises import former
from tracker.wording.quantity import Exact, Likelihood, Share
from tracker.wording.reason import reason
from tracker.wording.terms import MODE, QUALITY, REPEATS, STATUS
from tracker.wording.why import why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.assess.figures import Assessment, Point, Turning
    from tracker.compare.methods import Judged
    from tracker.model.actual import View
    from tracker.model.goal import Break, Rules
    from tracker.wording.words import Words

SCHEMA = "tracker/show/1"
HISTORY_KEYS = ("period", "on", "value", "quality", "source", "url", "note", "published", "recorded_at")


def figures_table(  # noqa: PLR0913, PLR0917  one argument for each thing it shows
    seen: Assessment, judged: Judged, turned: Turning, rules: Rules, view: View, words: Words
) -> Table:
    """Return the figures of a goal, with the answer to "why?" above them."""
    goal = seen.goal
    prose = words._replace(prose=True)
    head = " · ".join(part for part in (goal.id, goal.name, goal.group, words(STATUS[seen.status])) if part)
    opening = [
        words.text("{reason}.", reason=reason(seen, prose)),
        *(prose(one) for one in why(seen, turned, rules, view)),
    ]
    columns = (
        Column("figure", words.text("Figure")),
        Column("value", words.text("Value"), right=True),
        Column("how", words.text("How it is made"), folds=True),
    )
    rows = []
    for line in explained(seen, judged):
        made = "" if line.how is None else words.put(line.how)
        source = words.text(" [{source}]", source=line.source) if line.source else ""
        rows.append(Row((Cell(words(line.label)), cell(line.value, words), Cell(made + source))))
    return Table(columns, tuple(rows), title=head, lead=tuple(opening), notes=tuple(_promise(seen, prose)))


def _promise(seen: Assessment, words: Words) -> list[str]:
    goal = seen.goal
    said: list[tuple[Say, object]] = [
        (say("counts: {value}"), None if goal.parts is not None else MODE[goal.mode]),
        (say("promised in: {value}"), goal.source),
        (say("address: {value}"), goal.url),
        (say("in the words: {value}"), goal.quote),
        (say("note: {value}"), goal.note),
        (say("owner: {value}"), goal.owner),
    ]
    if goal.repeat is not None:
        said.insert(0, (REPEATS[goal.repeat], goal.declaration))
    lines = [words(text._replace(args={"value": value})) for text, value in said if value is not None]
    if seen.noted is not None:
        lines.append(words.text("noted beside the status: {note}", note=noted(seen.noted)))
        lines += [words.text("address: {value}", value=seen.noted.url)] if seen.noted.url else []
    return lines + former(goal, seen.unit, words)


def history_table(seen: Assessment, words: Words) -> Table:
    """Return the history a goal is judged by, every point with its quality, days and source."""
    columns = (
        Column("period", words.text("Period")),
        Column("value", words.text("Value"), right=True),
        Column("quality", words.text("Quality"), priority=1),
        Column("published", words.text("Published"), priority=3),
        Column("recorded_at", words.text("Recorded"), priority=4),
        Column("source", words.text("Source"), priority=2, folds=True),
    )
    rows = _with_breaks(seen, words) if seen.breaks else [_point(point, seen, words) for point in seen.history]
    return Table(columns, tuple(rows), title=words.text("History"))


def _with_breaks(seen: Assessment, words: Words) -> list[Row]:
    """Return the rows of a history with a line across it where the series breaks, and what was recorded before."""
    rows, after = [], list(seen.breaks)
    for point in (*seen.earlier, *seen.history):
        while after and point.on >= after[0].on:
            rows.append(_break(after.pop(0), words))
        rows.append(_point(point, seen, words))
    return rows


def _break(each: Break, words: Words) -> Row:
    link = words.text("not linked") if each.link is None else f"× {exact(each.link)}"
    texts = (each.on.isoformat(), words.text("break"), link, "–", "–", each.why or "–")
    return Row(tuple(Cell(text, dim=True) for text in texts))


def _point(point: Point, seen: Assessment, words: Words) -> Row:
    line = point.actual
    source = " · ".join(
        part for part in (point.source, line.url if line else None, line.note if line else None) if part
    )
    return Row(
        (
            Cell(point.period.text),
            cell(Exact(point.value, seen.unit), words),
            Cell(words(QUALITY[point.quality]) if point.quality else words.text("given in the goals file")),
            cell(line.published, words) if line else NONE,
            cell(line.recorded_at, words) if line else NONE,
            Cell(source or "–"),
        )
    )


def children_table(children: Sequence[Assessment], words: Words) -> Table:
    """Return the children of a composite with what each contributes."""
    columns = (
        Column("status", words.text("Status")),
        Column("goal", words.text("Goal"), folds=True),
        Column("progress", words.text("Progress"), right=True, priority=2),
        Column("chance", words.text("Chance"), right=True, priority=1),
        Column("reason", words.text("Why"), folds=True, priority=3),
    )
    rows = [
        Row(
            (
                Cell(words(STATUS[one.status]), status=one.status),
                Cell(f"{one.goal.name} ({one.goal.id})"),
                NONE if one.progress is None else cell(Share(one.progress), words),
                NONE if one.chance is None else cell(Likelihood(one.chance), words),
                Cell(reason(one, words)),
            )
        )
        for one in children
    ]
    return Table(columns, tuple(rows), title=words.text("Children"))


def show_record(  # noqa: PLR0913, PLR0917  one argument for each thing it shows
    seen: Assessment, judged: Judged, turned: Turning, rules: Rules, view: View, goals_file: str, words: Words
) -> dict[str, Json]:
    """Return what `tracker show --json` prints."""
    return {
        **heading(SCHEMA, view, goals_file),
        "goal": goal_record(seen, words),
        "why": [words(sentence) for sentence in why(seen, turned, rules, view)],
        "bands": {"on_track": settled(rules.on_track), "off_track": settled(rules.off_track)},
        "turning": {
            "period": None if turned.period is None else turned.period.text,
            "value": plain(turned.value),
            "due": None if turned.due is None else turned.due.text,
        },
        "verdicts": verdicts_record(judged, words),
        "explained": [
            {
                "figure": line.figure,
                "value": None if line.value is None else words.put(line.value),
                "how": None if line.how is None else words.put(line.how),
                "source": line.source,
            }
            for line in explained(seen, judged)
        ],
        "history": [_history(point) for point in seen.history],
        "earlier": [_history(point) for point in seen.earlier],
        "breaks": [{"on": each.on.isoformat(), "why": each.why, "link": plain(each.link)} for each in seen.breaks],
    }


def _history(point: Point) -> Json:
    line = point.actual
    values: tuple[Json, ...] = (
        point.period.text,
        point.on.isoformat(),
        raw(point.value),
        None if point.quality is None else point.quality.value,
        point.source,
        line.url if line else None,
        line.note if line else None,
        day(line.published) if line else None,
        moment(line.recorded_at) if line else None,
    )
    return dict(zip(HISTORY_KEYS, values, strict=True))
