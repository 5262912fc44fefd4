"""What people note beside the computed status: words, confidence, a ruling. It never replaces the status."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from tracker.model.actual import View
from tracker.tuples import NamedTuple


class Ruling(StrEnum):
    """What people say became of a promise."""

    KEPT = "kept"
    COMPROMISE = "compromise"
    STALLED = "stalled"
    BROKEN = "broken"


MOST_CONFIDENT = 10
"""Confidence goes from 0 to this."""


class Note(NamedTuple):
    """One note on a goal; a `ruling` has a reason, `why`.

    `recorded_at` (UTC) is when it was written, `position` its place in the file (1 is the first), `line` its line.
    """

    goal: str
    text: str
    confidence: float | None = None
    ruling: Ruling | None = None
    why: str | None = None
    url: str | None = None
    by: str | None = None
    recorded_at: datetime | None = None
    position: int = 0
    line: int | None = None

    @property
    def on(self) -> date | None:
        """Return the day it was written, None where it does not say."""
        return None if self.recorded_at is None else self.recorded_at.date()


def is_known_note(note: Note, view: View) -> bool:
    """Tell whether a note was there for a view: written by the end of its days; one without a day always was."""
    day = view.promise_day
    return day is None or note.on is None or note.on <= day


def latest_notes(notes: Iterable[Note], view: View) -> dict[str, Note]:
    """Return the latest note on each goal that a view knows: by the day and time it was written, then by position."""
    found: dict[str, Note] = {}
    for note in notes:
        if is_known_note(note, view):
            other = found.get(note.goal)
            if other is None or _written(note) >= _written(other):
                found[note.goal] = note
    return found


def _written(note: Note) -> tuple[bool, float, int]:
    return (note.recorded_at is not None, note.recorded_at.timestamp() if note.recorded_at else 0.0, note.position)


def following(before: Iterable[Note], new: Note) -> Note:
    """Return a note that follows others: a clock that is behind theirs is put forward, so that the latest is last."""
    moments = [note.recorded_at for note in (*before, new) if note.recorded_at is not None]
    return new._replace(recorded_at=max(moments, default=None))
