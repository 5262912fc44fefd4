"""What inputs are made of: words that each reader knows, and inputs to begin with."""

from __future__ import annotations

from random import Random

from tracker.goals import keys
from tracker.stores.csvreading import ACTUALS
from tracker.stores.notes import NOTES

_ATOMS = (
    *["2024", "2024-Q3", "2024-W53", "2024-12-31", "9999", "0001", "1e308", "5e-324", "-0", "1e999", "nan", "inf"],
    "",
)
_MARKS = ('"', '""', ",", "\n", "\r\n", "\r", "\t", ";", "\ufeff", "\0", "\u2028", "\xa0", "，", "　", "−", "－", "'")
_NUMBERS = (
    *["1,000", "12.5万", "1,000亿元", "44%", "６１.８％", "0.618", "868.9①", "-5", "+3", "1e5", "（1）", "…", "—"],
    "1 000",
)
_UNITS = [
    "%",
    "‰",
    "元",
    "万元",
    "亿元",
    "人",
    "万人",
    "千",
    "百",
    "十万",
    "万亿",
    "亩",
    "公顷",
    "km²",
    "kWh",
    "百分点",
    "pp",
    "户",
]
_WHEN = (
    *[
        "2024年",
        "2024年1-6月",
        "一季度",
        "上半年",
        "2024Q1",
        "202406",
        "2024/6/30",
        "全年",
        "1-5月",
        "前三季度",
        "第5周",
        "截至",
        "末",
        "累计",
        "(预计)",
    ],
    *["快报数", "today", "last-monday", "-7d", "45d", "quarter", "2024-S1"],
    "Jan 2024",
)
_TABLE = (
    *[
        "series,period,value",
        "series",
        "period",
        "value",
        "unit",
        "quality",
        "recorded_at",
        "published",
        "gdp",
        "rate",
        "people",
    ],
    *[
        "final",
        "estimate",
        "retracted",
        "指标",
        "单位：亿元",
        "地区生产总值",
        "城镇化率",
        "城镇化率(%)",
        "注：①年末数",
        "其中：",
    ],
)
_TOML = (
    "format = 1\n", "[[goals]]\n", 'id = "a"\n', 'name = "A"\n', "target = 5\n", "due = 2026\n", "baseline = 2020\n",
    "[series.a]\n", "= ", "{ ", " }", "[", "]", "true", "'''", '"""', "\\u0000", "#", "{x}", "a/{x}", "all = [",
    "mean = {", "1979-05-27T07:32:00Z", "07:32:00", "0x10", "between = [1, 2]", '"45d"', '"10%"', "[verdict]\n",
)  # fmt: skip
_JSON = ("[", "]", "{", "}", ":", "null", "true", '"series":', '"period":', '"value":', "[[", "NaN", "\\ud800")
_NOTE = ("goal,text", "confidence", "ruling", "why", "by", "on-track", "achieved", "7")


def tokens(reader: str) -> list[bytes]:
    """Return the words that mutations of an input are made of."""
    known: tuple[str, ...] = (*_ATOMS, *_MARKS)
    match reader:
        case "goals":
            choices = (
                "up",
                "down",
                "by",
                "at",
                "keep",
                "linear",
                "compound",
                "ratio",
                "ytd",
                "growth",
                "rank",
                "milestone",
            )
            known += (*_TOML, *_names_of_keys(), *(f'"{choice}"' for choice in choices), '"flow"', '"month"', '"total"')
        case "actuals":
            known += (
                *ACTUALS.readers,
                ",".join(ACTUALS.readers),
                "series,period,value",
                "final",
                "retracted",
                "T08:15:30Z",
            )
        case "notes":
            known += (*NOTES.readers, ",".join(NOTES.readers), *_NOTE)
        case "values":
            known += (*_NUMBERS, *_UNITS)
        case "periods":
            known += _WHEN
        case _:
            known += (*_NUMBERS, *_UNITS, *_WHEN, *_TABLE, *_JSON)
    wide = [token.encode("gb18030") for token in (*_TABLE, *_WHEN)] if reader == "tables" else []
    return [token for token in dict.fromkeys([*(one.encode() for one in known), *wide]) if token]


def _names_of_keys() -> list[str]:
    tables = [keys.TOP, keys.SERIES, keys.GOAL, keys.BASELINE, keys.STEP, keys.REVISION, keys.AT_LEAST, keys.VERDICT]
    return sorted({f"{name} = " for table in [*tables, *keys.TARGETS.values()] for name in table})


_HEADED = "series,period,value,quality,published,source,url,note,recorded_at\n"
_GOAL = '[[goals]]\nid = "a"\nname = "A"\n'
_GOALS = (
    f'format = 1\n[series.a]\nkind = "ratio"\nunit = "%"\n{_GOAL}baseline = 2020\ntarget = 5\ndue = 2026\n',
    f'format = 1\n{_GOAL}target = {{ times = 2, of = 2020 }}\ndue = "2026-Q1"\n[[goals]]\nid = "b"\nany = ["a"]\n',
    f'format = 1\n[series.a]\nkind = "ytd"\n{_GOAL}repeat = "quarter"\ntarget = 5\nbaseline = 2020\ndue = 2026\n',
    f"format = 1\n[series.a]\nbreaks = [{{ on = 2024-01-01 }}]\n{_GOAL}target = {{ between = [2, 3] }}\ndue = 2026\n",
    'format = 1\n[series."x/p"]\n[[goals]]\nid = "g/{c}"\nname = "N {c}"\nseries = "x/{c}"\ntarget = 5\ndue = 2026\n',
)
_LEDGERS = (
    f"{_HEADED}a,2024,1,final,2025-01-01,s,u,n,2025-01-01T00:00:00Z\n",
    f"{_HEADED}a,2024-W01,,retracted,,,,,\n",
    '\ufeffperiod,series,value,note\r\n2024-Q1,a,1e5,"x\r\ny"\r\n',
    "series,period,value\ra,2024,-.5\r",
)
_TABLES = (
    "series,period,value\ngdp,2024,5\nrate,2024,44%\n",
    '指标,2023年,2024年\n地区生产总值(亿元),"1,000",1200①\n城镇化率,40.5%,44\n注：①年末数\n',
    "年份;gdp;rate\n2020;1;2\n2021;3;4\n",
    '[{"series": "gdp", "period": "2024", "value": 5.10}]',
    '{"gdp": {"2024": 5}}',
    '[["gdp", "2024", "2025"], ["rate", 1, 2]]',
    "指标,2024年,\n,一季度,1-6月\ngdp,5亿元,7\n",
)


_NOTES = (f"{','.join(NOTES.readers)}\na,t,7,on-track,w,u,b,2025-01-01T00:00:00Z\n", 'text,goal\n"a, b",c\n')
_IN_UNITS = [bytes([place % 11, place % 3]) + one.encode() for place, one in enumerate(_NUMBERS)]
_SEEDS = {
    "goals": [one.encode() for one in _GOALS],
    "actuals": [one.encode() for one in _LEDGERS],
    "notes": [one.encode() for one in _NOTES],
    "values": _IN_UNITS,
    "periods": [one.encode() for one in (*_WHEN, *_ATOMS)],
    "plans": [Random(place).randbytes(150) for place in range(20)],
    "workbook": [Random(place).randbytes(80) for place in range(20)],
    "tables": [b"\0" + one.encode(codec) for one in _TABLES for codec in ("utf-8", "gb18030", "utf-16")],
}


def seeds(reader: str) -> list[bytes]:
    """Return inputs to begin with, many of which are accepted."""
    return list(_SEEDS[reader])


def mutated(data: bytes, others: list[bytes], words: list[bytes], random: Random) -> bytes:
    """Return an input with a few changes: bits, bytes, words that the reader knows, parts of itself or of another."""
    found = bytearray(data)
    for _ in range(random.randint(1, 4)):
        at = random.randint(0, len(found))
        to = min(len(found), at + random.choice([0, 1, 1, 2, 4, 16]))
        match random.randrange(5):
            case 0:
                found[at:to] = random.choice(words)
            case 1:
                found[at:to] = random.randbytes(random.randint(0, 4))
            case 2:
                other = random.choice(others)
                start = random.randint(0, len(other))
                found[at:to] = other[start : start + random.randint(1, 40)]
            case 3:
                found[at:to] = found[at:to] * random.randint(0, 3)
            case _ if at < len(found):
                found[at] ^= 1 << random.randrange(8)
    return bytes(found)
