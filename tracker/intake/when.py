"""Periods as offices write them over their columns: 2024年1-6月, 2024Q1, 一季度 under a year, 2024/6/30."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from tracker.intake.published import without_marks
from tracker.intake.units import without_unit
from tracker.model.actual import Quality
from tracker.periods import Period, parse_period
from tracker.tuples import NamedTuple

_COUNTS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_COUNTS |= {"十一": 11, "十二": 12, "上": 1, "下": 2}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

_YEAR = r"(?P<year>(?:1[6-9]|20|21)[0-9]{2})"
_MAYBE_YEAR = rf"(?:{_YEAR}[年/-]?)?"
_NAMED_MONTH = rf"(?P<named>{'|'.join(_MONTHS)})[A-Z]*\.?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_YEAR}(?:年度?)?(?P<whole>全年)?",
        rf"{_MAYBE_YEAR}(?P<whole>全年)",
        rf"{_MAYBE_YEAR}(?P<from>1[0-2]|0?[1-9])月?[-~至到](?P<to>1[0-2]|0?[1-9])月份?",
        rf"{_MAYBE_YEAR}(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?",
        rf"{_YEAR}[-./]?(?P<month>0[1-9]|1[0-2])",
        rf"{_MAYBE_YEAR}(?:第?(?P<quarter>[一二三四1-4])季度?|(?P<q>[1-4])Q|Q(?P<qq>[1-4]))",
        rf"Q(?P<q>[1-4])[-/]?{_YEAR}",
        rf"{_MAYBE_YEAR}(?:(?P<half>[上下])半年|[HS](?P<h>[12]))",
        rf"{_MAYBE_YEAR}前(?P<quarters>[一两二三四1-4])个?季度?",
        rf"{_MAYBE_YEAR}前(?P<months>十[一二]?|[一两二三四五六七八九]|1[0-2]|[1-9])个?月",
        rf"{_MAYBE_YEAR}第?(?P<week>[0-5]?[0-9])周",
        rf"{_YEAR}-?W(?P<week>[0-5][0-9])",
        rf"{_YEAR}年(?P<month>1[0-2]|0?[1-9])月(?P<day>[0-3]?[0-9])日",
        rf"{_YEAR}(?P<month>0[1-9]|1[0-2])(?P<date>[0-3][0-9])",
        rf"{_YEAR}-(?P<month>[0-9]{{2}})-(?P<date>[0-9]{{2}})",
        rf"{_YEAR}[./](?P<month>1[0-2]|0?[1-9])[./](?P<date>[0-3]?[0-9])",
        rf"{_NAMED_MONTH}[-/]?{_YEAR}",
        rf"{_YEAR}[-/]?{_NAMED_MONTH}",
    )
)
_IN_BRACKETS = re.compile(r"(?P<year>[0-9]{4}年?)\((?P<part>[^()]+)\)")
_AROUND = re.compile(r"^(?:截至|截止)|(?:末|底)$")
_SUMMED = "累计"
_CODED = re.compile(r"[0-9]{4}-[QS][1-4]")
_LAST_MONTH = 12
_LONGEST = 24
_LONGEST_CELL = 400


_SOFT = {
    Quality.ESTIMATE: re.compile(r"[(（]?\s*(?:预计|预估|估计|测算)数?\s*[)）]?$|(?<=[0-9年])\s*[Ee]$"),
    Quality.PROVISIONAL: re.compile(
        r"[(（]?\s*(?:初步|初步核算|初步核实|初步统计|快报|快报数)数?\s*[)）]?$|(?<=[0-9年])\s*[Pp]$"
    ),
}
_ACTUAL = re.compile(r"\s*[(（]?\s*(?:实际|实绩|完成|实际完成|绝对)(?:值|数|量)?\s*[)）]?$")
"""What a heading says of actual values behind the period; a column of a plan says something else."""


class When(NamedTuple):
    """A stretch of a year as it was written: its first and last month, the year None where only a heading has it.

    `day` makes it one day, `week` a week of the year. `since` marks a stretch written as one since January
    (1-6月, 前三季度, 6月累计), which may be cumulated; `dated` a date that often means a whole month or year.
    `coded` is a quarter or half-year written as tracker itself writes it, `vague` what is cumulated since nobody
    knows when, such as 三季度累计.
    """

    year: int | None
    first: int
    last: int
    day: int | None = None
    week: int | None = None
    since: bool = False
    dated: bool = False
    coded: bool = False
    vague: bool = False

    @property
    def is_year(self) -> bool:
        """Tell whether it is a whole year and nothing else."""
        return self.year is not None and (self.first, self.last, self.since, self.week) == (1, 12, False, None)

    @property
    def on(self) -> date | None:
        """Return the day, None where it is no day of a known year."""
        return date(self.year, self.first, self.day) if self.year is not None and self.day is not None else None


@lru_cache(maxsize=65536)
def written(text: str) -> When | None:
    """Return the stretch of time that a heading means; None where it is none.

    >>> written("2024年1—6月")[:3], written("2024年6月累计")[:3]
    ((2024, 1, 6), (2024, 1, 6))
    >>> written("第一季度").year is None
    True
    >>> written("2024年主要目标") is None
    True
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper() if text else ""
    if not plain or len(plain) > _LONGEST:
        return None
    plain = re.sub(r"[—–−―‐‑－]+", "-", plain)
    plain = _IN_BRACKETS.sub(r"\g<year>\g<part>", plain)  # 2025年(上半年)
    is_summed = plain.endswith(_SUMMED)
    plain = _AROUND.sub("", plain.removesuffix(_SUMMED))
    for form in _FORMS:
        found = form.fullmatch(plain)
        if found is not None:
            part = {name: part for name, part in found.groupdict().items() if part}
            when = _when(part)
            if is_summed and when is not None:
                return _summed(when, part)
            return when and when._replace(coded=_CODED.fullmatch(plain) is not None)
    return None


def _summed(when: When, part: dict[str, str]) -> When:
    """Return a stretch since January that ends with a month; what else is cumulated does not say since when."""
    if when.day is not None or when.week is not None:
        return when._replace(vague=True)
    if when.first == when.last:
        return when._replace(first=1, since=when.last > 1)
    if when.first == 1 and (when.since or "whole" in part or when.last < _LAST_MONTH):
        return when._replace(since="whole" not in part)
    return when._replace(vague=True)


@lru_cache(maxsize=65536)
def headed(text: str) -> tuple[When, Quality | None, str] | None:
    """Return the period of a heading with how firm it says the values are, and the marks of notes; None if none.

    >>> headed("2024年(预计)①")[1:]
    (<Quality.ESTIMATE: 'estimate'>, '①')
    """
    text = text.strip()
    if len(text) > _LONGEST_CELL:
        return None
    plain, marks = without_marks(text)
    plain, _ = without_unit(plain)
    when = written(plain)
    if when is not None:
        return when, None, marks
    found = _ACTUAL.search(plain)
    when = written(plain[: found.start()]) if found else None
    if when is not None:
        return when, None, marks
    for quality, form in _SOFT.items():
        found = form.search(plain)
        when = written(plain[: found.start()]) if found else None
        if when is not None:
            return when, quality, marks
    return None


def _when(part: dict[str, str]) -> When | None:  # noqa: PLR0911  one line for each way of writing
    year = int(part["year"]) if "year" in part else None
    day = part.get("day") or part.get("date")
    quarter = part.get("quarter") or part.get("q") or part.get("qq")
    half = part.get("half") or part.get("h")
    if "week" in part:
        return When(year, 1, 12, week=int(part["week"]))
    if day is not None:
        return _day(year, int(part["month"]), int(day), dated="date" in part)
    if "from" in part:
        first, last = int(part["from"]), int(part["to"])
        return When(year, first, last, since=first == 1) if first < last else None
    if "months" in part or "quarters" in part:
        last = _count(part["months"]) if "months" in part else 3 * _count(part["quarters"])
        return When(year, 1, last, since=last > 1)
    if "named" in part:
        month = _MONTHS.index(part["named"]) + 1
    elif "month" in part:
        month = _count(part["month"])
    elif quarter is not None:
        return When(year, 3 * _count(quarter) - 2, 3 * _count(quarter))
    elif half is not None:
        return When(year, 6 * _count(half) - 5, 6 * _count(half))
    else:
        return When(year, 1, 12)
    return When(year, month, month)


def _day(year: int | None, month: int, day: int, *, dated: bool) -> When | None:
    try:
        date(year or 2024, month, day)
    except ValueError:
        return None
    return When(year, month, month, day, dated=dated)


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else _COUNTS[text]


def of_year(when: When, year: int) -> When:
    """Return a stretch in the year that stands over it; one that has a year of its own keeps it."""
    return when if when.year is not None else when._replace(year=year)


def calendar_period(when: When) -> Period | None:
    """Return the period that is exactly this stretch; None where there is none, as for 1-5月.

    >>> str(calendar_period(written("2024年上半年")))
    '2024-S1'
    """
    if when.year is None:
        return None
    year = f"{when.year:04d}"
    if when.week is not None:
        return parse_period(f"{year}-W{when.week:02d}")
    if when.day is not None:
        return parse_period(f"{year}-{when.first:02d}-{when.day:02d}")
    months = when.last - when.first + 1
    if months == 1:
        return parse_period(f"{year}-{when.first:02d}")
    if months not in {3, 6, 12} or when.last % months:
        return None
    letter = {3: f"-Q{when.last // 3}", 6: f"-S{when.last // 6}", 12: ""}[months]
    return parse_period(year + letter)
