"""What the texts around a table say of its unit: one unit for all its values, or something that is not exactly one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.intake.units import is_unit, ratio, unit_of
from tracker.intake.when import written
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Texts = Sequence[tuple[str, str]]

_REST = r"((?:[^()\[\]。]|\([^()]*\))*)"
_BODIES = re.compile(
    r"(?:责任|牵头|编制|填报|制表|主管|承办|发布|报送|填表|编报|汇总|统计|调查|建设|施工|企业|事业|行政|法人|产业活动|"
    r"配合|协办|主办|来源|提供|组织|实施|管理|用人|参建|承担|负责|协作|监督|考核|上报|制作|编印|印制|联系)$"
)
"""What makes 单位 an office or a firm instead of a unit of measure."""
_AFTER_WORD = re.compile(
    rf"(?:单位\s*(?:均?[为是]|:)|(?:金额|数额|计量)\s*:|\bunits?(?:\s+of\s+measure(?:ment)?)?\s*[:=])\s*{_REST}",
    re.IGNORECASE,
)
_FOR_UNIT = re.compile(r"[以按]([^,、;。()]{1,12})为(?:计量)?单位")
_NO_COLON = re.compile(r"[(\[]?\s*(?:计量|金额|数值|货币)?单位\s*[(\[]?\s*([^()\[\]:]+?)\s*[)\]]*")
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]+)[)\]】]")
_GENERAL = re.compile(
    r"\(?(?:(?:注|说明|备注|notes?)\s*[:.]?\s*)?(?:(?:本表|表中|表内|上表|以上|所有|全部)(?:的)?)?"
    r"(?:数据|金额|数值|指标|货币)?(?:的)?(?:计量|金额|货币|数值)?(?:单位|units?\b|金额|[以按])",
    re.IGNORECASE,
)
"""How a line under a table begins that speaks of all its values and not of one of them."""
_MAGNITUDE = r"(?P<many>thousand|million|billion|trillion)s?"
_BASE = r"(?P<base>[A-Za-z$€£¥%²³]+(?:/[A-Za-z²³]+)?)"
_ENGLISH = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:in\s+)?{_MAGNITUDE}",
        rf"(?:in\s+)?{_MAGNITUDE}\s+(?:of\s+)?{_BASE}",
        rf"(?:in\s+)?{_BASE}\s+(?:in\s+)?{_MAGNITUDE}",
    )
)
_IN_MANY = re.compile(
    rf"\b(?:in\s+{_MAGNITUDE}\b(?:\s+of\s+[A-Za-z$€£¥]+)?|in\s+[十千]?[万亿](?:[A-Za-z$€£¥]+)?)", re.IGNORECASE
)
_WORDED = tuple(
    (
        re.compile(
            rf"\b(?:(?P<base>RMB|CNY|yuan|USD|US\$)\s+(?:in\s+)?)?(?<![0-9.,])(?:(?:one|an?)\s+)?(?:{words})\b"
            r"(?:\s+(?:of\s+)?)?",
            re.IGNORECASE,
        ),
        short,
    )
    for words, short in (
        (r"(?:hundred|100)\s+million|10\^8|100[ ,]?000[ ,]?000", "亿"),
        (r"(?:ten|10)\s+million", "千万"),
        (r"(?:hundred|100)\s+thousand", "十万"),
        (r"(?:ten|10)\s+thousand|10\^4|10[ ,]?000", "万"),
    )
)
"""Magnitudes that English has no word for, as tables in English write them."""
_IN = re.compile(r"^in\s+(?=[十千]?[万亿])", re.IGNORECASE)
_OF_WORDED = re.compile(r"[十千]?[万亿][A-Za-z]+")
_PRICES = frozenset({"现价", "当年价", "不变价", "可比价", "当年价格", "现行价格", "不变价格", "可比价格"})
_YUAN = re.compile(r"^人民币(?=.*元$)|(?<=元)人民币$")
_OTHER_WORDS = frozenset(["项", "名", "位", "处", "所", "次", "座", "度", "家", "十", "百", "千"])
"""Units that mean something else where they stand alone: a name, a place, a rank, the tenth."""
_OFFICE = re.compile(r".{2,}(?:公司|集团|政府|中心|学校|大学|医院|银行|委员会|办公室)|.{3,}[局厅部委院厂]")
"""Who a table is from, where 单位 is the office or the firm that fills it in."""
_LONGEST = 1000


class Noted(NamedTuple):
    """The unit that holds for a whole table; where what is said is not exactly one, the cell and text that say it."""

    unit: str | None = None
    unclear: tuple[str, str] | None = None


@lru_cache(maxsize=4096)
def units_said(text: str, *, sentence: bool = False) -> tuple[str, ...]:
    """Return the units that a text over or under a table speaks of, each once; none where it speaks of none.

    What follows 单位： is a unit whatever it is; elsewhere only what is certainly one. In a `sentence` brackets belong
    to words before them and not to the table.

    >>> units_said("昭通市主要指标 单位：亿元"), units_said("单位：亿元、%"), units_said("责任单位：统计局")
    (('亿元',), ('亿元', '%'), ())
    >>> units_said("主要指标（亿元）"), units_said("(USD in thousands)"), units_said("单位：千桶")
    (('亿元',), ('thousand USD',), ('千桶',))
    """
    if len(text) > _LONGEST:
        return ()
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = re.sub(r"\(\s*人民币\s*\)|(?:币种|货币)\s*:\s*人民币元?", "", plain)
    plain = re.sub(r"\bone (?=(?:thousand|million|billion)\b)", "", plain, flags=re.IGNORECASE)
    for form, short in _WORDED:
        plain = form.sub(_short(short), plain)
    plain = plain.strip()
    found: list[str] = []
    for each in _AFTER_WORD.finditer(plain):
        if not _BODIES.search(plain[: each.start()].rstrip()):
            found += _units(each[1])
    found += [unit for each in _FOR_UNIT.finditer(plain) for unit in _units(each[1])]
    if found:
        return tuple(dict.fromkeys(found))
    named = _NO_COLON.fullmatch(plain)
    parts = [named[1]] if named else []
    if not sentence or plain.startswith(("(", "[", "【")):
        parts += [each[1] for each in _BRACKETS.finditer(plain)]
    for part in parts:
        units = _units(part)
        if any(map(_is_clear, units)):
            found += units
    alone = _units(plain)
    if not found and alone and all(_is_clear(unit) and _stands_alone(unit) for unit in alone):
        found = alone
    elsewhere = None if found else _IN_MANY.search(plain)
    return tuple(dict.fromkeys(_units(elsewhere[0]) if elsewhere else found))


def _short(magnitude: str) -> Callable[[re.Match[str]], str]:
    """Return what stands for a magnitude in words: the character, in front of the unit as 万元 has it."""
    return lambda found: f"{magnitude}{found['base'] or ''}"


def is_note(text: str) -> bool:
    """Tell whether a text has no other use than to say what the unit is: 单位：亿元, or (亿元) in brackets."""
    plain = text.strip().lower()
    return ("单位" in plain or "unit" in plain or plain[:1] in {"(", "（"}) and bool(units_said(text))


def _units(text: str) -> list[str]:
    """Return the parts of a list of units, without periods and kinds of prices between them."""
    found: list[str] = []
    for part in filter(None, (_IN.sub("", each.strip(" .:")) for each in re.split(r"[、,;]", text))):
        english = _english(part)
        found += [english] if english else [part] if part.isascii() else part.split()
    plain = [_YUAN.sub("", unit) for unit in found]
    plain = [unit for unit in plain if unit and unit not in _PRICES and not _OFFICE.fullmatch(unit)]
    return [unit for unit in plain if written(unit) is None]


def _english(text: str) -> str | None:
    """Return an English unit with its magnitude in front, as 万元 has it: USD in thousands is thousand USD."""
    for form in _ENGLISH:
        found = form.fullmatch(text)
        if found is not None:
            return " ".join(filter(None, (found["many"].lower(), found.groupdict().get("base"))))
    return None


def _is_clear(unit: str) -> bool:
    return unit != "十" and (is_unit(unit) or _english(unit) is not None or _OF_WORDED.fullmatch(unit) is not None)


def _stands_alone(unit: str) -> bool:
    return unit not in _OTHER_WORDS and not (len(unit) == 1 and unit.isascii() and unit.isalpha())


def noted(over: Texts, under: Texts, inherited: Iterable[str], *, is_last: bool) -> Noted:
    """Return the unit that texts over a table and under it give to all its values.

    What is `inherited` from a table above holds where nothing else is said. A line under a table counts where it
    speaks of all values; if another table follows (not `is_last`), it may be that one's.
    """
    said = [(cell, text, units_said(text), True) for cell, text in over]
    for cell, text in under:
        said.append((cell, text, units_said(text, sentence=True), is_last and _is_general(text)))
    said = [each for each in said if each[2]]
    if not said:
        said = [("", text, units, True) for text in inherited if (units := units_said(text))]
    found = list(dict.fromkeys(unit for each in said for unit in each[2]))
    if not found:
        return Noted()
    doubtful = next((each for each in said if len(each[2]) > 1 or not each[3]), None)
    if doubtful is None and len(found) == 1:
        return Noted(found[0])
    cell, text = (doubtful or said[-1])[:2]
    return Noted(None, (cell, text if doubtful else " · ".join(dict.fromkeys(each[1] for each in said))))


def _is_general(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text).strip()
    return _GENERAL.match(plain) is not None or plain.strip("()") in units_said(text)


def changes(text: str, assumed: str | None, unit: str | None) -> bool:
    """Tell whether what a line inside a table says of units would make another number of one in the `assumed` unit."""
    said = units_said(text)
    if len(said) != 1:
        return bool(said)
    target = unit_of(unit or "")
    return ratio(unit_of(said[0]), target) != (ratio(unit_of(assumed), target) if assumed else 1)
