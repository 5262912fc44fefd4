"""Sentences that count say one of a thing as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Project, Run

PARTS = "".join(f'[[goals]]\nid = "{name}"\ntarget = 5\ndue = 2030\n' for name in ("a", "b"))
ACTUALS = "series,period,value\na,2020,1\na,2021,1.1\nb,2020,1\nb,2021,1.1\n"


def reason(run: Run, project: Project, made_of: str) -> str:
    """Return what `show` says of a goal that is made of others."""
    project.write(f'{PARTS}[[goals]]\nid = "whole"\n{made_of}\n', ACTUALS)
    return " ".join(run("show", "whole", "--as-of", "2022-01-31").out.split())


@pytest.mark.parametrize(
    ("made_of", "sentence"),
    [
        ('all = ["a"]', "a, the only goal it is made of, decides: off-track"),
        ('any = ["a"]', "a, the only goal it is made of, decides: off-track"),
        ('at_least = { count = 1, of = ["a"] }', "a, the only goal it is made of, decides: off-track"),
        ('all = ["a", "b"]', "both are needed; a is the furthest behind: off-track"),
        ('at_least = { count = 1, of = ["a", "b"] }', "1 of 2 is needed; a decides: off-track"),
        ('at_least = { count = 2, of = ["a", "b"] }', "2 of 2 are needed; a decides: off-track"),
    ],
)
def test_a_goal_of_one_part_says_so(made_of: str, sentence: str, project: Project, run: Run) -> None:
    """One goal is not "all 1", and one of several is needed, not are."""
    assert sentence in reason(run, project, made_of)


def test_the_table_counts_one_goal(project: Project, run: Run) -> None:
    """Where a target stands in other rows the cell counts the goals it is made of."""
    project.write(f'{PARTS}[[goals]]\nid = "one"\nall = ["a"]\n[[goals]]\nid = "two"\nall = ["a", "b"]\n', ACTUALS)
    out = run("status", "--format", "md", "--lang", "en").out
    assert "| 1 goal · 2030" in out
    assert "| 2 goals · 2030" in out
