"""`tracker completion`: the script by which a shell completes commands, options, goals and series."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from tracker.cli import options
from tracker.cli.app import COMPLETE_VARIABLE, command
from tracker.cli.language import text as _
from tracker.cli.output import emit

app, _register = command(
    """
source <(tracker completion bash)
tracker completion zsh > ~/.zfunc/_tracker
tracker completion fish > ~/.config/fish/completions/tracker.fish
""",
    _("Print the script by which a shell completes commands, options, goals and series."),
)


class Shell(StrEnum):
    """The shells that can complete."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


@_register
def completion(
    shell: Annotated[Shell, typer.Argument(metavar="|".join(Shell), help=_("The shell."))],
    output: options.Output = None,
    lang: options.Lang = None,  # noqa: ARG001  chosen before the command runs
    debug: options.Debug = False,  # noqa: ARG001  main() looks for it
) -> int:
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # not in a list there

    script = get_completion_script(prog_name="tracker", complete_var=COMPLETE_VARIABLE, shell=shell.value)
    emit(f"{script}\n", output, exact=True)
    return 0
