"""What becomes of a value that is recorded, and of an undo: which lines are appended, and what they change."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.errors import WrongUsage, say
from tracker.model.actual import Actual, Quality, age_key, public_on
from tracker.tuples import NamedTuple
from tracker.wording.quantity import exact
from tracker.wording.terms import QUALITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from tracker.periods import Period


class Outcome(StrEnum):
    """What a recorded value is beside what was there."""

    NEW = "new"
    SAME = "same"
    REVISED = "revised"
    QUALITY = "quality"


class Recorded(NamedTuple):
    """What recording comes to.

    `lines` are to be appended; `before` is the line in force until then, None where the period had no value;
    `holds` tells whether the value is in force afterwards: one that became public earlier than another is history.
    """

    lines: tuple[Actual, ...]
    before: Actual | None
    outcome: Outcome
    holds: bool = True


class Undone(NamedTuple):
    """What an undo comes to: the lines to append, the line they cancel, and the one restored (None: no value).

    `holds` is the line in force afterwards, None where the period has no value; `was_history` tells whether it is what
    held before too, and what is cancelled did not: it became public earlier.
    """

    lines: tuple[Actual, ...]
    cancelled: Actual
    restored: Actual | None
    holds: Actual | None = None
    was_history: bool = False


def recording(lines: Iterable[Actual], new: Actual, *, revise: bool) -> Recorded:
    """Return what recording a value comes to, given every line so far.

    Nothing is appended where the same value of the same quality is in force already, or was on the day the new one
    became public. A change of quality alone needs no `revise`; another value raises `WrongUsage` without it. After a
    retraction the period is new again. A clock that is behind that of an earlier line is put forward to it, so that
    the ledger's order stays the order of writing.
    """
    history = _history(lines, new.series, new.period)
    recorded_at = None if new.recorded_at is None else _not_before(new.recorded_at, history)
    new = new._replace(recorded_at=recorded_at, position=_after(history))
    latest = max(history, key=age_key, default=None)
    before = None if latest is None or latest.quality is Quality.RETRACTED else latest
    then = max((line for line in history if age_key(line) < age_key(new)), key=age_key, default=None)
    if any(line is not None and _same(line, new) for line in (latest, then)):
        return Recorded((), before, Outcome.SAME, latest is not None and _same(latest, new))
    holds = latest is None or age_key(new) > age_key(latest)
    if before is None:
        if new.quality is Quality.RETRACTED:
            what = say("{series} has no value for {period} to retract", series=new.series, period=new.period.text)
            raise WrongUsage(what)
        return Recorded((new,), None, Outcome.NEW, holds)
    if before.value == new.value:
        return Recorded((new,), before, Outcome.QUALITY, holds)
    if not revise:
        raise _in_force_already(before, new)
    return Recorded((new,), before, Outcome.REVISED, holds)


def undoing(lines: Iterable[Actual], series: str, period: Period, recorded_at: datetime) -> Undone:
    """Return what undoing the latest line of a series and period comes to, given every line so far.

    Each undo cancels the line written last among those not cancelled yet, like a stack: an undo is never undone but
    goes one step further back, until `WrongUsage` says that nothing is left. The line that it appends repeats what
    held before (value, quality, source, url, note), or is a retraction where nothing did. It bears the public day of
    what it replaces, so that it takes its place in history; that and its content are how later undos know it.
    """
    live: list[Actual] = []
    seen: list[Actual] = []
    history = _history(lines, series, period)
    for line in sorted(history, key=_written):
        if live and line.recorded_at is not None and _is_undo(line, _undo(live, seen, line.recorded_at)):
            live.pop()
        else:
            live.append(line)
        seen.append(line)
    if not live:
        what = say("{series} has nothing left to undo for {period}", series=series, period=period.text)
        raise WrongUsage(what, say("tracker log {series} shows every recorded line", series=series))
    undone = _undo(live, seen, _not_before(recorded_at, history))
    before, latest = max(history, key=age_key), max([*history, *undone.lines], key=age_key)
    return undone._replace(
        holds=None if latest.quality is Quality.RETRACTED else latest,
        was_history=_same(before, latest) and not _same(before, undone.cancelled),
    )


def _undo(live: Sequence[Actual], seen: Sequence[Actual], recorded_at: datetime) -> Undone:
    cancelled = live[-1]
    restored = max((line for line in live[:-1] if age_key(line) < age_key(cancelled)), key=age_key, default=None)
    # an earlier undo may already have put what is now cancelled on a later day than its own
    replaced = max(seen, key=age_key) if max(live, key=age_key) is cancelled else cancelled
    line = (restored or Actual(cancelled.series, cancelled.period, None, Quality.RETRACTED))._replace(
        published=public_on(replaced) or recorded_at.date(),
        recorded_at=recorded_at,
        position=_after(seen),
        line=None,
    )
    held = None if restored is None or restored.quality is Quality.RETRACTED else restored
    return Undone((line,), cancelled, held)


def _is_undo(line: Actual, undone: Undone) -> bool:
    return _content(line) == _content(undone.lines[0])


def _content(line: Actual) -> tuple[object, ...]:
    return (line.value, line.quality, line.published, line.source, line.url, line.note)


def _history(lines: Iterable[Actual], series: str, period: Period) -> list[Actual]:
    return [line for line in lines if line.series == series and line.period.text == period.text]


def _written(line: Actual) -> tuple[datetime, int]:
    return age_key(line)[1:]


def _after(lines: Sequence[Actual]) -> int:
    return 1 + max((line.position for line in lines), default=0)


def _not_before(moment: datetime, lines: Iterable[Actual]) -> datetime:
    return max([moment, *(line.recorded_at for line in lines if line.recorded_at is not None)])


def _same(line: Actual, new: Actual) -> bool:
    return line.value == new.value and line.quality is new.quality


def _in_force_already(before: Actual, new: Actual) -> WrongUsage:
    if before.published is not None:
        when = say("published {day}", day=before.published.isoformat())
    elif before.recorded_at is not None:
        when = say("recorded {day}", day=before.recorded_at.date().isoformat())
    else:
        when = say("without a day")
    what = say(
        "{series} has {value} for {period} already: {quality}, {when}, {source}",
        series=before.series,
        value=_shown(before),
        period=before.period.text,
        quality=QUALITY[before.quality],
        when=when,
        source=say("from {source}", source=before.source) if before.source else say("no source given"),
    )
    if new.value is None:
        return WrongUsage(what, say("--revise retracts it"))
    return WrongUsage(what, say("--revise records {value} as its correction", value=_shown(new)))


def _shown(line: Actual) -> str:
    return "–" if line.value is None else exact(line.value)
