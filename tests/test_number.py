"""Numbers as they are compared and written: settled to 12 digits, finite, and never a minus zero."""

from __future__ import annotations

from decimal import Decimal
from math import copysign, inf, nan
from random import Random

import pytest
from exact.digits import settle

from tracker.model.number import finite, settled


def test_numbers_are_settled_to_twelve_digits() -> None:
    """As exact decimals are, from the smallest to the largest."""
    random = Random(5)  # noqa: S311  the same numbers every time
    for _ in range(2000):
        value = random.choice([-1, 1]) * random.random() * 10.0 ** random.randint(-300, 300)
        assert settled(value) == float(settle(Decimal(value)))
        assert settled(settled(value)) == settled(value)


def test_zero_has_no_sign() -> None:
    """A minus zero would be written as -0.0, a difference between nothing and nothing."""
    assert copysign(1, settled(-0.0)) == 1
    assert finite(-0.0) == 0


@pytest.mark.parametrize("value", [None, inf, -inf, nan])
def test_what_is_no_number_is_none(value: float | None) -> None:
    """What left the range of floats is missing, not infinite."""
    assert finite(value) is None


def test_none_is_settled_to_none() -> None:
    """A missing number stays missing."""
    assert settled(None) is None
