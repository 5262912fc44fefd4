"""Notes in a CSV file beside the goals, kept as safely as actuals are."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from tracker.errors import say
from tracker.model.note import MOST_CONFIDENT, Note, Ruling
from tracker.stores import cells
from tracker.stores.cells import Unreadable
from tracker.stores.csvfile import CsvBook
from tracker.stores.csvreading import Form, Missing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracker.stores.csvreading import Row, RowReader

_RULINGS = {ruling.value: ruling for ruling in Ruling}


def note_book(path: str) -> CsvBook[Note]:
    """Return the notes of a file, which need not be there; nothing is read yet."""
    return CsvBook(path, NOTES, named=False)


def _goal(text: str) -> str:
    name = text.strip()
    if not name:
        raise Unreadable(say("the goal is missing"), say("every line names its goal"))
    return name


def _text(text: str) -> str:
    found = cells.words(text)
    if found is None:
        raise Unreadable(say("the text is missing"), say("a note says something"))
    return found


def confidence(text: str) -> float | None:
    """Return a confidence, None where it is blank."""
    value = cells.number(text)
    if value is not None and not 0 <= value <= MOST_CONFIDENT:
        raise Unreadable(say('"{text}" is not a confidence', text=cells.shown(text)), say("write 0 to 10"))
    return value


def ruling(text: str) -> Ruling | None:
    """Return a ruling, None where it is blank."""
    name = text.strip().lower()
    if name and name not in _RULINGS:
        allowed = say("write {allowed}", allowed=", ".join(_RULINGS))
        raise Unreadable(say('"{text}" is not a ruling', text=cells.shown(text)), allowed)
    return _RULINGS.get(name)


READERS: Mapping[str, Callable[[str], object]] = {
    "goal": _goal,
    "text": _text,
    "confidence": confidence,
    "ruling": ruling,
    "why": cells.words,
    "url": cells.words,
    "by": cells.words,
    "recorded_at": cells.moment,
}
"""Every column in the order of a new file, with what reads its cells."""


def _row_reader(columns: tuple[str, ...], strange: bool) -> RowReader[Note]:  # noqa: FBT001  as a form has it
    width = len(columns)
    pick = itemgetter(*(columns.index(name) if name in columns else width for name in READERS))

    def read(row: Row, line: int, position: int) -> Note:
        if not isinstance(row, list) or len(row) != width or (strange and not cells.is_text("".join(row))):
            raise Unreadable
        goal, text, sure, ruled, why, url, by, recorded = pick([*row, ""])
        if ruled.strip() and cells.words(why) is None:
            raise Unreadable
        return Note(
            _goal(goal),
            _text(text),
            confidence(sure),
            ruling(ruled),
            cells.words(why),
            cells.words(url),
            cells.words(by),
            cells.moment(recorded),
            position,
            line,
        )

    return read


def _texts(note: Note) -> dict[str, str]:
    return {
        "goal": note.goal,
        "text": cells.written_words(note.text),
        "confidence": cells.written(note.confidence),
        "ruling": "" if note.ruling is None else note.ruling.value,
        "why": cells.written_words(note.why),
        "url": cells.written_words(note.url),
        "by": cells.written_words(note.by),
        "recorded_at": cells.written_moment(note.recorded_at),
    }


def _moved(note: Note, places: int, lines: int) -> Note:
    return note._replace(position=note.position + places, line=(note.line or 0) + lines)


def _missing(cell: Mapping[str, str]) -> Missing | None:
    if not cell.get("ruling", "").strip() or cell.get("why", "").strip():
        return None
    return Missing(say("the reason of the ruling is missing"), say("a ruling says why"), "why")


NOTES: Form[Note] = Form(
    READERS, ("goal", "text"), _row_reader, _texts, _moved, _missing, say("this is no line of notes")
)
"""The form of a file of notes."""
