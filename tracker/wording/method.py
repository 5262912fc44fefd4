"""How verdicts are made and how well they have held: what a report says of its own method."""

from __future__ import annotations

from tracker.errors import Say, say
from tracker.model.goal import Method, Rules
from tracker.tuples import NamedTuple
from tracker.wording.quantity import Likelihood


class Measured(NamedTuple):
    """A method's Brier scores on cases it was not fitted on; lower is better, None is not measured."""

    name: Say
    real: float
    monthly: float | None
    """On 28,760 cases of 416 yearly series, and on 7,740 cases of the M3 competition."""


MEASURED = (
    Measured(say("always the average rate"), 0.2170, 0.2240),
    Measured(say("growth over required growth (Eurostat's kind), calibrated"), 0.1785, 0.1819),
    Measured(say("linear rate (SDSN's kind), calibrated"), 0.1751, 0.1815),
    Measured(say("share done over share of time, calibrated"), 0.1786, 0.1815),
    Measured(say("Theta, on logarithms"), 0.1667, 0.1759),
    Measured(say("tracker"), 0.1508, 0.1597),
)
"""What was measured for levels, shares and yearly figures, the method of this program last."""


def judged_by(rules: Rules) -> list[Say]:
    """Return how a status follows from the figures."""
    bands = say(
        "A goal that is not decided yet is on track where the chance of meeting its target at due is {on_track} or "
        "more, off track below {off_track}, and at risk between the two.",
        on_track=Likelihood(rules.on_track),
        off_track=Likelihood(rules.off_track),
    )
    if rules.method is not Method.CHANCE:
        bands = say(
            "Goals that are not decided yet are judged by the published rule {method}; the chances beside them are "
            "the program's own.",
            method=rules.method.value,
        )
    return [
        bands,
        say(
            "Everything is judged at the day of the latest actual; how old that is stands beside it. The day we look "
            "from decides only which actuals exist and how much time is left."
        ),
        say("One actual alone predicts nothing: such a goal has too few data, not a bad verdict."),
    ]


def made_of() -> list[Say]:
    """Return what the chance is computed from."""
    return [
        say(
            "The chance comes from the whole recorded history by a fixed formula: three filters, for a trend that goes "
            "on, one that fades and a level with noise, are mixed by how well each has followed this history so far."
        ),
        say(
            "Its few parameters were fitted once on 49,148 cases of real yearly series and are the same for every "
            "goal; nothing is trained here and nothing is random. Running totals and years that are not over have "
            "formulas of their own."
        ),
        say("Chances are cut to 1 and 99 %: no history makes anything certain."),
    ]


def held() -> list[Say]:
    """Return how well the calls have held on cases that had no part in fitting."""
    return [
        say(
            "On series that had no part in it, calls at 80 % and above or below 20 % were right in 92 and 90 of 100 "
            "cases; about half of all cases get such a call. Stated chances missed what happened by 0.6 and 1.6 "
            "points on average."
        ),
        say(
            "For running totals the score was .0664 against .0710 for the share done over the share of time; for "
            "years that are not over .0747 against .1023 for the share of the year gone."
        ),
    ]


def limits() -> list[Say]:
    """Return what the method cannot do."""
    return [
        say(
            "The targets of that study were synthetic, because real promises are seldom published with their histories."
        ),
        say("Monthly figures with seasons are judged by quarter or year, as their chances were unreliable before."),
        say("The call is what was shown to be good; the projected value is not better than simple drift everywhere."),
    ]
