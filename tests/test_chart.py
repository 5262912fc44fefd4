"""`tracker chart`: one definition, drawn on a terminal and into files."""

from __future__ import annotations

import importlib.util
import json
import os
import pty
import subprocess
import sys
import termios
import xml.etree.ElementTree as ET
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, plain_environment
from jsonschema import Draft7Validator
from rich.cells import cell_len

if TYPE_CHECKING:
    from conftest import Project, Run

HEADER = "series,period,value,quality,published,source,url,note,recorded_at\n"
THEN = ("--as-of", "2025-01-31")
DRAWN = (
    "urbanization",
    "gdp-2000",
    "gdp-2100",
    "five-clusters-total",
    "low-income-households",
    "zhenxiong-resettlement",
)


@pytest.fixture(scope="session")
def vega_lite() -> Draft7Validator:
    """Return a validator of the published schema of Vega-Lite, which altair's wheel holds."""
    found = importlib.util.find_spec("altair")
    assert found is not None
    assert found.origin is not None
    path = Path(found.origin).parent / "vegalite" / "v6" / "schema" / "vega-lite-schema.json"
    return Draft7Validator(json.loads(path.read_text(encoding="utf-8")))


def spec_of(run: Run, goal: str, folder: Path, *more: str) -> dict[str, Any]:
    """Return the Vega-Lite specification of a goal's chart."""
    done = run(
        "chart", goal, "-o", folder / "x.vl.json", *more, cwd=folder if (folder / "goals.toml").exists() else ROOT
    )
    assert (done.code, done.out, done.err) == (0, "", "")
    read: dict[str, Any] = json.loads((folder / "x.vl.json").read_text(encoding="utf-8"))
    return read


def lines_of(spec: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Return the lines of a chart by name: value by day."""
    layer = next(one for one in spec["layer"] if one["mark"] == {"type": "line"})
    found: dict[str, dict[str, float]] = {}
    for row in layer["data"]["values"]:
        found.setdefault(row["line"], {})[row["on"]] = row["value"]
    return found


@pytest.mark.parametrize("goal", DRAWN)
def test_the_specification_is_valid_and_holds_its_data(
    run: Run, tmp_path: Path, vega_lite: Draft7Validator, goal: str
) -> None:
    """What is written validates against the published schema, and nothing in it is fetched."""
    spec = spec_of(run, goal, tmp_path, *THEN)
    vega_lite.validate(spec)
    assert "url" not in json.dumps({**spec, "$schema": ""})


def test_the_lines_are_the_figures(run: Run, tmp_path: Path) -> None:
    """Every line of the urbanization chart is what the figures say, computed by hand in the project's facts.

    Path 40.5 (2022) to 56.5 (2026); required 44 to 56.5; carried on at 1.75 a year 47.5; the province as recorded
    and 56.5 at due.
    """
    lines = lines_of(spec_of(run, "urbanization", tmp_path, *THEN, "--lang", "en"))
    assert lines["planned path"] == {"2022-12-31": 40.5, "2026-12-31": 56.5}
    assert lines["as it must go"] == {"2024-12-31": 44, "2026-12-31": 56.5}
    assert lines["if it goes on as it has"] == {"2024-12-31": 44, "2026-12-31": 47.5}
    assert lines["actual"] == {"2015-12-31": 29.19, "2016-12-31": 31.49, "2022-12-31": 40.5, "2024-12-31": 44}
    moving = next(value for name, value in lines.items() if name.startswith("target "))
    assert moving == {
        "2020-12-31": 50.05, "2021-12-31": 51.05, "2022-12-31": 51.72, "2023-12-31": 52.92, "2024-12-31": 54.11,
        "2026-12-31": 56.5,
    }  # fmt: skip


def test_steps_bend_the_path(run: Run, tmp_path: Path) -> None:
    """The path of the GDP goal runs through its step of 1,700 in 2023, geometrically on both sides."""
    path = lines_of(spec_of(run, "gdp-2100", tmp_path, *THEN, "--lang", "en"))["planned path"]
    assert (path["2020-12-31"], path["2023-12-31"], path["2025-12-31"]) == (1289, 1700, 2100)
    # the first of 8 pieces of 1,826 days ends 228 days on: 1289 · (1700 / 1289)^(228 / 365 / 3)
    assert path["2021-08-16"] == pytest.approx(1289 * (1700 / 1289) ** (228 / 365 / 3), rel=1e-9)


def test_the_fan_ends_at_the_quantiles(run: Run, tmp_path: Path) -> None:
    """The fan opens from the latest actual to the 10 and 90 % quantiles that the figures state."""
    spec = spec_of(run, "urbanization", tmp_path, *THEN)
    goal = json.loads(run("show", "urbanization", "--json", *THEN, cwd=ROOT).out)["goal"]
    fan = next(one for one in spec["layer"] if isinstance(one["mark"], dict) and one["mark"]["type"] == "area")
    first, last = fan["data"]["values"]
    assert (first["on"], first["value"], first["high"]) == ("2024-12-31", 44, 44)
    assert (last["on"], last["value"], last["high"]) == (
        "2026-12-31",
        *(pytest.approx(goal["projected"][k]) for k in ("low", "high")),
    )


def test_no_fan_where_it_is_too_uncertain(run: Run, project: Project) -> None:
    """Two points fix no spread: people read "too uncertain", and no fan is drawn."""
    rows = "x,2020,100,final,2021-01-01,,,,\nx,2021,104,final,2022-01-01,,,,\n"
    folder = project.write('[[goals]]\nid = "x"\nname = "X"\ntarget = 110\ndue = 2024\n', HEADER + rows)
    spec = spec_of(run, "x", folder, "--as-of", "2022-02-01")
    assert [one for one in spec["layer"] if isinstance(one["mark"], dict) and one["mark"]["type"] == "area"] == []


def test_a_band_has_both_edges(run: Run, project: Project, vega_lite: Draft7Validator) -> None:
    """A target between two values is drawn as a band with a line at each edge."""
    rows = "".join(f"x,{2018 + i},{v},final,2021-01-01,,,,\n" for i, v in enumerate([1.5, 1.8, 2.1, 2.4]))
    folder = project.write(
        '[[goals]]\nid = "x"\nname = "X"\ntarget = { between = [2, 3] }\nmode = "at"\ndue = 2024\n', HEADER + rows
    )
    spec = spec_of(run, "x", folder, "--as-of", "2022-02-01")
    vega_lite.validate(spec)
    rules = [
        one["data"]["values"]
        for one in spec["layer"]
        if isinstance(one["mark"], dict) and one["mark"]["type"] == "rule"
    ]
    assert [{"value": 2}, {"value": 3}] in rules


def test_the_axis_marks_the_ends_of_periods(run: Run, tmp_path: Path) -> None:
    """A figure for 2024 stands at its last day, so the mark that reads 2024 stands there too."""
    spec = spec_of(run, "urbanization", tmp_path, *THEN)
    marks = spec["layer"][0]["encoding"]["x"]["axis"]["values"]
    days = [datetime.fromtimestamp(mark / 1000, UTC).date() for mark in marks]
    assert date(2026, 12, 31) in days
    assert {(day.month, day.day) for day in days} == {(12, 31)}


def test_svg_is_static_and_speaks(run: Run, tmp_path: Path) -> None:
    """The SVG has no script and no address to fetch, is named and described, and knows dark pages."""
    run("chart", "urbanization", "-o", tmp_path / "x.svg", *THEN, "--lang", "en", cwd=ROOT)
    text = (tmp_path / "x.svg").read_text(encoding="utf-8")
    root = ET.fromstring(text)  # noqa: S314  our own
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert [root[0].tag, root[1].tag] == [f"{space}title", f"{space}desc"]
    assert root.get("aria-labelledby") == f"{root[0].get('id')} {root[1].get('id')}"
    assert "44 % for 2024" in (root[1].text or "")
    assert "prefers-color-scheme:dark" in text
    assert "<script" not in text
    assert "href" not in text
    words = {"".join(one.itertext()) for one in root.iter(f"{space}text")}
    assert {"due 2026", "as of 2025-01-31", "planned path", "8 in 10 outcomes"} <= words


def test_png_is_drawn_with_chinese(run: Run, tmp_path: Path) -> None:
    """With a Chinese font there, a PNG is written."""
    done = run("chart", "urbanization", "-o", tmp_path / "x.png", *THEN, cwd=ROOT)
    assert (done.code, done.err) == (0, "")
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG\r\n")


def test_png_without_a_chinese_font_says_so(run: Run, tmp_path: Path) -> None:
    """Without such a font nothing is written: the package is named, and the format that needs none."""
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(f"<?xml version='1.0'?><fontconfig><dir>{tmp_path / 'none'}</dir></fontconfig>", encoding="utf-8")
    bare = {"FONTCONFIG_FILE": str(fonts), "HOME": str(tmp_path)}
    done = run("chart", "urbanization", "-o", tmp_path / "x.png", "--lang", "en", cwd=ROOT, env=bare)
    assert done.code == 5
    assert "a PNG would show boxes" in done.err
    assert "fonts-noto-cjk" in done.err
    assert not (tmp_path / "x.png").exists()


def test_the_page_of_a_chart_stands_alone(run: Run, tmp_path: Path) -> None:
    """The HTML holds the drawing itself and asks for nothing."""
    run("chart", "urbanization", "-o", tmp_path / "x.html", cwd=ROOT)
    text = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in text
    assert 'role="img"' in text
    assert "<script" not in text
    assert "https://" not in text


def test_the_terminal_aligns_chinese(run: Run) -> None:
    """Every line of the frame is equally wide, and what the signs mean stands below."""
    done = run("chart", "urbanization", *THEN, cwd=ROOT, env={"COLUMNS": "90"})
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert {cell_len(line) for line in lines if line.strip().startswith(("│", "┌", "└"))} == {90}
    for text in ("城镇化率达到全省平均水平", "● 实际值", "+ 需要的走势", "░ 八成可能", "┃ 期限 2026", "2024"):
        assert text in done.out


def test_gbk_and_ascii_terminals_get_plain_characters(run: Run) -> None:
    """What an encoding cannot write, or writes two cells wide, is drawn with plain characters."""
    for encoding in ("gbk", "ascii"):
        done = run(
            "chart",
            "urbanization",
            *THEN,
            cwd=ROOT,
            env={"PYTHONIOENCODING": encoding, "COLUMNS": "80"},
            encoding=encoding,
        )
        assert (done.code, done.err) == (0, "")
        frame = done.out.splitlines()[3:20]  # below title, reason and unit
        assert "+---" in frame[0]
        assert all(line.isascii() for line in frame)


@pytest.mark.parametrize(
    ("goal", "why"),
    [
        ("twin-hundred", "draw one of central-city-population"),
        ("cluster-energy", "no actual"),
        ("no-return-to-poverty", "milestone"),
    ],
)
def test_what_has_no_values_is_not_drawn(run: Run, goal: str, why: str) -> None:
    """Composites, milestones and goals without an actual end with 2 and the reason."""
    done = run("chart", goal, "--lang", "en", cwd=ROOT)
    assert done.code == 2
    assert "nothing to draw" in done.err
    assert why in done.err


def test_an_ending_that_is_none(run: Run, tmp_path: Path) -> None:
    """An ending that charts are not written as ends with 2 and names those that are."""
    done = run("chart", "urbanization", "-o", tmp_path / "x.gif", "--lang", "en", cwd=ROOT)
    assert done.code == 2
    assert ".svg, .png, .html, .vl.json" in done.err


def test_without_the_extra_it_is_named(run: Run, tmp_path: Path) -> None:
    """A library that is not installed ends with 5 and the command that installs it."""
    for module in ("plotext", "jinja2", "vl_convert"):
        (tmp_path / module).mkdir()
        (tmp_path / module / "__init__.py").write_text("raise ImportError", encoding="utf-8")
    blocked = {"PYTHONPATH": str(tmp_path)}
    for arguments in (
        ["chart", "urbanization"],
        ["chart", "urbanization", "-o", str(tmp_path / "x.svg")],
        ["report", "-o", str(tmp_path / "x.html")],
    ):
        done = run(*arguments, "--lang", "en", cwd=ROOT, env=blocked)
        assert done.code == 5
        assert "install it with: " in done.err
        assert "[charts]" in done.err


def on_a_terminal(*arguments: str, columns: int = 100) -> str:
    """Return what the command writes to a terminal of a width."""
    leader, follower = pty.openpty()
    termios.tcsetwinsize(follower, (40, columns))
    started = subprocess.Popen(
        [sys.executable, "-m", "tracker", *arguments], cwd=ROOT, stdout=follower, env=plain_environment(NO_COLOR="1")
    )
    os.close(follower)
    written = b""
    with suppress(OSError):  # the terminal goes away with the process
        while part := os.read(leader, 65536):
            written += part
    os.close(leader)
    assert started.wait() == 0
    return written.decode()


def test_show_draws_the_goal_on_a_terminal(run: Run) -> None:
    """Below the figures stands the drawing; a pipe, and a goal without values, have none."""
    written = on_a_terminal("show", "gdp-2100", *THEN, "--lang", "en")
    assert "● actual   + as it must go" in written.split("History")[1]
    assert "as it must go" not in on_a_terminal("show", "twin-hundred", *THEN, "--lang", "en")
    assert "as it must go" not in run("show", "gdp-2100", *THEN, "--lang", "en", cwd=ROOT).out


def test_wide_status_has_the_trend(run: Run) -> None:
    """A line of signs runs from the least to the greatest value, with plain ones where the terminal has no others.

    708.38, 889.54, 1289, 2000: of 8 levels 1, 2, 4 (0.45 of the way) and 8.
    """
    done = run("status", "gdp-2100", "--wide", *THEN, cwd=ROOT)
    assert "▁▂▄█" in done.out
    plain = run("status", "gdp-2100", "--wide", *THEN, "--lang", "en", cwd=ROOT, env={"PYTHONIOENCODING": "ascii"})
    assert "_.:#" in plain.out
