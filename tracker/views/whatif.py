"""What if: the figures of a goal as it stands and as it would stand, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Say, say
from tracker.model.goal import Band, Direction, Moving
from tracker.views.cells import cell
from tracker.views.flat import flattened
from tracker.views.jsonvalues import Json, plain
from tracker.views.record import goal_record
from tracker.views.table import Cell, Column, Row, Table
from tracker.wording.quantity import Amount, Exact, Likelihood, Points, Rate, Share
from tracker.wording.reason import reason, target_value
from tracker.wording.terms import STATUS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.assess.figures import Assessment
    from tracker.compare.assumed import Supposed
    from tracker.model.actual import Actual
    from tracker.wording.words import Words

SCHEMA = "tracker/what-if/1"

Line = tuple[Say, object]
"""A figure's name and its value, None where it does not apply."""


def whatif_table(supposed: Supposed, words: Words) -> Table:
    """Return the figures side by side, under what is assumed and what that solves; what stays is said quietly."""
    now, then = supposed.now, supposed.then
    columns = (
        Column("figure", words.text("Figure")),
        Column("now", words.text("Now"), right=True),
        Column("then", words.text("Assumed"), right=True),
    )
    rows = []
    for (label, before), (_label, after) in zip(_lines(now), _lines(then), strict=True):
        if before is None and after is None:
            continue
        cells = [cell(before, words), cell(after, words)]
        same = cells[0].text == cells[1].text
        statuses = (now.status, then.status) if before in STATUS.values() else (None, None)
        told = [each._replace(status=status, dim=same) for each, status in zip(cells, statuses, strict=True)]
        rows.append(Row((Cell(words(label), dim=same), *told)))
    lead = [_assumed(supposed, words), *(words(one) for one in _solved(supposed))]
    notes = [
        words.text("Now: {reason}.", reason=reason(now, words)),
        words.text("Assumed: {reason}.", reason=reason(then, words)),
        *(words(one) for one in _notes(supposed)),
        words.text("Nothing is recorded: this only supposes."),
    ]
    title = f"{now.goal.id} · {now.goal.name}"
    return Table(columns, tuple(rows), title=title, lead=tuple(lead), notes=tuple(notes))


def _lines(seen: Assessment) -> list[Line]:
    """Return every figure in the order people ask for them."""
    growth, projected = seen.growth, seen.projected

    def amount(value: float | None) -> Amount | None:
        return None if value is None else Amount(value, seen.unit, seen.target.value if seen.target else None)

    def rate(value: float | None) -> Rate | None:
        return None if value is None or growth is None else _rate(value, growth.unit)

    def spread() -> Say | None:
        if projected is None or projected.low is None or projected.high is None:
            return None
        return say("{low} to {high}", low=projected.low, high=Amount(projected.high, seen.unit))

    return [
        (say("status"), STATUS[seen.status]),
        (say("verdict"), seen.verdict.label),
        (say("actual"), amount(seen.actual.value if seen.actual else None)),
        (say("period"), seen.actual.period if seen.actual else None),
        (say("target"), target_value(seen)),
        (say("due"), seen.goal.due),
        (say("gap"), None if seen.gap is None else Points(seen.gap, seen.unit)),
        (say("progress"), None if seen.progress is None else Share(seen.progress)),
        (say("time gone"), None if seen.elapsed is None else Share(seen.elapsed)),
        (say("expected"), amount(seen.expected)),
        (say("growth observed"), rate(growth.observed if growth else None)),
        (say("growth planned"), rate(growth.planned if growth else None)),
        (say("growth required"), rate(growth.required if growth else None)),
        (say("pace"), seen.pace),
        (say("projected"), amount(projected.value if projected else None)),
        (say("likely range"), spread()),
        (say("reaches it"), seen.reaches),
        (say("chance"), None if seen.chance is None else Likelihood(seen.chance)),
    ]


def _assumed(supposed: Supposed, words: Words) -> str:
    assumed, unit = supposed.assumed, supposed.then.unit
    parts = [words.text("{value} in {period}", value=Exact(value, unit), period=period)
             for period, value in assumed.actuals]  # fmt: skip
    if assumed.growth is not None:
        parts.append(words.text("growth of {growth}", growth=_rate(assumed.growth, supposed.unit)))
    if assumed.target is not None:
        parts.append(_aimed(supposed, assumed.target, words))
    if assumed.due is not None:
        parts.append(words.text("due {due}", due=assumed.due))
    if not parts:
        return words.text("Nothing is assumed: --actual, --growth, --target and --due do that.")
    return words.text("Assumed: {parts}.", parts=words.text(", ").join(parts))


def _aimed(supposed: Supposed, target: float, words: Words) -> str:
    """Return an assumed target; in a band's place it is said on which side it is met."""
    value = Exact(target, supposed.then.unit)
    if not isinstance(supposed.now.goal.target, Band):
        return words.text("target {target}", target=value)
    if supposed.then.goal.direction is Direction.DOWN:
        return words.text("target {target} or less", target=value)
    return words.text("target {target} or more", target=value)


def _rate(growth: float, unit: str | None) -> Rate:
    if unit == "%/year":
        return Rate(growth / 100, "fraction/year")
    return Rate(growth, unit or "fraction/year")


def _solved(supposed: Supposed) -> list[Say]:
    solved, then = supposed.solved, supposed.then
    said = []
    if solved.target is not None:
        value = Amount(solved.target, then.unit)
        said.append(say("At this growth it comes to {value} by {due}.", value=value, due=then.goal.due))
    if solved.due is not None and isinstance(then.goal.target, Moving):
        said.append(say("At this growth the target, which moves, is met by {due}.", due=solved.due))
    elif solved.due is not None:
        target = target_value(then)
        said.append(say("At this growth the target of {target} is met by {due}.", target=target, due=solved.due))
    elif solved.never:
        said.append(say("At this growth the target is not met within 50 years."))
    if solved.growth is not None:
        growth = _rate(solved.growth, supposed.unit)
        said.append(say("To come there, growth of {growth} is needed.", growth=growth))
    return said


def _notes(supposed: Supposed) -> list[Say]:
    notes = []
    if supposed.grown:
        notes.append(
            say(
                "The growth gives {values}.",
                values=_values(supposed.grown, supposed.then.unit),
            )
        )
    if supposed.followed:
        notes.append(
            say(
                "{series} is carried on at its own growth: {values}.",
                series=supposed.followed[0].series,
                values=_values(supposed.followed, supposed.then.unit),
            )
        )
    return notes


def _values(lines: Sequence[Actual], unit: str | None) -> Say:
    first, last = lines[0], lines[-1]
    put = {"first": Amount(first.value or 0.0, unit), "period": first.period}
    if first is last:
        return say("{first} in {period}", **put)
    return say("{first} in {period} to {last} in {end}", **put, last=Amount(last.value or 0.0, unit), end=last.period)


def whatif_record(supposed: Supposed, head: dict[str, Json], words: Words) -> dict[str, Json]:
    """Return what `tracker what-if --json` prints, after its `head`."""
    assumed, solved = supposed.assumed, supposed.solved
    now, then = goal_record(supposed.now, words), goal_record(supposed.then, words)
    before, after = dict(flattened(now)), dict(flattened(then))
    return {
        **head,
        "goal": supposed.now.goal.id,
        "assumed": {
            "actuals": [{"period": period.text, "value": plain(value)} for period, value in assumed.actuals],
            "growth": plain(assumed.growth),
            "unit": supposed.unit,
            "target": plain(assumed.target),
            "due": None if assumed.due is None else assumed.due.text,
        },
        "seen_from": supposed.view.as_of.isoformat(),
        "grown": [_line(line) for line in supposed.grown],
        "followed": [_line(line) for line in supposed.followed],
        "solved": {
            "target": plain(solved.target),
            "due": None if solved.due is None else solved.due.text,
            "growth": plain(solved.growth),
        },
        "changed": [key for key, value in before.items() if after[key] != value],
        "recorded": False,
        "now": now,
        "then": then,
    }


def _line(line: Actual) -> Json:
    return {"series": line.series, "period": line.period.text, "value": plain(line.value)}


def whatif_rows(supposed: Supposed, words: Words) -> list[list[Json]]:
    """Return the two records of the goal as rows, flattened: as it stands, then as it would."""
    both = {"now": supposed.now, "then": supposed.then}
    return [[case, *(value for _key, value in flattened(goal_record(seen, words)))] for case, seen in both.items()]
