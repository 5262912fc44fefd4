"""The commands, each loaded only when it is called."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from tracker import __version__
from tracker.cli import language
from tracker.cli.language import text as _
from tracker.cli.typerwords import Context, complaint, help_option
from tracker.errors import WrongUsage, say

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., int]")
COMMANDS = ("init", "status", "show", "record", "log", "check", "store", "schema")
ClickError: Any = next(one for one in typer.BadParameter.__mro__ if one.__name__ == "ClickException")
"""The base of every wrong usage; typer keeps its own click."""

MINUS = "−"


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
            known = ", ".join(COMMANDS)
            raise WrongUsage(say('no command is called "{name}"', name=cmd_name), say("there are {known}", known=known))
        command = get_command(import_module(f"tracker.cli.{cmd_name}").app)
        command.name = cmd_name
        return command


class Command(TyperCommand):
    """A command that takes `-5` as a number, not as an option."""

    context_class = Context

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401  typer's own signature
        """Return the option --help."""
        return help_option(super().get_help_option(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  typer's own signature
        """Return the arguments that are left, with the hyphen of a negative number read as a minus sign."""
        options = [param for param in self.params if param.param_type_name == "option"]
        taking = {name for option in options if not getattr(option, "is_flag", False) for name in option.opts}
        return super().parse_args(ctx, [_signed(arg, before, taking) for before, arg in pairwise(["", *args])])


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
        typer.echo(f"tracker {__version__}")
        raise typer.Exit


def _group() -> Any:  # noqa: ANN401  typer's own type
    app = typer.Typer(
        cls=Commands,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=_("Are we going to reach what we said we would reach?"),
    )

    @app.callback()
    def start(
        version: bool = typer.Option(
            False,
            "--version",
            callback=_print_version,
            is_eager=True,
            help=_("Print the version."),
        ),
    ) -> None:
        pass

    return get_command(app)


def run(given: list[str]) -> int:
    """Run the command line and return its exit code."""
    language.start(given)
    try:
        code = _group().main(args=given, prog_name="tracker", standalone_mode=False)
    except ClickError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(error.ctx.get_help())
            return 0
        raise WrongUsage(complaint(error), _hint(error)) from None
    except typer.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else 0


def _hint(error: Any) -> Any:  # noqa: ANN401  typer's own type
    context = getattr(error, "ctx", None)
    return say("try `{command} --help`", command=context.command_path if context is not None else "tracker")
