"""Days and large numbers as running text has them in each language, by the rules of Unicode's CLDR.

Babel takes as long to load as all of a short command, so only prose is worded by it, never a table or JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.wording.languages import CUSTOMS, Language

if TYPE_CHECKING:
    from datetime import date

_LARGEST = 1e15
_DECIMALS = 2
_COUNTED = tuple("十百千万亿")
"""What a unit begins with that is a number already, such as 万人."""


def long_day(day: date, language: str) -> str:
    """Return a day in words.

    >>> from datetime import date
    >>> long_day(date(2025, 1, 31), "zh"), long_day(date(2025, 1, 31), "en")
    ('2025年1月31日', '31 January 2025')
    """
    from babel.dates import format_date

    return format_date(day, "long", locale=CUSTOMS[Language(language)].locale)


def compact(value: float, unit: str | None, language: str) -> str | None:
    """Return a large number in 万 and 亿, or in millions; None where that would lose a digit or read oddly.

    >>> compact(53_000_000, "人", "zh"), compact(125_000_000, None, "en")
    ('5300万', '125 million')
    >>> compact(12_345_678, "人", "zh"), compact(120_000, "万人", "zh")
    (None, None)
    """
    customs = CUSTOMS[Language(language)]
    if not customs.large <= abs(value) < _LARGEST or (unit or "").startswith(_COUNTED):
        return None
    from babel.numbers import format_compact_decimal

    def written(number: float, decimals: int) -> str:
        return format_compact_decimal(
            number, format_type=customs.style, locale=customs.locale, fraction_digits=decimals
        )

    text = written(value, _DECIMALS)
    return text if text == written(value, 3 * _DECIMALS) == written(value, 6 * _DECIMALS) else None
