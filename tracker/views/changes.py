"""What changed, as a table for people, as lines for a mail, and as a record for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.actual import Quality
from tracker.tuples import NamedTuple
from tracker.views.cells import cell
from tracker.views.change_words import other_terms, promised, status_words, turned_words
from tracker.views.status import clocks
from tracker.views.table import NONE, Cell, Column, Row, Table
from tracker.wording.quantity import Exact
from tracker.wording.reason import reason
from tracker.wording.terms import QUALITY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.assess.figures import Assessment
    from tracker.compare.changes import Changes, NewActual, PromiseChange, Revised, StatusChange
    from tracker.compare.snapshot import Place, Value
    from tracker.model.actual import View
    from tracker.model.goal import GoalsFile
    from tracker.wording.words import Words


class Comparison(NamedTuple):
    """What is compared: the views `then` and `now`, the file it was `saved` in if any; `seen` are the goals now."""

    found: Changes
    then: View
    now: View
    saved: str | None
    file: GoalsFile
    seen: Mapping[str, Assessment]


class Entry(NamedTuple):
    """One change in words: what it is about, what it was and is, and what there is to say of it."""

    about: str
    before: Cell | None
    after: Cell | None
    remark: str


class Part(NamedTuple):
    """One of the four lists: its title, the word a line of it begins with, what it says where it is empty."""

    title: str
    word: str
    none: str
    entries: tuple[Entry, ...]


def parts(compared: Comparison, words: Words) -> list[Part]:
    """Return the four lists in words."""
    found, none = compared.found, words.text("none")
    return [
        Part(
            words.text("Statuses"),
            words.text("Status"),
            words.text("none changed"),
            tuple(_status(one, compared, words) for one in found.statuses),
        ),
        Part(
            words.text("New actuals"),
            words.text("New"),
            none,
            tuple(_new(one, compared, words) for one in found.new),
        ),
        Part(
            words.text("Revised actuals"),
            words.text("Revised"),
            none,
            tuple(_revised(one, compared, words) for one in found.revised),
        ),
        Part(
            words.text("Promises"),
            words.text("Promises"),
            words.text("none changed"),
            tuple(_promise(one, words) for one in found.promises),
        ),
    ]


def heading_of(compared: Comparison, words: Words) -> str:
    """Return the line above the lists: the title, and the two days."""
    days = words.text("{before} → {after}", before=compared.then.as_of, after=compared.now.as_of)
    more = clocks(compared.now, words)[1:]
    saved = [words.text("saved in {file}", file=compared.saved)] if compared.saved is not None else []
    return " · ".join([*([compared.file.title] if compared.file.title else []), days, *saved, *more])


def changes_table(compared: Comparison, words: Words) -> Table:
    """Return the four lists as one table, apart under their titles."""
    columns = (
        Column("about", words.text("Of")),
        Column("before", words.text("Before")),
        Column("after", words.text("Now")),
        Column("remark", words.text("Remark"), folds=True, priority=1),
    )
    rows = []
    for part in parts(compared, words):
        if not part.entries:
            rows.append(Row((Cell(part.none, dim=True), NONE, NONE, NONE), part.title))
        for one in part.entries:
            remark = Cell(one.remark) if one.remark else NONE
            rows.append(Row((Cell(one.about), one.before or NONE, one.after or NONE, remark), part.title))
    return Table(columns, tuple(rows), title=heading_of(compared, words))


def change_lines(compared: Comparison, words: Words) -> list[tuple[str, str]]:
    """Return each change as a word and a line, for a mail; an empty list has one line that says so."""
    lines = []
    for part in parts(compared, words):
        for one in part.entries:
            change = (one.after or NONE).text
            if one.before is not None:
                change = words.text("{before} → {after}", before=one.before.text, after=change)
            remark = words.text(" ({remark})", remark=one.remark) if one.remark else ""
            lines.append(
                (part.word, words.text("{about}: {change}{remark}", about=one.about, change=change, remark=remark))
            )
        if not part.entries:
            lines.append((part.word, part.none))
    return lines


def _status(one: StatusChange, compared: Comparison, words: Words) -> Entry:
    before, after = one.before, one.after
    return Entry(
        one.goal,
        Cell(words(status_words(before)), status=before.status),
        Cell(words(status_words(after)), status=after.status),
        reason(compared.seen[one.goal], words),
    )


def _about(place: Place) -> str:
    return f"{place.series or place.goal} {place.period}"


def unit_of(place: Place, compared: Comparison) -> str | None:
    """Return the unit of a value: that of its series, or of the goal that adds several up."""
    if place.series is not None:
        declared = compared.file.series.get(place.series)
        return declared.unit if declared else None
    seen = compared.seen.get(place.goal or "")
    return seen.unit if seen else None


def _value(value: Value, other: Value | None, place: Place, compared: Comparison, words: Words) -> Cell:
    """Return a value with its unit, so exact that two different ones do not look alike."""
    amount = Exact(value.value, unit_of(place, compared))
    is_told = value.quality not in {None, Quality.FINAL} or (other is not None and other.quality is not value.quality)
    quality = f" {words(QUALITY[value.quality])}" if is_told and value.quality is not None else ""
    return cell(amount, words, after=quality)


def _new(one: NewActual, compared: Comparison, words: Words) -> Entry:
    return Entry(_about(one.place), None, _value(one.value, None, one.place, compared, words), one.value.source or "")


def _revised(one: Revised, compared: Comparison, words: Words) -> Entry:
    before = _value(one.before, one.after, one.place, compared, words)
    after = Cell(words(QUALITY[Quality.RETRACTED]))
    if one.after is not None:
        after = _value(one.after, one.before, one.place, compared, words)
    return Entry(_about(one.place), before, after, turned_words(one.turns, words))


def _promise(one: PromiseChange, words: Words) -> Entry:
    before = None if one.before is None else Cell(words(promised(one.before, one.unit)))
    after = None if one.after is None else Cell(words(promised(one.after, one.unit)))
    said: list[str] = []
    if one.before is None:
        said.append(words.text("not promised before"))
    elif one.after is None:
        after = Cell(words.text("no longer promised"))
    else:
        said += [words(term) for term in other_terms(one.before, one.after)]
    said += [text for text in (one.why, one.source) if text]
    return Entry(one.goal, before, after, words.text("; ").join(said))
