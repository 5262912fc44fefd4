"""Labels of foreign tables and the series they mean: by id, by name, or by a map."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.errors import Say, say
from tracker.intake.intended import is_plan
from tracker.intake.published import without_marks
from tracker.intake.spoken import bare
from tracker.intake.units import is_unit
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tracker.model.goal import Series

_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\(?[0-9]{1,2}[.、)](?![0-9])|\([一二三四五六七八九十]+\)|其中[:：]?|[#·•-])+"
)
_IN_BRACKETS = re.compile(r"^(.+?)[(\[](?:单位[:：]?)?([^()\[\]]+)[)\]]$")
_BEHIND = re.compile(r"^(.+)[,、/:]([^,、/:]+)$")
_LONGEST = 200


class Meant(NamedTuple):
    """What a label may be called, most likely first, each with the unit that the label itself gives."""

    names: tuple[tuple[str, str | None], ...]


class Among(NamedTuple):
    """The series that labels are looked up in: plain names and ids, and the map that comes before both.

    `many` tells whether an id belongs to a declaration for many series, of which nothing may be recorded yet.
    """

    named: Mapping[str, Sequence[str]]
    mapped: Mapping[str, str]
    many: Callable[[str], bool] = lambda _name: False


class Match(NamedTuple):
    """A series with the unit that its label gives; `key` is the entry of the map that led to it."""

    series: str
    unit: str | None
    key: str | None = None


def plain_name(text: str) -> str:
    """Return a name as it is compared: NFKC, without blanks, in lower case.

    >>> plain_name(" ＧＤＰ 总量 ")
    'gdp总量'
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold().strip(":：")


def lookup(series: Mapping[str, Series], recorded: Iterable[str], mapped: Mapping[str, str]) -> Among:
    """Return where labels are looked up: declared and recorded series by id and name, and a map of labels."""
    named: dict[str, list[str]] = {}
    for name in dict.fromkeys([*series, *recorded]):
        texts = {plain_name(name)} | ({plain_name(series[name].name)} if name in series else set())
        for text in texts:
            named.setdefault(text, []).append(name)
    return Among(named, {plain_name(label): name for label, name in mapped.items()})


def unit_behind(text: str) -> str | None:
    """Return the unit at the end of a heading; None where it ends in none.

    >>> unit_behind("比上年增长%"), unit_behind("增速（%）"), unit_behind("增量") is None
    ('%', '%', True)
    """
    plain = plain_name(text)
    found = _IN_BRACKETS.match(plain)
    unit = found[2] if found else plain[-1:] if plain[-1:] in {"%", "‰"} else ""
    return unit if unit and is_unit(unit) else None


@lru_cache(maxsize=65536)
def meant(text: str) -> Meant:
    """Return what a label may be called: as it is, without its unit, without its number.

    >>> meant("1. 城镇化率(%)").names[1]
    ('1.城镇化率', '%')
    """
    names: list[tuple[str, str | None]] = []
    for part in (text, without_marks(text)[0]):
        plain = plain_name(part)[:_LONGEST]
        for each in (plain, _NUMBERED.sub("", plain)):
            names.append((each, None))
            names += [(found[1], found[2]) for form in (_IN_BRACKETS, _BEHIND) if (found := form.match(each))]
    kept = [(name, unit) for name, unit in names if name and (unit is None or is_unit(unit))]
    return Meant(tuple(dict.fromkeys(kept)))


def matched(parts: tuple[str, ...], among: Among) -> Match | Say:
    """Return the series that the parts of a label mean together, or the last of them alone; else why none.

    The parts are those of one cell each, such as a group and a name, or a name and what stands over the column.
    """
    planned = next((part for part in parts[:-1] if is_plan(bare(part))), None)
    if planned is not None:
        return say('"{text}" is no actual value', text=planned)
    whole = " ".join(part for part in parts if part)
    texts = [whole, *([parts[-1]] if len(parts) > 1 and parts[-1] else [])]
    for text in texts:
        for name, unit in meant(text).names:
            if name in among.mapped:
                return Match(among.mapped[name], unit, name)
        for name, unit in meant(text).names:
            found = among.named.get(name, ())
            if len(found) > 1:
                return say("it means several series: {series}", series=", ".join(found))
            if found:
                return Match(found[0], unit)
    own = parts[-1].strip()
    return Match(own, None) if among.many(own) else say("no series has this name")
