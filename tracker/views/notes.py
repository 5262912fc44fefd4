"""All notes, as a table for people and as records for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.views.cells import cell
from tracker.views.jsonvalues import Json, day, moment, plain
from tracker.views.table import NONE, Cell, Column, Row, Table
from tracker.wording.noted import RULING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.model.note import Note
    from tracker.wording.words import Words

SCHEMA = "tracker/notes/1"
NOTE_KEYS = ("line", "goal", "on", "text", "confidence", "ruling", "why", "url", "by", "recorded_at")
"""The keys of a note, in order."""


def note_record(note: Note) -> dict[str, Json]:
    """Return a note as a record."""
    values: tuple[Json, ...] = (
        note.line,
        note.goal,
        day(note.on),
        note.text,
        plain(note.confidence),
        None if note.ruling is None else note.ruling.value,
        note.why,
        note.url,
        note.by,
        moment(note.recorded_at),
    )
    return dict(zip(NOTE_KEYS, values, strict=True))


def notes_record(notes: Sequence[Note], file: str) -> dict[str, Json]:
    """Return what `tracker log --notes --json` prints."""
    return {"schema": SCHEMA, "file": file, "notes": [note_record(note) for note in notes]}


def notes_table(notes: Sequence[Note], words: Words) -> Table:
    """Return the notes as a table, in the order of writing."""
    columns = (
        Column("recorded_at", words.text("Recorded")),
        Column("goal", words.text("Goal"), folds=True),
        Column("ruling", words.text("Ruling"), priority=1),
        Column("confidence", words.text("Confidence"), right=True, priority=2),
        Column("text", words.text("Note"), folds=True),
        Column("why", words.text("Why"), folds=True, priority=3),
        Column("by", words.text("By"), priority=4),
        Column("url", words.text("Address"), priority=5),
    )
    title = words.text("{n} note", "{n} notes", n=len(notes))
    return Table(columns, tuple(_row(note, words) for note in notes), title=title)


def _row(note: Note, words: Words) -> Row:
    return Row(
        (
            Cell(words.put(note.recorded_at)),
            Cell(note.goal),
            NONE if note.ruling is None else Cell(words(RULING[note.ruling])),
            cell(note.confidence, words),
            Cell(note.text),
            Cell(note.why or "–"),
            Cell(note.by or "–"),
            Cell(note.url or "–"),
        )
    )
