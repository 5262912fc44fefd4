"""History that nobody can rewrite: what is recorded or published later changes no answer about an earlier day."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.assess import assess
from tracker.goals.read import goals_in
from tracker.model.actual import Actual, Quality, View, in_force
from tracker.periods import parse_period
from tracker.views.record import goal_record
from tracker.wording.words import ENGLISH

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

GOALS = """
language = "en"
[series.x]
unit = "%"
kind = "ratio"
[series.ref]
unit = "%"
kind = "ratio"
[series.made]
unit = "t"
kind = "flow"

[[goals]]
id = "catch-up"
series = "x"
baseline = 2018
target = { series = "ref", offset = -1 }
due = 2026

[[goals]]
id = "plain"
series = "x"
target = 60
due = 2026
revisions = [{ until = 2022-06-30, target = 70, due = 2024, why = "too bold" }]

[[goals]]
id = "kept"
series = "x"
mode = "keep"
target = 40
due = 2025

[[goals]]
id = "made"
target = 100
due = 2024

[[goals]]
id = "both"
all = ["catch-up", "plain", "made"]
"""
FILE = goals_in(f"format = 1\n{GOALS}".encode(), "goals.toml").file
HEADER = "series,period,value,quality,published,source,url,note,recorded_at\n"

days = st.dates(date(2019, 1, 1), date(2025, 12, 31))
yearly = st.integers(2017, 2024).map(str)
monthly = st.tuples(st.integers(2022, 2024), st.integers(1, 12)).map(lambda one: f"{one[0]}-{one[1]:02}")


@st.composite
def lines(draw: st.DrawFn) -> Actual:
    """Draw one line of a ledger: a value or a retraction, with a day to be public on, one to be written on, or none."""
    series = draw(st.sampled_from(["x", "ref", "made"]))
    period = parse_period(draw(monthly if series == "made" else yearly))
    assert period is not None
    quality = draw(st.sampled_from(list(Quality)))
    value = None if quality is Quality.RETRACTED else float(draw(st.integers(1, 90)))
    published, recorded = draw(st.none() | days), draw(st.none() | days)
    moment = None if recorded is None else datetime.combine(recorded, draw(st.times()), UTC)
    return Actual(series, period, value, quality, published, recorded_at=moment)


def placed(recorded: list[Actual]) -> list[Actual]:
    """Return lines with their places in the ledger."""
    return [line._replace(position=place) for place, line in enumerate(recorded, 1)]


def answer(recorded: list[Actual], view: View) -> list[dict[str, Any]]:
    """Return all that tracker says about every goal."""
    return [goal_record(seen, ENGLISH) for seen in assess(FILE, in_force(placed(recorded), view), view)]


@given(st.lists(lines(), max_size=20), st.lists(lines(), max_size=8), days, days)
def test_what_is_recorded_later_changes_no_earlier_answer(
    before: list[Actual], after: list[Actual], day: date, as_of: date
) -> None:
    """Lines written after a day never change an answer `--recorded-by` that day, whatever they say they published."""
    later = [
        line._replace(recorded_at=datetime.combine(day + timedelta(days=1 + place), time(0), UTC))
        for place, line in enumerate(after)
    ]
    view = View(as_of, recorded_by=day)
    assert answer([*before, *later], view) == answer(before, view)


@given(st.lists(lines(), max_size=20), st.lists(lines(), max_size=8), days, days)
def test_what_is_published_later_changes_no_earlier_answer(
    before: list[Actual], after: list[Actual], day: date, as_of: date
) -> None:
    """Lines published after a day never change an answer `--known-on` that day, whenever they were written."""
    later = [line._replace(published=day + timedelta(days=1 + place)) for place, line in enumerate(after)]
    view = View(as_of, known_on=day)
    assert answer([*before, *later], view) == answer(before, view)


@given(st.lists(lines(), max_size=20), st.lists(lines(), max_size=8), days)
def test_periods_to_come_change_no_answer(before: list[Actual], after: list[Actual], as_of: date) -> None:
    """Actuals of periods that end after a day do not exist for `--as-of` that day."""
    later = [line for line in after if line.period.end > as_of]
    assert answer([*before, *later], View(as_of)) == answer(before, View(as_of))


@given(st.lists(lines(), max_size=20), days)
def test_the_promise_of_the_day_is_judged(recorded: list[Actual], day: date) -> None:
    """Until 2022-06-30, that day included, the promise was 70 by 2024; nobody knew then that it would be 60 by 2026."""
    then = {one["id"]: one for one in answer(recorded, View(date(2025, 12, 31), known_on=day))}
    promised = (70, "2024-12-31") if day <= date(2022, 6, 30) else (60, "2026-12-31")
    assert (then["plain"]["target"]["value"], then["plain"]["due"]) == promised
    assert then["both"]["due"] == "2026-12-31"  # the latest of its children's


def rows(*texts: str) -> str:
    """Return a ledger of lines such as `x 2020 40 final 2021-01-31 2021-02-01` (published, recorded); - is none."""
    result = HEADER
    for text in texts:
        series, period, value, quality, published, recorded = ("" if one == "-" else one for one in text.split())
        result += f"{series},{period},{value},{quality},{published},,,,{recorded and recorded + 'T12:00:00Z'}\n"
    return result


BEFORE = (
    "x 2018 38 final 2019-01-31 2019-02-10",
    "x 2020 44 provisional 2021-01-31 2021-02-10",
    "x 2020 45 final 2021-06-30 2022-03-01",
    "ref 2018 50 final 2019-01-31 2019-02-10",
    "ref 2020 51 final 2021-01-31 2021-02-10",
    "made 2020 80 final 2021-01-31 -",
)
LATER = (
    "x 2021 49 final 2022-01-31 2022-02-10",
    "x 2020 - retracted 2022-01-31 2022-02-10",
    "ref 2020 58 final 2022-01-31 2022-02-10",
    "made 2021 120 final 2022-01-31 -",
)


@pytest.mark.parametrize("command", [["status"], ["show", "both"], ["show", "catch-up"], ["show", "plain"], ["log"]])
@pytest.mark.parametrize("option", ["--known-on", "--recorded-by"])
def test_every_command_travels(run: Run, project: Project, command: list[str], option: str) -> None:
    """What came after 2021-12-31 changes no command's answer for that day; without the option it does."""
    arguments = [*command, "--as-of", "2022-12-31", "--json"]
    folder = project.write(GOALS, rows(*BEFORE))
    before = run(*arguments, option, "2021-12-31", cwd=folder)
    project.write(actuals=rows(*BEFORE, *LATER))
    assert before.code == 0, before.err
    assert run(*arguments, option, "2021-12-31", cwd=folder) == before
    today = json.loads(run(*arguments, cwd=folder).out)
    assert today != {**json.loads(before.out), "known_on": None, "recorded_by": None}


def test_the_two_views_part_where_a_figure_was_typed_in_later(run: Run, project: Project) -> None:
    """45 was public on 2021-06-30 and written down in March 2022: known in 2021, in the ledger only in 2022."""
    folder = project.write(GOALS, rows(*BEFORE))

    def actual(*options: str) -> Any:  # noqa: ANN401  a number out of JSON
        done = run("status", "plain", "--json", "--as-of", "2021-12-31", *options, cwd=folder)
        return json.loads(done.out)["goals"][0]["actual"]["value"]

    assert actual("--known-on", "2021-12-31") == 45
    assert actual("--known-on", "2021-06-29") == 44
    assert actual("--recorded-by", "2021-12-31") == 44
    assert actual("--recorded-by", "2022-03-01") == 45
    assert actual("--known-on", "2022-12-31", "--recorded-by", "2021-12-31") == 44


def test_a_line_without_a_moment_was_not_written_before_it_was_public(run: Run, project: Project) -> None:
    """80 has no recorded_at and was published on 2021-01-31: no ledger of 2020 can have held it."""
    folder = project.write(GOALS, rows(*BEFORE))
    for day, status in (("2021-01-30", "no-data"), ("2021-01-31", "too-few")):
        done = run("status", "made", "--json", "--as-of", "2022-12-31", "--recorded-by", day, cwd=folder)
        assert json.loads(done.out)["goals"][0]["status"] == status


def test_a_later_promise_is_not_foreseen(run: Run, project: Project) -> None:
    """Asked for a day on which a promise still held, show does not tell that it would be changed."""
    folder = project.write(GOALS, rows(*BEFORE))
    then = run("show", "plain", "--known-on", "2022-01-01", cwd=folder).out
    assert "70 % · due 2024" not in then
    assert "promised otherwise" not in then
    assert "promised otherwise until 30 June 2022: 70 % by 2024 (too bold)" in run("show", "plain", cwd=folder).out


def test_a_former_promise_is_told_by_what_was_other(run: Run, project: Project) -> None:
    """Its target, its due or both, with its source; what one before it does not name is told as promised now."""
    revisions = """[
        { until = 2020-06-30, target = { between = [50, 55] } },
        { until = 2021-06-30, target = { change = -8 }, source = "old plan" },
        { until = 2022-06-30, due = 2024, why = "late", source = "plan" },
    ]"""
    goal = f'[[goals]]\nid = "x"\nbaseline = 2018\ntarget = 60\ndue = 2026\nrevisions = {revisions}\n'
    project.write(f'language = "en"\n[series.x]\nunit = "%"\nkind = "ratio"\n{goal}', rows(*BEFORE[:1]))

    def told(text: str) -> list[str]:
        return [line.partition("otherwise until ")[2] for line in text.splitlines() if "otherwise until" in line]

    assert told(run("show", "x").out) == [
        "30 June 2020: 50 to 55 %",
        "30 June 2021: the baseline − 8 pp (old plan)",
        "30 June 2022: due 2024 (late; plan)",
    ]
    assert told(run("show", "x", "--known-on", "2022-01-31").out) == [
        "30 June 2020: 50 to 55 % by 2026",
        "30 June 2021: the baseline − 8 pp by 2026 (old plan)",
    ]
    run("report", "-o", "r.md")
    assert "until 2021-06-30: the baseline − 8 pp (old plan)" in (project.folder / "r.md").read_text(encoding="utf-8")


def test_the_steps_of_today_bend_no_former_promise(run: Run, project: Project) -> None:
    """The way to 50 had no step that anybody knows of, the way to 60 until 2023 only that of 2021; judged in 2022."""
    steps = "steps = [{ due = 2021, target = 52 }, { due = 2025, target = 58 }]"
    goal = f'[[goals]]\nid = "ID"\nseries = "x"\nbaseline = 2018\ntarget = 60\ndue = 2026\n{steps}\n'
    lower = goal.replace("ID", "lower") + "revisions = [{ until = 2023-06-30, target = 50, due = 2024 }]\n"
    sooner = goal.replace("ID", "sooner") + "revisions = [{ until = 2023-06-30, due = 2023 }]\n"
    project.write(
        f'language = "en"\n[series.x]\nunit = "%"\nkind = "ratio"\n{lower}{sooner}',
        rows("x 2018 38 final 2019-01-31 -", "x 2021 46 final 2022-01-31 -", "x 2022 48 final 2023-01-31 -"),
    )

    def goals(*option: str) -> dict[str, tuple[float, bool]]:
        done = json.loads(run("status", "--json", "--as-of", "2023-06-30", *option).out)
        return {one["id"]: (one["expected"], "2021-12-31 was missed" in one["reason"]) for one in done["goals"]}

    # 38 + (50 − 38) × 4/6; from the step of 2021 half of the way to 60
    assert goals("--known-on", "2023-06-30") == {"lower": (46, False), "sooner": (56, True)}
    assert goals() == {"lower": (53.5, True), "sooner": (53.5, True)}
    shown = run("show", "sooner", "--known-on", "2023-06-30").out
    assert "step 2021" in shown
    assert "step 2025" not in shown
    assert "step 20" not in run("show", "lower", "--known-on", "2023-06-30").out


def test_check_travels_too(run: Run, project: Project) -> None:
    """A jump recorded in 2022 is no warning of a check as it would have been at the end of 2021."""
    folder = project.write(GOALS, rows(*BEFORE, "made 2021 8000 final 2022-01-31 2022-02-10"))
    assert "a jump of ten times or more" in run("check", cwd=folder).err
    for option in ("--as-of", "--known-on", "--recorded-by"):
        day = "2021-12-30"
        assert "a jump of ten times" not in run("check", option, day, cwd=folder).err


@settings(max_examples=8)
@given(st.lists(lines(), max_size=6), st.lists(lines(), min_size=1, max_size=4), days)
def test_the_command_keeps_the_law(
    tmp_path_factory: pytest.TempPathFactory, before: list[Actual], after: list[Actual], day: date
) -> None:
    """Through files and the whole command: lines written after a day change nothing `--recorded-by` that day."""
    from tracker.cli import main
    from tracker.stores import open_store

    folder = tmp_path_factory.mktemp("law")
    (folder / "goals.toml").write_text(f"format = 1\n{GOALS}", encoding="utf-8")
    store = open_store("actuals.csv", str(folder), named=False)
    store.append(lambda _: before)

    def said() -> str:
        out = folder / "out.json"
        arguments = ["status", "-f", str(folder / "goals.toml"), "--json", "-o", str(out)]
        assert main([*arguments, "--as-of", "2025-12-31", "--recorded-by", day.isoformat(), "--lang", "en"]) == 0
        return out.read_text(encoding="utf-8")

    earlier = said()
    moment = datetime.combine(day + timedelta(days=1), time(0), UTC)
    store.append(lambda _: [line._replace(recorded_at=moment) for line in after])
    assert said() == earlier


def uncited(run: Run, folder: Path, *more: str) -> list[str]:
    """Return the places of what `check --citations` says cannot be cited."""
    done = run("check", "--citations", *more, cwd=folder)
    assert done.code == 0
    return [line.split(" warning: ")[1].split(": ")[0] for line in done.err.splitlines() if "neither source" in line]


def test_citations_names_what_cannot_be_cited(run: Run, project: Project) -> None:
    """A source or a url is enough, the series may give it for all of its actuals; promises count like figures."""
    goals = """
language = "en"
[series.a]
[series.b]
source = "Yearbook"
[[goals]]
id = "a"
target = 5
due = 2030
url = "https://example.org/plan"
[[goals]]
id = "b"
target = 5
due = 2030
revisions = [{ until = 2024-01-01, target = 6 }]
"""
    ledger = (
        HEADER + "a,2020,1,,2021-01-01,Bulletin,,,\na,2021,2,,2022-01-01,,https://example.org/a,,\n"
        "a,2022,3,,2023-01-01,,,,\nb,2020,1,,2021-01-01,,,,\na,2023,4,,2024-01-01,Bulletin,,,\na,2023,3,,2024-02-01,,,,\n"
    )
    folder = project.write(goals, ledger)
    assert uncited(run, folder) == ["goals.b", "a 2022", "a 2023"]
    assert uncited(run, folder, "--known-on", "2024-01-15") == ["goals.b", "a 2022"]
    done = run("check", "--citations", cwd=folder)
    assert "actuals.csv:4: warning: a 2022: neither source nor url" in done.err
    assert "no source says who promised otherwise until 2024-01-01" in done.err
    assert run("check", cwd=folder).err == ""
    assert run("check", "--citations", "--strict", cwd=folder).code == 4
