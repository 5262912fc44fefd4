"""The words that typer says itself, in the reader's language; typer has them in English only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import typer

from tracker.cli.language import text as _
from tracker.cli.output import emit
from tracker.errors import Say, say

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLACEHOLDER = r"[A-Z]{2,}|<str>|<int>|<float>"
_EXTRA = r"  \[(default: )?([^\[\]]*)\]$"
_FIT = (
    (r"'(.*)' is not a valid (?:int|integer)(?: range)?\.", say('expected a whole number, got "{found}"')),
    (r"'(.*)' is not a valid (?:float|decimal)(?: range)?\.", say('expected a number, got "{found}"')),
    (r"(.*) is not in the range (.*)\.", say("expected a number {known}, got {found}")),
    (r"'(.*)' is not (?:one of )?(.*)\.", say('expected one of {known}, got "{found}"')),
)
"""What typer finds wrong with a value, and how we say it."""


class Layout(typer.Context.formatter_class):  # type: ignore[misc, valid-type]  # typer hides its name
    """The layout of help, with headings, placeholders and remarks in our own words."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how the command is called."""
        super().write_usage(prog, placeholders(args), prefix or _("Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        titles = {"Arguments": _("Arguments:"), "Options": _("Options:"), "Commands": _("Commands:")}
        if heading in titles:
            self.write(f"{'':>{self.current_indent}}{titles[heading]}\n")
        else:
            super().write_heading(heading)

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write options or arguments with what they are for, in columns of a terminal's cells."""
        from rich.cells import cell_len

        from tracker.render.folding import folded

        named = [(placeholders(name), _remarks(sentence)) for name, sentence in rows]
        indent = self.current_indent
        first = min(max(cell_len(name) for name, _sentence in named), col_max) + col_spacing
        for name, sentence in named:
            lines = folded(sentence, self.width - first - indent)
            gap = first - cell_len(name)
            lead = " " * gap if gap >= col_spacing else "\n" + " " * (first + indent)
            joint = "\n" + " " * (first + indent)
            self.write(" " * indent + (name + lead + joint.join(lines)).rstrip() + "\n")


def placeholders(text: str) -> str:
    """Return a usage line with its placeholders, such as FILE, in the reader's words."""
    known = {
        "<float>": _("NUMBER"),
        "<int>": _("INTEGER"),
        "<str>": _("TEXT"),
        "ARGS": _("ARGS"),
        "COMMAND": _("COMMAND"),
        "DATE": _("DATE"),
        "DAY": _("DAY"),
        "FILE": _("FILE"),
        "FOLDER": _("FOLDER"),
        "GOAL": _("GOAL"),
        "INTEGER": _("INTEGER"),
        "KEY": _("KEY"),
        "LIST": _("LIST"),
        "NAME": _("NAME"),
        "NUMBER": _("NUMBER"),
        "OPTIONS": _("OPTIONS"),
        "PATH": _("PATH"),
        "PERIOD": _("PERIOD"),
        "SERIES": _("SERIES"),
        "SHELL": _("SHELL"),
        "TEXT": _("TEXT"),
        "URL": _("URL"),
        "VALUE": _("VALUE"),
    }
    return re.sub(_PLACEHOLDER, lambda found: known.get(found[0], found[0]), text)


def _remarks(sentence: str) -> str:
    """Return the sentence on an option with typer's remark behind it, such as [required], in our words."""
    found = re.search(_EXTRA, sentence)
    if found is None:
        return _("[required]") if sentence == "[required]" else sentence
    body = sentence[: found.start()]
    if found[1]:
        return f"{body}  {_('[default: {value}]').format(value=found[2])}"
    return f"{body}  {_('[required]')}" if found[2] == "required" else sentence


class Context(typer.Context):
    """What a command runs in; it brings the layout of its help."""

    formatter_class = Layout


def help_option(option: Any) -> Any:  # noqa: ANN401  typer's own type
    """Return the option --help, described in our words and printed our way; None where a command has none."""
    if option is not None:
        option.help = _("Show this message and exit.")
        option.callback = _show_help
    return option


def _show_help(context: Any, _option: Any, asked: bool) -> None:  # noqa: ANN401  typer's own types
    if asked and not context.resilient_parsing:
        emit(f"{context.get_help()}\n", None)
        context.exit()


def complaint(error: Any) -> Say:  # noqa: ANN401, PLR0911  typer's own type; one sentence for each
    """Return what is wrong with the command line; typer's English sentence where we have none for it."""
    match type(error).__name__:
        case "NoSuchOption" if near := _near(error.option_name, error.possibilities or ()):
            return say(
                "no option is called {option}; close to it: {near}", option=error.option_name, near=", ".join(near)
            )
        case "NoSuchOption":
            return say("no option is called {option}", option=error.option_name)
        case "MissingParameter" if error.param is not None:
            return say("{name} is missing", name=placeholders(_shown_name(error.param)))
        case "BadParameter" if error.param is not None:
            return say("{name}: {what}", name=placeholders(_shown_name(error.param)), what=_unfit(error.message))
        case "BadOptionUsage" if "does not take a value" in error.message:
            return say("{option} takes no value", option=error.option_name)
        case "BadOptionUsage" if "requires an argument" in error.message:
            return say("{option} needs a value", option=error.option_name)
        case "UsageError" if extra := re.search(r"unexpected extra arguments?(?:\(s\))? \((.*)\)", error.message):
            return say("too many arguments: {extra}", extra=extra[1])
        case _:
            return say("{message}", message=error.format_message())


def _near(name: str, known: Sequence[str]) -> list[str]:
    """Return the options whose names are near without their hyphens, which make any two short ones alike."""
    from difflib import get_close_matches

    bare = {one.lstrip("-"): one for one in known}
    return sorted(bare[one] for one in get_close_matches(name.lstrip("-"), bare))


def _shown_name(param: Any) -> str:  # noqa: ANN401  typer's own type
    """Return what people know a parameter by: the long name of an option, the placeholder of an argument."""
    return max(param.opts, key=len) if param.param_type_name == "option" else str(param.human_readable_name)


def _unfit(message: str) -> Say:
    for pattern, sentence in _FIT:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found is not None:
            known = found[2].replace("'", "") if len(found.groups()) > 1 else ""
            known = known.replace("x>=", "≥ ").replace("x<=", "≤ ").replace("<=x<=", " … ")
            return sentence._replace(args={"found": found[1], "known": known})
    return say("{message}", message=message)
