"""`tracker schema`: JSON Schema of goals.toml and of each JSON output."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import Annotated

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


MAKERS = {
    "goals": "tracker.goals.schema:goals_schema",
    "status": "tracker.views.schema:status_schema",
    "show": "tracker.views.schema:show_schema",
    "methods": "tracker.views.schema:methods_schema",
    "log": "tracker.views.schema:log_schema",
    "due": "tracker.views.schema_history:due_schema",
    "notes": "tracker.views.schema_history:notes_schema",
    "diff": "tracker.views.schema_history:diff_schema",
    "plan": "tracker.views.schema_ahead:plan_schema",
    "what-if": "tracker.views.schema_ahead:whatif_schema",
    "backtest": "tracker.views.schema_ahead:backtest_schema",
    "actuals": "tracker.views.schema:actuals_schema",
    "figures": "tracker.views.schema:figures_schema",
    "import": "tracker.intake.planrecord:import_schema",
}
"""What has a schema, and the function that makes it."""

Described = StrEnum("Described", list(MAKERS))  # type: ignore[misc]


@_register
def schema(
    of: Annotated[Described, typer.Argument(metavar="NAME", help=f"{_('What to describe.')} {', '.join(MAKERS)}")],
    output: options.Output = None,
    lang: options.Lang = None,  # noqa: ARG001  chosen before the command runs
    debug: options.Debug = False,  # noqa: ARG001  main() looks for it
) -> int:
    module, _colon, function = MAKERS[of.value].partition(":")
    made = getattr(import_module(module), function)()
    emit(json_document(made), output, exact=True)
    return 0
