"""`tracker report`: one file with the whole story, as a page and as Markdown."""

from __future__ import annotations

import email
import email.policy
import re
import stat
import subprocess
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, plain_environment

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

HEADER = "series,period,value,quality,published,source,url,note,recorded_at\n"
THEN = ("--as-of", "2025-01-31")
IDS = re.findall(r'^id = "([^"]+)"', (ROOT / "goals.toml").read_text(encoding="utf-8"), re.MULTILINE)


class Outline(HTMLParser):
    """What a page is made of: its start tags with their attributes, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a start tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.text += data


def outline(text: str) -> Outline:
    """Return the outline of a page."""
    made = Outline()
    made.feed(text)
    return made


def report(run: Run, folder: Path, name: str, *more: str, cwd: Path = ROOT) -> str:
    """Return the text of a report on the goals in a folder."""
    done = run("report", "-o", folder / name, *more, cwd=cwd)
    assert (done.code, done.out, done.err) == (0, "", "")
    return (folder / name).read_text(encoding="utf-8")


def test_the_page_tells_the_whole_story(run: Run, tmp_path: Path) -> None:
    """Every goal has a chapter and is linked from the table; the clocks, the counts and all parts are there."""
    page = outline(report(run, tmp_path, "r.html", *THEN, "--lang", "en"))
    ids = {attributes.get("id") for _, attributes in page.tags}
    links = {(attributes.get("href") or "")[1:] for tag, attributes in page.tags if tag == "a"}
    assert {f"goal-{goal}" for goal in IDS} <= ids & links
    assert links <= ids
    headings = (
        "Summary",
        "All goals",
        "Goal by goal",
        "What is stale or missing",
        "Method, and how reliable it is",
        "Sources",
    )
    for text in (*headings, "2025-01-31", "everything recorded", ".1508", "44 % for 2024"):
        assert text in page.text
    assert page.text.count("Figures and how they are made") >= 8
    assert "(44 − 40.5) / (56.5 − 40.5)" in page.text


def test_the_page_asks_for_nothing(run: Run, tmp_path: Path) -> None:
    """There is no script and no address that a browser would fetch by itself."""
    page = outline(report(run, tmp_path, "r.html", *THEN))
    assert {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object", "embed", "base"} == set()
    assert [attributes for _, attributes in page.tags if "src" in attributes] == []


def test_the_page_speaks_its_language(run: Run, tmp_path: Path) -> None:
    """In Chinese every word of the frame is Chinese: none of the English headings is left."""
    text = report(run, tmp_path, "r.html", *THEN)
    assert '<html lang="zh-CN">' in text
    said = outline(text.split("</style>")[1]).text
    for word in ("Summary", "goal", "target", "due", "Method", "source", "outcomes"):
        assert not re.search(rf"(?<![-\w]){word}(?![-\w])", said)
    for word in ("概况", "全部目标", "逐项说明", "过时与缺失", "方法及其可靠程度", "来源", "难以实现"):
        assert word in said


def test_sources_are_footnotes(run: Run, project: Project, tmp_path: Path) -> None:
    """A source that is cited often has one number; its address is a link, its quote stands beside it."""
    goals = (
        '[[goals]]\nid = "x"\nname = "X"\ntarget = 120\ndue = 2026\nsource = "The plan"\n'
        'url = "https://example.org/plan?a=1&b=2"\nquote = "120 by 2026"\n'
    )
    rows = "".join(f"x,{2020 + i},{100 + i},final,2025-01-01,The yearbook,,,\n" for i in range(4))
    folder = project.write(goals, HEADER + rows)
    text = report(run, tmp_path, "r.html", cwd=folder)
    assert '<li id="n1">The plan <a href="https://example.org/plan?a=1&amp;b=2" rel="noreferrer">' in text
    assert "<q>120 by 2026</q>" in text
    assert text.count("The yearbook") == 1
    assert text.count('href="#n2"') >= 4
    assert "[^2]: The yearbook" in report(run, tmp_path, "r.md", cwd=folder)


def test_what_is_stale_or_missing_is_named(run: Run, project: Project, tmp_path: Path) -> None:
    """Goals without an actual, stale ones and values without a source each have their list."""
    goals = "".join(
        f'[[goals]]\nid = "{i}"\nname = "{i}"\ntarget = 120\ndue = 2030\nsource = "P"\n' for i in ("none", "old")
    )
    rows = "".join(f"old,{2018 + i},{100 + i},final,2022-01-01,,,,\n" for i in range(4))
    text = outline(
        report(
            run, tmp_path, "r.html", "--as-of", "2026-03-01", "--lang", "en", cwd=project.write(goals, HEADER + rows)
        )
    ).text
    lacking = text.split("What is stale or missing")[1].split("Method, and how")[0]
    assert re.search(r"Nothing recorded yet\s*none", lacking)
    assert re.search(r"Stale: a newer figure should be there\s*old · 103 for 2021, 1521 days old", lacking)
    assert "4 of 4 values" in lacking


def test_a_figure_of_yesterday_is_a_day_old(run: Run, project: Project) -> None:
    """Where too few figures are named, the age of each has its own plural."""
    folder = project.write('[[goals]]\nid = "x"\ntarget = 9\ndue = 2026\n', f"{HEADER}x,2024,1,,,,,,\n")
    text = report(run, folder, "r.md", "--as-of", "2025-01-01", "--lang", "en", cwd=folder)
    assert "1 for 2024, 1 day old" in text


def test_markdown_tells_the_same_story(run: Run, tmp_path: Path) -> None:
    """The Markdown has the same chapters, figures and footnotes, and every footnote that is used is there."""
    text = report(run, tmp_path, "r.md", *THEN, "--lang", "en")
    assert text.startswith("# 昭通:产、城、人\n")
    for part in ("## Summary", "## All goals", "## Goal by goal", "## Sources", "| Figure | Value | How it is made |"):
        assert part in text
    assert len(re.findall(r"^### ", text, re.MULTILINE)) >= len(IDS)
    used, given = set(re.findall(r"\[\^(\d+)\](?!:)", text)), set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))
    assert used == given


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "cdata": "a]]>b<![CDATA[c",
    "link": "javascript:alert(1)",
    "turned": "abc\u202efed\u2066x",
    "control": "a\\u001b[31mb\\u0007",
    "quotes": "\\\"' onload='alert(1)",
    "mark": "@0@ {{ 7 * 7 }} {% raw %} | a | `b` ![x](y)",
    "long": "很长" * 5000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_shown_and_does_nothing(run: Run, project: Project, name: str) -> None:
    """Names, units, sources and notes of any content run nowhere and break neither page nor drawing nor terminal."""
    text = HOSTILE[name]
    goals = (
        f'[[goals]]\nid = "x"\nname = "{text}"\ngroup = "{text}"\ntarget = 120\ndue = 2026\nsource = "{text}"\n'
        f'url = "{text}"\nquote = "{text}"\nnote = "{text}"\n[series.x]\nunit = "{text[:200]}"\nname = "{text}"\n'
    )
    cell = '"' + text.replace("\\u001b", "\x1b").replace("\\u0007", "\x07").replace('\\"', '""') + '"'
    rows = "".join(f"x,{2020 + i},{100 + i},final,2025-01-01,{cell},{cell},{cell},\n" for i in range(4))
    folder = project.write(goals, HEADER + rows)
    page = outline(report(run, folder, "r.html", cwd=folder))
    allowed = {"script", "img", "iframe", "image"}
    assert {tag for tag, _ in page.tags} & allowed == set()
    assert not [key for _, attributes in page.tags for key in attributes if key.startswith("on")]
    links = [attributes.get("href") or "" for tag, attributes in page.tags if tag == "a"]
    assert all(link.startswith("#") for link in links)
    for output in ("x.svg", "x.html", "x.vl.json"):
        assert run("chart", "x", "-o", folder / output, cwd=folder).code == 0
    root = ET.fromstring((folder / "x.svg").read_text(encoding="utf-8"))  # noqa: S314  our own
    assert {one.tag.rpartition("}")[2] for one in root.iter()} & {"script", "a", "image", "foreignObject"} == set()
    markdown = report(run, folder, "r.md", cwd=folder)
    assert not re.search(r"(?<!\\)<script", markdown)
    assert "![x]" not in markdown
    terminal = run("chart", "x", cwd=folder)
    assert terminal.code == 0
    for written in (page.text, markdown, terminal.out, (folder / "x.svg").read_text(encoding="utf-8")):
        assert not {"\x1b", "\x07", "\u202e", "\u2066"} & set(written)


def test_a_report_needs_a_file_it_can_write(run: Run, tmp_path: Path) -> None:
    """Without -o, or with another ending, it ends with 2 and says what to write."""
    done = run("report", "--lang", "en", cwd=ROOT)
    assert (done.code, "tracker report -o report.html" in done.err) == (2, True)
    done = run("report", "-o", tmp_path / "r.pdf", "--lang", "en", cwd=ROOT)
    assert (done.code, ".html, .md" in done.err) == (2, True)


def test_an_empty_project_has_a_report(run: Run, project: Project, tmp_path: Path) -> None:
    """A file without goals gives a page all the same."""
    assert "0" in report(run, tmp_path, "r.html", cwd=project.write("title = 'Nothing'\n", HEADER))


def test_what_changed_is_a_chapter(run: Run, tmp_path: Path) -> None:
    """With --since the report says what changed, by the comparison that `diff` makes; without, nothing of it."""
    page = outline(report(run, tmp_path, "r.html", *THEN, "--since", "2024-12-31", "--lang", "en")).text
    changed = page.split("What changed")[1].split("All goals")[0]
    assert re.search(r"gdp-2000\s*◆ at-risk\s*● achieved", changed)
    assert "44 %" in changed
    assert "## What changed" in report(run, tmp_path, "r.md", *THEN, "--since", "2024-12-31", "--lang", "en")
    assert "What changed" not in report(run, tmp_path, "s.md", *THEN, "--lang", "en")


def test_what_people_noted_stands_beside_the_status(run: Run, project: Project, tmp_path: Path) -> None:
    """A note is in both reports, below the reason it cannot change."""
    rows = "".join(f"x,{2020 + i},{100 + i},final,2025-01-01,Y,,,\n" for i in range(4))
    folder = project.write('[[goals]]\nid = "x"\nname = "X"\ntarget = 120\ndue = 2026\nsource = "P"\n', HEADER + rows)
    assert run("note", "x", "--text", "A new <plant> opens in May", cwd=folder).code == 0
    assert "A new <plant> opens in May" in outline(report(run, tmp_path, "r.html", cwd=folder)).text
    assert "A new \\<plant\\> opens in May" in report(run, tmp_path, "r.md", cwd=folder)


def mailer(folder: Path) -> dict[str, str]:
    """Return an environment whose `sendmail` writes what it is given into a file."""
    shims = folder / "bin"
    shims.mkdir()
    for name, body in (
        ("tracker", f'exec "{sys.executable}" -m tracker "$@"'),
        ("sendmail", f'echo "$@" > "{folder}/arguments"; cat > "{folder}/mailed"'),
    ):
        (shims / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (shims / name).chmod(stat.S_IRWXU)
    return plain_environment(PATH=f"{shims}:/usr/bin:/bin")


def test_the_mail_recipe_mails_only_changes(project: Project) -> None:
    """The README's mail script sends nothing while nothing changed, then the changes with the report attached."""
    recipe = re.search(
        r"<!-- mail recipe -->\n```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert recipe is not None
    rows = "".join(f"x,{2018 + i},{100 + i},final,2024-01-01,年鉴,,,2024-01-01T00:00:00Z\n" for i in range(5))
    goals = '[[goals]]\nid = "x"\nname = "城镇化率"\ntarget = 120\ndue = 2040\nsource = "P"\n'
    folder = project.write(goals, HEADER + rows)
    environment = mailer(folder)

    def send() -> None:
        done = subprocess.run(["sh", "-c", recipe[1]], cwd=folder, env=environment, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")

    send()
    assert not (folder / "mailed").exists()
    subprocess.run(
        [folder / "bin" / "tracker", "record", "x", "106", "--period", "2023"], cwd=folder, env=environment, check=True
    )
    send()
    assert (folder / "arguments").read_text(encoding="utf-8") == "-t\n"
    mail = email.message_from_bytes((folder / "mailed").read_bytes(), policy=email.policy.default)
    text, page = mail.iter_parts()
    assert "plan@example.org" in str(mail["To"])
    assert "x 2023" in text.get_content()
    assert page.get_filename() == "report.html"
    assert "城镇化率" in page.get_content()
