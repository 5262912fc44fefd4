"""Which goals are shown, and in which order."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from tracker.assess.figures import BEST_FIRST, Assessment, Status
from tracker.tuples import NamedTuple

Each = TypeVar("Each")
_RANK = {status: -place for place, status in enumerate(BEST_FIRST)}


class Sort(StrEnum):
    """What the goals are ordered by: the worst first, the soonest due, the name, or as in the file."""

    URGENCY = "urgency"
    DUE = "due"
    NAME = "name"
    FILE = "file"


class Shown(NamedTuple):
    """A goal in its place: how deep it lies below composites, and the heading it stands under if not its group."""

    seen: Assessment
    depth: int = 0
    heading: str | None = None

    @property
    def group(self) -> str | None:
        """Return what the goal stands under."""
        return self.seen.goal.group if self.heading is None else self.heading


class Part(NamedTuple):
    """The goals that are shown, those they are among, and how many for other periods stand behind those that repeat."""

    shown: list[Shown]
    among: list[Assessment]
    hidden: int = 0


def filtered(
    assessments: Sequence[Assessment], goals: Collection[str], groups: Collection[str], statuses: Collection[str]
) -> list[Assessment]:
    """Return the goals asked for by id (a composite brings its children), group and status; empty asks for all."""
    wanted = set(goals)
    for seen in assessments:  # parents come with all that hangs below them
        if seen.goal.id in wanted:
            wanted |= _below(seen.goal.id, {one.goal.id: one for one in assessments})
    return [
        seen
        for seen in assessments
        if (not goals or seen.goal.id in wanted)
        and (not groups or seen.goal.group in groups)
        and (not statuses or seen.status.value in statuses)
    ]


def in_sight(assessments: Sequence[Assessment], as_of: date) -> list[Assessment]:
    """Return the goals to look at: of one that repeats its period now, and those begun that are not decided.

    Of one that has not begun it is the first, of one that is over the last. Ordinary goals are all there.
    """
    latest: dict[str, Assessment] = {}
    for seen in assessments:
        goal = seen.goal
        if goal.repeat is not None and goal.declaration is not None:
            is_begun = goal.due is not None and goal.due.start <= as_of
            if is_begun or goal.declaration not in latest:
                latest[goal.declaration] = seen
    return [seen for seen in assessments if _is_in_sight(seen, latest, as_of)]


def _is_in_sight(seen: Assessment, latest: Mapping[str, Assessment], as_of: date) -> bool:
    goal = seen.goal
    if goal.repeat is None or goal.declaration is None or latest[goal.declaration] is seen:
        return True
    decided = seen.status in {Status.ACHIEVED, Status.MISSED}
    return goal.due is not None and goal.due.start <= as_of and not decided


def _below(goal: str, assessments: dict[str, Assessment]) -> set[str]:
    found: set[str] = set()
    queue = list(assessments[goal].children)
    while queue:
        child = queue.pop()
        if child not in found and child in assessments:
            found.add(child)
            queue.extend(assessments[child].children)
    return found


def ordered(assessments: Sequence[Assessment], sort: Sort, *, tree: bool) -> list[Shown]:
    """Return the goals in order; with `tree` children follow their parent, and groups stay together."""
    if not tree:
        return [Shown(seen) for seen in sorted_by(assessments, sort)]
    here = {seen.goal.id for seen in assessments}
    tops = [seen for seen in assessments if seen.parent not in here]
    lookup = {seen.goal.id: seen for seen in assessments}
    grouped = together(sorted_by(tops, sort), lambda seen: seen.goal.group)
    return [shown for seen in grouped for shown in _branch(seen, lookup, sort)]


def together(sorted_: Iterable[Each], group: Callable[[Each], str | None]) -> list[Each]:
    """Return what is sorted with its groups together, each where its first member is."""
    by_group: dict[str | None, list[Each]] = {}
    for one in sorted_:
        by_group.setdefault(group(one), []).append(one)
    return [one for members in by_group.values() for one in members]


def _branch(top: Assessment, lookup: dict[str, Assessment], sort: Sort) -> Iterator[Shown]:
    waiting = [Shown(top)]
    while waiting:
        shown = waiting.pop()
        yield shown
        own = shown.seen.goal.id
        children = [lookup[child] for child in dict.fromkeys(shown.seen.children) if child in lookup]
        below = sorted_by([child for child in children if child.parent == own], sort)
        waiting += [Shown(child, shown.depth + 1) for child in reversed(below)]


def sorted_by(assessments: Sequence[Assessment], sort: Sort) -> list[Assessment]:
    """Return the goals sorted; what is equal stays in the order of the file."""
    return sorted(assessments, key=lambda seen: sort_key(seen, sort))


def sort_key(seen: Assessment, sort: Sort) -> tuple[object, ...]:
    """Return what a goal is sorted by; nothing where goals stay as they are in the file."""
    match sort:
        case Sort.URGENCY:
            return urgency(seen)
        case Sort.DUE:
            return (seen.due or date.max,)
        case Sort.NAME:
            return (seen.goal.name,)
        case Sort.FILE:
            return ()


def urgency(seen: Assessment) -> tuple[int, float, date]:
    """Return what orders goals by urgency: the worst status, then the smallest chance, then the soonest due."""
    chance = seen.chance if seen.chance is not None else 2.0
    return (_RANK[seen.status], chance, seen.due or date.max)


def by_declaration(assessments: Sequence[Assessment]) -> dict[str, list[Assessment]]:
    """Return the goals of each declaration that stands for many, in the order of the file."""
    result: dict[str, list[Assessment]] = {}
    for seen in assessments:
        if seen.goal.declaration is not None:
            result.setdefault(seen.goal.declaration, []).append(seen)
    return result


def counts(assessments: Sequence[Assessment]) -> dict[Status, int]:
    """Return how many goals have each status, the worst first."""
    found = Counter(seen.status for seen in assessments)
    return {status: found[status] for status in reversed(BEST_FIRST)}
