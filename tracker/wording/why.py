"""The answer to "why is it red?": what drives the verdict, where pace and chance part, what would turn it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.figures import JUDGED, Assessment, Status, Turning
from tracker.errors import Say, say
from tracker.model.goal import Mode
from tracker.periods import years
from tracker.wording.quantity import Amount, Likelihood, Points
from tracker.wording.terms import STATUS

if TYPE_CHECKING:
    from tracker.model.actual import View
    from tracker.model.goal import Rules

PACE_ON_TRACK, PACE_AT_RISK = 0.95, 0.60
"""What a plain reading of the pace would call on track, and at risk."""


def why(seen: Assessment, turned: Turning, rules: Rules, view: View) -> list[Say]:
    """Return the sentences that open the explanation of a goal, after its reason."""
    sentences = [*_closing(seen), *_parting(seen), *_turning(seen, turned)]
    if seen.status in JUDGED and seen.chance is not None and seen.goal.mode is not Mode.KEEP:
        sentences.append(
            say(
                "Bands: {on_track} and above is on track, below {off_track} is off track.",
                on_track=Likelihood(rules.on_track),
                off_track=Likelihood(rules.off_track),
            )
        )
    return [*sentences, *_clocks(seen, view)]


def pace_status(pace: float) -> Status:
    """Return what a plain reading of the pace would say."""
    if pace >= PACE_ON_TRACK:
        return Status.ON_TRACK
    return Status.AT_RISK if pace >= PACE_AT_RISK else Status.OFF_TRACK


def _closing(seen: Assessment) -> list[Say]:
    """Return how fast the gap to a moving target closed and must close."""
    if len(seen.common) < 2 or seen.due is None:  # noqa: PLR2004  a speed needs two points
        return []
    first, last = seen.common[0], seen.common[-1]
    sign = -1 if seen.goal.direction.value == "down" else 1
    was, now = (sign * (one.reference - one.value) for one in (first, last))
    gone, left = years(first.period.end, last.period.end), years(last.period.end, seen.due)
    if left <= 0 or now <= 0:
        return []
    return [
        say(
            "The gap to {series} closed by {was} a year; it must close by {needed} a year.",
            series=seen.target.series if seen.target else None,
            was=Points((was - now) / gone, seen.unit),
            needed=Points(now / left, seen.unit),
        )
    ]


def _parting(seen: Assessment) -> list[Say]:
    if seen.pace is None or seen.chance is None or seen.year is not None or seen.status not in JUDGED:
        return []
    plain = pace_status(seen.pace)
    if plain is seen.status:
        return [say("Pace says the same: {pace} of what was planned.", pace=seen.pace)]
    if seen.goal.mode is Mode.KEEP:
        return []
    return [
        say(
            "Pace alone would say {status} ({pace} of what was planned); the chance also weighs how unsteady the "
            "history was, how it ran lately and how far due is.",
            status=STATUS[plain],
            pace=seen.pace,
        )
    ]


def _turning(seen: Assessment, turned: Turning) -> list[Say]:
    value = None if turned.value is None else Amount(turned.value, seen.unit)
    if value is not None and turned.due is not None:
        return [
            say(
                "It would be on track with {value} for {period}, or with a due of {due}.",
                value=value,
                period=turned.period,
                due=turned.due,
            )
        ]
    if value is not None:
        return [say("It would be on track with {value} for {period}.", value=value, period=turned.period)]
    if turned.due is not None:
        return [say("It would be on track with a due of {due}.", due=turned.due)]
    return []


def _clocks(seen: Assessment, view: View) -> list[Say]:
    left = seen.today.left
    if seen.actual is None or left is None:
        return []
    if left < 0:
        return [
            say(
                "The data is of {period}, {age} days old; seen from {day}, due was {n} day ago.",
                "The data is of {period}, {age} days old; seen from {day}, due was {n} days ago.",
                period=seen.actual.period,
                age=seen.age_days,
                day=view.as_of,
                n=-left,
            )
        ]
    return [
        say(
            "The data is of {period}, {age} days old; seen from {day}, {n} day is left.",
            "The data is of {period}, {age} days old; seen from {day}, {n} days are left.",
            period=seen.actual.period,
            age=seen.age_days,
            day=view.as_of,
            n=left,
        )
    ]
