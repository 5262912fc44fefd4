"""Where the parser stops in goals.toml: what was probably meant there.

The parser knows the place, but not the person: text without quotes, quotes and brackets of a Chinese keyboard, a number
with its unit. Each slip is one function, which sees the line around the place and has an advice or none.
"""

import re
import unicodedata
from collections.abc import Callable

from tracker.errors import Say, say
from tracker.tuples import NamedTuple

_QUOTES = "“”‘’„‟「」『』＂＇"
_FULL_WIDTH = "［］｛｝（）＝，、；：．＃－＋＿％\u3000\u00a0０１２３４５６７８９"
_NUMBER = r"[+-]?(?:[0-9][0-9_]*)?(?:\.[0-9]+)?"
_TEXTS = frozenset({"id", "name", "title", "unit", "group", "series", "source", "quote", "why", "owner", "note"})
"""Keys whose value is a text, also where it begins with a number."""
_FRACTIONS = frozenset({"growth", "share", "on_track", "off_track"})
"""Keys that take a part of 1 where people think in %."""
_LONGEST = 60
_SEEN = 400
"""Characters of a line that are looked at on either side of the place."""
_PERIODS = frozenset({"due", "period", "baseline", "until", "of"})
_TRUE, _FALSE = frozenset({"true", "yes", "on", "是"}), frozenset({"false", "no", "off", "否"})


class _Place(NamedTuple):
    """Where the parser stopped: the line up to there and from there on, and the key and the value it was reading."""

    reason: str
    before: str
    rest: str
    key: str
    value: str


def advice(message: str, text: str, line: int, column: int) -> Say | None:
    """Return what to write where the parser stopped, counted from 1; None where nobody can tell."""
    lines = text.split("\n")
    written = lines[line - 1] if line <= len(lines) else ""
    before, rest = written[max(0, column - 1 - _SEEN) : column - 1], written[column - 1 : column - 1 + _SEEN]
    begun = re.split(r"[=＝\[{,，]", before)[-1]
    keys = re.findall(r"([\w-]+)\s*[=＝]", before)
    value = (begun + re.split(r"[#＃\]},，]", rest, maxsplit=1)[0]).strip()
    place = _Place(message, before, rest, keys[-1] if keys else "", value)
    return next((found for slip in _SLIPS if (found := slip(place)) is not None), None)


def _twice(place: _Place) -> Say | None:
    is_twice = "overwrite" in place.reason or "twice" in place.reason or place.reason.startswith("Duplicate")
    return say("the same key or table is written twice") if is_twice else None


def _curly_quotes(place: _Place) -> Say | None:
    """See quotes that a Chinese keyboard, or a program for letters, puts in the place of straight ones."""
    is_closing = place.reason.startswith(("Illegal", "Unterminated")) and place.before.rstrip()[-1:] in set(_QUOTES)
    if is_closing or place.rest[:1] in set(_QUOTES):
        found = place.before.rstrip()[-1:] if is_closing else place.rest[0]
        return say('{found} is no quote here: write "…" with straight quotes', found=found)
    return None


def _open_text(place: _Place) -> Say | None:
    if place.reason.startswith(("Illegal character '\\n'", "Unterminated")):
        return say('the text has no quote at its end: write "…"')
    return None


def _backslash(place: _Place) -> Say | None:
    if place.reason.startswith(("Unescaped", "Invalid hex")):
        return say("write a backslash twice, or put the text between single quotes: '…'")
    return None


def _full_width(place: _Place) -> Say | None:
    """See signs that a Chinese keyboard makes twice as wide, alone or around a heading."""
    char = place.rest[:1]
    if not char or char not in _FULL_WIDTH:
        return None
    if char.isspace():
        return say("a wide space stands here: write an ordinary one")
    if char == "％":
        return None  # of a number, which has more to say
    if char == "：" or (place.reason.startswith("Expected '='") and char != "＝"):
        return say("write key = value, with = between them")
    if char in "［］" and place.before.strip(" [［") == "":
        found = (place.before + place.rest).partition("#")[0].strip()
    else:
        found = re.match(r"[０-９．]+(?:，[０-９]{3})*|.", place.rest)[0]  # type: ignore[index]  # one character is there
    wanted = "," if found in "、；，" else unicodedata.normalize("NFKC", found.replace("，", ""))
    return say("{found} is full-width: write {wanted}", found=_short(found), wanted=_short(wanted))


def _sign_at_end(place: _Place) -> Say | None:
    is_sign = place.reason.startswith("Expected newline") and place.rest[:1] in set(",，、;；。")
    if is_sign and not re.split(r"[#＃]", place.rest)[0].strip(" ,，、;；。"):
        return say("a line ends without a sign behind its value")
    return None


def _equals(place: _Place) -> Say | None:
    is_missing = place.reason.startswith("Expected '='") and not _is_letter(place.rest[:1])
    return say("write key = value, with = between them") if is_missing else None


def _comment(place: _Place) -> Say | None:
    return say("a remark begins with #") if re.match(r"\s*(?://|--|;)", place.before + place.rest) else None


def _bare_key(place: _Place) -> Say | None:
    """See an id or a key in letters that want quotes; it may have begun before the place."""
    is_key = place.reason.startswith(("Invalid statement", "Invalid initial", "Expected '='", "Expected ']"))
    if not is_key or not _is_letter(place.rest[:1]):
        return None
    name = re.search(r"[\w-]*$", place.before)[0] + re.match(r"[\w-]+", place.rest)[0]  # type: ignore[index]
    if name.isascii():
        return None
    return say("put it in quotes, as its letters are not only a to z: {found}", found=_short(f'"{name}"'))


def _unclosed_heading(place: _Place) -> Say | None:
    if place.reason.startswith(("Expected ']", "Invalid initial")) and place.before.lstrip().startswith("["):
        return say("a heading stands alone on its line: [series.ID] or [[goals]]")
    return None


def _grouped(place: _Place) -> Say | None:
    """See a number with signs between its digits; in an array two numbers stand so."""
    begun = re.search(r"[+-]?[0-9]{1,3} ?$", place.before)
    if not place.reason.startswith("Expected newline") or begun is None or place.key in _TEXTS:
        return None
    found = re.match(r"[+-]?[0-9]{1,3}(?:[,，'\u00a0 ][0-9]{3})+(?:\.[0-9]+)?(?![0-9,，])", begun[0] + place.rest)
    if found is None:
        return None
    number = re.sub(r"[^0-9.+-]", "", found[0])
    return say("write the number without signs between its digits: {number}", number=number)


def _number(place: _Place) -> Say | None:
    """See a number that is not written as TOML has it."""
    is_value = place.reason.startswith(("Invalid value", "Expected newline", "Unclosed"))
    found = re.fullmatch(rf"[^\w+.\"'-]*({_NUMBER})\s*(.*)", place.value)
    if not is_value or found is None or place.key in _TEXTS or not re.search(r"[0-9]", found[1]):
        return None
    number, behind = found[1].replace("_", ""), found[2]
    if behind in {"%", "％"}:
        return _percent(place.key, number)
    if place.reason.startswith("Unclosed") and not place.value.endswith(number + behind):
        return None  # what stands apart from the number is the next one, or the next key
    is_period = re.fullmatch(r"-(?:[QSW]?[0-9]{1,2})(?:-[0-9]{1,2})?|/.*", behind, re.IGNORECASE)
    if is_period or (place.key in _PERIODS and behind[:1] == "年"):
        return say('write a period in quotes: "2030", "2030-Q3", "2030-11" or "2030-11-30"')
    if not behind:
        return say("write the number as {number}", number=f"{float(number):.15g}")
    return say("write the number alone, in the unit of its series")


def _percent(key: str, number: str) -> Say:
    if key in _FRACTIONS:
        return say("write {key} = {number}", key=key, number=f"{float(number) / 100:.12g}")
    if key == "allow":
        return say("write {key} = {number}", key=key, number=f'"{number}%"')
    return say('write the number alone, {number}: unit = "%" stands in its series', number=number)


def _unquoted(place: _Place) -> Say | None:
    """See a value that is neither a number nor a word that TOML knows: a text without its quotes."""
    is_begun = place.reason.startswith("Expected newline") and place.value[:1].isdigit() and place.key in _TEXTS
    if place.reason != "Invalid value" and not is_begun:
        return None
    if not place.value:
        return say("a value is missing here")
    if place.value.lower() in _TRUE | _FALSE:
        return say("write {word}", word="true" if place.value.lower() in _TRUE else "false")
    if place.value.isprintable() and not set(place.value) & set('"\\'):
        return say("put text in quotes: {text}", text=_short(f'"{place.value}"'))
    return say('put text in quotes: "…"')


def _inner_quote(place: _Place) -> Say | None:
    is_text = place.reason.startswith("Expected newline") and place.value[:1] in {'"', "'"}
    return say('a text ends at its second quote; write a quote in it as \\"') if is_text else None


def _unclosed(place: _Place) -> Say | None:
    if place.reason in {"Unclosed array", "Unclosed inline table"}:
        closing = "]" if place.reason == "Unclosed array" else "}"
        return say("a comma or the closing {bracket} is missing before this place", bracket=closing)
    return None


def _next_line(place: _Place) -> Say | None:
    is_more = place.reason.startswith("Expected newline")
    return say("what follows belongs on a line of its own") if is_more else None


def _is_letter(char: str) -> bool:
    return char.isalpha() and not char.isascii()


def _short(text: str) -> str:
    """Return what is to be written, cut where it is long."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


_SLIPS: tuple[Callable[[_Place], Say | None], ...] = (
    _twice,
    _curly_quotes,
    _open_text,
    _backslash,
    _sign_at_end,
    _grouped,
    _full_width,
    _equals,
    _comment,
    _bare_key,
    _unclosed_heading,
    _number,
    _unquoted,
    _inner_quote,
    _unclosed,
    _next_line,
)
"""In the order in which they are asked: the plainest first, what is left last."""
