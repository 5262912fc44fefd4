"""What a command has to say, in the format that was asked for: a new format is one more branch here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.output import Format, emit, emit_bytes, emit_lines, tables
from tracker.errors import Unreachable, WrongUsage, say
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tracker.views.jsonvalues import Json
    from tracker.views.table import Table

SUFFIXES = {
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".md": Format.MD,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xlsx": Format.XLSX,
}
"""What a file is for by its name, where no format was asked for."""

_OTHERS = (
    *(".pdf", ".xls", ".xlsm", ".xlsb", ".ods", ".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx"),
    *(".png", ".svg", ".jpg", ".jpeg", ".gif", ".xml", ".yaml", ".yml", ".toml", ".ics", ".tex"),
    *(".parquet", ".db", ".sqlite", ".duckdb", ".zip", ".gz"),
)
"""Endings of files that programs open as something else than a table of text, which is what they would get."""


class Content(NamedTuple):
    """What a command has to say, in each shape that formats ask for; a shape is made only when it is asked for.

    `tables` are for people, `record` is for JSON, `rows` (a header and its rows) for CSV and TSV; None where the
    command has no rows of one kind. `sheets` are tables with one number a cell, for a workbook; None where `tables`
    will do. `brief` is what Markdown gets in the place of tables, for mails. `records` are for JSON lines, one a line;
    None where `rows` will do.
    """

    tables: Callable[[], Sequence[Table]]
    record: Callable[[], dict[str, Json]]
    rows: Callable[[], tuple[Sequence[str], Iterable[Sequence[Json]]]] | None
    sheets: Callable[[], Sequence[Table]] | None = None
    brief: Callable[[], str] | None = None
    records: Callable[[], Iterable[dict[str, Json]]] | None = None


def named_format(output: str | None) -> Format | None:
    """Return the format that the name of a file tells; None where it tells none.

    Raises:
        WrongUsage: it tells one that nothing here is written in.
    """
    name = (output or "").lower()
    if name.endswith(_OTHERS):
        what = say("-o {file}: nothing here is written as that", file=output)
        raise WrongUsage(what, say("endings are {endings}", endings=", ".join(SUFFIXES)))
    return next((form for suffix, form in SUFFIXES.items() if name.endswith(suffix)), None)


def publish(content: Content, form: Format, output: str | None) -> None:
    """Write the content in a format to stdout or to a file; the name of the file tells what `table` leaves open.

    Raises:
        WrongUsage: the command has nothing in this format, or it needs a file.
    """
    if form is Format.TABLE:
        form = named_format(output) or form
    match form:
        case Format.JSON:
            from tracker.render.jsontext import json_text

            emit(json_text(content.record()), output, exact=True)
        case Format.CSV | Format.CSV_EXCEL | Format.TSV:
            emit(_separated(content, form), output, exact=True)
        case Format.JSONL:
            _stream(content, output)
        case Format.TABLE:
            tables(content.tables(), output)
        case Format.MD:
            emit(_in_markdown(content), output)
        case Format.HTML:
            from tracker.cli.language import words
            from tracker.render.html import page

            emit(page(content.tables(), words().language), output, exact=True)
        case Format.XLSX:
            emit_bytes(_workbook(content, output), output)


def _stream(content: Content, output: str | None) -> None:
    from tracker.render.jsontext import json_lines

    if content.records is not None:
        records = content.records()
    elif content.rows is not None:
        header, rows = content.rows()
        records = (dict(zip(header, row, strict=True)) for row in rows)
    else:
        what = say("there are no JSON lines of this, which is one record in JSON")
        raise WrongUsage(what, say("--json writes it; `tracker status --format jsonl` has a line for each goal"))
    emit_lines((line.encode() for line in json_lines(records)), output)


def _in_markdown(content: Content) -> str:
    if content.brief is not None:
        return content.brief()
    from tracker.render.markdown import markdown

    return "\n".join(markdown(part) for part in content.tables())


def _separated(content: Content, form: Format) -> str:
    from tracker.render.csvtext import csv_text

    if content.rows is None:
        what = say("there is no {format} of this, as its rows are of several kinds", format=form.value)
        raise WrongUsage(what, say("`tracker status --format csv` has the figures of all goals"))
    header, rows = content.rows()
    return csv_text(header, rows, delimiter="\t" if form is Format.TSV else ",", excel=form is Format.CSV_EXCEL)


def _workbook(content: Content, output: str | None) -> bytes:
    try:
        from tracker.render.xlsx import workbook
    except ModuleNotFoundError as error:
        what = say("writing a workbook needs {package}, which is not installed", package="openpyxl")
        from tracker.extras import advice

        raise WrongUsage(what, advice("excel")) from error
    sheets = (content.sheets or content.tables)()
    try:
        return workbook(sheets, "tracker")
    except OSError as error:  # sheets are put together in temporary files
        from tracker.wording.refusals import reason

        what = say("cannot write {file}: {reason}", file=output or "-", reason=reason(error))
        raise Unreachable(what, say("what was there before is untouched")) from error
