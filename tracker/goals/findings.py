"""What is wrong in goals.toml: collected while reading, turned into problems with a line only if there are any."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time

from tracker.errors import Problem, Say, say
from tracker.tuples import NamedTuple

KeyPath = tuple[str | int, ...]
"""The way to a value: keys, and positions in arrays from 0."""

_LONGEST_TEXT = 60
_LONGEST_INTEGER = 128  # bits; a longer one is no figure, and may take too long to print


class Finding(NamedTuple):
    """Something wrong with the value at a key path; `meant` is the missing key that an unknown one stands for."""

    path: KeyPath
    what: Say
    help: Say | None = None
    warning: bool = False
    meant: KeyPath | None = None


def found(value: object) -> Say | str:
    """Return what was found in place of what was expected, as it stands in the file.

    >>> found("abc")
    '"abc"'
    >>> found(True)
    'true'
    >>> str(found([1, 2]))
    'an array'
    """
    if isinstance(value, dict | list):
        return say("a table") if isinstance(value, dict) else say("an array")
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value.bit_length() > _LONGEST_INTEGER:
        return say("a number with too many digits")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def quoted(text: str) -> str:
    """Return a text in quotes on one line, cut where it is long."""
    import json

    if len(text) > _LONGEST_TEXT:
        text = text[: _LONGEST_TEXT - 1] + "…"
    return "".join(
        char if char.isprintable() else json.dumps(char)[1:-1] for char in json.dumps(text, ensure_ascii=False)
    )


def plain(name: str) -> str:
    """Return a name as it is, in quotes where it could not be read otherwise."""
    return name if name and name.isprintable() and len(name) <= _LONGEST_TEXT else quoted(name)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is written most like `name`; None where none is close.

    >>> nearest("tarrget", ["target", "tags"])
    'target'
    """
    import difflib

    names = list(known)
    close = difflib.get_close_matches(name, names, n=1) or difflib.get_close_matches(name.lower(), names, n=1)
    return close[0] if close else None


def unknown_key(name: str, known: Iterable[str], table: Mapping[str, object], path: KeyPath) -> Finding:
    """Return the finding about a key in a table that has no such key, with the nearest one that is known."""
    close = nearest(name, known)
    if close is None:
        return Finding((*path, name), say("unknown key"), say("known here: {names}", names=", ".join(known)))
    meant = None if close in table else (*path, close)
    return Finding((*path, name), say('unknown key; did you mean "{near}"?', near=close), meant=meant)


def without_echoes(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings without those about a missing key that is there, only misspelt."""
    meant = {finding.meant for finding in findings}
    return [finding for finding in findings if finding.path not in meant]


def place(path: KeyPath, data: Mapping[str, object]) -> str:
    """Return a key path as people read it: a goal by its id, other positions counted from 1.

    >>> place(("goals", 0, "steps", 1, "due"), {"goals": [{"id": "gdp"}]})
    'goals.gdp.steps[2].due'
    """
    text = ""
    for depth, part in enumerate(path):
        goal_id = _goal_id(data, part) if depth == 1 and path[0] == "goals" else None
        name = goal_id if goal_id is not None else part
        if isinstance(name, int):
            text += f"[{name + 1}]"
        else:
            text += ("." if text else "") + plain(name)
    return text


def _goal_id(data: Mapping[str, object], position: str | int) -> str | None:
    goals = data.get("goals")
    if isinstance(goals, list) and isinstance(position, int) and isinstance(goals[position], dict):
        goal_id = goals[position].get("id")
        if isinstance(goal_id, str) and goal_id and len(goal_id) <= _LONGEST_TEXT:
            return goal_id
    return None


def located(findings: Iterable[Finding], file: str, text: str, data: Mapping[str, object]) -> list[Problem]:
    """Return findings as problems in the order of their lines; what is missing stands where it should have been."""
    from tracker.goals.locate import key_lines, line_of

    lines = key_lines(text)
    problems = [
        Problem(file, line_of(each.path, lines), place(each.path, data) or None, each.what, each.help, each.warning)
        for each in findings
    ]
    return sorted(problems, key=lambda problem: problem.line or 0)
