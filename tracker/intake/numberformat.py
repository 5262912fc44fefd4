"""What a spreadsheet shows of a number: the number format decides its percent sign and its unit."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from tracker.errors import say
from tracker.intake.values import Refused
from tracker.tuples import NamedTuple

_TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.|\[([^\]]*)\]|(.)', re.DOTALL)
_PLACE = frozenset("0#?.,/eE+- ()@")
_EXACT_DIGITS = 15  # as many as a spreadsheet keeps
_DECORATION = re.compile(r"[\s()（）+\-]*")
_MINUS = re.compile(r"[\s()（）+\-△▲]*")  # as accounts show what is below zero


class Look(NamedTuple):
    """What a number format does to a number: how often it is multiplied by 100, and what stands around it.

    `scaled` tells that it shows thousands or millions of what the cell holds.
    """

    percents: int
    before: str
    after: str
    scaled: bool

    @property
    def is_plain(self) -> bool:
        """Tell whether the number is shown as it is."""
        return self == Look(0, "", "", scaled=False)


@lru_cache(maxsize=1024)
def look(number_format: str, *, negative: bool = False) -> Look:
    """Return what a number format does to a number.

    >>> look("0.0%").percents
    1
    >>> look('#,##0.0"亿元"').after
    '亿元'
    >>> look("0.0,").scaled
    True
    """
    sections = [""]
    tokens: list[list[tuple[str, str]]] = [[]]
    for quoted, escaped, bracketed, plain in _TOKEN.findall(number_format):
        if plain == ";":
            sections.append("")
            tokens.append([])
        elif bracketed.startswith("$"):
            tokens[-1].append(("text", bracketed[1:].split("-")[0]))
        elif quoted or escaped:
            tokens[-1].append(("text", quoted or escaped))
        elif plain:
            tokens[-1].append(("sign", plain))
    chosen = tokens[1] if negative and len(tokens) > 1 else tokens[0]
    if "".join(sign for kind, sign in chosen if kind == "sign").strip("-+() ").lower() in {
        "general",
        "g/通用格式",
        "@",
    }:
        chosen = _with_digits(chosen)
    return _look(chosen, _MINUS if negative and len(tokens) > 1 else _DECORATION)


def _with_digits(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the tokens of a general format with the place of its number as a digit: what follows it is behind it."""
    first = next(place for place, (kind, _) in enumerate(tokens) if kind == "sign")
    texts = [(place, token) for place, token in enumerate(tokens) if token[0] == "text"]
    before, behind = ([token for place, token in texts if (place < first) is is_before] for is_before in (True, False))
    return [*before, ("sign", "0"), *behind]


def _look(tokens: list[tuple[str, str]], decoration: re.Pattern[str]) -> Look:
    percents = sum(token == ("sign", "%") for token in tokens)
    digits = [place for place, (kind, sign) in enumerate(tokens) if kind == "sign" and sign in "0#?"]
    last = digits[-1] if digits else len(tokens)
    whole = next((place for place in digits if tokens[place + 1 : place + 2] == [("sign", ".")]), last)
    scaled = any(tokens[place + 1 : place + 2] == [("sign", ",")] for place in (whole, last))

    def shown(part: list[tuple[str, str]]) -> str:
        text = "".join(sign for kind, sign in part if kind == "text" or sign not in _PLACE)
        return "" if decoration.fullmatch(text) else text.strip()

    first = digits[0] if digits else len(tokens)
    inside = [token for token in tokens[first:last] if token[0] == "text"]
    return Look(percents, shown(tokens[:first]), shown(tokens[last + 1 :]), scaled or bool(inside))


def shown_number(value: float, number_format: str) -> str | Refused:
    """Return a number as its cell shows it, with every digit that the cell holds.

    >>> shown_number(0.405, "0%")
    '40.5%'
    """
    seen = look(number_format, negative=value < 0)
    number = Decimal(f"{value:.{_EXACT_DIGITS}g}")
    if seen.scaled:
        what = say(
            "{value} is shown in thousands by its number format {form}", value=_plain(number), form=number_format
        )
        return Refused(what, say("give the cell a plain number format and write its unit in the heading"))
    return seen.before + _plain(number.scaleb(2 * seen.percents)) + seen.after


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown_date(value: date | time | timedelta, number_format: str | None) -> str:
    """Return a date as its cell shows it: a year, a month or a day; without a number format always the day."""
    if not isinstance(value, date):
        return str(value)
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(sep=" ")
    parts = set(re.sub(r'"[^"]*"|[\\!].|\[[^\]]*\]', "", number_format or "ymd").lower())
    if "d" in parts or "y" not in parts:
        return f"{value.year}/{value.month}/{value.day}"
    return f"{value.year}年{value.month}月" if "m" in parts else f"{value.year}年"
