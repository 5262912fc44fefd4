"""What a command has to say, in the format that was asked for: a new format is one more branch here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.cli.output import Format, emit, tables
from tracker.errors import WrongUsage, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tracker.views.record import Json
    from tracker.views.table import Table


class Content(NamedTuple):
    """What a command has to say, in each shape that formats ask for; a shape is made only when it is asked for.

    `tables` are for people, `record` is for JSON, `rows` (a header and its rows) for CSV; None where the command
    has no rows of one kind. `brief` is what Markdown gets in the place of tables, for mails.
    """

    tables: Callable[[], Sequence[Table]]
    record: Callable[[], dict[str, Json]]
    rows: Callable[[], tuple[Sequence[str], Iterable[Sequence[object]]]] | None
    brief: Callable[[], str] | None = None


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
        case Format.TABLE:
            tables(content.tables(), output)
        case Format.MD:
            from tracker.render.markdown import markdown

            if content.brief is not None:
                emit(content.brief(), output)
                return
            emit("\n".join(markdown(part) for part in content.tables()), output)
