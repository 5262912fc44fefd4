"""The words that typer says itself, in the reader's language; typer has them in English only."""

from __future__ import annotations

from typing import Any

import typer

from tracker.cli.language import text as _
from tracker.errors import Say, say


class Layout(typer.Context.formatter_class):  # type: ignore[misc, valid-type]  # typer hides its name
    """The layout of help, with headings of our own."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how the command is called."""
        super().write_usage(prog, args, prefix or _("Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        titles = {"Arguments": _("Arguments:"), "Options": _("Options:"), "Commands": _("Commands:")}
        if heading in titles:
            self.write(f"{'':>{self.current_indent}}{titles[heading]}\n")
        else:
            super().write_heading(heading)


class Context(typer.Context):
    """What a command runs in; it brings the layout of its help."""

    formatter_class = Layout


def help_option(option: Any) -> Any:  # noqa: ANN401  typer's own type
    """Return the option --help, described in our words; None where a command has none."""
    if option is not None:
        option.help = _("Show this message and exit.")
    return option


def complaint(error: Any) -> Say:  # noqa: ANN401  typer's own type
    """Return what is wrong with the command line; typer's English sentence where we have none for it."""
    match type(error).__name__:
        case "NoSuchOption" if error.possibilities:
            near = ", ".join(sorted(error.possibilities))
            return say("no option is called {option}; close to it: {near}", option=error.option_name, near=near)
        case "NoSuchOption":
            return say("no option is called {option}", option=error.option_name)
        case "MissingParameter" if error.param is not None:
            return say("{name} is missing", name=error.param.human_readable_name)
        case _:
            return say("{message}", message=error.format_message())
