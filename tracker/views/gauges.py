"""The figures of goals as gauges for monitoring: names with their units, one sample for each goal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.assess.figures import BEST_FIRST
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tracker.assess.figures import Assessment
    from tracker.model.actual import View
    from tracker.views.fields import Flat

_EPOCH = date(1970, 1, 1)
_DAY = 86_400  # seconds


class Gauge(NamedTuple):
    """One family of samples: its name, what it says, and for each sample its labels and value."""

    name: str
    help: str
    samples: Sequence[tuple[Mapping[str, str], float]]


_VALUES: Mapping[str, tuple[str, str]] = {
    "tracker_goal_baseline_value": ("baseline.value", "Where the goal starts, in the unit of tracker_goal_info."),
    "tracker_goal_actual_value": ("actual.value", "The latest actual, in the unit of tracker_goal_info."),
    "tracker_goal_target_value": ("target.value", "The target at due, in the unit of tracker_goal_info."),
    "tracker_goal_target_low_value": ("target.low", "The lower edge of a band, in the unit of tracker_goal_info."),
    "tracker_goal_target_high_value": ("target.high", "The upper edge of a band, in the unit of tracker_goal_info."),
    "tracker_goal_gap_value": ("gap", "What is still to go, in the unit of tracker_goal_info; 0 or less is reached."),
    "tracker_goal_expected_value": ("expected", "Where the path says the actual should be."),
    "tracker_goal_ahead_value": ("ahead", "How far the actual is ahead of the path; below 0 it is behind."),
    "tracker_goal_projected_value": ("projected.value", "Where the observed growth leads by due."),
    "tracker_goal_projected_low_value": ("projected.low", "The 10 % quantile of the model at due."),
    "tracker_goal_projected_high_value": ("projected.high", "The 90 % quantile of the model at due."),
    "tracker_goal_progress_ratio": ("progress", "The part of the way from baseline to target that is gone."),
    "tracker_goal_elapsed_ratio": ("elapsed", "The part of the time from baseline to due that is gone."),
    "tracker_goal_pace_ratio": ("pace", "Observed over planned growth."),
    "tracker_goal_chance_ratio": ("chance", "The chance of meeting the target at due."),
}
_RATES: Mapping[str, tuple[str, str]] = {
    "tracker_goal_growth_observed": ("growth.observed", "The growth from baseline to the latest actual, in its unit."),
    "tracker_goal_growth_planned": ("growth.planned", "The growth from baseline to target, in its unit."),
    "tracker_goal_growth_required": ("growth.required", "The growth that is needed from here, in its unit."),
}
_DAYS: Mapping[str, tuple[str, str]] = {
    "tracker_goal_due_timestamp_seconds": ("due", "The last day that counts, at 00:00 UTC."),
    "tracker_goal_actual_timestamp_seconds": ("actual.on", "The day the latest actual stands at, at 00:00 UTC."),
}
_FLAGS: Mapping[str, tuple[str, str]] = {
    "tracker_goal_stale": ("stale", "1 where a newer actual should be there by now."),
    "tracker_goal_provisional": ("provisional", "1 where the status rests on a figure that is not final."),
    "tracker_goal_lapsed": ("lapsed", "1 where the target was met and no longer is."),
}
_INFO = ("name", "group", "series", "kind", "unit", "direction", "owner")


def gauges(assessments: Sequence[Assessment], flat: Callable[[Assessment], Flat], view: View) -> Iterator[Gauge]:
    """Yield the gauges of goals; what a goal has not has no sample, and what no goal has is no gauge."""
    found = {seen.goal.id: flat(seen) for seen in assessments}
    yield Gauge("tracker_as_of_timestamp_seconds", "The day we look from, at 00:00 UTC.", [({}, _seconds(view.as_of))])
    info = [({"goal": goal, **{key: _label(one[key]) for key in _INFO}}, 1.0) for goal, one in found.items()]
    yield Gauge("tracker_goal_info", "What the goal is called and what it is measured in.", info)
    status = [
        ({"goal": seen.goal.id, "status": name.value}, float(seen.status is name))
        for seen in assessments
        for name in BEST_FIRST
    ]
    yield Gauge("tracker_goal_status", "1 for the status the goal has, 0 for every other.", status)
    for name, (key, sentence) in {**_VALUES, **_RATES, **_DAYS, **_FLAGS}.items():
        samples = [(_labels(goal, one, name), _value(one[key])) for goal, one in found.items() if one[key] is not None]
        if samples:
            yield Gauge(name, sentence, samples)


def _labels(goal: str, one: Flat, name: str) -> dict[str, str]:
    return {"goal": goal, "unit": _label(one["growth.unit"])} if name in _RATES else {"goal": goal}


def _label(value: object) -> str:
    return "" if value is None else str(value)


def _value(value: object) -> float:
    """Return a figure, a day in seconds, or 1 and 0 for yes and no."""
    return _seconds(date.fromisoformat(value)) if isinstance(value, str) else float(value)  # type: ignore[arg-type]


def _seconds(day: date) -> float:
    return float((day - _EPOCH).days * _DAY)
