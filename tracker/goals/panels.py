"""Panel goals: one declaration, one goal for each series that matches, such as one for each county."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.errors import InvalidFile, Problem, say
from tracker.goals.findings import Finding, quoted
from tracker.goals.values import PARAMETER as _PARAMETER
from tracker.model.goal import Moving, Rule, Series

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tracker.goals.declared import Declared
    from tracker.model.goal import Goal, GoalsFile, Target


PARAMETER = re.compile(_PARAMETER)


def parameters(text: str | None) -> list[str]:
    """Return the names in braces in a text.

    >>> parameters("urbanization/{county}")
    ['county']
    """
    return PARAMETER.findall(text or "")


def is_panel(goal: Goal) -> bool:
    """Tell whether a goal stands for many."""
    return bool(parameters(goal.id))


def panel_findings(goals: Sequence[Declared]) -> Iterator[Finding]:
    """Yield what is wrong with declarations for many goals: their id and their series name the same parts."""
    for goal, _, path in goals:
        known = parameters(goal.id)
        if not known:
            continue
        if goal.series is None:
            yield Finding((*path, "id"), say("a goal with {name} in its id needs a series", name="{…}"))
            continue
        used = parameters(goal.series)
        way = (*path, "series")
        yield from (
            Finding(way, say("{name} is in the goal's id, but not in its series", name=f"{{{name}}}"))
            for name in known
            if name not in used
        )
        referred = parameters(goal.target.series) if isinstance(goal.target, Moving) else []
        for names, place in ((used, way), (referred, (*path, "target", "series"))):
            yield from (
                Finding(place, say("{name} is not in the goal's id", name=f"{{{name}}}"))
                for name in names
                if name not in known
            )


def expanded(file: GoalsFile, recorded: Callable[[], Iterable[str]]) -> GoalsFile:
    """Return the goals with one for each series that matches a declaration for many; others stay as they are.

    `recorded` finds the ids of the series that have actuals, and is only asked where a declaration needs them. A part
    in braces matches what stands between two slashes. A goal that is declared alone holds before one of many.
    Raises `InvalidFile` where two declarations make the same goal.
    """
    panels = [goal for goal in file.goals if is_panel(goal)]
    if not panels:
        return file
    names = dict.fromkeys([*(name for name in file.series if not PARAMETER.search(name)), *recorded()])
    alone = {goal.id for goal in file.goals if not is_panel(goal)}
    made = {goal.id: [one for one in _goals(goal, names) if one.id not in alone] for goal in panels}
    _refuse_twice(file, made)
    goals: list[Goal] = []
    for goal in file.goals:
        goals += made[goal.id] if is_panel(goal) else [_with_children(goal, made)]
    series = {name: one for name, one in file.series.items() if not PARAMETER.search(name)}
    for goal in panels:
        for one in made[goal.id]:
            series |= _series(goal, one, file.series, series)
    patterns = dict.fromkeys(name for goal in panels for name in _patterns(goal))
    panel_series = {name: file.series.get(name, Series(name, name, declared=False)) for name in patterns}
    return file._replace(goals=tuple(goals), series=series, panels=panel_series)


def _patterns(goal: Goal) -> Iterator[str]:
    yield from (name for name in (goal.series,) if name is not None)
    if isinstance(goal.target, Moving) and parameters(goal.target.series):
        yield goal.target.series


def panel_series(name: str, file: GoalsFile) -> Series | None:
    """Return the series of a declaration for many that a name belongs to; None where it belongs to none."""
    return next((one for pattern, one in file.panels.items() if _pattern(pattern).fullmatch(name)), None)


def _goals(goal: Goal, names: Iterable[str]) -> Iterator[Goal]:
    matching = _pattern(goal.series or "")
    for name in names:
        found = matching.fullmatch(name)
        if found is not None:
            yield _filled(goal, found.groupdict())


def _pattern(text: str) -> re.Pattern[str]:
    seen: set[str] = set()
    pattern, end = "", 0
    for match in PARAMETER.finditer(text):
        name = match[1]
        pattern += re.escape(text[end : match.start()]) + (f"(?P={name})" if name in seen else f"(?P<{name}>[^/]+)")
        seen.add(name)
        end = match.end()
    return re.compile(pattern + re.escape(text[end:]), re.DOTALL)


def _filled(goal: Goal, values: Mapping[str, str]) -> Goal:
    return goal._replace(
        id=_put(goal.id, values),
        name=_put(goal.name, values),
        group=None if goal.group is None else _put(goal.group, values),
        series=None if goal.series is None else _put(goal.series, values),
        target=_aimed(goal.target, values),
        revisions=tuple(one._replace(target=_aimed(one.target, values)) for one in goal.revisions),
        fields={**goal.fields, **values},
        declaration=goal.id,
    )


def _put(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its parts filled in; what is filled in is never read again."""
    return PARAMETER.sub(lambda match: values.get(match[1], match[0]), text)


def _aimed(target: Target | None, values: Mapping[str, str]) -> Target | None:
    return target._replace(series=_put(target.series, values)) if isinstance(target, Moving) else target


def _refuse_twice(file: GoalsFile, made: Mapping[str, Sequence[Goal]]) -> None:
    first: dict[str, Goal] = {}
    for goals in made.values():
        for goal in goals:
            other = first.setdefault(goal.id, goal)
            if other is not goal:
                what = say("{id} is made by the declaration in line {line} too", id=quoted(goal.id), line=other.line)
                raise InvalidFile([Problem(file.file, goal.line, f"goals.{goal.declaration}", what)])


def _with_children(goal: Goal, made: Mapping[str, Sequence[Goal]]) -> Goal:
    """Return a composite whose children are the goals that its declarations make."""
    if goal.parts is None or not any(child in made for child in goal.parts.ids):
        return goal
    ids = tuple(one for child in goal.parts.ids for one in ([g.id for g in made[child]] if child in made else [child]))
    least = len(ids) if goal.parts.rule is Rule.ALL else goal.parts.least
    return goal._replace(parts=goal.parts._replace(ids=ids, least=least))


def _series(panel: Goal, goal: Goal, declared: Mapping[str, Series], there: Mapping[str, Series]) -> dict[str, Series]:
    """Return the series that one goal of many uses, as the series of its declaration is declared."""
    result: dict[str, Series] = {}
    values = {key: str(goal.fields[key]) for key in parameters(panel.id)}
    pairs = [(panel.series, goal.series)]
    if isinstance(panel.target, Moving) and isinstance(goal.target, Moving):
        pairs.append((panel.target.series, goal.target.series))
    for pattern, name in pairs:
        if pattern is not None and name is not None and name not in there:
            model = declared[pattern]
            level = None if model.level is None else _put(model.level, values)
            result[name] = model._replace(id=name, name=_put(model.name, values), level=level)
            if model.level is not None and level is not None and level not in there:
                result[level] = declared[model.level]._replace(id=level, name=_put(declared[model.level].name, values))
    return result
