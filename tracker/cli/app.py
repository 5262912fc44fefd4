"""The commands, each loaded only when it is called."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from itertools import pairwise
from keyword import iskeyword
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from tracker import __version__
from tracker.cli import language
from tracker.cli.language import OFFERED as OFFERED_LANGUAGES
from tracker.cli.language import text as _
from tracker.cli.output import Format, emit
from tracker.cli.typerwords import Context, complaint, help_option
from tracker.errors import TrackerError, WrongUsage, say

Function = TypeVar("Function", bound=Callable[..., int])
COMMANDS = (
    "init",
    "status",
    "show",
    "chart",
    "report",
    "record",
    "import",
    "log",
    "export",
    "due",
    "note",
    "diff",
    "check",
    "plan",
    "what-if",
    "backtest",
    "methods",
    "store",
    "schema",
    "completion",
)
ClickError: Any = next(one for one in typer.BadParameter.__mro__ if one.__name__ == "ClickException")
"""The base of every wrong usage; typer keeps its own click."""

COMPLETE_VARIABLE = "_TRACKER_COMPLETE"
"""What a shell sets when it asks for completions; typer's own name."""

NOTHING_TO_OFFER = 1
MINUS = "−"
EXCEL = "excel"


class Commands(TyperGroup):
    """A group that imports a command's module when the command is asked for."""

    context_class = Context

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401  typer's own signature
        """Return the option --help."""
        return help_option(super().get_help_option(ctx))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002, ANN401  typer's own signature
        """Return the names in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002, ANN401  typer's own signature
        """Return a command; a name that is not one is wrong usage."""
        if cmd_name not in COMMANDS:
            from tracker.cli.selecting import nearest

            raise WrongUsage(say('no command is called "{name}"', name=cmd_name), nearest(cmd_name, COMMANDS))
        return loaded(cmd_name)


def loaded(name: str) -> Any:  # noqa: ANN401  typer's own type
    """Return a command by its name, its module being imported."""
    module = f"{name}_" if iskeyword(name) else name.replace("-", "_")
    made = get_command(import_module(f"tracker.cli.{module}").app)
    made.name = name
    return made


class Command(TyperCommand):
    """A command that takes `-5` as a number, not as an option; one that prints CSV also takes --excel."""

    context_class = Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  typer's own signature
        super().__init__(*args, **kwargs)
        place = next((i for i, param in enumerate(self.params) if _prints_csv(param)), None)
        self._format = None if place is None else self.params[place].name
        if place is not None:
            self.params.insert(place + 1, _excel())
        if COMPLETE_VARIABLE in os.environ:
            from tracker.cli.completing import attach

            attach(self.params)

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401  typer's own signature
        """Return the option --help."""
        return help_option(super().get_help_option(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  typer's own signature
        """Return the arguments that are left, with the hyphen of a negative number read as a minus sign."""
        options = [param for param in self.params if param.param_type_name == "option"]
        taking = {name for option in options if not getattr(option, "is_flag", False) for name in option.opts}
        try:
            left = super().parse_args(ctx, [_signed(arg, before, taking) for before, arg in pairwise(["", *args])])
        except ClickError as error:  # an option without its value does not say of which command
            if getattr(error, "ctx", ctx) is None:
                error.ctx = ctx
            raise
        if self._format is not None and ctx.params.pop(EXCEL) and not ctx.resilient_parsing:
            if not _is_csv(ctx.params, ctx.params[self._format]):
                raise WrongUsage(say("--excel goes with --format csv"), say("--format xlsx writes a workbook"))
            ctx.params[self._format] = Format.CSV_EXCEL.value
        return left


def _is_csv(params: dict[str, Any], form: str | None) -> bool:
    """Tell whether --excel may stand: csv is asked for, or nothing else by a format, --json or the name of a file."""
    if form is not None or params.get("json"):
        return form == Format.CSV.value
    return str(params.get("output") or "-").lower().endswith((".csv", "-"))


def _prints_csv(param: Any) -> bool:  # noqa: ANN401  typer's own type
    return "--format" in param.opts and Format.CSV.value in (param.metavar or "").split("|")


def _excel() -> TyperOption:
    """Return the option --excel, which goes with csv: it makes of that format the one that a spreadsheet opens."""
    sentence = _("CSV for Excel, which then knows the encoding and runs no cell as a formula.")
    return TyperOption(param_decls=[f"--{EXCEL}"], is_flag=True, default=False, help=sentence)


def _signed(arg: str, before: str, taking: set[str]) -> str:
    """Return an argument with its sign apart from an option's hyphen; what an option takes stays as it is."""
    is_number = arg[:1] == "-" and arg[1:2] in set(".0123456789")
    return MINUS + arg[1:] if is_number and before not in taking else arg


def command(examples: str, summary: str) -> tuple[typer.Typer, Callable[[Function], Function]]:
    """Return the decorator that makes a function a module's command; its help begins with the examples."""
    app = typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    shown = "\n".join(f"  {line}" for line in examples.strip().splitlines())
    title = _("Examples:")
    text = f"\b\n{title}\n{shown}\n\n{summary}"
    return app, app.command(cls=Command, help=text, short_help=summary.split("\n", maxsplit=1)[0])


def _print_version(value: bool) -> None:
    if value:
        emit(f"tracker {__version__}\n", None)
        raise typer.Exit


def group() -> Any:  # noqa: ANN401  typer's own type
    """Return the command with all its commands, their help in the language of the reader."""
    app = typer.Typer(
        cls=Commands,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=_("Are we going to reach what we said we would reach?"),
        epilog=_("Begin with `tracker init`; COMMAND --help has examples."),
    )

    @app.callback()
    def start(
        lang: str | None = typer.Option(
            None,
            "--lang",
            metavar=OFFERED_LANGUAGES,
            help=_("The language (default: TRACKER_LANG, the goals file, the locale)."),
        ),
        version: bool = typer.Option(  # noqa: ARG001  its callback prints it
            False,
            "--version",
            callback=_print_version,
            is_eager=True,
            help=_("Print the version."),
        ),
    ) -> None:
        if lang is not None:
            from tracker.cli.reading import check_language

            check_language(lang)

    return get_command(app)


def run(given: list[str]) -> int:
    """Run the command line and return its exit code."""
    language.start(given)
    if COMPLETE_VARIABLE in os.environ:
        return _complete()
    try:
        if given and given[0] in COMMANDS:  # which needs no group around it: a millisecond
            code = loaded(given[0]).main(args=given[1:], prog_name=f"tracker {given[0]}", standalone_mode=False)
        else:
            code = group().main(args=given, prog_name="tracker", standalone_mode=False)
    except ClickError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            emit(f"{error.ctx.get_help()}\n", None)
            return 0
        language.settle(language.goals_option(given))  # what is wrong is put into words here
        raise WrongUsage(complaint(error), _hint(error)) from None
    except typer.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else 0


def _complete() -> int:
    """Answer a shell; what is wrong on its line is no business of completion."""
    from tracker.cli import completing

    completing.start()
    try:
        group().main(args=[], prog_name="tracker", standalone_mode=False)
    except (TrackerError, ClickError):
        return NOTHING_TO_OFFER
    return 0


def _hint(error: Any) -> Any:  # noqa: ANN401  typer's own type
    context = getattr(error, "ctx", None)
    return say("try `{command} --help`", command=context.command_path if context is not None else "tracker")
