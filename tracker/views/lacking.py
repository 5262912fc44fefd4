"""What is stale or missing: where a report rests on old, soft, uncited or no figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.figures import Status
from tracker.tuples import NamedTuple
from tracker.views.footnotes import recorded
from tracker.wording.quantity import Amount
from tracker.wording.why import age

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.assess.figures import Assessment
    from tracker.wording.words import Words


class Item(NamedTuple):
    """A goal with what it lacks."""

    id: str
    name: str
    text: str


class Lack(NamedTuple):
    """One kind of thing that is stale or missing, with the goals it is about."""

    heading: str
    items: tuple[Item, ...]


def lacking(assessments: Sequence[Assessment], words: Words) -> tuple[Lack, ...]:
    """Return what is stale or missing; composites only repeat their children and are left out."""
    own = [seen for seen in assessments if seen.goal.parts is None]

    def lack(heading: str, when: Callable[[Assessment], bool], text: Callable[[Assessment], str]) -> Lack:
        return Lack(heading, tuple(Item(seen.goal.id, seen.goal.name, text(seen)) for seen in own if when(seen)))

    def late(seen: Assessment) -> str:
        return words.text("due {day}; {latest}", day=seen.due, latest=_latest(seen, words))

    def uncited(seen: Assessment) -> str:
        return words.text("{bare} of {n} values", bare=_uncited(seen), n=len(seen.history))

    def series(seen: Assessment) -> str:
        return seen.goal.series or ", ".join(seen.goal.sum)

    def latest(seen: Assessment) -> str:
        return _latest(seen, words)

    found = (
        lack(words.text("Nothing recorded yet"), _is_empty, series),
        lack(words.text("Due is past and its figure is not in"), _is_late, late),
        lack(words.text("Stale: a newer figure should be there"), _is_stale, latest),
        lack(words.text("Too few figures to judge"), _is_short, latest),
        lack(words.text("Not final"), lambda seen: seen.provisional, latest),
        lack(words.text("Values without a source"), lambda seen: _uncited(seen) > 0, uncited),
        lack(
            words.text("Promises without a source"), lambda seen: not (seen.goal.source or seen.goal.url), lambda _: ""
        ),
    )
    return tuple(one for one in found if one.items)


def _latest(seen: Assessment, words: Words) -> str:
    if seen.actual is None:
        return words.text("no actual at all")
    return words.text(
        "{value} for {period}, {age}",
        value=Amount(seen.actual.value, seen.unit),
        period=seen.actual.period,
        age=age(seen.age_days),
    )


def _is_empty(seen: Assessment) -> bool:
    return seen.status in {Status.NO_DATA, Status.OPEN} and seen.actual is None


def _is_late(seen: Assessment) -> bool:
    return seen.status in {Status.AWAITING, Status.OVERDUE}


def _is_stale(seen: Assessment) -> bool:
    return seen.stale and not _is_late(seen)


def _is_short(seen: Assessment) -> bool:
    return seen.status is Status.TOO_FEW


def _uncited(seen: Assessment) -> int:
    return sum(recorded(point) is None for point in seen.history)
