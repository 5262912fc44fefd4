"""A chart as a Vega-Lite specification with its data inside, which anyone can embed."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tracker.render.plain import shown
from tracker.tuples import NamedTuple
from tracker.views.chartticks import ticks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.views.chart import Chart

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
WIDTH, HEIGHT = 640, 300
ABOVE = 34
"""The room above the lines in which the marked days are named."""
MARGIN = 0.02
"""How much of its span an axis of time goes on beyond the last day."""
LONGEST_TITLE, LONGEST_NAME = 60, 24
SMALL = 10
FONT = "sans-serif"
"""The reader's own; a named Chinese one would cost the drawing six times as long, as its widths are measured."""

Spec = dict[str, Any]

INK, QUIET, GRID = "#1f2933", "#5b6570", "#dfe3e8"
ACTUAL, PATH, REQUIRED, PROJECTED, FAN, TARGET = "#1f5fbf", "#7a828c", "#b4530a", "#0d7a6b", "#bfe3dc", "#8a3ea8"
DARK = {
    INK: "#e8eaed", QUIET: "#a9b1ba", GRID: "#3a4149", ACTUAL: "#7db0ff", PATH: "#9aa3ad",
    REQUIRED: "#ffab66", PROJECTED: "#5fd0bd", FAN: "#1f4a44", TARGET: "#d7a3ec",
}  # fmt: skip
"""What each colour becomes where the page is dark."""


class Stroke(NamedTuple):
    """How a line is drawn: never by its colour alone."""

    colour: str
    dash: list[int]
    width: float


STROKES = {
    "target": Stroke(TARGET, [], 1.6),
    "path": Stroke(PATH, [6, 4], 1.6),
    "projected": Stroke(PROJECTED, [9, 3, 2, 3], 1.8),
    "required": Stroke(REQUIRED, [2, 3], 2.2),
    "actual": Stroke(ACTUAL, [], 2.4),
    "fan": Stroke(FAN, [], 9),
}
DAYS = {"due": Stroke(INK, [1, 0], 1.2), "today": Stroke(QUIET, [3, 3], 1.2)}


def short(text: str, most: int) -> str:
    """Return a text for a drawing: safe, on one line, and not longer than a drawing can take.

    >>> short("a" * 10, 5)
    'aaaa…'
    """
    flat = shown(text)
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def json_spec(chart: Chart) -> str:
    """Return the specification as indented JSON text."""
    return json.dumps(spec(chart), ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def spec(chart: Chart, *, alone: bool = True) -> Spec:
    """Return the specification; where it does not stand `alone`, the page has its title and its key."""
    made: Spec = {
        "$schema": SCHEMA,
        "description": short(chart.about, 500),
        "width": WIDTH,
        "height": HEIGHT,
        "autosize": {"type": "fit", "contains": "padding"},
        "background": "transparent",
        "padding": {"left": 4, "right": 8, "bottom": 4, "top": 4 if alone else ABOVE},
        "layer": [
            *_fan(chart),
            *_band(chart),
            *_days(chart),
            *_level(chart),
            _lines(chart, alone=alone),
            _points(chart),
            *_aim(chart),
        ],
        "config": _config(),
    }
    if alone:
        made["title"] = {
            "text": short(chart.title, LONGEST_TITLE),
            "subtitle": short(chart.subtitle, LONGEST_TITLE + 30),
            "anchor": "start",
            "offset": ABOVE,
        }
    return made


def _config() -> Spec:
    return {
        "font": FONT,
        "aria": False,
        "axis": {
            "labelColor": QUIET,
            "titleColor": QUIET,
            "gridColor": GRID,
            "domainColor": QUIET,
            "ticks": False,
            "labelPadding": 5,
            "labelFontSize": SMALL,
        },
        "legend": {"labelColor": INK, "orient": "bottom", "direction": "horizontal", "columns": 3, "symbolSize": 260},
        "title": {
            "color": INK,
            "subtitleColor": QUIET,
            "fontSize": 15,
            "subtitleFontSize": 12,
            "subtitlePadding": 6,
            "frame": "bounds",
        },
        "view": {"stroke": None},
    }


def _x(chart: Chart) -> Spec:
    marks = ticks(chart.start, chart.end, chart.days[0].on)
    pattern = {"year": "%Y", "month": "%Y-%m", "day": "%m-%d"}[marks.length]
    room = max(1, round((chart.end - chart.start).days * MARGIN))
    return {
        "field": "on",
        "type": "temporal",
        "title": None,
        "scale": {"type": "utc", "domain": [_moment(chart.start, -room), _moment(chart.end, room)]},
        "axis": {"values": [_moment(day) for day in marks.days], "format": pattern, "grid": False, "labelFlush": False},
    }


def _moment(day: date, later: int = 0) -> int:
    """Return a day in milliseconds since 1970, some days later, as far as the calendar goes."""
    with suppress(OverflowError):
        day += timedelta(days=later)
    return round(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


def _y(chart: Chart, field: str = "value") -> Spec:
    title = short(chart.unit, LONGEST_NAME) if chart.unit else None
    axis: Spec = {
        "tickCount": 5,
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleY": -8,
        "titleX": 0,
    }
    return {
        "field": field,
        "type": "quantitative",
        "title": title,
        "scale": {"zero": False, "nice": True},
        "axis": axis,
    }


def _rows(rows: Iterable[Spec]) -> Spec:
    return {"values": list(rows)}


def _fan(chart: Chart) -> list[Spec]:
    fan = chart.fan
    if fan is None:
        return []
    rows = [
        {"on": fan.start.on.isoformat(), "value": fan.start.value, "high": fan.start.value},
        {"on": fan.on.isoformat(), "value": fan.low, "high": fan.high},
    ]
    return [
        {
            "data": _rows(rows),
            "mark": {"type": "area", "color": FAN},
            "encoding": {"x": _x(chart), "y": _y(chart), "y2": {"field": "high"}},
        }
    ]


def _band(chart: Chart) -> list[Spec]:
    aim = chart.aim
    if aim is None or aim.low is None or aim.high is None:
        return []
    edges = [{"value": aim.low}, {"value": aim.high}]
    row = {"value": aim.low, "high": aim.high}
    return [
        {
            "data": _rows([row]),
            "mark": {"type": "rect", "color": TARGET, "opacity": 0.12},
            "encoding": {"y": _y(chart), "y2": {"field": "high"}},
        },
        {
            "data": _rows(edges),
            "mark": {"type": "rule", "color": TARGET, "strokeWidth": 1.6},
            "encoding": {"y": _y(chart)},
        },
    ]


def _level(chart: Chart) -> list[Spec]:
    aim = chart.aim
    if aim is None or not aim.level or aim.low is not None:
        return []
    mark = {"type": "rule", "color": TARGET, "strokeWidth": 1.6}
    return [{"data": _rows([{"value": aim.spot.value}]), "mark": mark, "encoding": {"y": _y(chart)}}]


def _days(chart: Chart) -> list[Spec]:
    """Return the marked days: a line from top to bottom, with its name above the chart."""
    layers: list[Spec] = []
    for place, day in enumerate(chart.days):
        stroke = DAYS[day.key]
        data = _rows([{"on": day.on.isoformat(), "label": day.name}])
        rule = {"type": "rule", "color": stroke.colour, "strokeDash": stroke.dash, "strokeWidth": stroke.width}
        early = (day.on - chart.start) < (chart.end - chart.start) / 2
        side = {"align": "left", "dx": -2} if early else {"align": "right", "dx": 2}
        label = {"type": "text", "color": stroke.colour, "baseline": "bottom", "dy": -3 - 15 * place, **side}
        if not day.beyond:
            layers.append({"data": data, "mark": rule, "encoding": {"x": _x(chart)}})
        layers.append(
            {"data": data, "mark": label, "encoding": {"x": _x(chart), "y": {"value": 0}, "text": {"field": "label"}}}
        )
    return layers


def _aim(chart: Chart) -> list[Spec]:
    aim = chart.aim
    if aim is None:
        return []
    data = _rows([{"on": aim.spot.on.isoformat(), "value": aim.spot.value, "label": short(aim.name, LONGEST_NAME * 2)}])
    point = {"type": "point", "shape": "diamond", "filled": True, "size": 90, "color": TARGET, "opacity": 1}
    encoding = {"x": _x(chart), "y": _y(chart)}
    start = {"on": chart.start.isoformat(), "value": aim.spot.value, "label": short(aim.name, LONGEST_NAME * 2)}
    # under its line where that is the highest there is, so that it does not run into what stands above the chart
    others = [spot.value for line in chart.lines for spot in line.spots] + ([chart.fan.high] if chart.fan else [])
    top = not others or aim.spot.value >= max(others)
    place = {"baseline": "top", "dy": 5} if top else {"baseline": "bottom", "dy": -4}
    text = {"type": "text", "color": TARGET, "align": "left", "dx": 2, **place}
    label = {"data": _rows([start]), "mark": text, "encoding": {**encoding, "text": {"field": "label"}}}
    return [{"data": data, "mark": point, "encoding": encoding}, *([label] if aim.level else [])]


def _lines(chart: Chart, *, alone: bool) -> Spec:
    """Return all lines, each told apart by colour and dashes, with one legend for both."""
    rows, known = [], {}
    for number, line in enumerate(chart.lines):
        name = short(line.name, LONGEST_NAME)
        known[name] = STROKES[line.key]
        rows += [{"on": on.isoformat(), "value": value, "line": name, "part": number} for on, value in line.spots]
    names, strokes = list(known)[::-1], list(known.values())[::-1]
    if chart.fan is not None:
        names, strokes = [*names, short(chart.fan.name, LONGEST_NAME)], [*strokes, STROKES["fan"]]

    def told(values: list[Any]) -> Spec:
        scale = {"type": "ordinal", "domain": names, "range": values}
        legend = {"symbolType": "stroke"} if alone else None
        return {"field": "line", "type": "nominal", "title": None, "scale": scale, "legend": legend}

    return {
        "data": _rows(rows),
        "mark": {"type": "line"},
        "encoding": {
            "x": _x(chart),
            "y": _y(chart),
            "detail": {"field": "part", "type": "nominal"},
            "color": told([one.colour for one in strokes]),
            "strokeDash": told([one.dash for one in strokes]),
            "strokeWidth": told([one.width for one in strokes]),
        },
    }


def _points(chart: Chart) -> Spec:
    rows = [
        {"on": on.isoformat(), "value": value}
        for line in chart.lines
        if line.key == "actual"
        for on, value in line.spots
    ]
    size = 46 if len(rows) <= 24 else 16  # noqa: PLR2004  many points would run into each other
    mark = {"type": "point", "filled": True, "size": size, "color": ACTUAL, "opacity": 1}
    return {"data": _rows(rows), "mark": mark, "encoding": {"x": _x(chart), "y": _y(chart)}}
