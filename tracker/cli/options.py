"""The options that commands share, declared once."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.language import OFFERED as OFFERED_LANGUAGES
from tracker.cli.language import text as _
from tracker.cli.output import OFFERED, WITHOUT_ROWS
from tracker.model.goal import Method as Rule

Goals = Annotated[
    str | None,
    typer.Option(
        "-f", "--goals", metavar="FILE", help=_("The goals file (default: goals.toml here or above; TRACKER_GOALS).")
    ),
]
Actuals = Annotated[
    str | None,
    typer.Option(
        "--actuals",
        metavar="PATH",
        help=_("Where actuals are kept (default: what the goals file says; TRACKER_ACTUALS)."),
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang", metavar=OFFERED_LANGUAGES, help=_("The language (default: TRACKER_LANG, the goals file, the locale).")
    ),
]
Debug = Annotated[bool, typer.Option("--debug", help=_("Show where an unexpected error happened."))]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help=_("Look from another day: later actuals do not exist."))
]
KnownOn = Annotated[
    str | None,
    typer.Option("--known-on", metavar="DATE", help=_("Use only what was public by then, and the promise in force.")),
]
RecordedBy = Annotated[
    str | None,
    typer.Option(
        "--recorded-by", metavar="DATE", help=_("Use only what had been recorded by then, and the promise in force.")
    ),
]
Method = Annotated[
    str | None,
    typer.Option(
        "--method",
        metavar="|".join(Rule),
        help=_("Whose rule gives the verdict (default: what the goals file says, else chance)."),
    ),
]
Columns = Annotated[
    str | None,
    typer.Option("--columns", metavar="LIST", help=_("Only these columns, in this order; any JSON field is one.")),
]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where", metavar="KEY=VALUE", help=_("Only goals whose field is so (=, !=, <, <=, >, >=); may be repeated.")
    ),
]
Every = Annotated[
    bool, typer.Option("--all", help=_("Show every period of goals that repeat, also those over and to come."))
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="KEY", help=_("Group by a field: group, tags, owner, one of your own.")),
]
Form = Annotated[str | None, typer.Option("--format", metavar="|".join(OFFERED), help=_("The format."))]
FormOfRecord = Annotated[str | None, typer.Option("--format", metavar="|".join(WITHOUT_ROWS), help=_("The format."))]
Json = Annotated[bool, typer.Option("--json", help=_("Short for --format json."))]
Output = Annotated[
    str | None, typer.Option("-o", "--output", metavar="FILE", help=_("Write to a file, whole or not at all."))
]
