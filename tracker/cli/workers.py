"""Work that is shared out to processes of our own, one for each core: what goes in and comes out is pickled."""

from __future__ import annotations

import os
import pickle  # what is read was written by ourselves, over a pipe that nobody else holds
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from tracker.errors import InvalidFile, TrackerError, Unreachable, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tracker.errors import Problem

Task = TypeVar("Task")
Made = TypeVar("Made")
_MOST = 8
_PROGRAM = "from tracker.cli.workers import serve; serve()"


def cores() -> int:
    """Return how many processes are worth having at once."""
    return min(_MOST, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def all_done(function: Callable[[Task], Made], tasks: Sequence[Task], processes: int) -> list[Made]:
    """Return what a function makes of each task, in their order.

    What is wrong in any of them is raised for all together: `InvalidFile` with every problem, else the first error.
    `Unreachable` tells of a process that ended early.
    """
    parts = [tasks[first::processes] for first in range(processes)]
    with _uninterrupted():
        workers = [_started() for _ in parts]
    with ThreadPoolExecutor(processes) as threads:
        try:
            answers = [threads.submit(_answered, one, function, part) for one, part in zip(workers, parts, strict=True)]
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
    return [made[place % processes][place // processes] for place in range(len(tasks))]


def _started() -> subprocess.Popen[bytes]:
    # the package from where it is here, and nothing that lies in the folder we are in
    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
    path = os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-P", "-c", _PROGRAM]
    return subprocess.Popen(  # noqa: S603  ourselves
        command, env={**os.environ, "PYTHONPATH": path}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def _answered(
    worker: subprocess.Popen[bytes], function: Callable[[Task], Made], tasks: Sequence[Task]
) -> tuple[list[Made], TrackerError | None]:
    """Return what a process makes of its tasks, and its error; its stdin stays open, as long as we are there."""
    assert worker.stdin is not None  # noqa: S101  for the type checker
    assert worker.stdout is not None  # noqa: S101
    try:
        pickle.dump((function, tasks), worker.stdin)
        worker.stdin.flush()
        made: tuple[list[Made], TrackerError | None] = pickle.load(worker.stdout)  # noqa: S301  see above
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        what = say("a process that did part of the work was ended from outside")
        raise Unreachable(what, say("there may not be enough memory for it")) from error
    return made


def _raise(errors: Sequence[TrackerError]) -> None:
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
    except EOFError:
        os._exit(1)
    Thread(target=_end_with_the_one_that_asked, daemon=True).start()
    made, error = list[Any](), None
    try:
        made = [function(task) for task in tasks]
    except TrackerError as found:
        error = found
    with os.fdopen(answer, "wb") as out:
        pickle.dump((made, error), out)
    os._exit(0)  # nothing is left to tidy up


def _end_with_the_one_that_asked() -> None:
    sys.stdin.buffer.read()
    os._exit(1)
