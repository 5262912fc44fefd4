"""The answer to "why is it red?": what drives the verdict, where pace and chance part, what would turn it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.figures import JUDGED, Assessment, Status, Turning
from tracker.errors import Say, say
from tracker.model.goal import Direction, Method, Mode, Moving
from tracker.periods import years
from tracker.verdicts.pace import called
from tracker.wording.explain_ahead import is_uncertain
from tracker.wording.quantity import Amount, Likelihood, Points, Share
from tracker.wording.ruling import bounds
from tracker.wording.terms import STATUS

if TYPE_CHECKING:
    from tracker.model.actual import View
    from tracker.model.goal import Rules


def why(seen: Assessment, turned: Turning, rules: Rules, view: View) -> list[Say]:
    """Return the sentences that open the explanation of a goal, after its reason."""
    bands = say(
        "Bands: {on_track} and above is on track, below {off_track} is off track.",
        on_track=Likelihood(rules.on_track),
        off_track=Likelihood(rules.off_track),
    )
    if seen.verdict.method is not Method.CHANCE:
        bands = bounds(seen)
    return [
        *_closing(seen),
        *_parting(seen),
        *_by_time(seen),
        *_turning(seen, turned),
        bands,
        *_flags(seen),
        *_clocks(seen, view),
    ]


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
    """Return whether a plain reading of the pace says the same as the status, and why where it does not."""
    if seen.verdict.method is not Method.CHANCE or seen.status not in JUDGED:
        return []
    if seen.pace is None or seen.chance is None or seen.year is not None:
        return []
    plain = Status(called(seen.pace).value)
    if plain is seen.status:
        return [say("Pace says the same: {pace} of what was planned.", pace=seen.pace)]
    if seen.goal.mode is Mode.KEEP:
        return []
    sentences = [
        say(
            "Pace alone would say {status} ({pace} of what was planned); the chance also weighs how unsteady the "
            "history was, how it ran lately and how far due is.",
            status=STATUS[plain],
            pace=seen.pace,
        )
    ]
    return [*sentences, *_spread(seen)]


def _by_time(seen: Assessment) -> list[Say]:
    """Return how the year reads by time alone, as offices compare it, beside the share of the years before."""
    year = seen.year
    if year is None or seen.progress is None or seen.elapsed is None:
        return []
    if year.share is None:
        return [say("By time alone {done} is done with {gone} of the year gone.", done=Share(seen.progress),
                    gone=Share(seen.elapsed))]  # fmt: skip
    return [
        say(
            "By time alone {done} is done with {gone} of the year gone; the years before had brought {share} of "
            "their total by then.",
            done=Share(seen.progress),
            gone=Share(seen.elapsed),
            share=Share(year.share),
        )
    ]


def _spread(seen: Assessment) -> list[Say]:
    """Return in numbers what the chance sees and pace does not: where the model's outcomes lie."""
    ahead = seen.projected
    if ahead is None or ahead.value is None or isinstance(seen.goal.target, Moving) or is_uncertain(seen, ahead):
        return []
    return [
        say(
            "The growth so far leads to {value} by due; of the model's outcomes half lie below {median}, and one in "
            "ten below {low}.",
            value=Amount(ahead.value, seen.unit),
            median=Amount(ahead.median or 0.0, seen.unit),
            low=Amount(ahead.low or 0.0, seen.unit),
        )
        if seen.goal.direction is Direction.UP
        else say(
            "The growth so far leads to {value} by due; of the model's outcomes half lie above {median}, and one in "
            "ten above {high}.",
            value=Amount(ahead.value, seen.unit),
            median=Amount(ahead.median or 0.0, seen.unit),
            high=Amount(ahead.high or 0.0, seen.unit),
        )
    ]


def _turning(seen: Assessment, turned: Turning) -> list[Say]:  # noqa: PLR0911  one sentence for each
    """Return what would turn the verdict; for one that could be turned and is not, that nothing would."""
    if seen.status not in {Status.AT_RISK, Status.OFF_TRACK} or seen.goal.parts is not None:
        return []
    if turned.value is None:
        if turned.due is not None:
            return [say("It would be on track with a due of {due}.", due=turned.due)]
        if seen.goal.target is None or seen.goal.repeat is not None:
            return []
        return [say("No later due within 50 years would put it on track at this growth.")]
    value = say("{value} for {period}", value=Amount(turned.value, seen.unit), period=turned.period)
    if isinstance(seen.goal.target, Moving):
        value = say(
            "{value} for {period} ({series} going on as it has)",
            value=Amount(turned.value, seen.unit),
            period=turned.period,
            series=seen.goal.target.series,
        )
    if turned.achieves and turned.due is not None:
        return [say("It would be achieved with {value}, or on track with a due of {due}.", value=value, due=turned.due)]
    if turned.achieves:
        return [say("It would be achieved with {value}.", value=value)]
    if turned.due is not None:
        return [say("It would be on track with {value}, or with a due of {due}.", value=value, due=turned.due)]
    return [say("It would be on track with {value}.", value=value)]


def _flags(seen: Assessment) -> list[Say]:
    """Return what weakens the ground the verdict stands on."""
    sentences = []
    if seen.stale:
        sentences.append(say("Stale: a newer actual should have been recorded by now."))
    if seen.provisional:
        sentences.append(say("Provisional: it rests on a figure that is not final."))
    return sentences


def _clocks(seen: Assessment, view: View) -> list[Say]:
    left = seen.today.left
    if left is None:
        return []
    if seen.actual is None:
        if left < 0:
            text = say("Seen from {day}, due was {n} day ago.", "Seen from {day}, due was {n} days ago.",
                       day=view.as_of, n=-left)  # fmt: skip
        else:
            text = say("Seen from {day}, {n} day is left.", "Seen from {day}, {n} days are left.",
                       day=view.as_of, n=left)  # fmt: skip
        return [text]
    if left < 0:
        return [
            say(
                "The data is of {period}, {age}; seen from {day}, due was {n} day ago.",
                "The data is of {period}, {age}; seen from {day}, due was {n} days ago.",
                period=seen.actual.period,
                age=age(seen.age_days),
                day=view.as_of,
                n=-left,
            )
        ]
    return [
        say(
            "The data is of {period}, {age}; seen from {day}, {n} day is left.",
            "The data is of {period}, {age}; seen from {day}, {n} days are left.",
            period=seen.actual.period,
            age=age(seen.age_days),
            day=view.as_of,
            n=left,
        )
    ]


def age(days: int | None) -> Say:
    """Return how old an actual is, which has its own plural beside that of the days left."""
    return say("{n} day old", "{n} days old", n=days)
