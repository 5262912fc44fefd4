"""Ledgers for the tests of all stores: long and short, with revisions, retractions, gaps and odd names."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

from tracker.assess import assess
from tracker.assess.enough import wanted
from tracker.cli import language
from tracker.goals.panels import expanded
from tracker.goals.read import goals_in
from tracker.model.actual import Actual, Quality, View
from tracker.periods import Period, containing, parse_period
from tracker.render.jsontext import json_text
from tracker.views.record import status_record

if TYPE_CHECKING:
    from tracker.stores import Store

YEARLY = ["gdp/昭阳", "gdp/o'br\"ien", "gdp/a%_\\b", "gdp/50 %"]
MONTHLY = ["output/镇雄", "rate"]
EXTREMES = [0.0, -0.0, 5e-324, 1e-300, 1e300, -1.5, 1e308, -1e308, 0.1 + 0.2, 123456789012345680.0]
GOALS = """
format = 1
title = "所有"
[series."gdp/{who}"]
name = "GDP of {who}"
unit = "亿元"
[series."output/镇雄"]
kind = "flow"
[series.rate]
kind = "ratio"
unit = "%"
[[goals]]
id = "gdp/{who}"
due = 2026
target = 900
[[goals]]
id = "near/{who}"
series = "gdp/{who}"
due = 2025
mode = "at"
baseline = 1990
target = { growth = 0.02 }
steps = [{ due = 2020, target = 200 }]
[[goals]]
id = "double/{who}"
series = "gdp/{who}"
due = 2028
baseline = { period = 1970, value = 10 }
target = { times = 2, of = 2010 }
[[goals]]
id = "kept"
series = "gdp/50 %"
due = 2030
mode = "keep"
direction = "down"
target = 1e6
[[goals]]
id = "year"
series = "output/镇雄"
due = 2024
target = 1200
[[goals]]
id = "band"
series = "rate"
due = 2025-12-31
target = { between = [40, 60] }
tolerance = 1
[[goals]]
id = "soon"
series = "rate"
due = "2024-12"
target = 55
[[goals]]
id = "moving"
series = "gdp/昭阳"
due = 2027
target = { series = "gdp/50 %", share = 1.1 }
[[goals]]
id = "everywhere"
at_least = { count = 1, of = ["gdp/{who}", "soon"] }
"""


class Case(NamedTuple):
    """A ledger and the views it is looked at from."""

    lines: list[Actual]
    views: list[View]


def _walk(name: str, periods: list[Period], chance: random.Random) -> list[Actual]:
    value, lines = 100.0, list[Actual]()
    for period in periods:
        value *= 1 + chance.gauss(0.02, 0.04)
        if chance.random() < 0.05:
            continue  # a gap
        known = period.end + timedelta(days=chance.randrange(200))
        moment = datetime(known.year, known.month, known.day, chance.randrange(24), tzinfo=UTC)
        lines.append(
            Actual(name, period, round(value, 2), chance.choice(list(Quality)[:3]), None, "源", recorded_at=moment)
        )
        while chance.random() < 0.3:
            published = known if chance.random() < 0.5 else None
            kept = chance.random() < 0.8
            lines.append(
                Actual(
                    name,
                    period,
                    round(value * chance.uniform(0.9, 1.1), 3) if kept else None,
                    Quality.FINAL if kept else Quality.RETRACTED,
                    published,
                    None,
                    "https://example.org/?q=1&x='",
                    'a "note", with\nlines',
                    chance.choice([moment, moment + timedelta(days=chance.randrange(900)), None]),
                )
            )
    return lines


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Return a ledger of several series and some views of it."""
    chance = random.Random(draw(st.integers(0, 10**9)))  # noqa: S311  no secret
    lines = []
    for name in YEARLY:
        first = draw(st.sampled_from([1950, 1975, 2000, 2019, 2023, 2024]))
        lines += _walk(name, [year(one) for one in range(first, 2025)], chance)
    for name in MONTHLY:
        first = draw(st.sampled_from([2012, 2019, 2023]))
        months = [
            containing(date(year, month, 1), _month().length) for year in range(first, 2025) for month in range(1, 13)
        ]
        lines += _walk(name, months[: len(months) - draw(st.integers(0, 11))], chance)
    for name, value in draw(st.lists(st.tuples(st.sampled_from(YEARLY), st.sampled_from(EXTREMES)), max_size=3)):
        moment = datetime(2024, 6, 1, 1, 2, 3, 456789, tzinfo=UTC)
        lines.append(Actual(name, year(draw(st.integers(1960, 2025))), value, recorded_at=moment))
    chance.shuffle(lines)
    lines = [line._replace(position=place) for place, line in enumerate(lines, 1)]
    days = st.dates(date(1995, 1, 1), date(2026, 12, 31))
    view = st.builds(View, days, st.none() | days, st.none() | days)
    return Case(lines, [View(date(2025, 6, 1)), *draw(st.lists(view, min_size=1, max_size=3))])


def year(number: int) -> Period:
    """Return the period of a year."""
    return containing(date(number, 1, 1), parse_period("2000").length)  # type: ignore[union-attr]


def _month() -> Period:
    found = parse_period("2000-01")
    assert found is not None
    return found


def status_json(store: Store, view: View, goals: str = GOALS) -> str:
    """Return what `tracker status --json` says about a store, with only what the store needs to bring."""
    file = expanded(goals_in(goals.encode(), "goals.toml").file, store.series)
    actuals = store.in_force(view, file.series, lambda: wanted(file, view))
    return json_text(status_record(assess(file, actuals, view), view, file.file, file.title, language.from_file("en")))
