"""`tracker init`: a commented goals.toml and an empty actuals.csv, never over what is there."""

from __future__ import annotations

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
from tracker.errors import Unreachable, WrongUsage, say
from tracker.stores.csvwriting import COLUMNS

app, _register = command(
    """
tracker init
tracker init plan --lang zh
""",
    _("Write a commented goals.toml and an empty actuals.csv; nothing is ever overwritten."),
)


@_register
def init(
    folder: Annotated[str, typer.Argument(metavar="[FOLDER]", help=_("Where to write them."))] = ".",
    lang: options.Lang = None,
    debug: options.Debug = False,  # noqa: ARG001  main() looks for it
) -> int:
    check_language(lang)
    place = Path(folder)
    goals, actuals = place / "goals.toml", place / "actuals.csv"
    for path in (goals, actuals):
        if path.exists() or path.is_symlink():
            raise WrongUsage(say("{file} exists already; nothing was written", file=path))
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = say("cannot write {file}: {reason}", file=folder, reason=error.strerror or str(error))
        raise Unreachable(what) from error
    template = Path(__file__).parent.parent / "templates" / f"goals.{words().language}.toml"
    write_whole(str(goals), template.read_bytes())
    write_whole(str(actuals), (",".join(COLUMNS) + "\n").encode())
    written = [goals, actuals]
    attributes = merged(folder, "actuals.csv", "notes.csv")
    if attributes is not None:
        written.append(attributes)
    say_line(words().text("written: {files}", files=", ".join(map(str, written))))
    advice = say("next: edit {goals}, then `tracker record SERIES VALUE --period P` and `tracker status`", goals=goals)
    say_line(words()(advice))
    return 0
