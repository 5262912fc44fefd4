"""Units of measure: how much one is of another, exactly."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from tracker.tuples import NamedTuple

_POWERS = {
    "十": 1,
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "十亿": 9,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
}
_IN_BRACKETS = re.compile(r"(.+?)\s*[(（\[](?:单位\s*[:：])?([^()（）\[\]]+)[)）\]]", re.DOTALL)
_MAGNITUDE = re.compile("|".join(sorted(_POWERS, key=len, reverse=True)))

_FAMILIES: tuple[tuple[tuple[Fraction | int, str], ...], ...] = (
    ((1, "% pct percent"), (Fraction(1, 10), "‰")),
    ((1, "百分点 个百分点 pp percentagepoint percentagepoints"),),
    ((1, "元 人民币元 CNY RMB yuan"),),
    ((1, "人 people persons"),),
    (
        (1, "平方米 m² m2 sqm"),
        (10_000, "公顷 ha hm²"),
        (Fraction(10_000, 15), "亩"),
        (1_000_000, "平方公里 平方千米 km² km2 sqkm"),
    ),
    ((1, "米 m"), (1000, "公里 千米 km KM"), (Fraction(1, 100), "厘米 cm"), (Fraction(1, 1000), "毫米 mm")),
    ((1, "千克 公斤 kg KG Kg"), (1000, "吨 t tonne tonnes"), (Fraction(1, 2), "斤"), (Fraction(1, 1000), "克 g")),
    ((1, "千瓦时 度 kWh kwh KWh kW·h"), (1000, "兆瓦时 MWh"), (10**6, "吉瓦时 GWh"), (10**9, "太瓦时 TWh")),
    ((1, "千瓦 kW kw KW"), (1000, "兆瓦 MW"), (10**6, "吉瓦 GW"), (Fraction(1, 1000), "瓦 W")),
    ((1, "立方米 m³ m3"), (Fraction(1, 1000), "升 L l"), (Fraction(1, 10**6), "毫升 mL ml")),
)
"""Units that measure the same thing, each with how many of the family's first unit it is."""


class Unit(NamedTuple):
    """A unit as so many of a base, `size` × 10^`power`: 万公顷 is 10,000 × 10^4 of 平方米.

    `power` is what a magnitude such as 万 in front of the unit says; a bare 万 has the base "".
    """

    base: str
    size: Fraction
    power: int = 0


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


_KNOWN = {
    _plain(name): Unit(family[0][1].split()[0], Fraction(size))
    for family in _FAMILIES
    for size, names in family
    for name in names.split()
}
_COUNTED = frozenset(
    [
        "人",
        "户",
        "个",
        "家",
        "件",
        "套",
        "辆",
        "台",
        "次",
        "所",
        "张",
        "位",
        "名",
        "户次",
        "人次",
        "项",
        "座",
        "处",
        "宗",
        "头",
        "只",
        "株",
        "美元",
        "港元",
        "欧元",
        "人/平方公里",
        "元/人",
    ]
)
"""Units of which nothing is known but that they are units: things that are counted, and other money."""
SHARES = frozenset({"%", "百分点"})
"""The bases that are never counted in thousands or millions."""


def unit_of(text: str) -> Unit:
    """Return what a unit is made of; one that is not known is its own base.

    >>> unit_of("万公顷")
    Unit(base='平方米', size=Fraction(10000, 1), power=4)
    >>> unit_of("千户").base
    '户'
    """
    name = _plain(text)
    magnitude = _MAGNITUDE.match(name)
    if name in _KNOWN or magnitude is None:
        return _KNOWN.get(name, Unit(name, Fraction(1)))
    base = name[magnitude.end() :]
    return _KNOWN.get(base, Unit(base, Fraction(1)))._replace(power=_POWERS[magnitude[0]])


_LONGEST = 400
"""Characters of the longest heading that is looked at for a unit at its end."""


def is_unit(text: str) -> bool:
    """Tell whether a text is certainly a unit; many that are none of these are units too.

    >>> is_unit("万公顷"), is_unit("现价")
    (True, False)
    """
    name = _plain(text)
    magnitude = _MAGNITUDE.match(name)
    base = name if name in _KNOWN or magnitude is None else name[magnitude.end() :]
    return bool(name) and (base in _KNOWN or base in _COUNTED or not base)


def without_unit(text: str) -> tuple[str, str | None]:
    """Return a heading without the unit in brackets at its end, and that unit; None where it ends in none.

    >>> without_unit("2024年（亿元）"), without_unit("2024年(预计)")
    (('2024年', '亿元'), ('2024年(预计)', None))
    """
    plain = text.strip()
    found = _IN_BRACKETS.fullmatch(plain) if len(plain) <= _LONGEST else None  # what is longer takes its square
    return (found[1].strip(), found[2].strip()) if found and is_unit(found[2]) else (text, None)


def times(unit: Unit, magnitude: Unit) -> Unit:
    """Return a unit counted by a bare magnitude instead of its own: 12.5万 under a heading in 元 is in 万元."""
    return unit._replace(power=magnitude.power)


def ratio(source: Unit, target: Unit) -> Fraction | None:
    """Return how many of the target one of the source is, exactly; None where they measure different things.

    >>> ratio(unit_of("公顷"), unit_of("亩"))
    Fraction(15, 1)
    """
    power = Fraction(10) ** (source.power - target.power)
    if source.base == target.base:
        return source.size / target.size * power
    return power if source.base == "" and target.base not in SHARES else None
