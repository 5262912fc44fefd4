"""Every figure of every form of goal against the slow version in `exact`, over seeded random goals.

`python -m exact SEED COUNT [FORM]` in this folder compares as many as are wanted.
"""

from __future__ import annotations

import os
from random import Random

import pytest
from exact.compared import declared, differences
from exact.random_forms import FORMS

from tracker.errors import InvalidFile

WORLDS = int(os.environ.get("EXACT_WORLDS", "150"))
"""How many random worlds of each form are compared; some hundred thousand were once, by the campaign."""


@pytest.mark.parametrize("form", FORMS)
def test_every_figure_is_that_of_the_slow_version(form: str) -> None:
    """Figures to 9 digits, chances to 6, days and statuses exactly; few of the random files are refused."""
    random, refused = Random(20260229), 0  # noqa: S311  the same goals every time
    for _ in range(WORLDS):
        world = FORMS[form](random)
        try:
            assert differences(world) == [], declared(world)
        except InvalidFile:
            refused += 1
    assert refused < WORLDS / 5
