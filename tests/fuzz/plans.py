"""Whole projects under fuzzing: bytes choose the pieces of a goals.toml and of a ledger, and all of it is judged.

Most pieces fit, so that what is reached lies behind the checks of each file alone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fuzz.readers import TODAY, judged, told
from tracker.errors import InvalidFile
from tracker.goals.read import goals_in
from tracker.model.actual import View
from tracker.stores.csvreading import ledger

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = ("level", "total", "flow", "ytd", "ratio", "growth", "rank", "milestone")
IDS = ("a", "b", "c", "x/p", "x/q")
NUMBERS = (
    "5", "0", "-3", "7.5", "100", "0.5", "60", "1e300", "-1e300", "1e-300", "4.9e-324", "1.7976931348623157e308", "1",
    "99.999999999999", "1e15", "-0.0",
)  # fmt: skip
PERIODS = (
    *[
        "2020",
        "2021",
        "2022",
        "2023",
        "2024",
        "2025",
        "2026",
        "2024-S1",
        "2024-S2",
        "2024-Q1",
        "2024-Q4",
        "2025-Q1",
        "2024-01",
        "2024-02",
        "2024-12",
        "2025-01",
    ],
    *["2024-W05", "2024-02-29", "2024-12-31", "2025-01-31", "0001", "0001-01-01", "9999", "9999-12-31", "1900", "2100"],
)
UNITS = ("", 'unit = "%"\n', 'unit = "亿元"\n')
LATE = [
    "2025",
    "2026",
    "2027",
    "2030",
    "2025-Q2",
    "2026-S1",
    "2025-06",
    "2026-02-28",
    "2026-W20",
    "2100",
    "9999",
    "9999-12-31",
]
SERIES_LINES = {
    "growth": ("", 'level = "x/q"\n'),
    "rank": ("", 'rank_of = "x/{c}"\n'),
    "milestone": ("", "context = true\n"),
}
_CUT, _JOINED = 'on = 2023-06-30, why = "new"', 'on = 2022-12-31, why = "new", link = 1.5'
BREAKS = (
    *("", "", ""),
    f"breaks = [{{ {_CUT} }}]\n",
    f"breaks = [{{ {_JOINED} }}]\n",
    "breaks = [{ on = 2022-12-31, link = 1e300 }, { on = 2024-03-31, link = 1e300 }]\n",
)
CHOICES = (
    *("", "", ""),
    *('direction = "down"\n', 'mode = "at"\n', 'mode = "keep"\n', 'path = "linear"\n', 'path = "compound"\n'),
)
REPEATS = ("year", "half-year", "quarter", "month")
METHODS = ("chance", "pace", "statcan", "destatis")


class Bytes:
    """Choices that are made by bytes; where they end, the first of each."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def number(self) -> int:
        """Return the next byte."""
        self._at += 1
        return self._data[self._at - 1] if self._at <= len(self._data) else 0

    def one(self, choices: Sequence[str]) -> str:
        """Return one of some texts."""
        return choices[self.number() % len(choices)]

    def some(self, choices: Sequence[str], most: int) -> list[str]:
        """Return some texts, as many as `most`, in any order and perhaps the same again."""
        return [self.one(choices) for _ in range(self.number() % (most + 1))]


def goals_text(choose: Bytes) -> str:
    """Return a goals.toml of chosen pieces."""
    parts = ["format = 1\n"]
    for name in IDS[: 1 + choose.number() % len(IDS)]:
        kind = choose.one(KINDS)
        parts.append(
            f'[series."{name}"]\nkind = "{kind}"\n{choose.one(UNITS)}{choose.one(SERIES_LINES.get(kind, BREAKS))}'
        )
    parts += [_goal(choose, place) for place in range(1 + choose.number() % 4)]
    parts.append(f'[verdict]\nmethod = "{choose.one(METHODS)}"\n')
    return "".join(parts)


def _goal(choose: Bytes, place: int) -> str:
    name = f"g{place}" if choose.number() % 8 else "g/{c}"
    head = f'[[goals]]\nid = "{name}"\nname = "{name}"\n'
    series = "x/{c}" if "{" in name else choose.one(IDS)
    due = f'due = "{choose.one(LATE if choose.number() % 8 else PERIODS)}"\n'
    others = [f'"g{number}"' for number in range(place)]
    match choose.number() % 10:
        case 0 if others:
            return f"{head}{choose.one(('all', 'any'))} = [{', '.join(choose.some(others, 3) or others)}]\n{due}"
        case 1 if others:
            return f"{head}at_least = {{ count = 1, of = [{', '.join(others)}] }}\n{due}"
        case 2 if others:
            return f"{head}mean = {{ {', '.join(f'{one} = {choose.one(NUMBERS)}' for one in others)} }}\n"
        case 3:
            series_line = f'sum = ["{choose.one(IDS)}", "{choose.one(IDS)}"]\n'
        case _:
            series_line = f'series = "{series}"\n'
    return "".join([head, series_line, _target(choose), due, _baseline(choose), *_more(choose)])


def _target(choose: Bytes) -> str:
    one = choose.one(NUMBERS)
    forms = (
        f"target = {one}\n",
        f'target = {{ series = "{choose.one(IDS)}", offset = {one}, share = {choose.one(NUMBERS)} }}\n',
        f'target = {{ times = {one}, of = "{choose.one(PERIODS)}" }}\n',
        f"target = {{ change = {one} }}\n",
        f"target = {{ growth = {one} }}\n",
        f"target = {{ between = [{one}, {choose.one(NUMBERS)}] }}\n",
        "",
        f"limit = {one}\n",
    )
    return choose.one(forms)


def _baseline(choose: Bytes) -> str:
    when = choose.one(PERIODS[:5] if choose.number() % 8 else PERIODS)
    return choose.one(
        ("", f'baseline = "{when}"\n', f'baseline = {{ period = "{when}", value = {choose.one(NUMBERS)} }}\n')
    )


def _more(choose: Bytes) -> list[str]:
    one, when, later = choose.one(NUMBERS), choose.one(PERIODS), choose.one(PERIODS)
    offered = (
        f'steps = [{{ due = "{when}", target = {one} }}]\n',
        f'steps = [{{ due = "{when}", target = {one} }}, {{ due = "{later}", target = {choose.one(NUMBERS)} }}]\n',
        f'revisions = [{{ until = 2024-06-30, target = {one}, due = "{when}", why = "w" }}]\n',
        f"tolerance = {one}\n",
        f'repeat = "{choose.one(REPEATS)}"\nfirst = "{when}"\n',
        'mode = "keep"\nallow = "10%"\n',
        'mode = "keep"\nallow = 2\n',
        'every = "month"\n',
        'lag = "45d"\n',
        *CHOICES,
    )
    return list(dict.fromkeys(choose.some(offered, 3)))


def ledger_text(choose: Bytes) -> str:
    """Return an actuals.csv of chosen lines."""
    lines = ["series,period,value,quality,published,source,url,note,recorded_at\n"]
    for name in IDS:
        if choose.number() % 4:
            first = choose.number() % 20
            for place in range(choose.number() % 8):
                period = PERIODS[(first + place) % len(PERIODS)]
                value = choose.one(NUMBERS) if choose.number() % 2 else str(choose.number() / 8)
                quality = choose.one(("", "", "provisional", "estimate"))
                lines.append(f"{name},{period},{value},{quality},,,,,2025-01-01T00:00:00Z\n")
    return "".join(lines)


def plans(data: bytes) -> bool:
    """Read the project that the bytes choose, and judge it from a day that they choose as well."""
    choose = Bytes(data)
    view = View(TODAY if choose.number() % 4 else TODAY.replace(year=2024), TODAY if choose.number() % 4 == 1 else None)
    return project(goals_text(choose), ledger_text(choose), view)


def written(data: bytes) -> bool:
    """Read a project written out: its goals, a line of three hyphens, its actuals."""
    text, _, recorded = data.decode().partition("---\n")
    return project(text, recorded, View(TODAY))


def project(text: str, recorded: str, view: View) -> bool:
    """Read goals and actuals, and judge them."""
    try:
        read = goals_in(text.encode(), "goals.toml")
        lines = ledger(recorded.encode(), "actuals.csv").lines
    except InvalidFile as error:
        told(error.problems, text.encode() + recorded.encode())
        return False
    record = judged(read, lines, view)
    if record is None:
        return False
    for goal in json.loads(record)["goals"]:
        chance = goal["chance"]
        assert chance is None or 0.01 <= chance <= 0.99 or chance in {0, 1}, goal["id"]
    return True
