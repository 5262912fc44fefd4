"""Conditions on a goal's fields, such as 性质=约束性 or chance<50%, and headings by a field."""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, Any

from tracker.errors import WrongUsage, say
from tracker.tuples import NamedTuple
from tracker.views import fields
from tracker.views.columns import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracker.views.jsonvalues import Json
    from tracker.wording.words import Words

_CONDITION = r"(?P<key>[^=<>!]+?)\s*(?P<sign>!=|<=|>=|=|<|>)\s*(?P<value>.*)"
_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


class Condition(NamedTuple):
    """What a field must be: `sign` is =, !=, <, <=, > or >=."""

    key: str
    sign: str
    value: str


def condition(text: str) -> Condition | None:
    """Return the condition that a text states; None where it states none.

    >>> condition("性质 = 约束性")
    Condition(key='性质', sign='=', value='约束性')
    >>> condition("chance<=50%").sign
    '<='
    """
    found = re.fullmatch(_CONDITION, text.strip(), re.DOTALL)
    return None if found is None else Condition(found["key"].strip(), found["sign"], found["value"].strip())


def met(asked: Condition, value: Json, words: Words) -> bool:
    """Tell whether a field's value is as a condition asks; `asked.key` is the field.

    A list is equal to each of its members. Nothing there is equal to nothing written, and neither less nor more than
    anything. A number may be asked for with a percent sign; a term by its key or in the reader's words.
    """
    if asked.sign in _ORDER:
        return _compared(asked, value)
    members = value if isinstance(value, list) else [value]
    equal = any(_equal(asked, one, words) for one in members or [None])
    return equal if asked.sign == "=" else not equal


def _equal(asked: Condition, value: Json, words: Words) -> bool:
    if value is None:
        return not asked.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        wanted = _number(asked)
        return wanted is not None and value == wanted
    known = {str(value).lower() if isinstance(value, bool) else str(value), fields.term(asked.key, value, words)}
    return plain(asked.value) in {plain(one) for one in known}


def _compared(asked: Condition, value: Json) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return False
    order = _ORDER[asked.sign]
    if isinstance(value, str):
        return order(plain(value), plain(asked.value))
    wanted = _number(asked)
    if wanted is None:
        what = say('{key}: "{text}" is not a number to compare with', key=asked.key, text=asked.value)
        raise WrongUsage(what, say("write a plain number, such as 0.5 or 50%"))
    return order(value, wanted)


def _number(asked: Condition) -> float | None:
    """Return the number that a condition names; 50% is 0.5 of a share and 50 of what is counted in percent."""
    text = plain(asked.value).replace(",", "")
    is_share = text.endswith("%") and fields.holds(asked.key) in {fields.Is.SHARE, fields.Is.CHANCE}
    try:
        value = float(text.removesuffix("%"))
    except ValueError:
        return None
    return value / 100 if is_share else value


def values(name: str, flat: fields.Flat) -> list[Json]:
    """Return the values a goal has of a field: each member of a list once, None where it has none."""
    value = flat.get(name)
    members = value if isinstance(value, list) else [value]
    return [one for place, one in enumerate(members) if one not in members[:place]] or [None]


def headings(name: str, flat: fields.Flat, words: Words) -> list[str]:
    """Return the headings a goal stands under by a field, in words."""
    return [fields.term(name, one, words) for one in values(name, flat)]
