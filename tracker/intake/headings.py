"""The headings of columns that have a meaning of their own, in a long table and beside the labels of a wide one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.intake.labels import plain_name
from tracker.intake.units import without_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS = {
    "series": "series 序列 指标 指标名称 指标代码 指标id 名称 项目 项目名称 name label variable",
    "period": "period 时期 时间 期间 日期 报告期 统计时间 统计期 数据期 time_period time date 年份 年度 年 year 年月",
    "part": "月份 月 month 季度 季 quarter",
    "value": "value 数值 值 数据 数据值 实际值 完成值 实际 实绩 指标值 统计值 绝对值 绝对数 绝对量 actual obs_value "
    "amount",
    "unit": "unit units 单位 计量单位 unit_measure",
    "quality": "quality 数据质量 数据性质 性质",
    "status": "obs_status obs_flag observationstatus flag flags",
    "published": "published 公布日 发布日 发布日期 发布时间 公布日期 公布时间",
    "source": "source 来源 数据来源 资料来源",
    "url": "url address 网址 链接",
    "note": "note 备注 说明 注 注释 附注 remark remarks notes comment",
    "recorded_at": "recorded_at recorded 记录时间",
    "scenario": "scenario 情景 情形 计划或实际 实际或计划",
    "number": "序号 编号 代码 编码 no no. # id",
}
COLUMNS: Mapping[str, str] = {word: role for role, words in _WORDS.items() for word in words.split()}
"""What a column holds, by the plain name that stands over it."""

REQUIRED = frozenset({"series", "period", "value"})


def role(heading: str) -> str | None:
    """Return what the column under a heading holds, None where the heading does not say.

    >>> role("计量单位"), role("2024年")
    ('unit', None)
    """
    return COLUMNS.get(plain_name(heading))


def roles(row: list[str]) -> dict[str, int]:
    """Return the first column of each role in a row of headings; that of values may have their unit: 数值（万元）."""
    found: dict[str, int] = {}
    for place, text in enumerate(row):
        name = role(text) if text else None
        if name is not None:
            found.setdefault(name, place)
    if "value" not in found:
        of_units = (column for column, text in enumerate(row) if role(without_unit(text)[0]) == "value")
        column = next(of_units, None)
        found |= {} if column is None else {"value": column}
    return found
