"""One cell of a foreign table: a value as it was published, with the marks that point to its notes taken off."""

from __future__ import annotations

import re

from tracker.errors import say
from tracker.intake.values import PLAIN, Refused, has_unit, value_in_unit
from tracker.tuples import NamedTuple

_CIRCLED = "①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴⓵-⓾⑴-⒇⒈-⒛ⓐ-ⓩ"
_STARS = "*＊†‡§#＃★☆▲△"
_BRACKETED = r"[(（\[［〔【]\s*(?:注\s*)?(?:[0-9０-９]{1,2}|[a-z])\s*[)）\]］〕】]|[(（]\s*注\s*[)）]"
_RAISED = "¹²³⁰⁴-⁹"
_AFTER_VALUE = r"(?<=[0-9０-９%％)）\u4e00-\u7c72\u7c74-\u9fff])"  # not after 米 or m, where it belongs to a unit
_AFTER_WORD = rf"(?:{_AFTER_VALUE}|(?<=[^\W\d_]{{3}}))"


def _behind(after: str) -> re.Pattern[str]:
    marks = rf"[{_CIRCLED}{_STARS}]|{_BRACKETED}|注\s*[0-9０-９]{{0,2}}|{after}[{_RAISED}]+"
    return re.compile(rf"(?:\s*(?:{marks}))+\s*$")


_BEHIND, _BEHIND_NAME = _behind(_AFTER_VALUE), _behind(_AFTER_WORD)
_NAME = re.compile(r"\s*[^\W\d_]")
_POWER = re.compile(rf"(?<![0-9.,])10[{_RAISED}]+\s*$")
_BEFORE = re.compile(rf"^\s*[{_CIRCLED}{_STARS}]+\s*")
_MISSING = re.compile(r"[-－—–―─‐‑−]{1,4}|…{1,2}|⋯{1,2}|\.{2,6}|．{2,6}|/|／|(?i:n\.?/?a\.?|null)|暂无|无数据|\s*")
_CURRENCY = re.compile(r"^\s*([-－−+＋]?)\s*[¥￥]")
_ERROR = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)", re.IGNORECASE)
"""What a spreadsheet writes where a formula failed; #N/A is what it writes where there is no value."""
_TRIANGLES = re.compile(r"[△▲▽▼]")
_LONGEST = 400
_LONGEST_SHOWN = 60


class Published(NamedTuple):
    """What a cell says: its value in the unit of the series, None where it has none, and the marks taken off it.

    `bare` tells that nothing but the number was written, in the cell or over it.
    """

    value: float | Refused | None
    marks: str = ""
    bare: bool = False


def published(text: str, unit: str | None, heading: str | None = None) -> Published:
    """Return what a cell says, for a series in `unit` under a heading in the unit `heading`.

    >>> published("868.9①", "亿元")
    Published(value=868.9, marks='①', bare=True)
    >>> published("—", "亿元").value is None
    True
    """
    if not heading and PLAIN.fullmatch(text):
        return Published(float(text) + 0.0, "", bare=True)
    if _MISSING.fullmatch(text.strip()):
        return Published(None)
    value = value_in_unit(text, unit, heading)
    if not isinstance(value, Refused):
        return Published(value, "", bare=not heading and not has_unit(text))
    number, marks = without_marks(text)
    if not marks and "¥" not in text and "￥" not in text:
        return Published(value)
    if _MISSING.fullmatch(number.strip()):
        return Published(None, marks)
    number = _CURRENCY.sub(r"\1", number) if (heading or unit or "").endswith("元") else number
    again = value_in_unit(number, unit, heading)
    if not isinstance(again, Refused):
        again = _unclear(text, number, marks) or again
    elif _ERROR.fullmatch(text.strip()):
        what = say("the cell shows the error {error}", error=text.strip())
        again = Refused(what, say("correct the formula and save the file again"))
    bare = not heading and not has_unit(number)
    return Published(value if isinstance(again, Refused) and not marks else again, marks, bare)


def _unclear(text: str, number: str, marks: str) -> Refused | None:
    """Return why a number is refused that has a mark which may be more than one.

    A triangle is minus in accounts, a note or a rise elsewhere; 10⁶ is a million, or 10 with a note.
    """
    if _POWER.search(text):
        what = say('"{text}" may be a power of ten, or 10 with a note', text=text[:_LONGEST_SHOWN])
        return Refused(what, say("write the number in full, or the note in brackets: 1000000, or 10 (6)"))
    triangle = _TRIANGLES.search(marks)
    if triangle is None:
        return None
    what = say(
        '"{text}": {mark} beside a number may mean minus, or point to a note',
        text=text[:_LONGEST_SHOWN], mark=triangle[0],
    )  # fmt: skip
    return Refused(what, say("write -{number} or {number}", number=number.lstrip("-+－−＋ ")[:_LONGEST_SHOWN]))


def without_marks(text: str) -> tuple[str, str]:
    """Return a text without the marks of notes, and the marks.

    >>> without_marks("城镇化率 (1)")
    ('城镇化率', '(1)')
    """
    if len(text) > _LONGEST:
        return text, ""
    behind = (_BEHIND_NAME if _NAME.match(text) else _BEHIND).search(text)
    rest = text[: behind.start()] if behind else text
    before = _BEFORE.match(rest)
    rest = rest[before.end() :] if before else rest
    if not rest.strip():
        return text, ""
    found = [part[0].strip() for part in (before, behind) if part]
    return rest.strip(), " ".join(found)
