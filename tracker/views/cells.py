"""A quantity as a cell: its words, and for a workbook the number or day behind them and how it is shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from tracker.views.table import NONE, Cell
from tracker.wording.quantity import Amount, Exact, Likelihood, Points, Rate, Share, number

if TYPE_CHECKING:
    from tracker.wording.words import Words

_MOST_DECIMALS = 12


def cell(value: object, words: Words, *, dim: bool = False, after: str = "") -> Cell:
    """Return a quantity as a cell; what is not one number or day has its words alone, None is `NONE`.

    `after` is said behind the number, such as its quality. What stands around a number in words (a unit, ≤, /year)
    stands in the pattern around the number too, so that a spreadsheet shows the same.
    """
    if value is None:
        return NONE
    text = f"{words.put(value)}{after}"
    if isinstance(value, date) and not isinstance(value, datetime) and not after:
        return Cell(text, dim=dim, value=value)
    found = _number(value, words)
    if found is None:
        return Cell(text, dim=dim)
    behind, percent = found
    return Cell(text, dim=dim, value=behind, pattern=_pattern(text, behind, percent=percent))


def counted(n: int, text: str) -> Cell:
    """Return a whole number that a text tells, such as 12 of "12 months"."""
    return Cell(text, value=n, pattern=_around(text, str(n), "0"))


def pattern(value: float) -> str:
    """Return how a spreadsheet shows a number with the decimals people read.

    >>> pattern(1171.21), pattern(2000), pattern(0.03125)
    ('#,##0.00', '#,##0', '0.00000')
    """
    return _plain(number(value))


def _number(value: object, words: Words) -> tuple[float, bool] | None:
    """Return the one number behind a quantity, and whether it is a fraction that is told in percent."""
    match value:
        case Amount(amount, _) | Exact(amount, _) | Points(amount, _):
            return amount, False
        case Share(share, _):
            return share, True
        case Likelihood(chance):
            return chance, True
        case Rate(float(rate), unit, None, False):
            return rate, words.unit_of_rate(unit)[0] != 1
        case int() | float() if not isinstance(value, bool):
            return value, False
        case _:
            return None


def _pattern(text: str, value: float, *, percent: bool) -> str:
    """Return the pattern that shows a number as its text tells it."""
    told = _digits(text)
    if not told or "e" in text[text.index(told) + len(told) :][:1]:
        return pattern(value)
    if not percent:
        return _around(text, told, _plain(told))
    sign = text.partition(told)[2].partition("%")[0] + "%"
    decimals = len(told.partition(".")[2])
    # a share just below the whole is told as 99.9 %; a spreadsheet must not round it to 100 either
    while decimals < _MOST_DECIMALS and _rounds_over(value, decimals):
        decimals += 1
    zeros = "." + "0" * decimals if decimals else ""
    shown = f"0{zeros}" + ('" "%' if sign == " %" else "%")
    return _around(text, told + sign, shown)


def _rounds_over(value: float, decimals: int) -> bool:
    rounded = round(value * 100, decimals)
    return (rounded == 0 and value != 0) or (rounded == 100 and value != 1)  # noqa: PLR2004  the whole of it


def _digits(text: str) -> str:
    """Return the first number in a text, with its thousands and decimals; "" where there is none."""
    start = next((place for place, char in enumerate(text) if char in "0123456789"), len(text))
    end = start
    while end < len(text) and text[end] in "0123456789,.":
        end += 1
    return text[start:end].rstrip(",.")


def _plain(told: str) -> str:
    """Return the pattern of a number as it is told."""
    if "e" in told:
        return "General"
    whole, _, decimals = told.lstrip("-").partition(".")
    shown = "#,##0" if whole != "0" or not decimals else "0"
    return f"{shown}.{'0' * len(decimals)}" if decimals else shown


def _around(text: str, told: str, shown: str) -> str:
    """Return a pattern with the words that stand before and behind a number; its own minus is no word."""
    before, _, behind = text.partition(told)
    return f"{_said(before.removesuffix('-'))}{shown}{_said(behind)}"


def _said(words: str) -> str:
    plain = words.replace('"', "”")
    return f'"{plain}"' if plain else ""
