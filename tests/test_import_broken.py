"""Broken tables: each in tests/broken_tables, beside it the exact problems that it must give."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_import import GOALS, HEADER

if TYPE_CHECKING:
    from conftest import Project, Run

BROKEN = Path(__file__).parent / "broken_tables"
FILES = sorted(path for path in BROKEN.iterdir() if path.suffix not in {".txt", ".md"})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_broken_table_gives_exactly_its_problems(run: Run, project: Project, path: Path) -> None:
    """Every problem is there with its cell, what it looked like and what would be accepted; nothing is imported."""
    folder = project.write(GOALS, HEADER)
    shutil.copy(path, folder)
    done = run("import", path.name, cwd=folder)
    assert done.err == path.with_name(f"{path.name}.txt").read_text(encoding="utf-8")
    assert done.code == 4
    assert project.actuals.read_text(encoding="utf-8") == HEADER


def test_every_broken_table_has_its_problems_beside_it() -> None:
    """No expectation is left without its table, and there are enough of them to mean something."""
    assert {path.name for path in BROKEN.glob("*.txt")} == {f"{path.name}.txt" for path in FILES}
    assert len(FILES) >= 20
