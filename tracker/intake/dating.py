"""Of which period each entry of a table is."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tracker.errors import say
from tracker.intake.steps import period_in, step_of
from tracker.intake.values import Refused
from tracker.intake.when import written
from tracker.periods import Length, parse_period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.intake.found import Entry
    from tracker.intake.when import When
    from tracker.model.actual import Actual
    from tracker.model.goal import Kind, Series
    from tracker.periods import Period

    Key = tuple[When | str, Kind, Length | None]

_LONGEST_SHOWN = 60


class Dates:
    """The periods of the entries of one table; what many of them share is looked up once.

    `actuals` are those in force of each series, `step` is the length of periods that was asked for.
    """

    def __init__(self, entries: Sequence[Entry], actuals: Mapping[str, Sequence[Actual]], step: Length | None) -> None:
        self._entries = entries
        self._actuals = actuals
        self._asked = step
        self._steps: dict[str, Length | None] = {}
        self._periods: dict[Key, Period | Refused] = {}

    def key(self, entry: Entry, series: Series) -> Key:
        """Return what decides about the period of an entry: all entries with the same have the same problem."""
        if series.id not in self._steps:
            self._steps[series.id] = self._asked or step_of(self._actuals.get(series.id, ()))
        return (entry.when, series.kind, self._steps[series.id])

    def period(self, entry: Entry, series: Series) -> Period | Refused:
        """Return the period of an entry, or why it has none."""
        own = parse_period(entry.when) if isinstance(entry.when, str) and "recorded_at" in (entry.more or {}) else None
        if own is not None:  # a line of a ledger has its period as it was recorded
            return own
        key = self.key(entry, series)
        found = self._periods.get(key)
        if found is None:
            found = self._periods[key] = self._headed(entry, series.kind, key[2])
        if isinstance(found, Refused) and key[2] is None and entry.labels in self._daily:
            when = _when(entry)
            return period_in(when, series.kind, Length.DAY) if when is not None and when.dated else found
        return found

    def _headed(self, entry: Entry, kind: Kind, step: Length | None) -> Period | Refused:
        when = _when(entry)
        plain = parse_period(entry.when) if when is None and isinstance(entry.when, str) else None
        if plain is not None:  # of a year that no heading would be taken for, such as 1066
            return plain
        if when is None:
            what = say('"{text}" is not a period', text=str(entry.when)[:_LONGEST_SHOWN])
            return Refused(what, say("write it such as 2024年, 2024年1-6月, 2024年6月, 2024年一季度 or 2024-06-30"))
        return period_in(when, kind, step, is_asked=self._asked is not None)

    @cached_property
    def _daily(self) -> set[tuple[str, ...]]:
        """Return the labels with two dates in one month: then the first of one is a day like the others."""
        days: dict[tuple[tuple[str, ...], int | None, int], int | None] = {}
        found = set()
        for entry in self._entries:
            when = _when(entry)
            if when is None or not when.dated:
                continue
            if when.day != days.setdefault((entry.labels, when.year, when.first), when.day):
                found.add(entry.labels)
        return found


def _when(entry: Entry) -> When | None:
    return written(entry.when) if isinstance(entry.when, str) else entry.when
