"""Every method in our own words: its rule, its source, its bounds, what was measured, and when it misleads."""

from __future__ import annotations

from tracker.errors import Say, say
from tracker.model.goal import Method
from tracker.tuples import NamedTuple


class Told(NamedTuple):
    """What there is to say about one method."""

    method: Method
    rule: Say
    bounds: Say
    misleads: Say
    measured: Say
    source: Say


METHODS = (
    Told(
        Method.CHANCE,
        rule=say(
            "The chance of meeting the target at due, from the whole history: three damped-trend filters mixed by how "
            "well each has followed it; running totals and a year that is not over have models of their own."
        ),
        bounds=say(
            "on-track from 2/3, off-track below 1/3, at-risk between ([verdict] on_track and off_track change that); "
            "cut to 1 … 99 %"
        ),
        misleads=say(
            "It knows the history only: no plan, no budget, no event to come. With two or three actuals it is wide. "
            "Seasonal monthly figures are made coarser before they are used. It is no point forecast."
        ),
        measured=say(
            "Brier score .1508 on 28,760 held-out cases of 416 series, .1597 on 7,740 M3 cases (always the base rate: "
            ".2170 and .2240); calls at 80 % and above or below 20 % were right .917 and .903 of the time. The targets "
            "of the study are synthetic."
        ),
        source=say("tracker itself; fitted once on 49,148 cases of real yearly series and held fixed"),
    ),
    Told(
        Method.PACE,
        rule=say(
            "The growth since the baseline over the growth planned from baseline to due; inside a year, the sum so far "
            "over what the years before had by then of the target."
        ),
        bounds=say("on-track from 0.95, at-risk from 0.60, off-track below"),
        misleads=say(
            "Two points decide everything: one bad baseline year, and every pace is good. It does not see whether the "
            "growth slows down, how unsteady the figures are, or how far due is."
        ),
        measured=say(
            "Its reading in proportion to time had a Brier score of .1786 on the same cases after it was calibrated; "
            "published yes/no verdicts as they are used today were right .70 to .73 of the time, and their on track "
            "held in 52 to 59 %."
        ),
        source=say("the common reading of plans; the bounds are those of statcan's ratio"),
    ),
    Told(
        Method.STATCAN,
        rule=say(
            "On yearly values, the compound growth a year since the base year over the one required from the base year "
            "to due; without a target, that growth itself, against bounds that shrink near a natural limit."
        ),
        bounds=say(
            "substantial_progress from 0.95 (on-track), moderate_progress from 0.60 (at-risk), limited_progress from 0 "
            "and deterioration below (off-track), target_achieved whatever the trend; without a target 1.5, 0.5, 0 %"
        ),
        misleads=say(
            "Only the base year and the latest year count. A target or a base of 0 is replaced by 0.001, and the "
            "verdict hangs on that; a change of sign has no verdict; the base year moves where it has no figure. "
            "Without a target 1.5 % a year is substantial whatever is measured."
        ),
        measured=say(
            "The Eurostat-style ratio it follows had a Brier score of .1785 on the same cases after it was calibrated "
            "(.1819 on M3). Of 188 verdicts published by Statistics Canada, tracker gives all 188."
        ),
        source=say(
            "Statistics Canada, Canadian Indicator Framework, methodology; Open SDG 2.4, Progress measure: methodology"
        ),
    ),
    Told(
        Method.DESTATIS,
        rule=say(
            "The mean yearly change over the last six yearly values is carried on to due; what is then missing is set "
            "against the gap there is now."
        ),
        bounds=say(
            "sun under 5 % missing and cloudy to 20 % (on-track), cloud above (at-risk), thunderstorm in the wrong "
            "direction or flat (off-track); met already: sun, cloudy with an adverse change"
        ),
        misleads=say(
            "It needs four yearly values and forgets what is older than six. The mean change is that of two points, "
            "the first and the last of the six, and goes on in a straight line however far due is. Of several target "
            "years it looks at the next one only."
        ),
        measured=say(
            "Its calls were not measured. Of 205 symbols published by Destatis, tracker gives 198 from the figures "
            "stored with them; the other 7 do not follow from the written rule."
        ),
        source=say("German Sustainable Development Strategy, dns-indikatoren.de, Status (Destatis)"),
    ),
)
