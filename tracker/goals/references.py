"""References between goals and series: to nothing, twice the same, round in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Say, say
from tracker.goals.findings import Finding, located, nearest, plain, quoted
from tracker.model.goal import Moving, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from tracker.errors import Problem
    from tracker.goals.declared import Declared
    from tracker.goals.findings import KeyPath
    from tracker.model.goal import Goal, GoalsFile

_MOST_HINTS = 20  # comparing every wrong id with every right one would take minutes in a large file
_SHOWN = 6  # names of a circle that are written out


def goal_references(goals: Sequence[Declared]) -> Iterator[Finding]:
    """Yield ids used twice, children that are no goals, and circles of composite goals or of moving targets."""
    first: dict[str, Declared] = {}
    for each in goals:
        known = first.setdefault(each.goal.id, each)
        if known is not each and "id" in each.raw:
            what = say("{id} is taken by the goal in line {line}", id=quoted(each.goal.id), line=known.goal.line)
            yield Finding((*each.path, "id"), what)
    made = _made(goals)
    yield from _taken(made, first)
    yield from _too_many_asked(goals, made)
    strangers = [
        (way, child) for each in goals for way, child in _children(each) if child not in first and child not in made
    ]
    for count, (way, child) in enumerate(strangers):
        what = say("no goal has the id {id}", id=quoted(child))
        yield _to_nothing(way, what, child, [*first, *made] if count < _MOST_HINTS else ())
    yield from _composite_circles(first)
    yield from _moving_circles(goals)


def _made(goals: Sequence[Declared]) -> dict[str, Declared]:
    """Return the goals that declarations make for several periods, by id, each with its declaration."""
    if all(each.goal.repeat is None for each in goals):
        return {}
    from tracker.model.repeating import repeated

    return {one.id: each for each in goals if each.goal.repeat for one in repeated(each.goal) if one.declaration}


def _taken(made: Mapping[str, Declared], first: Mapping[str, Declared]) -> Iterator[Finding]:
    for name, each in made.items():
        if name in first:
            what = say("{id} is made by the goal in line {line}, which repeats", id=quoted(name), line=each.goal.line)
            yield Finding((*first[name].path, "id"), what)


def _too_many_asked(goals: Sequence[Declared], made: Mapping[str, Declared]) -> Iterator[Finding]:
    """Yield where `at_least` asks for more goals than there are, counting each that a declaration makes."""
    sizes: dict[str, int] = {}
    for each in made.values():
        sizes[each.goal.id] = sizes.get(each.goal.id, 0) + 1
    for each in goals:
        parts = each.goal.parts
        if parts is not None and parts.rule is Rule.AT_LEAST:
            n = sum(sizes.get(child, 1) for child in parts.ids)
            if parts.least > n:
                what = say("asks for {count} of {n} goal", "asks for {count} of {n} goals", count=parts.least, n=n)
                yield Finding((*each.path, "at_least", "count"), what)


def _children(declared: Declared) -> Iterator[tuple[KeyPath, str]]:
    parts = declared.goal.parts
    if parts is not None:
        inner = ("at_least", "of") if parts.rule is Rule.AT_LEAST else (parts.rule.value,)
        for i, child in enumerate(parts.ids):
            yield (*declared.path, *inner, child if parts.rule is Rule.MEAN else i), child


def _to_nothing(path: KeyPath, what: Say, name: str, known: Collection[str]) -> Finding:
    near = nearest(name, filter(str.isprintable, known))
    return Finding(path, what, say('did you mean "{near}"?', near=near) if near else None)


def _composite_circles(goals: Mapping[str, Declared]) -> Iterator[Finding]:
    graph = {name: each.goal.parts.ids for name, each in goals.items() if each.goal.parts is not None}
    for circle in circles(graph):
        each = goals[circle[0]]
        way = next(way for way, child in _children(each) if child == (*circle, *circle)[1])
        yield Finding(way, say("the goal depends on itself: {circle}", circle=_drawn(circle)))


def _moving_circles(goals: Sequence[Declared]) -> Iterator[Finding]:
    graph: dict[str, list[str]] = {}
    paths: dict[tuple[str, str], KeyPath] = {}
    for each in goals:
        if each.goal.series is not None and isinstance(each.goal.target, Moving):
            edge = (each.goal.series, each.goal.target.series)
            graph.setdefault(edge[0], []).append(edge[1])
            paths.setdefault(edge, (*each.path, "target", "series"))
    for circle in circles(graph):
        way = paths[circle[0], (*circle, *circle)[1]]
        yield Finding(way, say("the moving target depends on itself: {circle}", circle=_drawn(circle)))


def circles(graph: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield circles of a graph, at most one found from each start; every knot of circles yields one at least.

    >>> list(circles({"a": ["b"], "b": ["c", "a"]}))
    [('a', 'b')]
    """
    done: set[str] = set()
    for root in graph:
        if root in done:
            continue
        trail, branches, is_found = {root: None}, [iter(graph[root])], False
        while branches:
            for name in branches[-1]:
                if name in trail and not is_found:
                    is_found = True
                    names = list(trail)
                    yield tuple(names[names.index(name) :])
                if name in graph and name not in trail and name not in done:
                    trail[name] = None
                    branches.append(iter(graph[name]))
                    break
            else:
                branches.pop()
                done.add(trail.popitem()[0])


def _drawn(circle: Sequence[str]) -> str:
    names = [*circle, circle[0]]
    return " → ".join(map(plain, names if len(names) <= _SHOWN else [*names[: _SHOWN - 2], "…", names[-1]]))


def reference_problems(
    file: GoalsFile, recorded: Collection[str], text: str, recorded_series: Callable[[], Collection[str]] = tuple
) -> list[Problem]:
    """Return the references to series that have neither a table nor an actual, and are no goal's own series.

    Args:
        file: the goals as read, with the series of declarations for many (`panels`).
        recorded: the ids of series that have actuals, as far as they are known already.
        recorded_series: finds the ids of all series that have actuals; only asked where one is missing.
        text: the text of goals.toml, from which the lines come.
    """
    goals = _declared(file.goals)
    own = {goal.declaration or goal.id for goal in goals if goal.series == (goal.declaration or goal.id)}
    declared = {name for name, series in file.series.items() if series.declared}

    def is_known(name: str) -> bool:
        return name in declared or name in own or name in recorded or "{" in name

    strangers = [(way, name) for way, name in _used_series(file, goals) if not is_known(name)]
    if strangers:
        recorded = set(recorded_series())
        strangers = [(way, name) for way, name in strangers if not is_known(name)]
    if not strangers:
        return []
    known = {*declared, *own, *recorded}
    findings = []
    for count, (way, name) in enumerate(strangers):
        what = say("the series {id} has neither a table nor an actual", id=quoted(name))
        findings.append(_to_nothing(way, what, name, known if count < _MOST_HINTS else ()))
    return located(findings, file.file, text, {"goals": [{"id": goal.declaration or goal.id} for goal in goals]})


def _declared(goals: Sequence[Goal]) -> list[Goal]:
    """Return one goal for each declaration, in the order of the file: the first that was made from it."""
    return list({goal.declaration or goal.id: goal for goal in reversed(goals)}.values())[::-1]


def _used_series(file: GoalsFile, goals: Sequence[Goal]) -> Iterator[tuple[KeyPath, str]]:
    for name, series in file.series.items():
        if series.level is not None:
            yield ("series", name, "level"), series.level
    for name, each in file.imports.items():
        for label, meant in each.labels.items():
            if not _is_of_many(meant, file):
                yield ("import", name, "map", label), meant
    for i, goal in enumerate(goals):
        yield from _used_by(goal, ("goals", i))


def _is_of_many(name: str, file: GoalsFile) -> bool:
    """Tell whether a series belongs to a declaration for many, whose first actual is still to come."""
    if not file.panels:
        return False
    from tracker.goals.panels import panel_series

    return panel_series(name, file) is not None


def _used_by(goal: Goal, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if goal.series is not None:
        yield (*path, "series"), goal.series
    for i, name in enumerate(goal.sum):
        yield (*path, "sum", i), name
    if isinstance(goal.target, Moving):
        yield (*path, "target", "series"), goal.target.series
    for i, revision in enumerate(goal.revisions):
        if isinstance(revision.target, Moving):
            yield (*path, "revisions", i, "target", "series"), revision.target.series
