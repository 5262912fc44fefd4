"""A second reading of numbers, periods and files, written apart from tracker's and slowly, to hold its own against.

Each function returns None where it knows no reading. It shares no code and no pattern with tracker.
"""

from __future__ import annotations

import calendar
import csv
import io
import tomllib
import unicodedata
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction

POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
COMPOUNDS = ("十万", "百万", "千万", "十亿", "百亿", "千亿", "万亿")
UNITS = {
    **dict.fromkeys(("%", "pct", "percent"), ("%", Fraction(1))),
    "‰": ("%", Fraction(1, 10)),
    **dict.fromkeys(("百分点", "个百分点", "pp", "percentagepoint", "percentagepoints"), ("pp", Fraction(1))),
    **dict.fromkeys(("元", "人民币元", "CNY", "RMB", "yuan"), ("yuan", Fraction(1))),
    **dict.fromkeys(("人", "people", "persons"), ("people", Fraction(1))),
    **dict.fromkeys(("平方米", "m2", "sqm"), ("area", Fraction(1))),
    **dict.fromkeys(("公顷", "ha", "hm2"), ("area", Fraction(10_000))),
    "亩": ("area", Fraction(10_000, 15)),
    **dict.fromkeys(("平方公里", "平方千米", "km2", "sqkm"), ("area", Fraction(1_000_000))),
    **dict.fromkeys(("米", "m"), ("length", Fraction(1))),
    **dict.fromkeys(("公里", "千米", "km", "KM"), ("length", Fraction(1000))),
    **dict.fromkeys(("厘米", "cm"), ("length", Fraction(1, 100))),
    **dict.fromkeys(("毫米", "mm"), ("length", Fraction(1, 1000))),
    **dict.fromkeys(("千克", "公斤", "kg", "KG", "Kg"), ("mass", Fraction(1))),
    **dict.fromkeys(("吨", "t", "tonne", "tonnes"), ("mass", Fraction(1000))),
    "斤": ("mass", Fraction(1, 2)),
    **dict.fromkeys(("克", "g"), ("mass", Fraction(1, 1000))),
    **dict.fromkeys(("千瓦时", "度", "kWh", "kwh", "KWh", "kW·h"), ("energy", Fraction(1))),
    **dict.fromkeys(("兆瓦时", "MWh"), ("energy", Fraction(1000))),
    **dict.fromkeys(("吉瓦时", "GWh"), ("energy", Fraction(10**6))),
    **dict.fromkeys(("太瓦时", "TWh"), ("energy", Fraction(10**9))),
    **dict.fromkeys(("千瓦", "kW", "kw", "KW"), ("power", Fraction(1))),
    **dict.fromkeys(("兆瓦", "MW"), ("power", Fraction(1000))),
    **dict.fromkeys(("吉瓦", "GW"), ("power", Fraction(10**6))),
    **dict.fromkeys(("瓦", "W"), ("power", Fraction(1, 1000))),
    **dict.fromkeys(("立方米", "m3"), ("volume", Fraction(1))),
    **dict.fromkeys(("升", "L", "l"), ("volume", Fraction(1, 1000))),
    **dict.fromkeys(("毫升", "mL", "ml"), ("volume", Fraction(1, 10**6))),
}  # fmt: skip
MARKS = "*＊†‡§#＃★☆"
TRIANGLES = frozenset("△▲▽▼")
MINUSES = "\u2212\ufe63"
SEPARATORS = ",\t;|，"


def _halved(text: str) -> str:
    """Return a text with full-width characters, blanks and minus signs as their plain ones."""
    out = []
    for char in text:
        if 0xFF01 <= ord(char) <= 0xFF5E:
            out.append(chr(ord(char) - 0xFEE0))
        elif char in MINUSES:
            out.append("-")
        else:
            out.append(" " if char.isspace() else char)
    return "".join(out).strip()


def decimal_number(text: str) -> Decimal | None:
    """Return the number of a text of ASCII digits, with thousands set apart by commas or by blanks, or not at all."""
    body, exponent = text, ""
    for mark in "eE":
        head, found, tail = body.partition(mark)
        if found:
            body, exponent = head, tail
    whole, point, part = body.partition(".")
    for gap in (",", " "):
        groups = whole.split(gap)
        if len(groups) > 1:
            if not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:]) or exponent:
                return None
            whole = "".join(groups)
    if (point and not part) or not (whole + part).isascii() or not (whole + part).isdigit():
        return None
    try:
        return Decimal(f"{whole or '0'}.{part or '0'}") * Decimal(10) ** int(exponent or 0)
    except (InvalidOperation, ValueError):
        return None


def _measure(unit: str) -> tuple[str, Fraction, int]:
    """Return what a unit measures, how large it is, and its power of ten."""
    name = "".join(unicodedata.normalize("NFKC", unit).split())
    if name in UNITS:
        return (*UNITS[name], 0)
    for length in (2, 1):
        head, base = name[:length], name[length:]
        if head in COMPOUNDS or head in POWERS:
            dimension, size = UNITS.get(base, (base, Fraction(1)))
            return dimension, size, sum(POWERS[char] for char in head)
    return name, Fraction(1), 0


def value(text: str, unit: str | None, heading: str | None = None) -> Fraction | None:
    """Return the number that a text means in a unit, exactly."""
    plain = _halved(text)
    negative = plain[:1] == "-"
    body = plain[1:].lstrip(" ") if plain[:1] in {"-", "+"} else plain
    end = 0
    while end < len(body) and body[end] in "0123456789., ":
        end += 1
    rest = body[end:]
    if rest[:1] in {"e", "E"}:
        tail = rest[1:].lstrip("+-")
        digits = len(tail) - len(tail.lstrip("0123456789"))
        if digits and len(rest) - 1 - len(tail) <= 1:
            end += len(rest) - len(tail) + digits
    number = decimal_number(body[:end].strip())
    if number is None:
        return None
    scale = _scale(body[end:].strip(), unit, heading)
    return None if scale is None else Fraction(number) * (-1 if negative else 1) * scale


def _scale(own: str, unit: str | None, heading: str | None) -> Fraction | None:
    if not own and not heading:
        return Fraction(1)
    base, size, power = _measure(own or heading or "")
    if own and heading and not base:
        base, size, _ = _measure(heading)
    to_base, to_size, to_power = _measure(unit or "")
    if base == "" and to_base not in {"%", "pp"}:
        return Fraction(10) ** (power - to_power)
    return size / to_size * Fraction(10) ** (power - to_power) if base == to_base else None


def marked_value(text: str, unit: str | None, heading: str | None) -> Fraction | None:
    """Return the number of a cell that may carry marks of notes and a sign of money."""
    direct = value(text, unit, heading)
    if direct is not None:
        return direct
    if TRIANGLES & set(text):  # minus, or a note
        return None
    body = text.strip()
    while body and (body[-1] in MARKS or unicodedata.category(body[-1]) in {"No", "So"}):
        body = body[:-1].rstrip()
    while body and (body[0] in MARKS or unicodedata.category(body[0]) in {"No", "So"}):
        body = body[1:].lstrip()
    for opening, closing in ("()", "（）", "[]", "［］", "〔〕", "【】"):
        start = max(body.rfind(opening), body.rfind("（"), body.rfind("("))
        if start > 0 and body.endswith((closing, ")", "）")):
            return marked_value(body[:start], unit, heading)
    note = body.rfind("注")
    if note > 0:
        return marked_value(body[:note], unit, heading)
    return value(body.replace("¥", "").replace("￥", ""), unit, heading)


def last_day(text: str) -> date | None:
    """Return the last day of a period in the notation of SDMX."""
    year, _, rest = text.strip().upper().partition("-")
    if len(year) != 4 or not (year.isascii() and year.isdigit()) or year == "0000":
        return None
    number = int(year)
    if not rest:
        return None if "-" in text else date(number, 12, 31)
    if rest[0] in "SQW":
        return _lettered(number, rest[0], rest[1:])
    parts = rest.split("-")
    if not all(len(part) == 2 and part.isascii() and part.isdigit() for part in parts) or not 1 <= int(parts[0]) <= 12:
        return None
    days = calendar.monthrange(number, int(parts[0]))[1]
    day = int(parts[1]) if len(parts) == 2 else days
    return date(number, int(parts[0]), day) if len(parts) <= 2 and 1 <= day <= days else None


def _lettered(year: int, letter: str, which: str) -> date | None:
    if not (which.isascii() and which.isdigit()) or len(which) != (2 if letter == "W" else 1):
        return None
    if letter == "W":
        return _week(year, int(which))
    months = int(which) * (6 if letter == "S" else 3)
    return date(year, months, calendar.monthrange(year, months)[1]) if 1 <= months <= 12 else None


def _week(year: int, which: int) -> date | None:
    """Return the Sunday of a week: the first week has the year's first Thursday."""
    thursday = date(year, 1, 1)
    while thursday.weekday() != 3:
        thursday += timedelta(days=1)
    try:
        day = thursday + timedelta(weeks=which - 1)
        return day + timedelta(days=3) if which >= 1 and day.year == year else None
    except OverflowError:
        return None


def cells(data: bytes) -> list[list[list[str]]]:
    """Return the rows of a text table, once for every encoding and separator that it may have."""
    found = []
    for codec in ("utf-8-sig", "utf-16", "gb18030"):
        try:
            text = data.decode(codec)
        except UnicodeError:
            continue
        for mark in SEPARATORS:
            try:
                found.append(list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=mark)))
            except csv.Error:
                continue
    return found


def records(data: bytes) -> list[dict[str, str]]:
    """Return the records of a CSV file in UTF-8 by the names of their columns, blank ones left out."""
    rows = [row for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) if any(row)]
    head = [name.strip() for name in rows[0]] if rows else []
    return [dict(zip(head, row, strict=True)) for row in rows[1:]]


def digits(text: str) -> str:
    """Return the decimal digits in a text, full-width ones as plain ones."""
    return "".join(str(unicodedata.decimal(char)) for char in unicodedata.normalize("NFKC", text) if char.isdecimal())


def toml_number(text: str) -> Decimal | float:
    """Return a number of a TOML text exactly; one that only a float can hold, infinity say, as a float."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return float(text)


def goal_tables(text: str) -> list[dict[str, object]]:
    """Return the tables of goals of a TOML text; none where it is TOML 1.1, which has no other reader."""
    try:
        found = tomllib.loads(text, parse_float=toml_number).get("goals", [])
    except tomllib.TOMLDecodeError:
        return []
    return list(found)
