"""What must hold of the breaks of a series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import say
from tracker.goals.findings import Finding, found
from tracker.model.goal import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.goals.findings import KeyPath
    from tracker.model.goal import Series

UNLINKED = frozenset({Kind.RANK, Kind.GROWTH})
"""Kinds whose values cannot be multiplied into another footing."""


def break_findings(series: Series, path: KeyPath) -> Iterator[Finding]:
    """Yield what is wrong with the breaks of a series."""
    if series.kind is Kind.MILESTONE:
        yield Finding((*path, "breaks"), say("a milestone is done or not, and has no breaks"))
    days = set()
    for i, each in enumerate(series.breaks):
        way = (*path, "breaks", i)
        if each.on in days:
            yield Finding((*way, "on"), say("two breaks are on {day}", day=each.on.isoformat()))
        days.add(each.on)
        if each.link is not None and each.link <= 0:
            yield Finding((*way, "link"), say("expected a number above 0, got {found}", found=found(each.link)))
        elif each.link is not None and series.kind in UNLINKED:
            what = say("values of kind {kind} cannot be linked by a ratio", kind=series.kind.value)
            yield Finding((*way, "link"), what)
