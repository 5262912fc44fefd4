"""What goals.toml may ask for and this version does not do yet: refused, never quietly done otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import say
from tracker.model.goal import Method

if TYPE_CHECKING:
    from tracker.errors import Problem
    from tracker.model.goal import GoalsFile


def method_problems(file: GoalsFile, text: str) -> list[Problem]:
    """Return the problem of a verdict by another rule than the chance; `text` is that of goals.toml.

    A verdict must not be cited under the name of a rule that did not give it.
    """
    if file.rules.method is Method.CHANCE:
        return []
    from tracker.goals.findings import Finding, located

    what = say('the method "{method}" is not there yet', method=file.rules.method.value)
    finding = Finding(("verdict", "method"), what, say('this version judges by method = "chance"'))
    return located([finding], file.file, text, {})
