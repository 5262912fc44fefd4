"""`tracker methods`: whose rules there are, and when each misleads."""

from __future__ import annotations

from tracker.cli import language, options
from tracker.cli.app import command
from tracker.cli.language import text as _
from tracker.cli.language import words
from tracker.cli.output import chosen
from tracker.cli.publishing import Content, publish
from tracker.cli.reading import check_language
from tracker.views.rules import methods_record, methods_rows, methods_table

app, _register = command(
    """
tracker methods
tracker methods --json
""",
    _("Explain whose rules can give the verdict: what each does, its source, and when it misleads."),
)


@_register
def methods(
    format_: options.Form = None,
    json: options.Json = False,
    output: options.Output = None,
    lang: options.Lang = None,
    debug: options.Debug = False,  # noqa: ARG001  main() looks for it
) -> int:
    check_language(lang)
    language.settle(None)
    content = Content(
        tables=lambda: [methods_table(words())],
        record=lambda: methods_record(words()),
        rows=lambda: methods_rows(words()),
    )
    publish(content, chosen(format_, json=json), output)
    return 0
