"""What a published rule says of a goal, in a sentence, and the bounds it judges by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Say, say
from tracker.model.goal import Method
from tracker.verdicts import Lead, Rates
from tracker.verdicts.statcan import WITHOUT_TARGET
from tracker.wording.quantity import Amount, Rate, Share

if TYPE_CHECKING:
    from tracker.assess.figures import Assessment, VerdictSeen

LABEL: dict[str, Say] = {
    "target_achieved": say("target achieved"),
    "substantial_progress": say("substantial progress"),
    "moderate_progress": say("moderate progress"),
    "limited_progress": say("limited progress"),
    "deterioration": say("deterioration"),
    "sun": say("sun"),
    "cloudy": say("slightly cloudy"),
    "cloud": say("cloud"),
    "thunderstorm": say("thunderstorm"),
    "not_available": say("not available"),
}
"""The rules' own labels as people read them; JSON has them as they are."""


def ruling(seen: Assessment) -> Say:
    """Return why a rule puts a goal on track, at risk or off track."""
    match seen.verdict.basis:
        case Rates() as rates:
            return _statcan(seen.verdict, rates, seen)
        case Lead() as lead:
            return _destatis(seen.verdict, lead)
        case None if seen.verdict.method is Method.PACE:
            return _pace(seen)
        case _:
            return say("by {method}: {label}", method=seen.verdict.method.value, label=label_of(seen.verdict))


def no_ruling(seen: Assessment) -> Say:
    """Return why a rule says nothing of a goal."""
    return say("{method} gives no verdict: {why}", method=seen.verdict.method.value, why=seen.verdict.notes[0])


def label_of(verdict: VerdictSeen) -> Say | None:
    """Return a rule's own label in words."""
    return None if verdict.label is None else LABEL[verdict.label]


def _pace(seen: Assessment) -> Say:
    ratio, growth = seen.verdict.ratio, seen.growth
    if seen.year is not None or growth is None:
        expected = None if seen.expected is None else Amount(seen.expected, seen.unit)
        now = None if seen.actual is None else Amount(seen.actual.value, seen.unit)
        return say(
            "pace {ratio}: {actual} so far, {expected} by now was the path", ratio=ratio, actual=now, expected=expected
        )
    return say(
        "pace {ratio}: growth was {observed}, {planned} was planned",
        ratio=ratio,
        observed=Rate(growth.observed, growth.unit),
        planned=Rate(growth.planned, growth.unit),
    )


def _statcan(verdict: VerdictSeen, rates: Rates, seen: Assessment) -> Say:
    label, year = label_of(verdict), rates.base.on.year
    if verdict.label == "target_achieved":
        return say("by statcan: {label}, {value} is the latest", label=label, value=Amount(rates.now.value, seen.unit))
    if rates.required is None:
        rate = Rate(verdict.ratio, "fraction/year")
        return say("by statcan: {label}, {rate} for the better since {year}", label=label, rate=rate, year=year)
    return say(
        "by statcan: {label}, {ratio} of the growth required since {year}", label=label, ratio=verdict.ratio, year=year
    )


def _destatis(verdict: VerdictSeen, lead: Lead) -> Say:
    label = label_of(verdict)
    if verdict.ratio is None:
        if lead.met:
            return say("by destatis: {label}, the target is met", label=label)
        return say("by destatis: {label}, the target is not met", label=label)
    if verdict.ratio > 0:
        return say(
            "by destatis: {label}, the mean yearly change leaves {miss} of the gap open by due {due}",
            label=label,
            miss=Share(verdict.ratio),
            due=lead.due,
        )
    return say("by destatis: {label}, the mean yearly change meets it by due {due}", label=label, due=lead.due)


def bounds(seen: Assessment) -> Say:
    """Return the bounds that the chosen rule judges by."""
    match seen.verdict.method:
        case Method.PACE | Method.CHANCE:
            return say("By pace: 0.95 and above is on track, 0.60 and above at risk, below off track.")
        case Method.STATCAN:
            basis = seen.verdict.basis
            if isinstance(basis, Rates) and basis.target is None:
                high, middle, _ = (Rate(bound * basis.coefficient, "fraction/year") for bound in WITHOUT_TARGET)
                return say(
                    "By statcan, without a target: {high} for the better and above is on track, {middle} and above at "
                    "risk, below off track.",
                    high=high,
                    middle=middle,
                )
            return say(
                "By statcan: a ratio of 0.95 and above (substantial progress) is on track, 0.60 and above (moderate "
                "progress) at risk, below off track."
            )
        case Method.DESTATIS:
            return say(
                "By destatis: less than 5 % of the gap left open (sun) and up to 20 % (slightly cloudy) are on track, "
                "more (cloud) is at risk, the wrong direction (thunderstorm) off track."
            )
