"""The field's terms: one word for each idea, in each language."""

from __future__ import annotations

from tracker.assess.figures import Status
from tracker.errors import Say, say
from tracker.model.actual import Quality
from tracker.model.goal import Mode, Repeat

STATUS: dict[Status, Say] = {
    Status.ACHIEVED: say("achieved"),
    Status.ON_TRACK: say("on-track"),
    Status.AT_RISK: say("at-risk"),
    Status.OFF_TRACK: say("off-track"),
    Status.MISSED: say("missed"),
    Status.AWAITING: say("awaiting"),
    Status.OVERDUE: say("overdue"),
    Status.OPEN: say("open"),
    Status.TOO_FEW: say("too-few"),
    Status.NO_DATA: say("no-data"),
}

QUALITY: dict[Quality, Say] = {
    Quality.FINAL: say("final"),
    Quality.PROVISIONAL: say("provisional"),
    Quality.ESTIMATE: say("estimate"),
    Quality.RETRACTED: say("retracted"),
}

SHORT_QUALITY: dict[Quality, Say] = {
    Quality.FINAL: say("final"),
    Quality.PROVISIONAL: say("prov."),
    Quality.ESTIMATE: say("est."),
    Quality.RETRACTED: say("retracted"),
}
"""The same where space is short."""

REPEATS: dict[Repeat, Say] = {
    Repeat.YEAR: say("one of the goals that {value} makes, one for each year"),
    Repeat.HALF: say("one of the goals that {value} makes, one for each half-year"),
    Repeat.QUARTER: say("one of the goals that {value} makes, one for each quarter"),
    Repeat.MONTH: say("one of the goals that {value} makes, one for each month"),
}

MODE: dict[Mode, Say] = {
    Mode.BY: say("once by due"),
    Mode.AT: say("at due"),
    Mode.KEEP: say("in every period until due"),
}
