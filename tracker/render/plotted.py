"""A chart on a terminal, drawn by plotext with signs that its encoding has; the key stands below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from tracker.render.extras import needing
from tracker.render.folding import folded
from tracker.render.glyphs import UNICODE, said
from tracker.render.plain import shown
from tracker.render.vegalite import short
from tracker.tuples import NamedTuple
from tracker.views.chartticks import round_values, ticks
from tracker.wording.quantity import number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.render.terminal import Screen
    from tracker.views.chart import Chart

HEIGHT, WIDEST, NARROWEST = 18, 110, 30
PIPE_WIDTH = 100
LONGEST_UNIT = 24
BETWEEN = "   "
FAN_LINES = 24
"""So many lines fill a fan."""
ROOM = 0.06
"""How much of its span an axis goes on beyond what is drawn."""


class Pen(NamedTuple):
    """A sign and its colour."""

    sign: str
    colour: str | int


QUIET = 244
"""A grey that is seen on light and on dark."""
FINE = {
    "fan": Pen("░", "green"),
    "target": Pen("━", "magenta"),
    "path": Pen("·", QUIET),
    "projected": Pen("-", "green"),
    "required": Pen("+", "orange"),
    "actual": Pen("•", "blue"),
    "point": Pen("●", "blue"),
    "due": Pen("┃", QUIET),
    "today": Pen("┊", QUIET),
}
PLAIN = {
    key: Pen(sign, FINE[key].colour)
    for key, sign in zip(FINE, (":", "=", ".", "-", "+", "o", "*", "|", "!"), strict=True)
}
FRAME = str.maketrans("┌┐└┘┤┬┼─│├┴", "++++++" + "+-|++")


def chart_text(chart: Chart, screen: Screen, *, titled: bool = True) -> str:
    """Return a chart as text: title, drawing, and the key with what each sign is."""
    pens = FINE if screen.glyphs is UNICODE else PLAIN
    width = min(max(screen.width or PIPE_WIDTH, NARROWEST), WIDEST)
    lines = []
    if titled:
        for text in (chart.title, chart.subtitle):
            lines += folded(shown(said(text, screen.glyphs)), screen.width or PIPE_WIDTH)
    if chart.unit:
        lines.append(said(short(chart.unit, LONGEST_UNIT), screen.glyphs))
    lines += [line.rstrip() for line in _plot(chart, pens, width, colour=screen.colour).splitlines()]
    lines += _key(chart, pens, screen)
    return "\n".join(lines) + "\n"


def _plot(chart: Chart, pens: dict[str, Pen], width: int, *, colour: bool) -> str:
    plotext = needing("plotext")
    figure = plotext.figure
    figure.clear()
    plotext.terminal.limit(width=False, height=False)
    figure.theme("simple" if colour else "colorless")
    figure.canvas("default")
    figure.plot_size(width, HEIGHT)
    figure.legend(active=False)
    low, high = _bounds(chart)

    def draw(key: str, spots: Sequence[tuple[date, float]], *, joined: bool = True) -> None:
        if any(low <= value <= high for _, value in spots):
            pen = pens[key]
            sign = plotext.colorize(pen.sign, pen.colour) if colour else pen.sign
            signal = figure.signal([on.toordinal() for on, _ in spots], [value for _, value in spots], marker=sign)
            if joined:
                signal.lines(True)  # noqa: FBT003  plotext's own signature
            figure.draw(signal)

    for key, spots, joined in _signals(chart, low, high):
        draw(key, spots, joined=joined)
    _rule(figure, chart, low, high)
    text = str(figure.build().string(colorless=not colour))
    return text if pens is FINE else text.translate(FRAME)


def _signals(chart: Chart, low: float, high: float) -> list[tuple[str, Sequence[tuple[date, float]], bool]]:
    """Return what is drawn, the quietest first: key, spots, and whether they are joined."""
    found: list[tuple[str, Sequence[tuple[date, float]], bool]] = []
    fan, aim = chart.fan, chart.aim
    if fan is not None:
        for step in range(FAN_LINES + 1):
            end = fan.low + (fan.high - fan.low) * step / FAN_LINES
            found.append(("fan", [fan.start, (fan.on, end)], True))
    found += [(day.key, [(day.on, low), (day.on, high)], True) for day in chart.days if not day.beyond]
    if aim is not None:
        levels = [aim.low, aim.high] if aim.low is not None else [aim.spot.value] if aim.level else []
        found += [("target", [(chart.start, one), (chart.end, one)], True) for one in levels if one is not None]
    found += [(line.key, line.spots, True) for line in chart.lines]
    found += [("point", line.spots, False) for line in chart.lines if line.key == "actual"]
    return found


def _bounds(chart: Chart) -> tuple[float, float]:
    """Return the least and the greatest value of the axis."""
    values = [spot.value for line in chart.lines for spot in line.spots]
    values += [chart.fan.low, chart.fan.high] if chart.fan else []
    if chart.aim is not None:
        values += [one for one in (chart.aim.spot.value, chart.aim.low, chart.aim.high) if one is not None]
    low, high = min(values), max(values)
    room = (high - low) * ROOM or abs(high) * ROOM or 1.0
    return low - room, high + room


def _rule(figure: Any, chart: Chart, low: float, high: float) -> None:  # noqa: ANN401  plotext's own type
    """Mark both axes: time at the ends of periods, values as people read them."""
    marks = ticks(chart.start, chart.end, chart.days[0].on)
    room = max(1, round((chart.end - chart.start).days * 0.01))
    across, up = figure.ruler("x"), figure.ruler("y")
    across.lim(chart.start.toordinal() - room, chart.end.toordinal() + room)
    across.ticks([day.toordinal() for day in marks.days], [marks.label(day) for day in marks.days])
    up.lim(low, high)
    values = round_values(low, high)
    up.ticks(values, [number(value) for value in values])


def _key(chart: Chart, pens: dict[str, Pen], screen: Screen) -> list[str]:
    """Return the lines that say what each sign is, as many side by side as fit."""
    seen: dict[str, str] = {}
    for line in reversed(chart.lines):
        sign = pens["point"].sign if line.key == "actual" else pens[line.key].sign
        seen.setdefault(f"{sign} {line.name}", "")
    if chart.aim is not None:
        seen.setdefault(f"{pens['target'].sign} {chart.aim.name}", "")
    if chart.fan is not None:
        seen.setdefault(f"{pens['fan'].sign} {chart.fan.name}", "")
    for day in chart.days:
        seen.setdefault(day.name if day.beyond else f"{pens[day.key].sign} {day.name}", "")
    rows = [""]
    for part in (shown(said(part, screen.glyphs)) for part in seen):
        if rows[-1] and cell_len(rows[-1]) + len(BETWEEN) + cell_len(part) > (screen.width or PIPE_WIDTH):
            rows.append(part)
        else:
            rows[-1] += f"{BETWEEN}{part}" if rows[-1] else part
    return [part for row in rows for part in folded(row, screen.width or PIPE_WIDTH)]
