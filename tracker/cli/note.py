"""`tracker note`: what people say about a goal, beside the computed status and never instead of it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from tracker import clock
from tracker.cli import options
from tracker.cli.app import command
from tracker.cli.complaints import say_line
from tracker.cli.language import text as _
from tracker.cli.merging import merged
from tracker.cli.reading import Where, read, view_of
from tracker.cli.selecting import meant_now
from tracker.errors import WrongUsage, say
from tracker.model.note import Note, Ruling, following
from tracker.stores.cells import Unreadable
from tracker.stores.notes import confidence as confidence_of
from tracker.stores.notes import note_book
from tracker.stores.notes import ruling as ruling_of
from tracker.wording.noted import noted

if TYPE_CHECKING:
    from collections.abc import Callable

Said = TypeVar("Said")

app, _register = command(
    """
tracker note urbanization --text "The new bus line opens in May" --confidence 6
tracker note homes --text "No work on site since March" --ruling stalled --why "The builder is bankrupt"
tracker log --notes
""",
    _("Note something about a goal: words, a confidence, a ruling; it stands beside the status and changes nothing."),
)


@_register
def note(
    goal: Annotated[str, typer.Argument(metavar="GOAL", help=_("The goal's id."))],
    text: Annotated[str, typer.Option("--text", help=_("What there is to say; - reads it from stdin."))],
    confidence: Annotated[
        str | None, typer.Option("--confidence", metavar="0-10", help=_("How sure you are that it will be reached."))
    ] = None,
    ruling: Annotated[
        str | None, typer.Option("--ruling", metavar="|".join(Ruling), help=_("What became of the promise."))
    ] = None,
    why: Annotated[str | None, typer.Option("--why", help=_("The reason of the ruling."))] = None,
    url: Annotated[str | None, typer.Option("--url", help=_("Where it can be looked up."))] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help=_("Who says so."))] = None,
    goals_file: options.Goals = None,
    actuals: options.Actuals = None,
    lang: options.Lang = None,
    debug: options.Debug = False,  # noqa: ARG001  main() looks for it
) -> int:
    held = read(Where(goals_file, actuals, lang), view_of(None, None))
    goal = meant_now(goal, held.file, held.view.as_of)
    said = _from_stdin() if text == "-" else text
    if not said.strip():
        raise WrongUsage(say("--text says nothing"))
    sure = _read("--confidence", confidence_of, confidence)
    ruled = _read("--ruling", ruling_of, ruling)
    if (ruling is None) is not (why is None):
        raise WrongUsage(say("--ruling and --why go together: a ruling says why"))
    path = held.project.notes_path
    new = Note(goal, said, sure, ruled, why, url, by, clock.now())
    (written,) = note_book(path).append(lambda before: [following(before, new)])
    if written.position == 1:
        merged(os.path.dirname(path), os.path.basename(path))  # noqa: PTH119, PTH120
    say_line(held.words(say("{goal}: noted in {file}: {note}", goal=goal, file=path, note=noted(new))))
    return 0


def _from_stdin() -> str:
    """Return the text on stdin, in its encoding."""
    from tracker.intake.sources import standard_input

    data = standard_input().read()
    try:
        return data.decode(sys.stdin.encoding).replace("\r\n", "\n").strip()
    except UnicodeDecodeError:
        raise WrongUsage(say("this cannot be recorded: it holds bytes that are no text")) from None


def _read(option: str, reader: Callable[[str], Said], text: str | None) -> Said:
    """Return what an option means to the reader of notes."""
    try:
        return reader(text or "")
    except Unreadable as error:
        raise WrongUsage(say("{option}: {what}", option=option, what=error.what), error.help) from None
