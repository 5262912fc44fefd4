"""A human note in words: its day, who wrote it, the ruling, the confidence, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Say, say
from tracker.model.note import MOST_CONFIDENT, Ruling

if TYPE_CHECKING:
    from tracker.model.note import Note


RULING: dict[Ruling, Say] = {
    Ruling.KEPT: say("kept"),
    Ruling.COMPROMISE: say("compromise"),
    Ruling.STALLED: say("stalled"),
    Ruling.BROKEN: say("broken"),
}


def noted(note: Note) -> Say:
    """Return a note in one sentence: a ruling and a confidence stand before its text."""
    said = say("{text}", text=note.text)
    if note.confidence is not None:
        said = say("confidence {n} of {most}: {text}", n=note.confidence, most=MOST_CONFIDENT, text=said)
    if note.ruling is not None:
        said = say("{ruling} ({why}); {text}", ruling=RULING[note.ruling], why=note.why, text=said)
    if note.by is not None:
        said = say("{by}: {text}", by=note.by, text=said)
    return say("{day} {text}", day=note.on, text=said)
