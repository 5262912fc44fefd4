"""What is promised, and what was promised before, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Say, say
from tracker.model.goal import declared
from tracker.wording.quantity import Amount, Points, Share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.model.goal import Declared, Goal, Revision
    from tracker.wording.words import Words


def aim(target: Declared, unit: str | None) -> Say | Amount:
    """Return a target as goals.toml writes it, in the goal's unit; none is that of a milestone."""
    if target is None:
        return say("done")
    return Amount(target, unit) if isinstance(target, float) else _table(target, unit)


def _table(target: Mapping[str, object], unit: str | None) -> Say:
    match target:
        case {"series": series, "offset": float(offset), "share": float(share)}:
            moving = say("{series}", series=series)
            if share != 1:
                moving = say("{share} of {series}", share=Share(share), series=series)
            return _added(moving, offset, unit) if offset else moving
        case {"times": times, "of": of}:
            return say("{times} × the value of {period}", times=times, period=of)
        case {"change": float(change)}:
            return _added(say("the baseline"), change, unit)
        case {"growth": float(growth)}:
            return say("the baseline grown by {growth} a year", growth=Share(growth))
        case {"between": [low, float(high)]}:
            return say("{low} to {high}", low=low, high=Amount(high, unit))
        case _:
            return say("{goals}", goals=", ".join(f"{key} = {value}" for key, value in target.items()))


def _added(base: Say, change: float, unit: str | None) -> Say:
    """Return a base with an amount added or taken away: to a percentage these are points."""
    put = {"target": base, "offset": Points(abs(change), unit)}
    return say("{target} − {offset}", **put) if change < 0 else say("{target} + {offset}", **put)


def former(goal: Goal, unit: str | None, words: Words) -> list[str]:
    """Return what was promised otherwise: of each revision the target and the due that it names, why, and its source.

    What it does not name was promised as it is now; one that names neither is left out.
    """
    told = ((revision, _terms(revision, unit)) for revision in goal.revisions)
    return [_former(revision, terms, words) for revision, terms in told if terms is not None]


def _terms(revision: Revision, unit: str | None) -> Say | Amount | None:
    if revision.target is None:
        return None if revision.due is None else say("due {due}", due=revision.due)
    target = aim(declared(revision.target), unit)
    return target if revision.due is None else say("{target} by {due}", target=target, due=revision.due)


def _former(revision: Revision, terms: Say | Amount, words: Words) -> str:
    remarks = words.text("; ").join(text for text in (revision.why, revision.source) if text)
    put = {"until": revision.until, "terms": terms, "remarks": remarks}
    if remarks:
        return words.text("promised otherwise until {until}: {terms} ({remarks})", **put)
    return words.text("promised otherwise until {until}: {terms}", **put)
