"""What changed between two times, in four lists: statuses, new actuals, revised actuals, promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.number import settled
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tracker.compare.snapshot import Place, Snapshot, Stood, Terms, Value


class StatusChange(NamedTuple):
    """A goal that stands otherwise than before."""

    goal: str
    name: str
    before: Stood
    after: Stood


class NewActual(NamedTuple):
    """A value where there was none."""

    place: Place
    value: Value


class Turn(NamedTuple):
    """Where a goal would stand with the old value and everything else as it is now, and where it stands."""

    goal: str
    before: Stood
    after: Stood


class Revised(NamedTuple):
    """A value that is another now, or of another quality; `after` is None where it was retracted.

    `turns` has every goal that depends on it, by a computed rank only where that is another with the old value; None
    where the old value cannot be put back, as for a sum.
    """

    place: Place
    before: Value
    after: Value | None
    turns: tuple[Turn, ...] | None = None


class PromiseChange(NamedTuple):
    """A promise that is another now; `before` is None for one that was not there, `after` for one that is gone."""

    goal: str
    name: str
    unit: str | None
    before: Terms | None
    after: Terms | None
    why: str | None = None
    source: str | None = None


class Changes(NamedTuple):
    """The four lists."""

    statuses: tuple[StatusChange, ...] = ()
    new: tuple[NewActual, ...] = ()
    revised: tuple[Revised, ...] = ()
    promises: tuple[PromiseChange, ...] = ()

    @property
    def are_there(self) -> bool:
        """Tell whether anything changed."""
        return any(self)


def changes(before: Snapshot, after: Snapshot) -> Changes:
    """Return what changed; of a snapshot and itself nothing did.

    A status changed where it is another, or where what was achieved lapsed or holds again.
    """
    statuses = [
        StatusChange(id_, now.name, before.goals[id_].stood, now.stood)
        for id_, now in after.goals.items()
        if id_ in before.goals and now.stood[:2] != before.goals[id_].stood[:2]
    ]
    new = [NewActual(place, value) for place, value in after.values.items() if place not in before.values]
    return Changes(tuple(statuses), tuple(new), tuple(_revised(before, after)), tuple(_promises(before, after)))


def _revised(before: Snapshot, after: Snapshot) -> Iterator[Revised]:
    for place, was in before.values.items():
        now = after.values.get(place)
        if now is None or settled(now.value) != settled(was.value) or _is_firmer(was, now):
            yield Revised(place, was, now)


def _is_firmer(was: Value, now: Value) -> bool:
    """Tell whether a value is of another quality; one that was given in the goals file has none."""
    return was.quality is not None and now.quality is not None and was.quality is not now.quality


def _promises(before: Snapshot, after: Snapshot) -> Iterator[PromiseChange]:
    for id_, now in after.goals.items():
        was = before.goals.get(id_)
        if was is None or not is_same_promise(was.terms, now.terms):
            yield PromiseChange(id_, now.name, now.unit, was and was.terms, now.terms)
    for id_, gone in before.goals.items():
        if id_ not in after.goals:
            yield PromiseChange(id_, gone.name, gone.unit, gone.terms, None)


def is_same_promise(was: Terms, now: Terms) -> bool:
    """Tell whether two promises are the same; what a saved status does not tell counts as the same."""
    if not was.is_target_known:
        was = was._replace(target=now.target, is_target_known=now.is_target_known)
    if was.tolerance is None:
        was = was._replace(tolerance=now.tolerance)
    return was == now


def narrowed(found: Changes, goals: Collection[str], series: Collection[str]) -> Changes:
    """Return the changes of some goals and of the series that they are judged by."""

    def is_about(place: Place) -> bool:
        return place.goal in goals or place.series in series

    return Changes(
        tuple(one for one in found.statuses if one.goal in goals),
        tuple(one for one in found.new if is_about(one.place)),
        tuple(one for one in found.revised if is_about(one.place)),
        tuple(one for one in found.promises if one.goal in goals),
    )
