"""Single values of goals.toml: each reader returns the value, or None after noting what is wrong with it.

An empty text is as good as none: a template may carry `source = ""`.
"""

from __future__ import annotations

import re
from math import isfinite
from typing import TYPE_CHECKING

from tracker.errors import Say, say
from tracker.goals.findings import Finding, found, nearest
from tracker.goals.keys import FORMAT
from tracker.model.goal import Allow

if TYPE_CHECKING:
    from enum import StrEnum

    from tracker.goals.findings import KeyPath


WHOLE = 100.0


def is_goal_id(text: str) -> bool:
    """Tell whether a text is lower-case words joined by '-' and '/'; words of any script that has no case are fine.

    >>> [is_goal_id(text) for text in ("gdp-2100", "城镇化率/昭阳", "GDP", "a--b", "a_b")]
    [True, True, False, False, False]
    """
    if not all(word.isalnum() and word == word.lower() for word in text.replace("/", "-").split("-")):
        return False
    if text.isascii():
        return True
    from unicodedata import is_normalized

    return is_normalized("NFKC", text)


PARAMETER = r"\{(\w+)\}"
"""What stands for a part of many series' ids: `urbanization/{county}` is one goal for each county."""


def format_number(value: object, path: KeyPath, findings: list[Finding]) -> int | None:
    """Return the version of the file's format."""
    if isinstance(value, int) and value == FORMAT and not isinstance(value, bool):
        return FORMAT
    findings.append(Finding(path, say("expected {known}, got {found}", known=FORMAT, found=found(value))))
    return None


def text(value: object, path: KeyPath, findings: list[Finding]) -> str | None:
    """Return a text; None for an empty one."""
    if isinstance(value, str):
        return value if value.strip() else None
    findings.append(Finding(path, say("expected text in quotes, got {found}", found=found(value))))
    return None


def goal_id(value: object, path: KeyPath, findings: list[Finding]) -> str | None:
    """Return the id of a goal."""
    if isinstance(value, str) and is_goal_id(re.sub(PARAMETER, "x", value) if "{" in value else value):
        return value
    what = say("expected lower-case words joined by '-' or '/', got {found}", found=found(value))
    findings.append(Finding(path, what, _better_id(value)))
    return None


def _better_id(value: object) -> Say | None:
    if not isinstance(value, str) or "{" in value:
        return None
    words = "".join(char if char.isalnum() or char == "/" else " " for char in value.lower()).split()
    better = "-".join(words).replace("-/", "/").replace("/-", "/")
    return say('write "{better}"', better=better) if is_goal_id(better) else None


def series_id(value: object, path: KeyPath, findings: list[Finding]) -> str | None:
    """Return the id of a series: any printable text, as actuals may come from elsewhere."""
    if isinstance(value, str) and value and value.isprintable() and value == value.strip():
        return value
    findings.append(Finding(path, say("expected the id of a series, got {found}", found=found(value))))
    return None


def panel(value: object, path: KeyPath, findings: list[Finding]) -> str | None:
    """Return the ids of a panel: the id of a series with one place in braces."""
    if (
        isinstance(value, str)
        and value.count("{") == value.count("}") == 1
        and 0 <= value.find("{") < value.find("}") - 1
    ):
        return series_id(value, path, findings)
    what = say("expected the id of a series with one place in braces, got {found}", found=found(value))
    findings.append(Finding(path, what, say("write such as {example}", example="urbanization/{county}")))
    return None


def choice(value: object, choices: type[StrEnum], path: KeyPath, findings: list[Finding]) -> StrEnum | None:
    """Return one of the choices."""
    near = None
    if isinstance(value, str):
        try:
            return choices(value)
        except ValueError:
            near = nearest(value, choices)
    allowed = ", ".join(choices)
    what = say("expected one of {allowed}, got {found}", allowed=allowed, found=found(value))
    findings.append(Finding(path, what, say('did you mean "{near}"?', near=near) if near else None))
    return None


def flag(value: object, path: KeyPath, findings: list[Finding]) -> bool | None:
    """Return true or false."""
    if isinstance(value, bool):
        return value
    findings.append(Finding(path, say("expected true or false, got {found}", found=found(value))))
    return None


def number(value: object, path: KeyPath, findings: list[Finding]) -> float | None:
    """Return a finite number; true and false are none."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        result = finite(value)
        if result is None:
            findings.append(Finding(path, say("expected a finite number, got {found}", found=found(value))))
        return result
    findings.append(Finding(path, say("expected a number, got {found}", found=found(value)), unquoted(value)))
    return None


def finite(value: float) -> float | None:
    """Return a number as a float; None where that would be NaN or infinite."""
    try:
        result = float(value)
    except OverflowError:
        return None
    return result if isfinite(result) else None


def unquoted(value: object) -> Say | None:
    """Return a hint where a text is a number in quotes."""
    if isinstance(value, str):
        try:
            if finite(float(value)) is not None:
                return say("write it without quotes: {value}", value=value.strip())
        except ValueError:
            pass
    return None


def allow(value: object, path: KeyPath, findings: list[Finding]) -> Allow | None:
    """Return how many periods may be missed, from a share in % or a whole number."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return Allow(periods=value)
    if isinstance(value, str) and value.isascii() and value.endswith("%"):
        parts = value.removesuffix("%").removesuffix(" ").split(".")
        if len(parts) <= 2 and all(map(str.isdecimal, parts)) and 0 < float(".".join(parts)) < WHOLE:  # noqa: PLR2004
            return Allow(share=float(".".join(parts)) / WHOLE)
    what = say("expected a share below 100% or a whole number of periods from 1 up, got {found}", found=found(value))
    findings.append(Finding(path, what, say("write {one} or {other}", one='allow = "1%"', other="allow = 2")))
    return None


def count(value: object, path: KeyPath, findings: list[Finding]) -> int | None:
    """Return a whole number from 1."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return value
    findings.append(Finding(path, say("expected a whole number from 1 up, got {found}", found=found(value))))
    return None
