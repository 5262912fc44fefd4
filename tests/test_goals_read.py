"""goals.toml read right: every form of every key, and nothing but goals or an InvalidFile from any bytes."""

from __future__ import annotations

from datetime import date
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.errors import InvalidFile, Unreachable
from tracker.goals import keys
from tracker.goals.read import GoalsRead, goals_in, read_goals
from tracker.goals.references import reference_problems
from tracker.model.goal import (
    Band,
    Baseline,
    Change,
    Direction,
    Goal,
    Grown,
    Kind,
    Method,
    Mode,
    Moving,
    Number,
    Parts,
    Path,
    Revision,
    Rule,
    Rules,
    Series,
    Span,
    Step,
    Target,
    Times,
)
from tracker.periods import Period, parse_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.errors import Problem

BROKEN = FilePath(__file__).parent / "broken"


def read(text: str) -> GoalsRead:
    """Return what a text declares; `format = 1` is put before it."""
    return goals_in(f"format = 1\n{text}".encode(), "goals.toml")


def goal(keys: str, before: str = "") -> Goal:
    """Return the goal `a` with some keys; due and target are given."""
    given = [line.split("=")[0].strip() for line in keys.splitlines()]
    usual = {"due": "due = 2030", "target": "target = 100"}
    rest = "\n".join(line for key, line in usual.items() if key not in given)
    return read(f'{before}\n[[goals]]\nid = "a"\n{keys}\n{rest}').file.goals[0]


def period(text: str) -> Period:
    """Return a period that is known to be one."""
    found = parse_period(text)
    assert found is not None
    return found


def shown(problems: Sequence[Problem]) -> list[str]:
    """Return problems on a line each."""
    return [f"{each.line}: {each.where}: {each.what} ({each.help})" for each in problems]


def test_the_example_of_the_contract_is_read_as_it_is_meant() -> None:
    """Title, language, actuals, series, goal: every key ends in its place."""
    file = read(
        """title = "昭通:产、城、人"
language = "zh"
actuals = "sqlite:///actuals.db"

[series.urbanization]
name = "城镇化率"
unit = "%"
kind = "ratio"
source = "bulletin"
url = "https://example.org"
note = "census in 2020"

[series.yunnan-urbanization]
context = true

[[goals]]
id = "urbanization"
name = "城镇化率达到全省平均水平"
group = "城"
baseline = 2022
target = { series = "yunnan-urbanization" }
due = 2026
owner = "发改委"
tags = ["plan", ""]
fields = { "性质" = "约束性", weight = 2, since = 2023-05-01, checked = true, of = ["a", 1] }
source = "Yunnan Daily"
url = "https://example.org/promise"
quote = "words"
note = ""
"""
    ).file
    assert (file.file, file.title, file.language, file.actuals) == (
        "goals.toml",
        "昭通:产、城、人",
        "zh",
        "sqlite:///actuals.db",
    )
    assert file.series == {
        "urbanization": Series(
            "urbanization",
            "城镇化率",
            "%",
            Kind.RATIO,
            source="bulletin",
            url="https://example.org",
            note="census in 2020",
            line=6,
        ),
        "yunnan-urbanization": Series("yunnan-urbanization", "yunnan-urbanization", context=True, line=14),
    }
    assert file.goals == (
        Goal(
            "urbanization",
            "城镇化率达到全省平均水平",
            period("2026"),
            Moving("yunnan-urbanization"),
            "urbanization",
            group="城",
            baseline=Baseline(period("2022")),
            owner="发改委",
            tags=("plan",),
            fields={"性质": "约束性", "weight": 2, "since": "2023-05-01", "checked": True, "of": ["a", 1]},
            source="Yunnan Daily",
            url="https://example.org/promise",
            quote="words",
            line=17,
        ),
    )


def test_what_is_left_out_has_the_defaults_of_the_contract() -> None:
    """Two keys and an id are enough; the series is the goal's id, undeclared, and called as the goal."""
    file = read('[[goals]]\nid = "gdp"\nname = "GDP"\ndue = 2025\ntarget = 2000').file
    assert file.goals[0] == Goal("gdp", "GDP", period("2025"), Number(2000.0), "gdp", line=2)
    assert file.series == {"gdp": Series("gdp", "GDP", declared=False)}
    assert (file.title, file.language, file.actuals, file.rules) == (None, None, "actuals.csv", Rules())
    assert read("").file.goals == ()


def test_a_series_without_a_name_is_called_as_the_goal_of_its_id() -> None:
    """Declared or not; another goal that uses it does not name it."""
    file = read(
        '[series.a]\n[series.b]\n[[goals]]\nid = "a"\nname = "A"\ndue = 2030\ntarget = { series = "c" }\n'
        '[[goals]]\nid = "x"\nname = "X"\nseries = "b"\ndue = 2030\ntarget = 1\n'
    ).file
    assert {each.id: each.name for each in file.series.values()} == {"a": "A", "b": "b", "c": "c"}


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("5", Number(5.0)),
        ("-0.5", Number(-0.5)),
        ('{ series = "b" }', Moving("b", 0.0, 1.0)),
        ('{ series = "b", offset = -2, share = 0.5 }', Moving("b", -2.0, 0.5)),
        ("{ times = 2, of = 2020 }", Times(2.0, period("2020"))),
        ("{ change = 20 }", Change(20.0)),
        ("{ growth = 0.08 }", Grown(0.08)),
        ("{ between = [2, 3] }", Band(2.0, 3.0)),
        ("{ between = [2, 2] }", Band(2.0, 2.0)),
    ],
)
def test_every_form_of_target_is_read(written: str, target: Target) -> None:
    """A number, or a table told by its leading key; the same forms stand in revisions and in a table of their own."""
    assert goal(f"target = {written}").target == target
    revised = goal(f"revisions = [{{ until = 2024-01-01, target = {written} }}]")
    assert revised.revisions == (Revision(date(2024, 1, 1), target),)
    if written.startswith("{"):
        body = written.strip("{ }").replace("], ", "]\n").replace(", offset", "\noffset").replace(", share", "\nshare")
        body = body.replace(", of", "\nof")
        assert read(f'[[goals]]\nid = "a"\ndue = 2030\n[goals.target]\n{body}').file.goals[0].target == target


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_read(kind: Kind) -> None:
    """A milestone needs no target: it is 1; level is the kind of a series that does not say."""
    text = f'[series.a]\nkind = "{kind}"\n[[goals]]\nid = "a"\ndue = 2030\n'
    target = "" if kind is Kind.MILESTONE else "target = 1"
    file = read(text + target).file
    assert file.series["a"].kind is kind
    assert file.goals[0].target == Number(1.0)
    assert read("[series.a]").file.series["a"].kind is Kind.LEVEL


def test_the_level_of_a_growth_is_read() -> None:
    """A published growth rate names the series that gives last year's shares."""
    assert read('[series.a]\nkind = "growth"\nlevel = "b"\n[series.b]').file.series["a"].level == "b"


def test_direction_mode_path_tolerance_and_limit_are_read() -> None:
    """Every choice of section 2 is a member of its enumeration."""
    for direction in Direction:
        assert goal(f'direction = "{direction}"').direction is direction
    for mode in Mode:
        assert goal(f'mode = "{mode}"').mode is mode
    for path in Path:
        assert goal(f'path = "{path}"').path is path
    assert goal("tolerance = 0.5").tolerance == 0.5
    without_target = read('[[goals]]\nid = "a"\ndue = 2030\nlimit = 100').file.goals[0]
    assert (without_target.target, without_target.limit) == (None, 100.0)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2024", "2024"),
        ('"2024"', "2024"),
        ('"2024-S1"', "2024-S1"),
        ('"2024-q3"', "2024-Q3"),
        ('"2024-11"', "2024-11"),
        ('"2024-W05"', "2024-W05"),
        ('"2024-12-31"', "2024-12-31"),
        ("2024-12-31", "2024-12-31"),
    ],
)
def test_periods_are_integers_dates_or_texts(written: str, text: str) -> None:
    """Due, baseline and steps take every notation."""
    assert goal(f"due = {written}").due == period(text)
    assert goal(f"baseline = {written}").baseline == Baseline(period(text))
    assert goal(f"baseline = {{ period = {written}, value = 3 }}").baseline == Baseline(period(text), 3.0)
    assert goal(f"steps = [{{ due = {written}, target = 42 }}]").steps == (Step(period(text), 42.0),)


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ('"year"', Span(months=12)),
        ('"half-year"', Span(months=6)),
        ('"quarter"', Span(months=3)),
        ('"month"', Span(months=1)),
        ('"week"', Span(days=7)),
        ('"day"', Span(days=1)),
        ('"45d"', Span(days=45)),
        ('"6w"', Span(days=42)),
        ('"2m"', Span(months=2)),
        ('"1y"', Span(months=12)),
        ("90", Span(days=90)),
    ],
)
def test_lengths_of_time_are_words_numbers_with_a_letter_or_days(written: str, span: Span) -> None:
    """`every` and `lag` take the same ways to write them."""
    assert goal(f"every = {written}").every == span
    assert goal(f"lag = {written}").lag == span
    assert goal("lag = 0").lag == Span()


def test_steps_and_revisions_keep_all_their_keys() -> None:
    """Steps in their order; a revision may change target, due or both; a day may be a date or a text."""
    found = goal(
        "baseline = 2020\n"
        "steps = [{ due = 2024, target = 42 }, { due = 2026, target = 60 }]\n"
        'revisions = [{ until = 2024-06-30, target = 120, due = 2025, why = "w", source = "s" },'
        ' { until = "2025-01-01", due = "2028-Q1" }]'
    )
    assert found.steps == (Step(period("2024"), 42.0), Step(period("2026"), 60.0))
    assert found.revisions == (
        Revision(date(2024, 6, 30), Number(120.0), period("2025"), "w", "s"),
        Revision(date(2025, 1, 1), None, period("2028-Q1")),
    )


def test_every_composite_is_read() -> None:
    """all, any and at_least have children and no series; due is optional; sum has series and a target."""
    file = read(
        '[[goals]]\nid = "x"\nall = ["a", "b"]\ndue = 2026\n'
        '[[goals]]\nid = "y"\nany = ["a", "x"]\nrevisions = [{ until = 2024-01-01, due = 2025 }]\n'
        '[[goals]]\nid = "z"\nat_least = { count = 2, of = ["a", "b", "y"] }\n'
        '[[goals]]\nid = "s"\nsum = ["a", "b"]\ndue = 2026\ntarget = 5000\n'
        '[[goals]]\nid = "a"\ndue = 2026\ntarget = 1\n'
        '[[goals]]\nid = "b"\ndue = 2026\ntarget = 1\n'
    ).file
    x, y, z, s, *_ = file.goals
    assert (x.parts, x.series, x.due) == (Parts(Rule.ALL, ("a", "b"), 2), None, period("2026"))
    assert (y.parts, y.series, y.due) == (Parts(Rule.ANY, ("a", "x"), 1), None, None)
    assert z.parts == Parts(Rule.AT_LEAST, ("a", "b", "y"), 2)
    assert (s.parts, s.series, s.sum, s.target) == (None, None, ("a", "b"), Number(5000.0))
    assert list(file.series) == ["a", "b"]


def test_the_verdict_is_read() -> None:
    """The method and both bands, of which either may be left out."""
    written = '[verdict]\nmethod = "statcan"\non_track = 0.66\noff_track = 0.33'
    assert read(written).file.rules == Rules(Method.STATCAN, 0.66, 0.33)
    assert read("[verdict]\noff_track = 0").file.rules == Rules(off_track=0.0)


def test_ids_are_lower_case_words_of_any_script() -> None:
    """Chinese has no capital letters, so a Chinese id is as good as a Latin one; a capital or a form variant is not."""
    text = '[[goals]]\nid = "{}"\ndue = 2030\ntarget = 1'
    for good in ("gdp", "gdp-2100", "a/b-c", "城镇化率/昭阳", "5-n"):
        assert read(text.format(good)).file.goals[0].id == good
    for bad in ("GDP", "a b", "a_b", "-a", "a--b", "a/", "Ä", "ＧＤＰ", "１", "a.b", ""):
        with pytest.raises(InvalidFile):
            read(text.format(bad))


def test_warnings_stop_nothing() -> None:
    """A child listed twice, a sum of one, a growth of 800 %, a limit beside a target are said, each at its line."""
    warnings = read(
        '[[goals]]\nid = "x"\nall = ["a", "a"]\n'
        '[[goals]]\nid = "s"\nsum = ["a"]\ndue = 2026\ntarget = { growth = 8 }\n'
        '[[goals]]\nid = "a"\ndue = 2026\ntarget = 1\nlimit = 2\nrevisions = [{ until = 2024-01-01 }]\n'
    ).warnings
    assert all(each.warning for each in warnings)
    assert shown(warnings) == [
        '4: goals.x.all[2]: "a" is listed twice (None)',
        '7: goals.s.sum: a sum of one series is that series (write series = "a")',
        "9: goals.s.target.growth: 8 is 800 % a year (8 % a year is written 0.08)",
        "14: goals.a.limit: does nothing beside a target (None)",
        "15: goals.a.revisions[1]: names neither another target nor another due (None)",
    ]


REFERRING = """
[series.rate]
kind = "growth"
level = "shares"
[[goals]]
id = "gdp"
due = 2026
target = 1
[[goals]]
id = "b"
series = "gpd"
due = 2026
target = { series = "province" }
revisions = [{ until = 2024-01-01, target = { series = "county" } }]
[[goals]]
id = "total"
sum = ["gdp", "rate", "others"]
due = 2026
target = 1
"""


def test_references_to_series_with_neither_table_nor_actual_are_errors() -> None:
    """A goal's own id is no reference; what only actuals have is known; the nearest id is named."""
    found = read(REFERRING)
    missing = "has neither a table nor an actual"
    assert shown(reference_problems(found.file, (), found.text)) == [
        f'5: series.rate.level: the series "shares" {missing} (None)',
        f'12: goals.b.series: the series "gpd" {missing} (did you mean "gdp"?)',
        f'14: goals.b.target.series: the series "province" {missing} (None)',
        f'15: goals.b.revisions[1].target.series: the series "county" {missing} (None)',
        f'18: goals.total.sum[3]: the series "others" {missing} (None)',
    ]
    recorded = {"shares", "gpd", "province", "county", "others"}
    assert reference_problems(found.file, recorded, found.text) == []


def test_a_long_circle_of_goals_is_found_and_shown_shortly() -> None:
    """Five thousand goals in one circle are one problem that fits on a line."""
    text = "".join(f'[[goals]]\nid = "g-{i}"\nall = ["g-{(i + 1) % 5000}"]\n' for i in range(5000))
    with pytest.raises(InvalidFile) as caught:
        read(text)
    assert shown(caught.value.problems) == [
        "4: goals.g-0.all[1]: the goal depends on itself: g-0 → g-1 → g-2 → g-3 → … → g-0 (None)"
    ]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    """What an editor on Windows writes reads as what one on Linux writes."""
    text = 'format = 1\n[[goals]]\nid = "a"\ndue = 2030\ntarget = 1\nquote = """x\ny"""\n'
    windows = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert goals_in(windows, "g") == goals_in(text.encode(), "g")


def test_a_file_that_cannot_be_read_is_unreachable(tmp_path: FilePath) -> None:
    """A missing file and a folder end with exit code 5 and say which it was."""
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(Unreachable) as caught:
            read_goals(str(path))
        assert str(path) in str(caught.value)
        assert caught.value.exit_code == 5
    with pytest.raises(Unreachable):
        read_goals("a\0b")


TABLES_OF_KEYS = [
    keys.TOP, keys.SERIES, keys.GOAL, keys.BASELINE, keys.STEP, keys.REVISION, keys.AT_LEAST, keys.VERDICT,
    *keys.TARGETS.values(),
]  # fmt: skip
KEYS = sorted({name for table in TABLES_OF_KEYS for name in table})
SCALARS = (
    '"a" "b" "" 1 2 0 -1 2020 2024 2030 0.5 nan inf true false 2024-01-01 2024-01-01T00:00:00 07:32:00 '
    '"2024-Q3" "2025-13" "up" "keep" "linear" "ratio" "milestone" "45d" 99999999999999999999999999 1e999 0x' + "f" * 300
).split()
VALUES = st.recursive(
    st.sampled_from(SCALARS),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3).map(
            lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
        )
    ),
    max_leaves=6,
)
HEADERS = st.sampled_from(["[[goals]]", "[[goals]]", "[series.a]", "[series.b]", "[verdict]", "[goals.fields]", ""])
TABLES = st.tuples(HEADERS, st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8)).map(
    lambda part: "\n".join([part[0], *(f"{key} = {value}" for key, value in part[1].items())])
)


def problems_in(content: bytes) -> Sequence[Problem]:
    """Return the problems of bytes, whether they give goals or not."""
    try:
        found = goals_in(content, "goals.toml")
    except InvalidFile as error:
        return error.problems
    return [*found.warnings, *reference_problems(found.file, (), found.text)]


def read_or_refused(content: bytes) -> None:
    """Check that bytes give goals or an InvalidFile with problems that can be shown."""
    last = content.count(b"\n") + 1
    for problem in problems_in(content):
        assert f"{problem.where}{problem.what}{problem.help}".isprintable()
        assert problem.line is None or 1 <= problem.line <= last


@given(st.binary(max_size=200))
@example(b"\xff")
@example(b"format = 1\ngoals = [[]]")
@example(b"format = 1\nseries = { '' = {} }\ngoals = [{ id = [] }]")
@example(b"format = 1\n[[goals]]\nall = [{}]\n[[goals.all]]")
def test_any_bytes_are_goals_or_an_invalid_file(content: bytes) -> None:
    """Nothing else comes out: no other error, no problem without a place that can be shown."""
    read_or_refused(content)


@given(
    st.text(max_size=100), st.sampled_from(sorted(BROKEN.glob("*.toml"))), st.integers(0, 10_000), st.integers(0, 20)
)
def test_any_damage_to_a_file_gives_goals_or_an_invalid_file(text: str, path: FilePath, at: int, cut: int) -> None:
    """A text put into a file, in place of some of it, ends in problems at most."""
    content = path.read_bytes()[:2000]
    at %= len(content)
    read_or_refused(content[:at] + text.encode() + content[at + cut :])


@given(st.lists(TABLES, max_size=4))
def test_any_values_under_any_keys_give_goals_or_an_invalid_file(tables: list[str]) -> None:
    """Right keys with wrong values, wrong keys with right values, in any mixture."""
    read_or_refused("\n".join(["format = 1", *tables]).encode())
