"""Ranks within a panel of series are computed, not typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Project, Run

GOALS = """
[series.elsewhere]
[series."rank/a"]
kind = "rank"
rank_of = "share/{county}"
[[goals]]
id = "first"
series = "rank/a"
target = 1
due = 2026
direction = "down"
[[goals]]
id = "share-a"
series = "share/a"
target = 60
due = 2026
direction = "DIRECTION"
[[goals]]
id = "other"
series = "elsewhere"
target = 60
due = 2026
direction = "up"
"""
HEADER = "series,period,value,quality,published\n"
ACTUALS = HEADER + "".join(
    f"share/{county},{year},{value},{quality},{year + 1}-01-31\n"
    for county, year, value, quality in [
        ("a", 2022, 40, "final"), ("b", 2022, 44, "final"), ("c", 2022, 50, "final"),
        ("a", 2023, 45, "final"), ("b", 2023, 45, "estimate"), ("c", 2023, 44, "final"),
        ("a", 2024, 52, "final"), ("b", 2024, 46, "final"), ("c", 2024, 51, "final"),
        ("a", 2025, 60, "final"),
    ]
)  # fmt: skip


def history(run: Run, project: Project, direction: str = "up", *more: str) -> list[tuple[str, int, str]]:
    """Return the ranks that the goal is judged by: period, place and quality."""
    folder = project.write(GOALS.replace("DIRECTION", direction), ACTUALS)
    found = json.loads(run("show", "first", "--json", *more, cwd=folder).out)["history"]
    return [(point["period"], point["value"], point["quality"]) for point in found]


def test_places_follow_the_values(run: Run, project: Project) -> None:
    """Third of 40, 44, 50; first with 45 beside 45 and 44, as equals share the better place; first with 52.

    2025 has one value only: no place. A place beside a figure that is not final is provisional.
    """
    assert history(run, project) == [("2022", 3, "final"), ("2023", 1, "provisional"), ("2024", 1, "final")]


def test_where_less_is_better_the_lowest_is_first(run: Run, project: Project) -> None:
    """With goals that want less, 40 is the first of 40, 44, 50, and 52 the last of three."""
    assert [place for _, place, _ in history(run, project, "down")] == [1, 2, 3]


def test_nothing_has_its_place_too(run: Run, project: Project) -> None:
    """A value of 0 is a value: the last beside 0.5 and 0.7, and the first where less is better."""
    rows = HEADER + "share/a,2024,0,final,\nshare/b,2024,0.5,final,\nshare/c,2024,0.7,final,\n"
    for direction, place in (("up", 3), ("down", 1)):
        folder = project.write(GOALS.replace("DIRECTION", direction), rows)
        found = json.loads(run("status", "first", "--json", cwd=folder).out)["goals"][0]
        assert found["actual"]["value"] == place


def test_a_place_cites_the_figure_it_is_the_place_of(run: Run, project: Project) -> None:
    """Source and address are those of the member's own value, which is what a reader looks up."""
    rows = "series,period,value,source,url\nshare/a,2024,5,Bulletin,https://example.org/a\nshare/b,2024,4,Other,\n"
    folder = project.write(GOALS.replace("DIRECTION", "up"), rows)
    (point,) = json.loads(run("show", "first", "--json", cwd=folder).out)["history"]
    assert (point["value"], point["source"], point["url"]) == (1, "Bulletin", "https://example.org/a")


def test_a_rank_is_known_when_its_figures_are(run: Run, project: Project) -> None:
    """What was not public yet counts for no place."""
    assert history(run, project, "up", "--known-on", "2023-06-30") == [("2022", 3, "final")]


def test_a_place_is_that_of_a_day(run: Run, project: Project) -> None:
    """A member that writes 2023-12 stands beside those that write 2023, once, even where it has both.

    Amounts of a month and of a year have no place beside each other.
    """
    rows = "a,2023-12,45,,\nb,2023,44,,\nb,2023-12,46,,\nc,2023,50,,\na,2024,52,,\nb,2024-12,51,,\n"
    rows = HEADER + "".join(f"share/{row}\n" for row in rows.splitlines())
    folder = project.write(GOALS.replace("DIRECTION", "up"), rows)
    found = json.loads(run("show", "first", "--json", cwd=folder).out)["history"]
    assert [(point["period"], point["value"]) for point in found] == [("2023-12", 3), ("2024", 1)]
    declared = "".join(f'[series."share/{name}"]\nkind = "flow"\n' for name in "ab")
    rows = f"{HEADER}share/a,2024,52,,\nshare/b,2024-12,51,,\n"
    folder = project.write(declared + GOALS.replace("DIRECTION", "up"), rows)
    assert json.loads(run("status", "first", "--json", cwd=folder).out)["goals"][0]["actual"] is None


def test_what_is_typed_does_not_count(run: Run, project: Project) -> None:
    """A value recorded for a computed rank changes no place, and the goal is judged as ever."""
    folder = project.write(GOALS.replace("DIRECTION", "up"), ACTUALS + "rank/a,2024,9,final,2025-01-31\n")
    found = json.loads(run("status", "first", "--json", cwd=folder).out)["goals"][0]
    assert (found["actual"]["value"], found["status"]) == (1, "achieved")


@pytest.mark.parametrize("line", ['rank_of = "share"', 'rank_of = "share/{}"', "rank_of = 3"])
def test_a_panel_has_one_place(run: Run, project: Project, line: str) -> None:
    """A panel without a place in braces is refused with its line."""
    folder = project.write(GOALS.replace('rank_of = "share/{county}"', line), ACTUALS)
    done = run("status", cwd=folder)
    assert (done.code, "expected the id of a series with one place in braces" in done.err) == (4, True)


REVISED = HEADER + "".join(
    f"share/{county},{year},{value},final,{year + 1}-01-05\n"
    for year, values in {2021: (10, 20, 30), 2022: (22, 21, 31), 2023: (29, 21, 31), 2024: (30, 21, 31)}.items()
    for county, value in zip("abc", values, strict=True)
) + "share/a,2024,33,final,2025-03-05\n"  # fmt: skip
"""The places of a are 3, 2, 2 and 2, until the figure for 2024 is revised: that makes it the first."""
SINCE = ["--since", "2025-02-01", "--as-of", "2025-04-01"]


def test_a_comparison_knows_the_ranks_of_then(run: Run, project: Project) -> None:
    """One place is another since a figure was revised, and none is new: the goal stood as it was told to stand."""
    folder = project.write(GOALS.replace("DIRECTION", "up"), REVISED)
    found = json.loads(run("diff", *SINCE, "--json", cwd=folder).out)
    assert found["new"] == []
    revised = {one["series"]: (one["before"]["value"], one["after"]["value"]) for one in found["revised"]}
    assert revised == {"share/a": (30, 33), "rank/a": (2, 1)}
    then = run("status", "first", "--as-of", "2025-02-01", "--known-on", "2025-02-01", "--json", cwd=folder).out
    (told,) = json.loads(then)["goals"]
    statuses = [(one["goal"], one["before"]["status"], one["after"]["status"]) for one in found["statuses"]]
    assert (told["actual"]["value"], statuses) == (2, [("first", told["status"], "achieved")])
    run("report", *SINCE, "-o", "report.md", cwd=folder)
    report = (folder / "report.md").read_text(encoding="utf-8")
    assert ("| rank/a 2024 | 2 | 1 |" in report, "| rank/a 2022 |" in report) == (True, False)


def test_only_changes_tells_of_a_rank_that_is_another(run: Run, project: Project) -> None:
    """After the revision nothing changes: what was computed on both days is no news."""
    folder = project.write(GOALS.replace("DIRECTION", "up"), REVISED)
    told = json.loads(run("status", "--only-changes", *SINCE, "--json", cwd=folder).out)["goals"]
    assert {one["id"] for one in told} == {"first", "share-a"}
    quiet = run("status", "--only-changes", "--since", "2025-03-10", "--as-of", "2025-04-01", cwd=folder)
    assert quiet[:3] == ("", "", 0)
    run("status", "--as-of", "2025-02-01", "--known-on", "2025-02-01", "--json", "-o", "saved.json", cwd=folder)
    saved = json.loads(run("diff", "--since", "saved.json", "--as-of", "2025-04-01", "--json", cwd=folder).out)
    assert ("rank/a", 2, 1) in {
        (one["series"], one["before"]["value"], one["after"]["value"]) for one in saved["revised"]
    }


def test_a_revision_tells_of_the_places_it_changed(run: Run, project: Project) -> None:
    """The member's figure and the place both made the goal; another member's figure that changed no place did nothing.

    Each of them decides the rank, and so belongs to a comparison of that goal alone.
    """
    folder = project.write(GOALS.replace("DIRECTION", "up"), REVISED + "share/b,2024,21.5,final,2025-03-05\n")
    for goals in ([], ["first"]):
        revised = json.loads(run("diff", *goals, *SINCE, "--json", cwd=folder).out)["revised"]
        turned = {
            one["series"]: {
                each["goal"]: (each["before"]["status"], each["after"]["status"]) for each in one["verdicts"]
            }
            for one in revised
        }
        assert set(turned) == {"share/a", "share/b", "rank/a"}
        assert turned["share/a"]["first"] == turned["rank/a"]["first"] == ("off-track", "achieved")
        assert turned["share/b"] == {}
        assert [one["goals"] for one in revised] == [["first", "share-a"], ["first"], ["first"]]
    text = run("diff", *SINCE, "--format", "md", cwd=folder).out
    assert "- **Revised** share/a 2024: 30 → 33 (first: off-track → achieved; " in text


def test_looking_back_sees_the_ranks_of_then(run: Run, project: Project) -> None:
    """The calls are those on the same places typed in on the days on which they were known.

    What was second when 2024 came out is judged as second there, though it is the first since, and so is what a
    later figure of another member made of 2023.
    """
    later = "share/b,2023,30,final,2025-03-05\nshare/a,2025,40,final,2026-01-05\nshare/c,2025,41,final,2026-01-05\n"
    places = "".join(f"typed,{year},{place},final,{day}\n" for year, place, day in [
        (2021, 3, "2022-01-05"), (2022, 2, "2023-01-05"), (2023, 2, "2024-01-05"), (2023, 3, "2025-03-05"),
        (2024, 2, "2025-01-05"), (2024, 1, "2025-03-05"), (2025, 2, "2026-01-05"),
    ])  # fmt: skip
    typed = '[series.typed]\nkind = "rank"\n[[goals]]\nid = "typed"\ntarget = 1\ndue = 2026\ndirection = "down"\n'
    goals = (GOALS.replace("DIRECTION", "up") + typed).replace("due = 2026", "due = 2026\nbaseline = 2021")
    folder = project.write(goals, REVISED + later + places)
    first, other = (
        json.loads(run("backtest", goal, "--as-of", "2026-02-01", "--json", cwd=folder).out)
        for goal in ("first", "typed")
    )
    assert first["sets"] == other["sets"]
    assert first["sets"][1]["cases"] == 6
