"""Tables of goals.toml, read by their table of keys; every value that cannot be used becomes a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.errors import say
from tracker.goals import keys, lists, times, values
from tracker.goals.findings import Finding, found, unknown_key
from tracker.goals.keys import Shape
from tracker.model.goal import (
    Band,
    Baseline,
    Break,
    Change,
    Grown,
    Import,
    Moving,
    Number,
    Parts,
    Revision,
    Rule,
    Rules,
    Step,
    StoreTable,
    Times,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracker.goals.findings import KeyPath
    from tracker.goals.keys import Key
    from tracker.model.goal import Target

    Reader = Callable[[object, KeyPath, list[Finding]], object]


def table_values(
    raw: Mapping[str, object], known: Mapping[str, Key], path: KeyPath, findings: list[Finding]
) -> dict[str, Any]:
    """Return the values of a table that could be read; unknown and missing keys become findings.

    The tables of series and goals are returned as they are.
    """
    result: dict[str, Any] = {}
    for name, value in raw.items():
        key = known.get(name)
        if key is None:
            findings.append(_unknown_key(name, known, raw, path))
            continue
        read: object = value
        if key.choices is not None:
            read = values.choice(value, key.choices, (*path, name), findings)
        elif key.shape in READERS:
            read = READERS[key.shape](value, (*path, name), findings)
        if read is not None:
            result[name] = read
    for key in known.values():
        if not key.required:  # those that are required come first
            break
        if key.name not in raw:
            findings.append(_missing(key, path))
    return result


def _missing(key: Key, path: KeyPath) -> Finding:
    help_ = None
    if key.shape is Shape.FORMAT:
        help_ = say("write format = {known} on the first line", known=keys.FORMAT)
    elif key.shape is Shape.GOAL_ID:
        help_ = say("every goal has an id of its own, such as {example}", example='id = "gdp-2100"')
    return Finding((*path, key.name), say("is missing"), help_)


def _unknown_key(name: str, known: Mapping[str, Key], raw: Mapping[str, object], path: KeyPath) -> Finding:
    if known is keys.GOAL and name in keys.SERIES:
        return Finding((*path, name), say("unknown key"), say("it belongs to the goal's series: [series.ID]"))
    return unknown_key(name, known, raw, path)


def target(value: object, path: KeyPath, findings: list[Finding]) -> Target | None:
    """Return a target from a number or from one of the forms that are tables."""
    if not isinstance(value, dict):
        if isinstance(value, int | float) and not isinstance(value, bool):
            number = values.number(value, path, findings)
            return None if number is None else Number(number)
        what = say("expected a number or a table, got {found}", found=found(value))
        findings.append(Finding(path, what, values.unquoted(value) or say("known tables: {forms}", forms=_FORMS)))
        return None
    forms = [form for form in keys.TARGETS if form in value]
    if len(forms) != 1:
        findings.extend(_no_form(value, forms, path))
        return None
    read = table_values(value, keys.TARGETS[forms[0]], path, findings)
    return _formed(forms[0], read)


_FORMS = "{ series = ID }, { times = 2, of = 2020 }, { change = 20 }, { growth = 0.08 }, { between = [2, 3] }"


def _no_form(value: Mapping[str, object], forms: list[str], path: KeyPath) -> list[Finding]:
    if forms:
        what = say('expected one form of target, got both "{one}" and "{other}"', one=forms[0], other=forms[1])
        return [Finding(path, what, say("known tables: {forms}", forms=_FORMS))]
    known = {name: key for table in keys.TARGETS.values() for name, key in table.items()}
    wrong = [unknown_key(name, known, value, path) for name in value if name not in known]
    help_ = say("known tables: {forms}", forms=_FORMS)
    return wrong or [Finding(path, say("expected a number or a table with a known form of target"), help_)]


def _formed(form: str, read: dict[str, Any]) -> Target | None:
    if any(key.required and name not in read for name, key in keys.TARGETS[form].items()):
        return None
    if form == "series":
        return Moving(**read)
    if form == "times":
        return Times(**read)
    if form == "change":
        return Change(**read)
    return Grown(**read) if form == "growth" else Band(*read["between"])


def baseline(value: object, path: KeyPath, findings: list[Finding]) -> Baseline | None:
    """Return a baseline from a period or a table with its value."""
    if isinstance(value, dict):
        read = table_values(value, keys.BASELINE, path, findings)
        return Baseline(**read) if "period" in read else None
    period = times.period(value, path, findings)
    return None if period is None else Baseline(period)


def _tables(
    value: object, known: Mapping[str, Key], path: KeyPath, findings: list[Finding]
) -> list[dict[str, Any]] | None:
    if not isinstance(value, list):
        findings.append(Finding(path, say("expected an array of tables, got {found}", found=found(value))))
        return None
    result = []
    for i, each in enumerate(value):
        if isinstance(each, dict):
            result.append(table_values(each, known, (*path, i), findings))
        else:
            findings.append(Finding((*path, i), say("expected a table, got {found}", found=found(each))))
            result.append({})
    return result


def steps(value: object, path: KeyPath, findings: list[Finding]) -> tuple[Step, ...] | None:
    """Return the intermediate targets, None where one of them cannot be used."""
    read = _tables(value, keys.STEP, path, findings)
    if read is None or any(len(each) < len(keys.STEP) for each in read):
        return None
    return tuple(Step(**each) for each in read)


def revisions(value: object, path: KeyPath, findings: list[Finding]) -> tuple[Revision, ...] | None:
    """Return what was promised before, None where one of the promises cannot be used."""
    read = _tables(value, keys.REVISION, path, findings)
    if read is None or any("until" not in each for each in read):
        return None
    return tuple(Revision(**each) for each in read)


def breaks(value: object, path: KeyPath, findings: list[Finding]) -> tuple[Break, ...] | None:
    """Return the breaks of a series, None where one of them cannot be used."""
    read = _tables(value, keys.BREAK, path, findings)
    if read is None or any("on" not in each for each in read):
        return None
    return tuple(Break(**each) for each in read)


def at_least(value: object, path: KeyPath, findings: list[Finding]) -> Parts | None:
    """Return how many of which goals must be reached."""
    if not isinstance(value, dict):
        what = say("expected a table, got {found}", found=found(value))
        findings.append(Finding(path, what, say("write {form}", form="{ count = 3, of = [ids] }")))
        return None
    read = table_values(value, keys.AT_LEAST, path, findings)
    if len(read) < len(keys.AT_LEAST):
        return None
    return Parts(Rule.AT_LEAST, read["of"], read["count"])


def weights(value: object, path: KeyPath, findings: list[Finding]) -> Parts | None:
    """Return the goals whose mean counts, each with its weight above 0."""
    if not isinstance(value, dict) or not value:
        got = say("an empty table") if value == {} else found(value)
        what = say("expected a table of goals and their weights, got {found}", found=got)
        findings.append(Finding(path, what, say("write {form}", form="{ kr-1 = 2, kr-2 = 1 }")))
        return None
    read = {}
    for name, each in value.items():
        weight = values.number(each, (*path, name), findings)
        if weight is not None and weight <= 0:
            findings.append(Finding((*path, name), say("expected a number above 0, got {found}", found=found(each))))
        read[name] = weight or 1.0
    if values.finite(sum(read.values())) is None:
        findings.append(Finding(path, say("the weights together are too large"), say("numbers end near 1.8e308")))
    return Parts(Rule.MEAN, tuple(read), 0, tuple(read.values()))


def verdict(value: object, path: KeyPath, findings: list[Finding]) -> Rules | None:
    """Return whose rule gives the verdict and its bands, which must be in order between 0 and 1."""
    if not isinstance(value, dict):
        findings.append(Finding(path, say("expected a table, got {found}", found=found(value))))
        return None
    rules = Rules(**table_values(value, keys.VERDICT, path, findings))
    if not 0 <= rules.off_track <= rules.on_track <= 1:
        what = say(
            "expected 0 <= off_track <= on_track <= 1, got off_track = {off} and on_track = {on}",
            off=f"{rules.off_track:.4g}",
            on=f"{rules.on_track:.4g}",
        )
        findings.append(Finding((*path, "on_track" if "on_track" in value else "off_track"), what))
    return rules


def labels(value: object, path: KeyPath, findings: list[Finding]) -> dict[str, str] | None:
    """Return what people read in place of each status; no two may be the same."""
    if not isinstance(value, dict):
        findings.append(Finding(path, say("expected a table, got {found}", found=found(value))))
        return None
    read: dict[str, str] = table_values(value, keys.LABELS, path, findings)
    for place, (status, label) in enumerate(read.items()):
        if label in list(read.values())[:place]:
            findings.append(Finding((*path, status), say("two statuses would read {label}", label=found(label))))
    return read


def imports(value: object, path: KeyPath, findings: list[Finding]) -> dict[str, Import] | None:
    """Return how tables that come again are read, by name."""
    if not isinstance(value, dict):
        what = say("expected a table for each import, got {found}", found=found(value))
        findings.append(Finding(path, what, say("write {header} for each import", header="[import.NAME]")))
        return None
    result = {}
    for name, each in value.items():
        if isinstance(each, dict):
            read = table_values(each, keys.IMPORT, (*path, name), findings)
            result[name] = Import(labels=read.pop("map", {}), bare=read.pop("as", None), **read)
        else:
            findings.append(Finding((*path, name), say("expected a table, got {found}", found=found(each))))
    return result


def series_labels(value: object, path: KeyPath, findings: list[Finding]) -> dict[str, str] | None:
    """Return the series that labels of a foreign table mean; whether they exist is seen when it is imported."""
    if not isinstance(value, dict):
        findings.append(Finding(path, say("expected a table, got {found}", found=found(value))))
        return None
    read = {label: values.series_id(name, (*path, label), findings) for label, name in value.items()}
    return {label: name for label, name in read.items() if name is not None}


def store(value: object, path: KeyPath, findings: list[Finding]) -> StoreTable | None:
    """Return which table of a database holds the actuals, and in which columns."""
    if not isinstance(value, dict):
        findings.append(Finding(path, say("expected a table, got {found}", found=found(value))))
        return None
    read = table_values(value, keys.STORE, path, findings)
    return StoreTable(read.get("table"), read.get("columns", {}))


def columns(value: object, path: KeyPath, findings: list[Finding]) -> dict[str, str] | None:
    """Return which column holds what."""
    if not isinstance(value, dict):
        findings.append(Finding(path, say("expected a table, got {found}", found=found(value))))
        return None
    return table_values(value, keys.COLUMNS, path, findings)


READERS: Mapping[str, Reader] = {
    Shape.FORMAT: values.format_number,
    Shape.TEXT: values.text,
    Shape.GOAL_ID: values.goal_id,
    Shape.SERIES_ID: values.series_id,
    Shape.PANEL: values.panel,
    Shape.FLAG: values.flag,
    Shape.NUMBER: values.number,
    Shape.COUNT: values.count,
    Shape.PERIOD: times.period,
    Shape.DAY: times.day,
    Shape.SPAN: times.span,
    Shape.PAIR: lists.pair,
    Shape.TEXTS: lists.texts,
    Shape.GOAL_IDS: lists.ids,
    Shape.SERIES_IDS: lists.ids,
    Shape.FREE: lists.free,
    Shape.TARGET: target,
    Shape.BASELINE: baseline,
    Shape.STEPS: steps,
    Shape.REVISIONS: revisions,
    Shape.BREAKS: breaks,
    Shape.AT_LEAST: at_least,
    Shape.WEIGHTS: weights,
    Shape.ALLOW: values.allow,
    Shape.VERDICT: verdict,
    Shape.IMPORT_TABLES: imports,
    Shape.SERIES_LABELS: series_labels,
    Shape.LABELS: labels,
    Shape.STORE: store,
    Shape.COLUMNS: columns,
}
