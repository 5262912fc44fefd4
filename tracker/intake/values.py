"""Values as people write them, scaled into the unit of their series."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from tracker.errors import Say, say
from tracker.intake.units import ratio, times, unit_of
from tracker.tuples import NamedTuple

_ASCII = {0xFF01 + offset: 0x21 + offset for offset in range(0x5E)}  # ！ to ～
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\t"), " ")
_MINUS = dict.fromkeys(map(ord, "\u2212\ufe63"), "-")
_HALF_WIDTH = _ASCII | _BLANKS | _MINUS

_SPLIT = re.compile(r"(?P<sign>[+-]?) *(?P<number>[0-9.,' ]*[0-9.,'](?:[eE][+-]?[0-9]+)?)(?P<unit>.*)", re.DOTALL)
_DECIMAL = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+)(?:\.[0-9]+)?")
PLAIN = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
"""Most numbers are as plain as this, and need no care."""
_LONGEST = 400
_LONGEST_SHOWN = 60
_EXAMPLES = say("write it such as 44, 44%, 1,000.5, 1,000亿元 or 12.5万")


class Refused(NamedTuple):
    """A text that is no value for its series: why, and what would be accepted."""

    what: Say
    help: Say


def value_in_unit(text: str, unit: str | None, heading: str | None = None) -> float | Refused:
    """Return the value that a text means in the unit of its series, or why it is refused.

    A number alone is in the series' unit already; one with a unit is scaled exactly, and refused where the series
    cannot have that unit. 千, 万, 亿 and their products go before a unit or alone; thousands are set apart by
    commas or blanks; full-width characters are read as the plain ones. `unit` is None where the series has none,
    `heading` is the unit that stands over the number, for one that has none of its own.

    >>> value_in_unit("12.5万", "人")
    125000.0
    >>> value_in_unit("1,000亿元", "万元")
    10000000.0
    >>> str(value_in_unit("44%", "亿元").what)
    '"44%" is in %, but the series is in 亿元'
    """
    if PLAIN.fullmatch(text) and (not heading or heading == unit):
        return float(text) + 0.0
    plain = text.translate(_HALF_WIDTH).strip()
    shown = plain if len(plain) <= _LONGEST_SHOWN else f"{plain[:_LONGEST_SHOWN]}…"
    if not plain:
        return Refused(say("the value is missing"), _EXAMPLES)
    parts = _SPLIT.fullmatch(plain) if len(plain) <= _LONGEST else None
    if parts is None:
        return Refused(say('"{text}" does not begin with a number', text=shown), _EXAMPLES)
    number = _digits(parts["number"])
    if number is None:
        what = say('"{number}" in "{text}" is not a number', number=parts["number"], text=shown)
        return Refused(what, say("a point goes before decimals, commas or blanks between thousands: 1234.5 or 1,234.5"))
    scale = _scale(parts["unit"].strip(), unit, heading, shown)
    if isinstance(scale, Refused):
        return scale
    return _float(Fraction(parts["sign"] + number) * scale, shown)


def _digits(text: str) -> str | None:
    """Return a number without its thousands separators, None where they are not where they belong."""
    if _GROUPED.fullmatch(text):
        return text.replace(",", "").replace(" ", "")
    return text if _DECIMAL.fullmatch(text) else None


def has_unit(text: str) -> bool:
    """Tell whether a text that begins with a number goes on with a unit."""
    parts = _SPLIT.fullmatch(text.translate(_HALF_WIDTH).strip()) if len(text) <= _LONGEST else None
    return parts is not None and bool(parts["unit"].strip())


def has_measure(text: str) -> bool:
    """Tell whether a text that begins with a number says what it measures; a 万 behind it says how many only."""
    parts = _SPLIT.fullmatch(text.translate(_HALF_WIDTH).strip()) if len(text) <= _LONGEST else None
    return parts is not None and bool(unit_of(parts["unit"]).base)


def _scale(own: str, unit: str | None, heading: str | None, shown: str) -> Fraction | Refused:
    """Return how many of the series' unit one of the written unit is; its own unit, or the heading's."""
    if not own and not heading:
        return Fraction(1)
    scale = _times(own, heading, unit or "")
    if scale is not None:
        return scale
    found = own or heading
    if not unit:
        what = say('"{text}" has a unit, but the series has none', text=shown)
        if not own:
            what = say('"{text}" stands under {heading}, but the series has no unit', text=shown, heading=heading)
        return Refused(what, say("write the number alone, or give the series a unit in goals.toml"))
    what = say('"{text}" is in {found}, but the series is in {unit}', text=shown, found=found, unit=unit)
    return Refused(what, say("write the number in {unit}, with or without the unit", unit=unit))


@lru_cache(maxsize=4096)
def _times(own: str, heading: str | None, unit: str) -> Fraction | None:
    written = unit_of(own or heading or "")
    if own and heading and not written.base:
        written = times(unit_of(heading), written)
    return ratio(written, unit_of(unit))


def _float(exact: Fraction, shown: str) -> float | Refused:
    try:
        value = float(exact)
    except OverflowError:
        return Refused(say('"{text}" is too large', text=shown), say("numbers end near 1.8e308"))
    if exact and not value:
        return Refused(say('"{text}" is too small', text=shown), say("numbers begin near 4.9e-324"))
    return value
