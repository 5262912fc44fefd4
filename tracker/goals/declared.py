"""Series and goals built from the tables that declare them."""

from collections.abc import Mapping, Sequence

from tracker.errors import say
from tracker.goals import keys
from tracker.goals.findings import Finding, KeyPath, found
from tracker.goals.tables import table_values
from tracker.goals.values import series_id
from tracker.model.goal import Goal, Kind, Moving, Number, Parts, Rule, Series
from tracker.tuples import NamedTuple


class Declared(NamedTuple):
    """A goal with the table that declares it and the way to that table."""

    goal: Goal
    raw: Mapping[str, object]
    path: KeyPath


def series_tables(raw: object, lines: Mapping[str, int], findings: list[Finding]) -> dict[str, Series]:
    """Return the series that have tables of their own, by id, in file order."""
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        what = say("expected a table for each series, got {found}", found=found(raw))
        findings.append(Finding(("series",), what, say("write {header} for each series", header="[series.ID]")))
        return {}
    result = {name: _series(name, table, lines, findings) for name, table in raw.items()}
    for name, series in result.items():
        if series.level in result and result[series.level].kind is Kind.GROWTH:
            what = say("{id} is a growth too, and gives no shares", id=found(series.level))
            findings.append(Finding(("series", name, "level"), what))
    return result


def _series(name: str, raw: object, lines: Mapping[str, int], findings: list[Finding]) -> Series:
    path = ("series", name)
    series_id(name, path, findings)
    if not isinstance(raw, dict):
        findings.append(Finding(path, say("expected a table, got {found}", found=found(raw))))
        return Series(name, name)
    read = table_values(raw, keys.SERIES, path, findings)
    series = Series(**{"name": name, **read, "id": name, "line": lines.get(name)})
    if series.level is not None and series.kind is not Kind.GROWTH and (*path, "kind") not in _paths(findings):
        findings.append(Finding((*path, "level"), say('level belongs to kind = "growth"')))
    if series.level is not None and "{" in series.level:
        from tracker.goals.panels import parameters

        more = [one for one in parameters(series.level) if one not in parameters(name)]
        findings += [
            Finding((*path, "level"), say("{name} is not in the series' id", name=f"{{{one}}}")) for one in more
        ]
    if series.breaks:
        from tracker.goals.broken import break_findings

        findings.extend(break_findings(series, path))
    if series.rank_of is not None and series.kind is not Kind.RANK and (*path, "kind") not in _paths(findings):
        findings.append(Finding((*path, "rank_of"), say('rank_of belongs to kind = "rank"')))
    return series


def goal_tables(raw: object, lines: Sequence[int], findings: list[Finding]) -> list[Declared]:
    """Return the goals in file order."""
    if raw is None:
        return []
    if not isinstance(raw, list):
        what = say("expected an array of tables, got {found}", found=found(raw))
        findings.append(Finding(("goals",), what, say("write {header} above each goal", header="[[goals]]")))
        return []
    result = []
    for i, table in enumerate(raw):
        if isinstance(table, dict):
            path = ("goals", i)
            result.append(Declared(_goal(table, path, lines[i], findings), table, path))
        else:
            findings.append(Finding(("goals", i), say("expected a table, got {found}", found=found(table))))
    return result


def _goal(raw: Mapping[str, object], path: KeyPath, line: int, findings: list[Finding]) -> Goal:
    """Return a goal as far as its table can be read; an unusable id stands as it is, so that references find it."""
    read = table_values(raw, keys.GOAL, path, findings)
    goal_id = read.setdefault("id", str(raw.get("id", "")))
    read.setdefault("name", goal_id)
    if raw.keys().isdisjoint(keys.MEASURED):
        read["series"] = goal_id
    parts = None
    for rule in keys.COMPOSITE:
        if rule in read:
            parts = _parts(Rule(rule), read.pop(rule))
    return Goal(**read, parts=parts, line=line)


def _parts(rule: Rule, ids: Parts | tuple[str, ...]) -> Parts:
    if isinstance(ids, Parts):
        return ids
    return Parts(rule, ids, len(ids) if rule is Rule.ALL else 1)


def is_milestone(goal: Goal, series: Mapping[str, Series]) -> bool:
    """Tell whether a goal is done or not rather than a figure; `series` are the declared ones."""
    return goal.series is not None and goal.series in series and series[goal.series].kind is Kind.MILESTONE


def completed(goal: Goal, series: Mapping[str, Series]) -> Goal:
    """Return a goal with the target that goes without saying: a milestone's is 1."""
    if goal.target is None and is_milestone(goal, series):
        return goal._replace(target=Number(1.0))
    return goal


def all_series(declared: Mapping[str, Series], goals: Sequence[Goal]) -> dict[str, Series]:
    """Return the declared series and after them those that goals use without a table.

    A series that has no name is called as the goal of the same id.
    """
    names = {goal.id: goal.name for goal in goals}
    result = {
        name: series._replace(name=names[name]) if series.name == name and name in names else series
        for name, series in declared.items()
    }
    for goal in goals:
        own = (goal.series,) if goal.series is not None else goal.sum
        reference = (goal.target.series,) if isinstance(goal.target, Moving) else ()
        for name in (*own, *reference):
            if name not in result:
                result[name] = Series(name, names.get(name, name), declared=False)
    levels = [series.level for series in result.values() if series.level is not None]
    return result | {name: Series(name, names.get(name, name), declared=False) for name in levels if name not in result}


def _paths(findings: Sequence[Finding]) -> set[KeyPath]:
    return {finding.path for finding in findings}
