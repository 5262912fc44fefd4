"""What the columns of a table of goals hold, by their headings in Chinese or English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ROLES: Mapping[str, str] = {
    "id": "id|编号|代码",
    "name": "指标|指标名称|主要指标|目标名称|名称|项目|name|goal|goals|title|what",
    "unit": "单位|计量单位|unit|units",
    "group": "类别|分类|领域|组|group|category|area",
    "owner": "责任单位|责任部门|牵头单位|牵头部门|责任人|owner|responsible",
    "baseline": "基期|基期值|基准|基准值|现状|现状值|baseline|baselinevalue|start",
    "since": "基期年|基年|基准年|baselineyear|baselineperiod",
    "target": "目标|目标值|规划目标|target|targetvalue",
    "due": "期限|时限|完成时限|完成时间|完成期限|目标年|due|duedate|by|targetyear",
    "direction": "方向|direction",
    "source": "来源|出处|依据|source",
    "note": "备注|说明|note|notes|remark|remarks",
}
_KNOWN = {word: role for role, words in _ROLES.items() for word in words.split("|")}
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_AIM = re.compile("目标|规划|预期|target|goal|plan")
_PAST = re.compile("实际|基期|基数|现状|完成|actual|baseline|base")
_UNIT_BEHIND = re.compile(r"(?P<name>.*[^\s(])\s*\((?P<unit>[^()]{1,12})\)")

_UNIT_NOTE = re.compile(r"\s*[(（]?(?:计量)?单位\s*[:：].*$", re.DOTALL)


class Headings(NamedTuple):
    """Where the headings are, the column of each role, the years that headings give, and the columns left over.

    `since` and `due` are the years of the columns of the baseline and the target where their headings say them.
    """

    row: int
    roles: Mapping[str, int]
    since: str | None
    due: str | None
    others: Mapping[str, int]


def plain(text: str) -> str:
    """Return a heading as it is compared: NFKC, lower case, without blanks.

    >>> plain("２０２５年 目标")
    '2025年目标'
    """
    return "".join(normalize("NFKC", text).lower().split())


def headings(rows: Sequence[Sequence[str]]) -> Headings | None:
    """Return the headings of a table of goals: the first row that names a goal and its target; None where none does."""
    for place, row in enumerate(rows):
        found = _headings(place, row)
        if {"name", "target"} <= found.roles.keys():
            return found
    return None


def _headings(place: int, row: Sequence[str]) -> Headings:
    roles: dict[str, int] = {}
    years: dict[int, str] = {}
    for column, text in enumerate(row):
        heading = plain(text)
        bare = _UNIT_BEHIND.fullmatch(heading)
        role = _KNOWN.get(heading) or (_KNOWN.get(bare["name"]) if bare else None)
        year = _YEAR.search(heading)
        if role is not None:
            roles.setdefault(role, column)
        elif year is not None and len(heading) <= 24:  # noqa: PLR2004  a sentence with a year in it is no heading
            years[column] = year[1]
    _aims(row, roles, years)
    used = set(roles.values())
    others = {text.strip(): column for column, text in enumerate(row) if text.strip() and column not in used}
    since, due = (years.get(roles.get(role, -1)) for role in ("baseline", "target"))
    return Headings(place, roles, since, due, others)


def _aims(row: Sequence[str], roles: dict[str, int], years: Mapping[int, str]) -> None:
    """Give the columns of years their roles: what they say, else the first is the baseline and the last the target."""
    aims = [column for column in years if _AIM.search(plain(row[column]))]
    past = [column for column in years if _PAST.search(plain(row[column])) and column not in aims]
    if "target" not in roles and years:
        last = max(aims or [one for one in years if one not in past], key=lambda one: years[one], default=None)
        if last is not None and (aims or len(years) > 1 or "baseline" in roles):
            roles["target"] = last
    rest = [one for one in years if one not in aims and one != roles.get("target")]
    if "baseline" not in roles and rest:
        roles["baseline"] = (past or sorted(rest, key=lambda one: years[one]))[0]


def title_of(rows: Sequence[Sequence[str]]) -> str | None:
    """Return the first title among the rows over a table, without the unit that it may end in; None where none is.

    >>> title_of([["", "单位：亿元"], ["主要指标（单位：万元）", ""]])
    '主要指标'
    """
    for row in rows:
        cells = [cell for cell in row if cell]
        title = _UNIT_NOTE.sub("", cells[0]).strip() if len(cells) == 1 else ""
        if title:
            return title
    return None


def name_and_unit(text: str) -> tuple[str, str | None]:
    """Return a goal's name without the unit in parentheses behind it, and that unit.

    >>> name_and_unit("常住人口城镇化率（%）")
    ('常住人口城镇化率', '%')
    """
    found = _UNIT_BEHIND.fullmatch(normalize("NFKC", text).strip())
    return (
        (text.strip(), None)
        if found is None
        else (found["name"].strip(), found["unit"].strip().removeprefix("单位:").strip())
    )
