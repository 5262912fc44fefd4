"""The status of very many goals as JSON lines: a part of them for each core, and some at a time in each.

One goal at a time needs no other, so a part is read, assessed and written as text before the next one is read; what is
kept of a goal is its line and what it is sorted by.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from tracker.checks import ledger_problems
from tracker.cli import language
from tracker.cli.reading import declared_for
from tracker.cli.workers import all_done, cores
from tracker.errors import InvalidFile
from tracker.goals.panels import expanded, is_panel
from tracker.goals.references import reference_problems
from tracker.model.goal import Moving
from tracker.project import Project, assess, store_of
from tracker.stores.sqlstore import SqlStore
from tracker.stores.statements import Range
from tracker.tuples import NamedTuple
from tracker.views.order import Sort, filtered, sort_key, together

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tracker.assess.figures import Assessment
    from tracker.cli.reading import Where
    from tracker.goals.read import GoalsRead
    from tracker.model.actual import Actual, View
    from tracker.model.goal import Goal, GoalsFile
    from tracker.wording.words import Words

MANY = 10_000
"""From so many series on, other processes are worth their start."""

MOST_IN_A_SHARE = 25_000
"""Series whose lines are in memory at a time in each of several processes."""

AT_A_TIME = 2_000
"""Series whose goals are assessed at a time in each process."""


class Pick(NamedTuple):
    """Which goals are wanted, in which order; with `tree` groups stand together."""

    statuses: Sequence[str]
    sort: Sort
    tree: bool


class Share(NamedTuple):
    """What one process does at a time: of all `names` of series with actuals those from `first` to before `last`."""

    where: Where
    view: View
    pick: Pick
    names: Sequence[str]
    first: int
    last: int


Line: TypeAlias = tuple[tuple[object, ...], tuple[int, int], str | None, str, bytes]
"""One goal as text: what it is sorted by, as asked and as in the file, its group, its id, and its JSON.

A plain tuple goes from process to process in a third of the time of one with names.
"""


def lines_of_many(where: Where, view: View, pick: Pick) -> Iterator[bytes] | None:
    """Return the status of every goal as lines of JSON, in the order that `tracker status` gives them.

    None where the goals are not so many, or need each other: then they are to be read together.
    """
    declared, words = declared_for(where)
    if not _are_independent(declared.file):
        return None
    store = store_of(where.actuals, declared)
    if not isinstance(store, SqlStore):
        return None
    names = store.series()
    if len(names) < MANY:
        store.close()
        return None
    panels = expanded(declared.file, tuple).panels
    problems = reference_problems(declared.file._replace(panels=panels), set(names), declared.text)
    if problems:
        raise InvalidFile(problems)
    processes = cores() if store.engine.shares_readers else 1
    if processes == 1:
        parts = [*_lines(Share(where, view, pick, names, 0, len(names)), declared, words, store)]
    else:
        store.close()
        count = processes if store.engine.batches is not None else max(processes, -(-len(names) // MOST_IN_A_SHARE))
        bounds = [len(names) * part // count for part in range(count + 1)]
        shares = [Share(where, view, pick, names, first, last) for first, last in pairwise(bounds)]
        parts = all_done(_done, shares, processes)
    lines = [line for part in parts for line in part]
    if len({id_ for _, _, _, id_, _ in lines}) < len(lines):  # told of as ever, with the place where it is declared
        return None
    return _in_order(lines, tree=pick.tree)


def _are_independent(file: GoalsFile) -> bool:
    """Tell whether each goal is judged by its own series alone and shown without another, and there may be many."""
    return (
        any(is_panel(goal) for goal in file.goals)
        and all(_is_independent(goal) for goal in file.goals)
        and not any(series.rank_of is not None or series.level is not None for series in file.series.values())
    )


def _is_independent(goal: Goal) -> bool:
    is_single = goal.series is not None and not isinstance(goal.target, Moving)
    return is_single and goal.repeat is None and not any(isinstance(one.target, Moving) for one in goal.revisions)


def _in_order(lines: list[Line], *, tree: bool) -> Iterator[bytes]:
    """Yield the lines as `views.order.ordered` orders goals; what is equal stands as in the file."""
    lines.sort()
    return (text for _, _, _, _, text in (together(lines, lambda line: line[2]) if tree else lines))


def _done(share: Share) -> Iterator[list[Line]]:
    """Yield the lines of a share, in a process of its own: it knows no language yet."""
    language.start(["status", *(["--lang", share.where.lang] if share.where.lang else [])])
    declared, words = declared_for(share.where)
    store = store_of(share.where.actuals, declared)
    if not isinstance(store, SqlStore):
        raise TypeError(store.name)
    store.engine.threads = 1  # the other cores have processes of their own
    yield from _lines(share, declared, words, store)


def _lines(share: Share, declared: GoalsRead, words: Words, store: SqlStore) -> Iterator[list[Line]]:
    from tracker.render.jsontext import json_lines
    from tracker.views.record import goal_record

    places = {name: place for place, name in enumerate(dict.fromkeys([*declared.file.series, *share.names]))}
    order = {goal.id: place for place, goal in enumerate(declared.file.goals)}
    for some in _assessed(share, declared, store):
        wanted = filtered(some, (), (), share.pick.statuses)
        lines = list[Line]()
        for seen, text in zip(wanted, json_lines(goal_record(seen, words) for seen in wanted), strict=True):
            goal = seen.goal
            place = (order[goal.declaration or goal.id], places.get(goal.series or "", 0))
            lines.append((sort_key(seen, share.pick.sort), place, goal.group, goal.id, text.encode()))
        yield lines


def _assessed(share: Share, declared: GoalsRead, store: SqlStore) -> Iterator[list[Assessment]]:
    """Yield the goals of a share, some at a time: at last those that have no actuals in force."""
    from tracker.assess.enough import wanted

    file = _share_of(declared.file, share)
    by_series: dict[str, list[Goal]] = {}
    for goal in file.goals:
        by_series.setdefault(goal.series or "", []).append(goal)

    def seen(actuals: Mapping[str, Sequence[Actual]], names: Sequence[str]) -> list[Assessment]:
        some = file._replace(
            goals=tuple(goal for name in names for goal in by_series.pop(name)),
            series={name: file.series[name] for name in names},
        )
        problems = ledger_problems(some, actuals, store.name)
        if problems:
            raise InvalidFile(problems)
        return assess(Project(declared._replace(file=some), store, actuals, share.view))

    own = share.names[share.first : share.last]
    # a range is found faster than each of its names, but it must hold none that nobody asked for
    asked = Range(own[0], own[-1]) if own and by_series.keys() >= set(own) else [*by_series]
    for part in store.parts(share.view, asked, lambda: wanted(file, share.view), AT_A_TIME):
        # somebody may have recorded a series inside the range since its names were read
        known = {name: lines for name, lines in part.items() if name in by_series}
        yield seen(known, [*known])
    yield seen({}, [*by_series])
    store.close()


def _share_of(file: GoalsFile, share: Share) -> GoalsFile:
    """Return the goals of the series in a share; the first has also those of all other series."""
    own = share.names[share.first : share.last]
    mine, recorded = set(own), set(share.names)
    whole = expanded(file, lambda: own)
    goals = (goal for goal in whole.goals if goal.series in mine or (share.first == 0 and goal.series not in recorded))
    return whole._replace(goals=tuple(goals))
