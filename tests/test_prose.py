"""Days and large numbers in running text, by the rules of each language; tables and data stay plain."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, Project, Run, plain_environment
from hypothesis import given
from hypothesis import strategies as st

from tracker.wording.local import compact

if TYPE_CHECKING:
    from pathlib import Path

GOALS = """
[series.people]
unit = "人"
[[goals]]
id = "people"
name = "People"
target = 60_000_000
due = 2026
"""
ACTUALS = "series,period,value\npeople,2024,53000000\n"


@pytest.fixture
def plan(project: Project) -> Path:
    """Return a project that counts in tens of millions; its goal is past due and its actual is not in."""
    return project.write(GOALS, ACTUALS)


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", ["2027年1月31日", "5300万 人"]), ("en", ["31 January 2027", "53 million 人", "31 December 2026"])],
)
def test_show_tells_days_and_large_numbers_in_words(run: Run, plan: Path, language: str, words: list[str]) -> None:
    """The sentences of `show` have days in words, and 万 or millions for a number that loses nothing by it."""
    out = run("show", "people", "--as-of", "2027-01-31", "--lang", language, cwd=plan).out
    for word in words:
        assert word in out
    assert "53,000,000 人" in out  # the figures below are exact


@pytest.mark.parametrize("language", ["zh", "en"])
def test_data_and_tables_stay_plain(run: Run, plan: Path, language: str) -> None:
    """JSON keeps ISO days in its sentences, and the table its figures in full."""
    found = json.loads(run("show", "people", "--as-of", "2027-01-31", "--lang", language, "--json", cwd=plan).out)
    assert any("2027-01-31" in sentence for sentence in found["why"])
    assert "2026-12-31" in found["goal"]["reason"]
    assert "53,000,000 人" in run("status", "--lang", language, cwd=plan).out


@pytest.mark.parametrize("arguments", [["status"], ["status", "--json"], ["log"], ["show", "gdp-2000", "--json"]])
def test_babel_is_loaded_for_prose_only(arguments: list[str]) -> None:
    """No table and no data cost the loading of Babel."""
    code = (
        f"import sys; from tracker.cli import main; main({arguments!r}); print('babel' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=plain_environment(), capture_output=True, check=True
    )
    assert done.stderr.decode().strip() == "False"


@given(st.integers(-(10**16), 10**16), st.sampled_from(["zh", "en"]))
def test_a_compact_number_is_the_number(value: int, language: str) -> None:
    """What is said in 万, 亿 or millions is exactly the number, or it is not said so."""
    text = compact(float(value), None, language)
    if text is not None:
        number = text.replace(",", "").replace("−", "-")
        for word, size in {"万亿": 12, "亿": 8, "万": 4, " million": 6, " billion": 9, " trillion": 12}.items():
            if number.endswith(word):
                assert round(float(number.removesuffix(word)) * 10**size, 6) == value
                break
        else:
            pytest.fail(text)
