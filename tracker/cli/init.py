"""`tracker init`: a commented goals.toml and an empty actuals.csv, never over what is there."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    files = {goals: content, actuals: (",".join(COLUMNS) + "\n").encode()}
    schema = place / "goals.schema.json"
    if not schema.exists():
        files[schema] = json_document(goals_schema()).encode()
    written = _written(place, files)
    say_line(words().text("written: {files}", files=", ".join(map(str, written))))
    advice = say("next: edit {goals}, then `tracker record SERIES VALUE --period P` and `tracker status`", goals=goals)
    say_line(words()(advice))
    return 0


def _written(place: Path, files: Mapping[Path, bytes]) -> list[Path]:
    """Write files into a folder, and what git has to know of them; where one cannot be written none is left behind."""
    made = [folder for folder in (place, *place.parents) if not folder.exists()]
    written: list[Path] = []
    try:
        _make(place)
        for path, content in files.items():
            written.append(path)
            write_whole(str(path), content)
        attributes = merged(str(place), "actuals.csv", "notes.csv")
    except BaseException:
        with suppress(OSError):
            for path in written:
                path.unlink(missing_ok=True)
            for folder in made:
                folder.rmdir()
        raise
    return written if attributes is None else [*written, attributes]


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unreachable(say("cannot write {file}: {reason}", file=folder, reason=reason(error))) from error


def _from(file: str) -> bytes:
    """Return a goals.toml made of the table in a file."""
    from tracker.goals.read import goals_in
    from tracker.intake.goalheadings import headings, title_of
    from tracker.intake.goalrows import goal_rows
    from tracker.intake.goalsheet import sheet_rows
    from tracker.intake.goalwriting import goals_text
    from tracker.intake.sources import content

    rows = sheet_rows(content(file, file), file)
    head = headings(rows)
    if head is None:
        what = say("no row of headings names a goal and its target")
        help_ = say(
            "it needs such as {chinese}, or {english}", chinese="指标 单位 2020年 2025年", english="name target due"
        )
        raise InvalidFile([Problem(file, None, None, what, help_)])
    title = title_of(rows[: head.row]) or (Path(file).stem if file != "-" else "tracker")
    made = goals_text(list(goal_rows(rows, head)), title, words()).encode()
    goals_in(made, file)  # what is written can be read
    return made
