"""What pytest gives to a test, for tests that are run in one process: the cases, a project, and the command.

The command is the same as in `conftest.run` but for the process around it, which takes longer than the command.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from conftest import CASES, Project, Result, plain_environment

from tracker.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

GIVEN = {"cases", "project", "run", "tmp_path"}
"""The names of the fixtures there are."""


def run_in(folder: Path) -> Callable[..., Result]:
    """Return the command as a function that runs in a folder."""

    def run(
        *args: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        stdin: str | bytes | None = None,
        encoding: str = "utf-8",
    ) -> Result:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True) for _ in range(2))
        text = stdin.decode(encoding) if isinstance(stdin, bytes) else stdin or ""
        with (
            chdir(cwd or folder),
            patch.dict(os.environ, plain_environment(**(env or {})), clear=True),
            patch.object(sys, "stdin", io.StringIO(text)),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = main([str(arg) for arg in args])
        said, complained = (stream.buffer.getvalue() for stream in (out, err))
        return Result(said.decode(encoding), complained.decode(encoding), code, said)

    return run


def called(test: Callable[..., None], given: dict[str, Any], wanted: set[str]) -> None:
    """Call a test with the arguments of its case and the fixtures that it wants, in a folder of its own."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        every = {"cases": CASES, "project": Project(folder), "run": run_in(folder), "tmp_path": folder}
        test(**given, **{key: value for key, value in every.items() if key in wanted})
