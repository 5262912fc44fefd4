"""The chance of a goal made of goals if nothing ties them together, through `show`."""

from __future__ import annotations

import json
from itertools import product
from math import prod
from typing import TYPE_CHECKING

import pytest
from test_status_json import goal, seen

if TYPE_CHECKING:
    from conftest import Project, Run


@pytest.mark.parametrize(
    ("rule", "least"), [('any = ["a", "b", "c"]', 1), ('at_least = { count = 2, of = ["a", "b", "c"] }', 2)]
)
def test_some_of_three_goals(run: Run, project: Project, rule: str, least: int) -> None:
    """The sum over every way in which enough of them succeed, as shown in whole percent."""
    text = goal("x", rule, series=None)
    for name, target in (("a", 128), ("b", 134), ("c", 140)):
        text += goal(name, f"target = {target}", "due = 2025", series="y")
    rows = "y 2018 100\ny 2019 104\ny 2020 109\ny 2021 113\ny 2022 119\ny 2023 124"
    found = seen(run, project, text, rows, "--as-of", "2024-03-01")
    chances = [found[name]["chance"] for name in "abc"]
    assert len(set(chances)) == 3
    wanted = sum(
        prod(chance if met else 1 - chance for chance, met in zip(chances, way, strict=True))
        for way in product((True, False), repeat=3)
        if sum(way) >= least
    )
    done = run("show", "x", "--json", "--lang", "en", "--as-of", "2024-03-01", cwd=project.folder)
    lines = [line for line in json.loads(done.out)["explained"] if "independent" in line["figure"]]
    assert [line["value"] for line in lines] == [f"{100 * wanted:.0f} %"], lines
