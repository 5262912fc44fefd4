"""How far a long reading is, on a terminal that has waited for a second."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracker.cli.language import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress, TaskID

PATIENCE = 1.0
"""Seconds that people wait without a sign."""


@contextmanager
def progress() -> Iterator[Callable[[int, int], None]]:
    """Return what to tell how many rows of how many are read; nothing is drawn unless stderr is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    begun = time.monotonic()
    bar: Progress | None = None
    task: TaskID | None = None

    def tell(done: int, total: int) -> None:
        nonlocal bar, task
        if bar is None and time.monotonic() - begun >= PATIENCE:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
            from rich.progress import Progress as Drawn

            parts = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
            bar = Drawn(*parts, console=Console(stderr=True), transient=True)
            task = bar.add_task(words().text("rows"), total=None)
            bar.start()
        if bar is not None and task is not None:
            bar.update(task, completed=done, total=max(total, done) or None)

    try:
        yield tell
    finally:
        if bar is not None:
            bar.stop()
