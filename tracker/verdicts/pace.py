"""Pace: the growth there was over the growth that was planned, as most trackers and planning offices read it."""

from tracker.model.number import settled
from tracker.verdicts.verdict import Call, Verdict

ON_TRACK, AT_RISK = 0.95, 0.60
"""From here up a pace is on track, and at risk; the same steps as statcan's ratio."""


def pace(ratio: float) -> Verdict:
    """Return the verdict on a pace: 0.95 and above is on track, 0.60 and above at risk, below off track.

    The rule has neither label nor score of its own.

    >>> pace(0.95).call.value, pace(0.4375).call.value
    ('on-track', 'off-track')
    """
    return Verdict(None, settled(ratio), call=called(ratio))


def called(ratio: float) -> Call:
    """Return what a pace means."""
    if settled(ratio) >= ON_TRACK:
        return Call.ON_TRACK
    return Call.AT_RISK if settled(ratio) >= AT_RISK else Call.OFF_TRACK
