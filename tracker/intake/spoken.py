"""Texts over values that speak of something else than what has been reached: of plans, of growth, of shares."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.intake.intended import is_intended, is_plan, is_reached
from tracker.intake.when import When, written
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SHARE = r"构成|占比|比重"
_GROWTH = (
    r"(?:年均|平均|名义|实际|可比)?(?:增长速度|增速|增长率|增幅|增减(?:率|幅度?)|发展速度"
    r"|[比较](?:上年|去年|同期|上期|上月)(?:同[期月])?(?:增长|增减|增加|±)?|[同环]比(?:增长|增减|增速|变化|±)?)"
)
_WORD = rf"(?:{_GROWTH}|{_SHARE})"
_BASE = r"上[年月](?:同[期月])?(?:=|为)100"
_TITLE = re.compile(
    rf"(?<![和与及、/其])(?P<word>{_WORD})(?=$|[()\[\]:,;。\s%]|表|情况|统计|一览|[和与及、](?:其)?{_WORD})|{_BASE}"
    r"|(?<!\w)(?:growth rates?|y-?o-?y|year[- ](?:on|over)[- ]year|annual growth|growth \(annual %\)"
    r"|(?:%|per ?cent(?:age)?) (?:change|growth))(?!\w)",
    re.IGNORECASE,
)
_BOTH = re.compile(rf"[和与及、/]其?{_GROWTH}|{_GROWTH}[和与及、/].*总量|\band\b|\blevels?\b", re.IGNORECASE)
"""What makes a title one of a table that has levels too."""
_GROUP = re.compile(
    rf"(?:主要(?:经济)?指标|各项指标)?{_WORD}(?:数|值|情况)?|.{{0,12}}{_BASE}.?"
    r"|(?:annual )?growth(?: rates?)?|y-?o-?y|year[- ](?:on|over)[- ]year(?: growth)?|shares?|% change",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"(?:主要指标)?(?:实际|完成|绝对|总|执行|实绩|数额|规模)(?:完成|数|值|量|额|情况|指标)*|actuals?|levels?",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(r"绝对|总量|数额|\babsolute|\blevels?\b", re.IGNORECASE)
_NUMBERS = (
    r"[一二三四五六七八九十]+、|第[一二三四五六七八九十]+部分",
    r"\([一二三四五六七八九十]+\)",
    r"\(?[0-9]{1,2}[.、)](?![0-9])",
)
_NUMBERED = re.compile("|".join(f"({each})" for each in _NUMBERS))
_DATED = re.compile(r"^(?:(?:19|20|21)[0-9]{2}(?:年(?:度)?)?(?:[-~至到](?:(?:19|20|21)[0-9]{2})?年?)?)?(?:主要)?")
_CLAUSES = re.compile(r"[与和及、，,;；/]|\band\b")
_YEAR = re.compile(r"(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])")
_LONGEST_GROUP = 30


class Spoken(NamedTuple):
    """A text that speaks of plans, or else of growth or shares, with its cell ("" where it has none).

    It holds for the values of some `years`; where it names none, for all.
    """

    cell: str
    text: str
    planned: bool
    years: frozenset[int] = frozenset()

    def holds(self, when: When | str) -> bool:
        """Tell whether it speaks of the values of a period; one that nobody can read may be any."""
        found = written(when) if isinstance(when, str) else when
        return found is None or found.year is None or not self.years or found.year in self.years


def titled(cell: str, text: str) -> Iterator[Spoken]:
    """Yield what a title or the name of a sheet speaks of.

    >>> [each.planned for each in titled("A1", "2025年计划")], [each.planned for each in titled("A1", "主要指标增速")]
    ([True], [False])
    >>> [sorted(each.years) for each in titled("A1", "2024年完成情况和2025年目标")]
    [[2025]]
    >>> list(titled("A1", "经济增长情况")), list(titled("A1", "总量及增速"))
    ([], [])
    """
    if is_intended(text):
        yield Spoken(cell, text, planned=True)
    elif is_reached(text):
        planned = [part for part in _CLAUSES.split(text) if is_intended(part)]
        if planned:
            years = years_in(" ".join(planned))
            yield Spoken(cell, text, planned=True, years=years)
    if speaks_of_growth(text):
        yield Spoken(cell, text, planned=False)


def years_in(text: str) -> frozenset[int]:
    """Return the years that a text names."""
    return frozenset(map(int, _YEAR.findall(text)))


@lru_cache(maxsize=4096)
def speaks_of_growth(text: str) -> bool:
    """Tell whether a title, a name or a heading is certainly one of growth or shares, and not of levels beside them."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return _TITLE.search(plain) is not None and _BOTH.search(plain) is None


@lru_cache(maxsize=4096)
def heads_other(text: str) -> bool:
    """Tell whether the heading of a column speaks of growth or shares, whatever else it says: 比上年增长%."""
    plain = unicodedata.normalize("NFKC", text)
    return (
        re.search(rf"{_WORD}|增长|{_BASE}|\bgrowth\b|\bchange\b|\bshares?\b|y-?o-?y", plain, re.IGNORECASE) is not None
    )


def is_absolute(text: str) -> bool:
    """Tell whether a heading says that its values are levels: 绝对值, 总量."""
    return _ABSOLUTE.search(text) is not None


def is_share(text: str) -> bool:
    """Tell whether a text speaks of shares, which a series in % may be."""
    return re.search(_SHARE, text) is not None


@lru_cache(maxsize=4096)
def grouped(cell: str, text: str) -> Spoken | None:
    """Return what a text over a group of rows speaks of, if it says nothing else: 计划, 二、2025年计划, 增长速度（%）.

    >>> grouped("A3", "二、增长速度（%）").planned, grouped("A3", "一、经济发展目标"), grouped("A3", "财政收入增速")
    (False, None, None)
    """
    plain = bare(text)
    if is_plan(plain):
        return Spoken(cell, text, planned=True)
    return Spoken(cell, text, planned=False) if _GROUP.fullmatch(plain) else None


def bare(text: str) -> str:
    """Return a text without the number before it, its year and what stands in brackets behind it.

    >>> bare("二、2025年计划"), bare("（一）增长速度（%）"), bare("指数（上年=100）")
    ('计划', '增长速度', '指数(上年=100)')
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    plain = _DATED.sub("", _NUMBERED.sub("", plain, count=1) if _NUMBERED.match(plain) else plain)
    return re.sub(r"\((?![^()]*100\))[^()]*\)$", "", plain) or plain


def over_line(groups: Sequence[tuple[int, str, str]], line: int) -> Iterator[Spoken]:
    """Yield what the texts over groups of rows speak of that hold for a line, the closest first.

    二、 ends what 一、 or （一） began; a text without a number ends nothing, as it may be a row without a value,
    unless it says that what follows are levels.
    """
    lowest = len(_NUMBERS)
    for _, cell, text in reversed([each for each in groups if each[0] < line]):
        if _LEVEL.fullmatch(bare(text)):
            return
        number = _NUMBERED.match("".join(unicodedata.normalize("NFKC", text).split()))
        rank = (number.lastindex or 1) - 1 if number else None
        spoken = grouped(cell, text)
        if spoken is not None and (rank is None or rank < lowest):
            yield spoken
        lowest = lowest if rank is None else min(lowest, rank)


def headings_of_groups(rows: Iterable[tuple[int, str, str]]) -> tuple[tuple[int, str, str], ...]:
    """Return the rows, each with its number, cell and text, that head groups: those of one short text.

    Where none of them speaks of anything else there is nothing to know of any.
    """
    found = [*rows]
    texts = Counter(row for row, _, _ in found)
    alone = tuple(each for each in found if texts[each[0]] == 1 and len(each[2]) <= _LONGEST_GROUP)
    return alone if any(grouped(cell, text) for _, cell, text in alone) else ()
