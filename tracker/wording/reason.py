"""Why a goal has its status, in one sentence with the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.figures import JUDGED, Assessment, Status
from tracker.assess.target import above_ceiling, reference_at
from tracker.errors import Say, say
from tracker.model.goal import SUMMED, Grown, Kind, Method, Mode, Moving
from tracker.periods import Length, containing, years
from tracker.wording.quantity import Amount, Likelihood, Points, Rate
from tracker.wording.words import ENGLISH

if TYPE_CHECKING:
    from datetime import date

    from tracker.assess.figures import BaselineSeen
    from tracker.wording.words import Words


def reason(seen: Assessment, words: Words = ENGLISH) -> str:
    """Return the reason for a goal's status, one sentence with the numbers; in English without other `words`."""
    return words.text("; ").join(words(part) for part in reasons(seen))


def reasons(seen: Assessment) -> list[Say]:
    """Return the clauses of the reason: what decides, then what a reader must know beside it."""
    return [_main(seen), *_beside(seen)]


def _main(seen: Assessment) -> Say:  # noqa: C901, PLR0911  one sentence for each status
    if seen.goal.parts is not None:
        from tracker.wording.composed import composite

        return composite(seen)
    if seen.goal.mode is Mode.KEEP and not _is_ruled(seen):
        from tracker.wording.keeping import keeping

        kept = keeping(seen)
        if kept is not None:
            return kept
    match seen.status:
        case Status.NO_DATA:
            return _no_data(seen)
        case Status.ACHIEVED:
            return _achieved(seen)
        case Status.MISSED:
            return _missed(seen)
        case Status.AWAITING | Status.OVERDUE:
            from tracker.wording.lacking import waiting

            return waiting(seen, _latest(seen))
        case Status.OPEN:
            return say("not done yet; {n} day left", "not done yet; {n} days left", n=seen.today.left)
        case Status.TOO_FEW:
            return _too_few(seen)
        case Status.ON_TRACK | Status.AT_RISK | Status.OFF_TRACK:
            return _ahead(seen)


def amount(seen: Assessment, value: float | None, other: float | None = None) -> Amount | None:
    """Return a value in the goal's unit; it will not read like `other` unless it is equal."""
    return None if value is None else Amount(value, seen.unit, other)


def target_value(seen: Assessment, unit: str | None = "") -> Say | Amount | None:
    """Return the target as people read it, a value or a band, in the goal's unit unless another is given."""
    unit = seen.unit if unit == "" else unit
    if seen.target is None:
        return None
    if seen.target.low is not None and seen.target.high is not None:
        high = Amount(seen.target.high, unit)
        return say("{low} to {high}", low=seen.target.low, high=high)
    now = seen.actual.value if seen.actual else None
    return None if seen.target.value is None else Amount(seen.target.value, unit, now)


def _latest(seen: Assessment) -> Say:
    if seen.actual is None:
        return say("no actual at all")
    aim = seen.target.value if seen.target else None
    return say(
        "the latest is {actual} for {period}", actual=amount(seen, seen.actual.value, aim), period=seen.actual.period
    )


def _no_data(seen: Assessment) -> Say:
    if seen.recorded is not None:
        from tracker.wording.lacking import no_total

        return no_total(seen)
    if seen.actual is None:
        return say("no actual is recorded for {series} yet", series=seen.goal.series or ", ".join(seen.goal.sum))
    match seen.goal.target:
        case Moving(series):
            return say("the target cannot be computed yet: {series} has no actual", series=series)
        case Grown() if seen.baseline is not None and seen.baseline.value is not None:
            value = amount(seen, seen.baseline.value)
            return say("the target cannot be computed: a baseline of {value} cannot grow by a rate", value=value)
        case _:
            if seen.breaks:
                from tracker.wording.broken import lost_base

                lost = lost_base(seen)
                if lost is not None:
                    return lost
            return say("the target cannot be computed yet: the period it starts from has no actual")


def _achieved(seen: Assessment) -> Say:
    early = _early(seen.achieved_on, seen.due)
    if seen.kind is Kind.MILESTONE:
        return say("done on {day}{early}", day=seen.achieved_on, early=early)
    return say(
        "the target of {target} was met on {day}{early}",
        target=target_then(seen, seen.achieved_on),
        day=seen.achieved_on,
        early=early,
    )


def target_then(seen: Assessment, day: date | None) -> Say | Amount | None:
    """Return the target that decided on a day: one that moves as it was then."""
    then = reference_at(seen.common, day)
    return target_value(seen) if then is None else amount(seen, then)


def _early(day: date | None, due: date | None) -> Say | str:
    """Return how much before due a goal was met, for the end of a sentence."""
    if day is None or due is None or day >= due:
        return ""
    span = years(day, due)
    if span == int(span):
        return say(", {n} year early", ", {n} years early", n=int(span))
    return say(", {n} day early", ", {n} days early", n=(due - day).days)


def _missed(seen: Assessment) -> Say:
    if seen.achieved_on is not None:
        return say("the target was met only on {day}, after due {due}", day=seen.achieved_on, due=seen.due)
    if seen.kind is Kind.MILESTONE:
        return say("not done by due {due}", due=seen.due)
    return say(
        "no actual by due {due} met the target of {target}; {latest}",
        due=seen.due,
        target=target_value(seen),
        latest=_latest(seen),
    )


def _too_few(seen: Assessment) -> Say:  # noqa: PLR0911  one sentence for each reason
    if _is_ruled(seen) and len(seen.history) > 1:
        from tracker.wording.ruling import no_ruling

        return no_ruling(seen)
    if seen.target is None or seen.target.value is None:
        return say("without a target only the rule of statcan can judge")
    if seen.year is not None:
        return say(
            "no chance: {actual} so far, {target} is the target",
            actual=amount(seen, seen.actual.value if seen.actual else None),
            target=target_value(seen),
        )
    if seen.target.form == "series" and len(seen.history) > 1:
        return say(
            "fewer than two common periods with {series}: nothing predicts from one point", series=seen.target.series
        )
    if seen.kind is Kind.GROWTH and len(seen.history) > 1:
        return say("the rates cannot be chained to the target")
    required = seen.growth.required if seen.growth else None
    if seen.kind in SUMMED and len(seen.history) == 1:
        from tracker.wording.lacking import one_total

        only = one_total(seen)
    elif seen.earlier:
        only = say("one actual only since the series broke, and nothing predicts from one point")
    else:
        only = say("one actual only, and nothing predicts from one point")
    if required is None or seen.growth is None:
        return only
    return say("{only}; from here {required} is needed", only=only, required=Rate(required, seen.growth.unit))


def _is_ruled(seen: Assessment) -> bool:
    """Tell whether a published rule decides, rather than the chance."""
    return seen.verdict.method is not Method.CHANCE and seen.status in JUDGED | {Status.TOO_FEW}


def _ahead(seen: Assessment) -> Say:
    if _is_ruled(seen):
        from tracker.wording.ruling import ruling

        return ruling(seen)
    growth = seen.growth
    likely = None if seen.chance is None else Likelihood(seen.chance)
    if seen.kind is Kind.GROWTH:
        observed, required = (
            Rate(_fraction(one), "fraction/year") if growth else None
            for one in (growth and growth.observed, growth and growth.required)
        )
        if seen.baseline is not None and seen.actual is not None and seen.actual.on <= seen.baseline.period.end:
            return say(
                "before the plan's first year the rate was {observed}; {required} is needed in it and after it",
                observed=observed,
                required=required,
            )
        return say(
            "the rate so far is {observed}; {required} is needed from here", observed=observed, required=required
        )
    return _by_chance(seen, likely)


def _by_chance(seen: Assessment, likely: Likelihood | None) -> Say:
    """Return the chance with the growth there was and must be, as far as these are known."""
    growth = seen.growth
    if (seen.gap is not None and seen.gap <= 0) or growth is None or growth.required is None:
        return say(
            "chance {chance}: {latest}, the target is {target}",
            chance=likely,
            latest=_latest(seen),
            target=target_value(seen),
        )
    over = above_ceiling(seen)
    if over is not None:
        return say(
            "chance {chance}: the sum of {period} so far, {actual}, is {over} above the target of {target} already",
            chance=likely,
            period=containing(seen.due, Length.YEAR) if seen.due else None,
            actual=amount(seen, seen.actual.value if seen.actual else None),
            over=amount(seen, over),
            target=target_value(seen),
        )
    if growth.observed is None:
        return say(
            "chance {chance}: {required} is needed from here",
            chance=likely,
            required=Rate(growth.required, growth.unit),
        )
    return say(
        "chance {chance}: growth was {observed}, {required} is needed from here",
        chance=likely,
        observed=Rate(growth.observed, growth.unit),
        required=Rate(growth.required, growth.unit),
    )


def _fraction(percent: float | None) -> float | None:
    return None if percent is None else percent / 100


def _beside(seen: Assessment) -> list[Say]:
    """Return what a reader must know beside the status."""
    beside = []
    if seen.lapsed:
        beside.append(say("the latest actual no longer meets it"))
    if (
        seen.baseline is not None
        and seen.baseline.value is None
        and seen.status in JUDGED | {Status.TOO_FEW}
        and seen.kind is not Kind.GROWTH
    ):
        beside.append(_no_baseline(seen.baseline))
    if seen.breaks or (seen.target is not None and seen.target.breaks):
        from tracker.wording.broken import clauses

        beside += clauses(seen)
    beside += [say("the step due {day} was missed", day=each.on) for each in seen.steps if each.missed]
    if seen.missing:
        beside.append(say("{n} period has no value", "{n} periods have no value", n=seen.missing))
    ahead = None if seen.gap is None or seen.gap >= 0 or seen.gap_now is None else -seen.gap_now
    if ahead is not None and ahead > 0 and seen.status in JUDGED:
        # like for like, in the latest common period: the series it follows may come down until due
        beside.append(say("it is ahead by {gap}", gap=Points(ahead, seen.unit)))
    ruled = seen.verdict.notes if _is_ruled(seen) and len(seen.history) > 1 else ()
    return [*beside, *seen.notes, *(ruled[1:] if seen.status is Status.TOO_FEW else ruled)]


def _no_baseline(baseline: BaselineSeen) -> Say:
    if baseline.broken is not None:
        from tracker.wording.broken import lost_baseline

        return lost_baseline(baseline)
    return say("the baseline {period} has no actual, so progress and pace are not known", period=baseline.period)
