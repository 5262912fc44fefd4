"""What is promised, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Say, say
from tracker.wording.quantity import Amount, Points, Share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.model.goal import Declared


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
