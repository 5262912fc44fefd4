"""The chosen method's verdict explained, and the verdicts of all methods in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.figures import JUDGED, Status
from tracker.assess.growth import unit_of_growth
from tracker.errors import Say, say
from tracker.model.goal import Kind, Method
from tracker.periods import years
from tracker.verdicts import Lead, Rates
from tracker.verdicts.statcan import WITHOUT_TARGET
from tracker.wording.explain_line import Line, amount, span_of, with_span
from tracker.wording.formula import carried_on, exact, percent, rate_of
from tracker.wording.quantity import Likelihood, Rate
from tracker.wording.ruling import label_of
from tracker.wording.terms import STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.assess.figures import Assessment, VerdictSeen


def verdict(seen: Assessment) -> list[Line]:
    """Return the lines of the verdict of a method other than the chance, with its formula and inputs."""
    said = seen.verdict
    if said.method is Method.CHANCE:
        return []
    match said.basis:
        case Rates() as rates:
            lines = _of_rates(seen, rates)
        case Lead() as lead:
            lines = _of_lead(seen, lead)
        case None:
            lines = [Line("verdict", _named(said), label_of(said) or said.ratio, _plain(seen))]
    return [*lines, *(Line("verdict.note", say("depends on"), None, note) for note in _beside(said))]


def _named(said: VerdictSeen) -> Say:
    return say("verdict of {method}", method=said.method.value)


def _beside(said: VerdictSeen) -> tuple[Say, ...]:
    return said.notes if said.label != "not_available" else said.notes[1:]


def _plain(seen: Assessment) -> Say | None:
    if seen.verdict.label == "not_available" and seen.verdict.notes:
        return seen.verdict.notes[0]
    return say("the pace itself") if seen.verdict.method is Method.PACE and seen.pace is not None else None


def _of_rates(seen: Assessment, rates: Rates) -> list[Line]:
    base, now, said = rates.base, rates.now, seen.verdict
    units, span = span_of("year", base.on, now.on)
    formula = with_span(rate_of(base.value, now.value, units, compound=True), span)
    lines = [Line("verdict.observed", say("growth since the base"), Rate(rates.observed, "fraction/year"), formula)]
    if rates.required is not None and rates.due is not None:
        units, span = span_of("year", base.on, rates.due)
        formula = with_span(rate_of(base.value, rates.target, units, compound=True), span)
        rate = Rate(rates.required, "fraction/year")
        lines.append(Line("verdict.required", say("growth required since the base"), rate, formula))
    if said.ratio is not None:
        lines.append(Line("verdict.ratio", say("ratio"), *_ratio(said.ratio, rates)))
    if said.score is not None and said.label is not None:
        lines.append(Line("verdict.score", say("score"), said.score, _score(said, rates)))
    return [Line("verdict", _named(said), label_of(said), _label_made(said, rates)), *lines]


def _ratio(ratio: float, rates: Rates) -> tuple[object, Say]:
    sign = 1 if ratio * rates.observed >= 0 else -1
    if rates.required is None:
        return Rate(ratio, "fraction/year"), say("the growth since the base, above 0 where it is for the better")
    formula = f"{percent(sign * rates.observed)} / {percent(abs(rates.required))}"
    return ratio, say("{formula}: above 0 where it is for the better", formula=formula)


def _score(said: VerdictSeen, rates: Rates) -> Say:
    """Return how the score follows from the ratio; it is cut to -5 ... 5."""
    if said.label == "target_achieved":
        return say("the best, as the target is met")
    ratio, c = exact(said.ratio), exact(rates.coefficient)
    if rates.required is not None:
        is_forward = said.label in {"substantial_progress", "moderate_progress"}
        formula = f"7.1429 × {ratio} − 4.2857" if is_forward else f"4.1667 × {ratio} − 2.5"
    elif said.label == "deterioration":
        formula = f"125 × {ratio} − 2.5"
    elif rates.coefficient == 0:
        return say("the best, as nothing better than the limit is left")
    else:
        slope, less = {"substantial_progress": (500, 5), "moderate_progress": (250, 1.25)}.get(
            said.label or "", (500, 2.5)
        )
        formula = f"{slope} × {ratio} / {c} − {less}"
    return say("{formula}, cut to −5 … 5", formula=formula)


def _label_made(said: VerdictSeen, rates: Rates) -> Say:
    if said.label == "target_achieved":
        return say("the latest value meets the target, whatever the trend")
    if rates.required is not None:
        return say("substantial from a ratio of 0.95, moderate from 0.60, limited from 0")
    high, middle, _ = (Rate(bound * rates.coefficient, "fraction/year") for bound in WITHOUT_TARGET)
    return say(
        "without a target: substantial from {high} for the better, moderate from {middle}, limited from 0; the bounds "
        "of 1.5 and 0.5 % are multiplied by {coefficient}, by how near the limit is",
        high=high,
        middle=middle,
        coefficient=rates.coefficient,
    )


def _of_lead(seen: Assessment, lead: Lead) -> list[Line]:
    said, unit = seen.verdict, unit_of_growth(seen.kind or Kind.LEVEL, seen.unit, "year", compound=False)
    units, span = span_of("year", lead.first.on, lead.now.on)
    change = with_span(rate_of(lead.first.value, lead.now.value, units, compound=False), span)
    ahead = max(0.0, years(lead.now.on, lead.due))
    lines = [
        Line("verdict", _named(said), label_of(said), _symbol_made(lead)),
        Line("verdict.change", say("mean yearly change"), Rate(lead.change, unit), change),
    ]
    if not lead.keeps:
        formula = carried_on(lead.now.value, lead.change, ahead, compound=False)
        how = say("{formula}, at {due}", formula=formula, due=lead.due)
        lines.append(Line("verdict.projected", say("projected by it"), amount(seen, lead.projected), how))
    if said.ratio is not None:
        target, now = exact(lead.target), exact(lead.now.value)
        formula = f"({target} − {exact(lead.projected)}) / ({target} − {now})"
        how = say("{formula}: what is missing at due over the gap now", formula=formula)
        lines.append(Line("verdict.ratio", say("ratio"), said.ratio, how))
    return lines


def _symbol_made(lead: Lead) -> Say:
    if lead.keeps:
        return say(
            "to be kept every year: sun where it is met, slightly cloudy where the change is adverse; not met, cloud "
            "where it does not move away, else thunderstorm"
        )
    if lead.met:
        return say("met already: sun, slightly cloudy where the change is adverse")
    return say("sun under 5 % of the gap missing at due, slightly cloudy to 20 %, cloud above, thunderstorm backwards")


def verdicts(judged: Mapping[Method, Assessment]) -> list[Line]:
    """Return one line with what every method says, the chosen one's word first."""
    return [Line("verdicts", say("verdicts"), None, _together([_one(method, seen) for method, seen in judged.items()]))]


def _together(said: list[Say]) -> Say:
    """Return sentences with a dot between them."""
    first, *rest = said
    for other in rest:
        first = say("{one} · {other}", one=first, other=other)
    return first


def _one(method: Method, seen: Assessment) -> Say:
    status, detail = STATUS[seen.status], detail_of(seen)
    if detail is None or seen.status not in JUDGED | {Status.TOO_FEW}:
        return say("{method}: {status}", method=method.value, status=status)
    return say("{method}: {status} ({detail})", method=method.value, status=status, detail=detail)


def detail_of(seen: Assessment) -> Say | Likelihood | Rate | float | None:
    """Return what a method says in its own terms: a chance, a label, a ratio; None where it has none."""
    said = seen.verdict
    if said.method is Method.CHANCE:
        return None if seen.chance is None else Likelihood(seen.chance)
    label = label_of(said)
    if label is None:
        return said.ratio
    if said.ratio is None or isinstance(said.basis, Lead):
        return label
    without_target = isinstance(said.basis, Rates) and said.basis.required is None
    ratio = Rate(said.ratio, "fraction/year") if without_target else said.ratio
    return say("{label}, {ratio}", label=label, ratio=ratio)
