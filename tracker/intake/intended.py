"""Words that tell what is intended, such as a plan, from what has been reached."""

from __future__ import annotations

import re
from functools import lru_cache

_INTENDED = re.compile(
    r"计划(?!单列|生育)|规划(?!局|院|区)|(?<!可持续发展)目标|预期(?!寿命)|预算|预测"
    r"|\b(?:plan(?:ned|s)?|targets?|budget(?:ed|s)?|forecasts?)\b",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"完成|实际|实绩|执行|实现|进展|达成|监测|评估|公报"
    r"|\b(?:actuals?|progress|achieve(?:d|ments?)|monitoring|results?|observed|histor(?:y|ical))\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"(?:年度)?(?:计划|规划|目标|预期|预算|预测)(?:数|值|目标)?|plan(?:ned)?|targets?|budget(?:ed)?|forecasts?",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def is_intended(text: str) -> bool:
    """Tell whether a text speaks of a plan or a target, and not of how far it was reached.

    >>> is_intended("2024年预期目标"), is_intended("2024年计划完成情况"), is_intended("人均预期寿命")
    (True, False, False)
    """
    return _INTENDED.search(text) is not None and not is_reached(text)


@lru_cache(maxsize=4096)
def is_reached(text: str) -> bool:
    """Tell whether a text speaks of what has been reached: 2024年实际, 完成值."""
    return _REACHED.search(text) is not None


def is_plan(text: str) -> bool:
    """Tell whether a text is the word for a plan and nothing else, as it stands over a group of rows.

    >>> is_plan("计划"), is_plan("规划主要指标")
    (True, False)
    """
    return _PLAIN.fullmatch(text.strip()) is not None
