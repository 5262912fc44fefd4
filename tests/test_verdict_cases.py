"""Verdicts and figures as their publishers printed them, from the rules themselves and from the command."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tracker.assess.growth import carried, rate
from tracker.verdicts import Aim, Verdict, Yearly, destatis, statcan

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

SYMBOLS = {"slightly_cloudy": "cloudy"}
"""The publisher's words that the rule has another word for."""

KNOWN_DISAGREEMENTS = {
    "destatis-11-4:w1t1:2015": ("sun", "cloud"),
    "destatis-11-4:w1t1:2016": ("sun", "cloud"),
    "destatis-9-1-a:w1t1:2018": ("sun", "cloud"),
    "destatis-9-1-a:w1t1:2019": ("sun", "cloud"),
    "destatis-9-1-a:w1t2:2014": ("sun", "cloud"),
    "destatis-9-1-a:w1t2:2015": ("sun", "cloud"),
    "destatis-9-1-a:w1t2:2016": ("sun", "cloud"),
}
"""What the written rule gives and what was published, where the two part."""

Case = dict[str, Any]


def of(cases: Path, method: str) -> list[Case]:
    """Return the published cases of one method."""
    every: list[Case] = json.loads((cases / "official.json").read_text(encoding="utf-8"))
    found = [case for case in every if case["method"] == method]
    assert found
    return found


def points(case: Case) -> list[Yearly]:
    """Return the years of a case up to the one it was judged in."""
    return [Yearly(date(year, 12, 31), value) for year, value in case["series"] if year <= case["as_of"]]


def is_up(case: Case) -> bool:
    """Tell which way of a case is better."""
    return bool(case["direction"] == "increase")


def aim(case: Case) -> Aim | None:
    """Return the target of a case; None where it has none."""
    target = case["target"]
    if target is None:
        return None
    return Aim(date(case["target_year"], 12, 31), target if is_up(case) else None, None if is_up(case) else target)


def near(value: float | None, wanted: float | None) -> bool:
    """Tell whether two figures agree in nine decimals, or are both missing."""
    if value is None or wanted is None:
        return value is wanted
    return abs(value - wanted) <= 1e-9


def by_destatis(case: Case) -> Verdict:
    """Return the symbol of a case by the written rule."""
    wanted = aim(case)
    assert wanted is not None
    return destatis(points(case), [wanted])


def published_symbol(case: Case) -> str:
    """Return what the publisher printed."""
    found: str = case["expected"]["weather"]
    return SYMBOLS.get(found, found)


def test_every_statcan_case(cases: Path) -> None:
    """Label, ratio and score of every published case, and no ratio where none was published."""
    for case in of(cases, "statcan"):
        said = statcan(points(case), aim(case), up=is_up(case), base_year=case["base_year"], limit=case["limit"])
        wanted = case["expected"]
        assert said.label == wanted["status"], case["id"]
        assert near(said.ratio, wanted["progress_value"]), case["id"]
        assert near(said.score, wanted["score"]), case["id"]


def test_every_destatis_case_but_the_known_ones(cases: Path) -> None:
    """The symbol of every case is the published one, but for those that do not follow from the written rule."""
    parted = {
        case["id"]: (by_destatis(case).label, published_symbol(case))
        for case in of(cases, "destatis")
        if by_destatis(case).label != published_symbol(case)
    }
    assert parted == KNOWN_DISAGREEMENTS


def test_the_known_disagreements_are_those_of_the_data(cases: Path) -> None:
    """The cases that part are exactly those marked so, with the reading that the marks give."""
    marked = {
        case["id"]: (case["check"]["our_reading_of_rule_on_stored_data"], published_symbol(case))
        for case in of(cases, "destatis")
        if case["check"]["agrees"] is False
    }
    assert marked == KNOWN_DISAGREEMENTS


def test_the_inputs_of_the_destatis_rule(cases: Path) -> None:
    """Mean yearly change, projection and miss over gap, as far as the rule needs them."""
    compared = 0
    for case in of(cases, "destatis"):
        said, check = by_destatis(case), case["check"]
        basis = said.basis
        assert basis is not None
        assert basis._asdict()["change"] == pytest.approx(check["avg_annual_change"], abs=1e-9), case["id"]
        assert basis._asdict()["projected"] == pytest.approx(check["projected_at_target_year"], abs=1e-9), case["id"]
        if said.ratio is not None:
            assert said.ratio == pytest.approx(check["miss_over_gap"], abs=1e-9), case["id"]
            compared += 1
    assert compared > 150


def test_every_required_growth(cases: Path) -> None:
    """The growth from base to target is the published first step, and carries the base along the published path.

    The publisher prints ten digits.
    """
    for case in of(cases, "required_growth"):
        base = case["series"][0][1]
        needed = rate(base, case["target"], case["target_year"] - case["base_year"], compound=True)
        assert needed == pytest.approx(case["expected"]["required_annual_growth_implied"], abs=1e-9), case["id"]
        for year, value in case["expected"]["required_path"]:
            on_the_way = carried(base, needed, year - case["base_year"], compound=True)
            assert on_the_way == pytest.approx(value, rel=1e-9), (case["id"], year)


def rounding(case: Case) -> float:
    """Return how far a projection may be off because every published value was rounded to 0.1.

    projected = y1^1.5 / y0^0.5: its relative error is 1.5 times that of y1 and half that of y0 (which was published
    whole where it has no decimals), and the published projection is rounded itself.
    """
    values = dict(map(tuple, case["series"]))
    base, last = values[case["base_year"]], values[case["as_of"]]
    lead = case["target_year"] - case["as_of"]
    span = case["as_of"] - case["base_year"]
    own = last * (last / base) ** (lead / span)
    of_base = 0.0 if base == int(base) else 0.05
    return float(own * ((1 + lead / span) * 0.05 / last + lead / span * of_base / base) + 0.05)


def test_every_projection(cases: Path) -> None:
    """The growth so far, carried on to the target year, is the published value within its rounding.

    So is whether that meets the target.
    """
    for case in of(cases, "projection"):
        values = dict(map(tuple, case["series"]))
        last = values[case["as_of"]]
        observed = rate(values[case["base_year"]], last, case["as_of"] - case["base_year"], compound=True)
        projected = carried(last, observed, case["target_year"] - case["as_of"], compound=True)
        wanted = case["expected"]
        assert projected == pytest.approx(wanted["value_2030"], rel=0, abs=rounding(case)), case["id"]
        assert projected is not None
        assert (projected <= case["target"]) is wanted["reaches_70_by_2030"], case["id"]


def written(cases: list[Case]) -> tuple[str, str]:
    """Return goals.toml and actuals.csv with one goal for each case."""
    goals, lines = [], ["series,period,value"]
    for number, case in enumerate(cases):
        goals.append(f'[[goals]]\nid = "case-{number}"\ndue = {case["target_year"]}')
        goals.append(f'direction = "{"up" if is_up(case) else "down"}"')
        if case["target"] is not None:
            goals.append(f"target = {case['target']}")
        if "base_year" in case:
            goals.append(f"baseline = {case['base_year']}")
        if case.get("limit") is not None:
            goals.append(f"limit = {case['limit']}")
        lines += [f"case-{number},{year},{value}" for year, value in case["series"] if year <= case["as_of"]]
    return "\n".join(goals) + "\n", "\n".join(lines) + "\n"


def asked(run: Run, project: Project, found: list[Case], *options: str) -> list[tuple[Case, dict[str, Any]]]:
    """Return each case with what the command says of it."""
    folder = project.write(*written(found))
    done = run("status", "--json", "--as-of", "2025-12-31", "--sort", "file", *options, cwd=folder)
    assert done.code == 0, done.err
    return list(zip(found, json.loads(done.out)["goals"], strict=True))


STATUS = {
    "substantial_progress": "on-track", "moderate_progress": "at-risk", "limited_progress": "off-track",
    "deterioration": "off-track", "not_available": "too-few", "target_achieved": "on-track",
    "sun": "on-track", "cloudy": "on-track", "cloud": "at-risk", "thunderstorm": "off-track",
}  # fmt: skip
JUDGED = {"on-track", "at-risk", "off-track", "too-few"}


def test_the_command_gives_every_statcan_case(run: Run, project: Project, cases: Path) -> None:
    """All of them in one file: verdict as published, and the status that follows where nothing is decided."""
    judged = 0
    for case, goal in asked(run, project, of(cases, "statcan"), "--method", "statcan"):
        said, wanted = goal["verdict"], case["expected"]
        assert (said["method"], said["label"]) == ("statcan", wanted["status"]), case["id"]
        assert near(said["ratio"], wanted["progress_value"]), case["id"]
        assert near(said["score"], wanted["score"]), case["id"]
        if goal["status"] in JUDGED:
            assert goal["status"] == STATUS[said["label"]], case["id"]
            judged += 1
    assert judged > 50


def test_the_command_gives_every_destatis_case(run: Run, project: Project, cases: Path) -> None:
    """All of them in one file: the rule's own symbol, and the status that follows where nothing is decided."""
    judged = 0
    for case, goal in asked(run, project, of(cases, "destatis"), "--method", "destatis"):
        label = KNOWN_DISAGREEMENTS.get(case["id"], (published_symbol(case), None))[0]
        assert (goal["verdict"]["method"], goal["verdict"]["label"]) == ("destatis", label), case["id"]
        if goal["status"] in JUDGED:
            assert goal["status"] == STATUS[label], case["id"]
            judged += 1
    assert judged > 100


def test_the_command_gives_every_required_growth(run: Run, project: Project, cases: Path) -> None:
    """`growth.required` of one actual is the published rate."""
    for case, goal in asked(run, project, of(cases, "required_growth")):
        wanted = case["expected"]["required_annual_growth_implied"]
        assert goal["growth"]["required"] == pytest.approx(wanted, abs=1e-9), case["id"]
        assert goal["growth"]["unit"] == "fraction/year"


def test_the_command_gives_every_projection(run: Run, project: Project, cases: Path) -> None:
    """`projected.value` of base and latest is the published value, within its rounding."""
    for case, goal in asked(run, project, of(cases, "projection")):
        wanted = case["expected"]["value_2030"]
        assert goal["projected"]["value"] == pytest.approx(wanted, rel=0, abs=rounding(case)), case["id"]
