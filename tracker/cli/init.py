"""`tracker init`: a commented goals.toml and an empty actuals.csv, never over what is there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options
from tracker.cli.app import command
from tracker.cli.complaints import say_line
from tracker.cli.language import text as _
from tracker.cli.language import words
from tracker.cli.merging import merged
from tracker.cli.output import write_whole
from tracker.cli.reading import check_language
from tracker.errors import InvalidFile, Problem, Unreachable, WrongUsage, say
from tracker.goals.schema import goals_schema
from tracker.render.jsontext import json_document
from tracker.stores.csvwriting import COLUMNS
from tracker.wording.refusals import reason

app, _register = command(
    """
tracker init
tracker init plan --lang zh
tracker init --from 规划指标表.xlsx
""",
    _("Write a commented goals.toml and an empty actuals.csv; nothing is ever overwritten."),
)


@_register
def init(
    folder: Annotated[str, typer.Argument(metavar="[FOLDER]", help=_("Where to write them."))] = ".",
    table: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help=_("Write the goals of a table, .xlsx or .csv; - is stdin.")),
    ] = None,
    lang: options.Lang = None,
    debug: options.Debug = False,  # noqa: ARG001  main() looks for it
) -> int:
    check_language(lang)
    place = Path(folder)
    goals, actuals = place / "goals.toml", place / "actuals.csv"
    for path in (goals, actuals):
        if path.exists() or path.is_symlink():
            raise WrongUsage(say("{file} exists already; nothing was written", file=path))
    template = Path(__file__).parent.parent / "templates" / f"goals.{words().language}.toml"
    content = template.read_bytes() if table is None else _from(table)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = say("cannot write {file}: {reason}", file=folder, reason=reason(error))
        raise Unreachable(what) from error
    write_whole(str(goals), content)
    write_whole(str(actuals), (",".join(COLUMNS) + "\n").encode())
    written = [goals, actuals]
    schema = place / "goals.schema.json"
    if not schema.exists():
        write_whole(str(schema), json_document(goals_schema()).encode())
        written.append(schema)
    attributes = merged(folder, "actuals.csv", "notes.csv")
    if attributes is not None:
        written.append(attributes)
    say_line(words().text("written: {files}", files=", ".join(map(str, written))))
    advice = say("next: edit {goals}, then `tracker record SERIES VALUE --period P` and `tracker status`", goals=goals)
    say_line(words()(advice))
    return 0


def _from(file: str) -> bytes:
    """Return a goals.toml made of the table in a file."""
    from tracker.goals.read import goals_in
    from tracker.intake.goalheadings import headings
    from tracker.intake.goalrows import goal_rows
    from tracker.intake.goalsheet import sheet_rows
    from tracker.intake.goalwriting import goals_text

    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        what = say("cannot read {file}: {reason}", file=file, reason=reason(error))
        raise Unreachable(what) from error
    rows = sheet_rows(data, file)
    head = headings(rows)
    if head is None:
        what = say("no row of headings names a goal and its target")
        help_ = say(
            "it needs such as {chinese}, or {english}", chinese="指标 单位 2020年 2025年", english="name target due"
        )
        raise InvalidFile([Problem(file, None, None, what, help_)])
    above = [cells[0] for row in rows[: head.row] if len(cells := [cell for cell in row if cell]) == 1]
    title = above[0] if above else Path(file).stem if file != "-" else "tracker"
    content = goals_text(list(goal_rows(rows, head)), title, words()).encode()
    goals_in(content, file)  # what is written can be read
    return content
