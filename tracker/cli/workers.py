"""Work that is shared out to processes of our own, one for each core: what goes in and comes out is pickled."""

from __future__ import annotations

import os
import pickle  # what is read was written by ourselves, over a pipe that nobody else holds
import signal
import subprocess
import sys
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from tracker.errors import InvalidFile, TrackerError, Unreachable, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any, BinaryIO

    from tracker.errors import Problem

Task = TypeVar("Task")
Made = TypeVar("Made")
_MOST = 8
_PROGRAM = "from tracker.cli.workers import serve; serve()"


def cores() -> int:
    """Return how many processes are worth having at once."""
    return min(_MOST, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def all_done(function: Callable[[Task], Iterable[Made]], tasks: Sequence[Task], processes: int) -> list[Made]:
    """Return all that a function yields for each task, in their order; it comes here as it is made.

    What is wrong in any of them is raised for all together: `InvalidFile` with every problem, else the first error,
    also one that nobody foresaw. `Unreachable` tells of a process that ended early.
    """
    parts = [tasks[first::processes] for first in range(processes)]
    with _uninterrupted():
        workers = [_started() for _ in parts]
    with ThreadPoolExecutor(processes) as threads:
        try:
            answers = [threads.submit(_answered, one, function, part) for one, part in zip(workers, parts, strict=True)]
            over = wait(answers, return_when=FIRST_EXCEPTION).done
            for answer in over:  # what one of them died of is told at once
                answer.result()
            done = [answer.result() for answer in answers]
        finally:  # before the threads are waited for, which wait for them
            for worker in workers:
                worker.kill()
                worker.wait()
                if worker.stdin is not None:
                    with suppress(OSError):  # closing writes what it did not take, and Python 3.13 tells of that
                        worker.stdin.close()
    made, errors = [made for made, _ in done], [error for _, error in done if error is not None]
    _raise(errors)
    return [one for place in range(len(tasks)) for one in made[place % processes][place // processes]]


def _started() -> subprocess.Popen[bytes]:
    # the package from where it is here, and nothing that lies in the folder we are in
    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
    path = os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-P", "-c", _PROGRAM]
    return subprocess.Popen(  # noqa: S603  ourselves
        command, env={**os.environ, "PYTHONPATH": path}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def _answered(
    worker: subprocess.Popen[bytes], function: Callable[[Task], Iterable[Made]], tasks: Sequence[Task]
) -> tuple[list[list[Made]], Exception | None]:
    """Return what a process makes of each of its tasks, and its error; its stdin stays open as long as we live."""
    assert worker.stdin is not None  # noqa: S101  for the type checker
    assert worker.stdout is not None  # noqa: S101
    try:
        with worker.stdout as answer:
            pickle.dump((function, tasks), worker.stdin)
            worker.stdin.flush()
            made: list[list[Made]] = [[] for _ in tasks]
            while True:
                place, one = pickle.load(answer)  # noqa: S301  see above
                if place is None:
                    return made, one
                made[place].append(one)
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        what = say("a process that did part of the work was ended from outside")
        raise Unreachable(what, say("there may not be enough memory for it")) from error


def _raise(errors: Sequence[Exception]) -> None:
    problems: dict[str, Problem] = {}
    for error in errors:
        if not isinstance(error, InvalidFile):
            raise error
        problems.update({repr(problem): problem for problem in error.problems})
    if problems:
        raise InvalidFile([*problems.values()])


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Keep an interruption back while processes are started, here and, until they are ready for it, in them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve() -> None:
    """Do the tasks that come in, and send back what is made of them: the whole life of a process."""
    import gc

    signal.signal(signal.SIGINT, signal.SIG_DFL)  # it ends without a word: the one that asked says what there is to say
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    gc.disable()  # as in the process that asked: nothing here makes cycles worth collecting
    answer = os.dup(1)  # ours alone: an engine may print how far it is
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        function, tasks = pickle.load(sys.stdin.buffer)  # noqa: S301  see above
    except (EOFError, pickle.UnpicklingError):  # the one that asked has ended
        os._exit(1)
    Thread(target=_end_with_the_one_that_asked, daemon=True).start()
    with suppress(BrokenPipeError), os.fdopen(answer, "wb") as out:  # nobody is there any more who asked
        _answer(function, tasks, out)
    os._exit(0)  # nothing is left to tidy up


def _answer(function: Callable[[Any], Iterable[Any]], tasks: Sequence[Any], out: BinaryIO) -> None:
    """Write what is made of each task with its place as soon as it is made, then that there is no more, and why."""
    error = None
    try:
        for place, task in enumerate(tasks):
            for one in function(task):
                pickle.dump((place, one), out, pickle.HIGHEST_PROTOCOL)
    except BrokenPipeError:
        raise
    except Exception as found:  # noqa: BLE001  the one that asked tells of it
        error = found if isinstance(found, TrackerError) else _told(found)
    pickle.dump((None, error), out)


def _told(error: Exception) -> Exception:
    """Return an error that nobody foresaw as it can surely go to the one that asked, with where it happened."""
    from traceback import format_exc

    told = RuntimeError(f"{type(error).__name__}: {error}")
    told.add_note(format_exc())
    return told


def _end_with_the_one_that_asked() -> None:
    sys.stdin.buffer.read()
    os._exit(1)
