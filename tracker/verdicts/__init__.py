"""Published verdict rules as pure functions: what others would say of the same actuals and the same target.

Each rule takes plain values and returns a `Verdict` with the rule's own label, ratio and score. None of them knows
goals, statuses or files; `tracker.assess` puts a goal before them.
"""

from tracker.verdicts.destatis import destatis
from tracker.verdicts.pace import pace
from tracker.verdicts.statcan import statcan
from tracker.verdicts.verdict import NOT_AVAILABLE, Aim, Call, Lead, Rates, Verdict, Yearly, unavailable

__all__ = [
    "NOT_AVAILABLE",
    "Aim",
    "Call",
    "Lead",
    "Rates",
    "Verdict",
    "Yearly",
    "destatis",
    "pace",
    "statcan",
    "unavailable",
]
