"""The weather symbols of Germany's sustainable development strategy: where the last years' mean change leads.

Source: dns-indikatoren.de, "Status".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import say
from tracker.model.number import finite, settled
from tracker.periods import years
from tracker.verdicts.verdict import Call, Lead, Verdict, unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.verdicts.verdict import Aim, Yearly

POINTS, FEWEST = 6, 4
"""The mean change is that of the last six values; with fewer than four nothing is said."""
SUN_BELOW, CLOUDY_TO = 0.05, 0.20
"""The share of the gap that may be missing at due: less than this is sun, up to this is cloudy."""

SUN, CLOUDY, CLOUD, THUNDERSTORM = "sun", "cloudy", "cloud", "thunderstorm"
SYMBOLS = (SUN, CLOUDY, CLOUD, THUNDERSTORM)
"""The symbols, the best first."""
CALLS = {SUN: Call.ON_TRACK, CLOUDY: Call.ON_TRACK, CLOUD: Call.AT_RISK, THUNDERSTORM: Call.OFF_TRACK}


def destatis(  # noqa: PLR0911  one return for each case of the rule
    points: Sequence[Yearly], aims: Sequence[Aim], *, keeps: bool = False
) -> Verdict:
    """Return the verdict on yearly values, oldest first.

    With a the mean yearly change over the last six values: projected = y_t + a·(due - t), the miss is how far that
    falls short of the target T, and the ratio is miss/|T - y_t| (negative where it goes beyond; None once the target
    is met, and for one to be kept). A target already met is sun, with an adverse change cloudy. One that is to be
    kept every year and is not met is cloud unless it moves away.

    Args:
        points: one value for each year that has one, in the series' unit.
        aims: the target, or several by their due: the next one after the latest value counts, else the last.
        keeps: whether the target is a floor or a ceiling for every year.
    """
    if len(points) < FEWEST:
        why = say(
            "{n} year has a value, and the rule needs {least}",
            "{n} years have a value, and the rule needs {least}",
            n=len(points),
            least=FEWEST,
        )
        return unavailable(why)
    now, used = points[-1], points[-POINTS:]
    aim = next((one for one in aims if one.due > now.on), aims[-1])
    change = (now.value - used[0].value) / years(used[0].on, now.on)
    projected = now.value + change * max(0.0, years(now.on, aim.due))
    if finite(change) is None or finite(projected) is None:
        return unavailable(say("the mean yearly change leaves the range of numbers"))
    edge, side = _edge(aim, used[0].value, now.value)
    met = aim.is_met_by(now.value)
    lead = Lead(used[0], now, len(used), change, aim.due, edge, projected, met, keeps)
    forward = settled(side * change)
    if met:
        is_adverse = forward < 0 or (side == 0 and not aim.met(projected))
        return _said(CLOUDY if is_adverse else SUN, None, lead)
    if keeps:
        return _said(THUNDERSTORM if forward < 0 else CLOUD, None, lead)
    gap = side * ((edge or 0.0) - now.value)
    if gap <= 0:  # a target that moves is not met yet, but comes towards the value
        return _said(SUN if aim.met(projected) else THUNDERSTORM, None, lead)
    ratio = side * ((edge or 0.0) - projected) / gap
    if forward <= 0:
        return _said(THUNDERSTORM, ratio, lead)
    if settled(ratio) < SUN_BELOW:
        return _said(SUN, ratio, lead)
    return _said(CLOUDY if settled(ratio) <= CLOUDY_TO else CLOUD, ratio, lead)


def _edge(aim: Aim, before: float, now: float) -> tuple[float | None, int]:
    """Return the value aimed at and which way it lies; of a band its weakest end, the first that is reached.

    Inside a band that was inside before there is no way to go: (None, 0).
    """
    if aim.high is None:
        return aim.low, 1
    if aim.low is None:
        return aim.high, -1
    for value in (now, before):
        if value < aim.low:
            return aim.low, 1
        if value > aim.high:
            return aim.high, -1
    return None, 0


def _said(symbol: str, ratio: float | None, lead: Lead) -> Verdict:
    return Verdict(symbol, finite(ratio), None, CALLS[symbol], (), lead)
