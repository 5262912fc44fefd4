"""The command: it reads, asks the core, and prints. Exit codes are mapped here and nowhere else."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # as type checkers know it; whoever interrupts finds us in `main` all the sooner
if TYPE_CHECKING:
    from typing import NoReturn

INTERRUPTED, PIPE_CLOSED, CANNOT_WRITE = 130, 141, 5


class PipeClosed(Exception):
    """Whoever read our output went away."""


def entry() -> NoReturn:
    """Run the command as a process of its own.

    A run is short and makes no cycles worth collecting, and nothing is left to tidy up once its output is
    flushed: without the collector and the interpreter's teardown a status takes a fifth less time.
    """
    import gc
    import os

    gc.disable()
    sys.unraisablehook = _unraised
    code = main()
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        code = PIPE_CLOSED
    except OSError:
        code = code or CANNOT_WRITE
    os._exit(code)  # stderr is flushed with each line


def _unraised(what: sys.UnraisableHookArgs) -> None:
    """Have an interrupt again that came where Python can raise nothing, such as while an import was tidied up."""
    if what.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(what)
        return
    import _thread
    import threading

    threading.Timer(0.001, _thread.interrupt_main).start()


def main(args: list[str] | None = None) -> int:
    """Run the command and return its exit code; no traceback reaches a reader unless asked with --debug."""
    given = sys.argv[1:] if args is None else args
    try:
        return _run(given)
    except KeyboardInterrupt:
        return INTERRUPTED
    except (PipeClosed, BrokenPipeError):
        return _silenced()
    except Exception as error:
        from tracker.errors import TrackerError

        if "--debug" in given and not isinstance(error, TrackerError):
            raise
        return _told(error, given)


def _run(given: list[str]) -> int:
    from tracker.cli.app import run

    return run(given)


def _told(error: Exception, given: list[str]) -> int:
    from tracker.cli import complaints, language
    from tracker.errors import InvalidFile, TrackerError

    language.settle(language.goals_option(given))
    if isinstance(error, InvalidFile):
        complaints.tell_problems(error.problems)
    elif isinstance(error, TrackerError):
        complaints.tell(error)
    else:
        return complaints.tell_unexpected(error)
    return error.exit_code


def _silenced() -> int:
    """Send what is left of stdout and stderr nowhere, and return the code of a closed pipe."""
    import os

    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    return PIPE_CLOSED
