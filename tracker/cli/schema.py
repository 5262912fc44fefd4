"""`tracker schema`: JSON Schema of goals.toml and of each JSON output."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, assert_never

import typer

from tracker.cli import options
from tracker.cli.app import command
from tracker.cli.language import text as _
from tracker.cli.output import emit
from tracker.render.jsontext import json_document

app, _register = command(
    """
tracker schema goals -o goals.schema.json
tracker schema status
""",
    _("Print the JSON Schema of goals.toml or of a JSON output."),
)


class Described(StrEnum):
    """What has a schema."""

    GOALS = "goals"
    STATUS = "status"
    SHOW = "show"
    LOG = "log"


@_register
def schema(
    of: Annotated[Described, typer.Argument(metavar="goals|status|show|log", help=_("What to describe."))],
    output: options.Output = None,
    lang: options.Lang = None,  # noqa: ARG001  chosen before the command runs
    debug: options.Debug = False,  # noqa: ARG001  main() looks for it
) -> int:
    match of:
        case Described.GOALS:
            from tracker.goals.schema import goals_schema

            emit(json_document(goals_schema()), output, exact=True)
        case Described.STATUS:
            from tracker.views.schema import status_schema

            emit(json_document(status_schema()), output, exact=True)
        case Described.SHOW:
            from tracker.views.schema import show_schema

            emit(json_document(show_schema()), output, exact=True)
        case Described.LOG:
            from tracker.views.schema import log_schema

            emit(json_document(log_schema()), output, exact=True)
        case _:
            assert_never(of)
    return 0
