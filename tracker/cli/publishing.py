"""What a command has to say, in the format that was asked for: a new format is one more branch here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.cli.output import Format, emit, emit_lines, tables
from tracker.errors import WrongUsage, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tracker.views.record import Json
    from tracker.views.table import Table


class Content(NamedTuple):
    """What a command has to say, in each shape that formats ask for; a shape is made only when it is asked for.

    `tables` are for people, `record` is for JSON, `rows` (a header and its rows) for CSV; None where the command
    has no rows of one kind. `records` are the same for JSON lines, a record a line.
    """

    tables: Callable[[], Sequence[Table]]
    record: Callable[[], dict[str, Json]]
    rows: Callable[[], tuple[Sequence[str], Iterable[Sequence[object]]]] | None
    records: Callable[[], Iterable[dict[str, Json]]] | None = None


def publish(content: Content, form: Format, output: str | None) -> None:
    """Write the content in a format to stdout or to a file.

    Raises:
        WrongUsage: the command has nothing in this format.
    """
    match form:
        case Format.JSON:
            from tracker.render.jsontext import json_text

            emit(json_text(content.record()), output, exact=True)
        case Format.CSV:
            if content.rows is None:
                what = say("there is no CSV of this, as its rows are of several kinds")
                raise WrongUsage(what, say("`tracker status --format csv` has the figures of all goals"))
            from tracker.render.csvtext import csv_text

            emit(csv_text(*content.rows()), output, exact=True)
        case Format.JSONL:
            if content.records is None:
                what = say("there are no JSON lines of this, as it is one record")
                raise WrongUsage(what, say("--json has it"))
            from tracker.render.jsontext import json_lines

            emit_lines(json_lines(content.records()), output)
        case Format.TABLE:
            tables(content.tables(), output)
        case Format.MD:
            from tracker.render.markdown import markdown

            emit("\n".join(markdown(part) for part in content.tables()), output)
