"""Values of goals.toml that hold several: a band, texts, ids, and the free table of a goal."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from tracker.errors import say
from tracker.goals.findings import Finding, found, quoted
from tracker.goals.values import finite, number, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.goals.findings import KeyPath

_PLAIN = str | bool | int | float | date | time


def pair(value: object, path: KeyPath, findings: list[Finding]) -> tuple[float, float] | None:
    """Return the two numbers of a band, the lower one first."""
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004  a pair
        what = say("expected two numbers, the lowest and the highest, got {found}", found=found(value))
        findings.append(Finding(path, what))
        return None
    low, high = (number(each, (*path, i), findings) for i, each in enumerate(value))
    if low is None or high is None:
        return None
    if low > high:
        what = say("the lowest value, {low}, is above the highest, {high}", low=found(value[0]), high=found(value[1]))
        findings.append(Finding(path, what, say("write the lower one first")))
    return low, high


def texts(value: object, path: KeyPath, findings: list[Finding]) -> tuple[str, ...] | None:
    """Return a list of texts; empty ones are left out."""
    if not isinstance(value, list):
        findings.append(Finding(path, say("expected an array of texts, got {found}", found=found(value))))
        return None
    return tuple(filter(None, (text(each, (*path, i), findings) for i, each in enumerate(value))))


def ids(value: object, path: KeyPath, findings: list[Finding]) -> tuple[str, ...] | None:
    """Return a list of at least one id of goals or series; whether they exist is seen later."""
    if not isinstance(value, list) or not value:
        got = say("an empty array") if value == [] else found(value)
        findings.append(Finding(path, say("expected an array of ids, got {found}", found=got)))
        return None
    result = []
    seen = set()
    for i, each in enumerate(value):
        if isinstance(each, str):
            if each in seen:
                findings.append(Finding((*path, i), say("{id} is listed twice", id=quoted(each)), warning=True))
            seen.add(each)
            result.append(each)
        else:
            findings.append(Finding((*path, i), say("expected an id in quotes, got {found}", found=found(each))))
    return tuple(result)


def free(value: object, path: KeyPath, findings: list[Finding]) -> Mapping[str, object] | None:
    """Return a table of single values and lists of them; dates become ISO texts, as outputs have them."""
    if not isinstance(value, dict):
        findings.append(Finding(path, say("expected a table, got {found}", found=found(value))))
        return None
    result: dict[str, object] = {}
    for name, each in value.items():
        members = each if isinstance(each, list) else [each]
        read = [_plain(member, (*path, name), findings) for member in members]
        result[name] = read if isinstance(each, list) else read[0]
    return result


def _plain(value: object, path: KeyPath, findings: list[Finding]) -> object:
    if not isinstance(value, _PLAIN):
        what = say("expected text, a number, a date, true or false, got {found}", found=found(value))
        findings.append(Finding(path, what))
        return None
    if isinstance(value, int | float) and finite(value) is None:
        findings.append(Finding(path, say("expected a finite number, got {found}", found=found(value))))
        return None
    return value.isoformat() if isinstance(value, date | time) else value
