"""Broken goals.toml files: each in tests/broken, beside it the exact problems that it must give."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tracker.errors import InvalidFile
from tracker.extras import newer
from tracker.goals.read import read_goals

if TYPE_CHECKING:
    from tracker.errors import Problem

BROKEN = Path(__file__).parent / "broken"


def as_lines(problem: Problem) -> list[str]:
    """Return a problem as its .txt file has it."""
    parts = [str(problem.line or "-"), problem.where, ("warning: " if problem.warning else "") + str(problem.what)]
    return [": ".join(part for part in parts if part), *([f"    {problem.help}"] if problem.help else [])]


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.toml")), ids=lambda path: path.stem)
def test_a_broken_file_gives_exactly_its_problems(path: Path) -> None:
    """Every problem is there at once, with its line, its place, what was found and what is allowed."""
    with pytest.raises(InvalidFile) as caught:
        read_goals(str(path))
    lines = [line for problem in caught.value.problems for line in as_lines(problem)]
    expected = path.with_suffix(".txt").read_text(encoding="utf-8").replace("{newer}", str(newer()))
    assert lines == expected.splitlines()
    assert {problem.file for problem in caught.value.problems} == {str(path)}


def test_every_broken_file_has_its_problems_beside_it() -> None:
    """No expectation is left without its file, and there are enough of them to mean something."""
    files = {path.stem for path in BROKEN.glob("*.toml")}
    assert files == {path.stem for path in BROKEN.glob("*.txt")}
    assert len(files) >= 30
