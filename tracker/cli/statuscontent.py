"""What `tracker status` has to say: a table for people, a record, rows, and sheets for a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.publishing import Content
from tracker.model.goal import Method

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.assess.figures import Assessment
    from tracker.cli.picking import Asked
    from tracker.cli.reading import Held
    from tracker.views.jsonvalues import Json
    from tracker.views.order import Part, Shown
    from tracker.views.table import Table
    from tracker.wording.words import Words


def status_content(part: Part, held: Held, asked: Asked | None, *, wide: bool) -> Content:
    """Return where goals stand, in each shape that formats ask for."""
    shown = part.shown
    assessments = [one.seen for one in shown]
    file, view, words = held.file, held.view, held.words
    by = None if asked is None else asked.by
    picked = None if asked is None else asked.columns

    def under() -> list[Shown]:
        """Return the goals under the headings asked for."""
        if by is None:
            return shown
        from tracker.cli.picking import headings
        from tracker.views.status import grouped

        return grouped(shown, headings(by, words), words)

    def tables() -> list[Table]:
        from tracker.views.status import status_table, usual_columns

        ruled = file.rules.method is not Method.CHANCE
        asked_for = [one.shows for one in picked] if picked else usual_columns(words, wide=wide, ruled=ruled)
        return [status_table(under(), asked_for, file.title, view, words, part)]

    def sheets() -> list[Table]:
        from tracker.views.columns import sheet_columns
        from tracker.views.status import SHEET, status_table

        named = SHEET if not picked else [name for one in picked for name in one.fields]
        if by is None:  # the group is a column, so that the rows can be sorted
            ungrouped = [one._replace(heading="") for one in shown]
            return [status_table(ungrouped, sheet_columns(named, words), file.title, view, words)]
        return [status_table(under(), sheet_columns(named, words), file.title, view, words)]

    def record() -> dict[str, Json]:
        from tracker.views.record import status_record

        counted = None
        if by is not None:
            from tracker.cli.picking import values

            counted = (by, values(by, words))
        return status_record(assessments, view, file.file, file.title, words, counted, among=part.among)

    def rows() -> tuple[Sequence[str], list[list[Json]]]:
        from tracker.views.flat import FIELDS, flattened
        from tracker.views.record import goal_record

        if picked:
            from tracker.views.fields import flats

            flat, named = flats(words), [name for one in picked for name in one.fields]
            return named, [[flat(seen).get(name) for name in named] for seen in assessments]
        return FIELDS, [[value for _, value in flattened(goal_record(seen, words))] for seen in assessments]

    return Content(tables, record, rows, sheets, records=lambda: _records(assessments, words))


def _records(assessments: Sequence[Assessment], words: Words) -> Iterator[dict[str, Json]]:
    from tracker.views.record import goal_record

    return (goal_record(seen, words) for seen in assessments)


def compared_content(shown: list[Shown], held: Held) -> Content:
    """Return every method's verdict on the goals, in each shape that formats ask for."""
    from tracker.compare.methods import by_method
    from tracker.views.methods import compare_record, compare_rows, compare_table

    assessments = [one.seen for one in shown]
    file, view, words = held.file, held.view, held.words
    judged = by_method(file, held.actuals, view, [seen.goal.id for seen in assessments])

    def tables() -> list[Table]:
        from tracker.views.status import summary

        return [compare_table(shown, judged, summary(assessments, file.title, view, words), words)]

    def record() -> dict[str, Json]:
        from tracker.views.record import status_record

        compared = compare_record(judged, words)
        return status_record(assessments, view, file.file, file.title, words, compare=compared)

    return Content(tables, record, lambda: compare_rows(judged, words))
