"""The report in a real browser: offline, with scripts off and on, light, dark, on paper and on a telephone."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = "axe-core@4.14.1"
LONGEST_INSTALL = 120


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("no chromium here; .ci/packages has it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the source of axe-core."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm here; .ci/packages has it")
    folder = tmp_path_factory.mktemp("axe")
    install = [npm, "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund", AXE]
    subprocess.run(install, check=True, capture_output=True, timeout=LONGEST_INSTALL)
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=["zh", "en"])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return this repository's report in a language."""
    import sys

    from conftest import plain_environment

    path = tmp_path_factory.mktemp("report") / f"{request.param}.html"
    command = [
        sys.executable,
        "-m",
        "tracker",
        "report",
        "-o",
        str(path),
        "--as-of",
        "2025-01-31",
        "--lang",
        request.param,
    ]
    subprocess.run(command, cwd=ROOT, check=True, env=plain_environment())
    return path


def opened(browser: Browser, path: Path, *, scripts: bool = True, **more: Any) -> tuple[Page, list[str]]:  # noqa: ANN401  playwright's own options
    """Return a page that was opened offline, and what it complained of or asked for."""
    context = browser.new_context(offline=True, java_script_enabled=scripts, **more)
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on(
        "request", lambda request: heard.append(f"request: {request.url}") if request.url != path.as_uri() else None
    )
    page.goto(path.as_uri())
    return page, heard


@pytest.mark.parametrize("scripts", [False, True])
def test_every_goal_is_seen_and_nothing_leaves(browser: Browser, written: Path, scripts: bool) -> None:
    """With scripts off and on all chapters and their drawings are visible; no error, no request."""
    page, heard = opened(browser, written, scripts=scripts)
    chapters = page.locator("article")
    assert chapters.count() == 19
    for number in range(chapters.count()):
        assert chapters.nth(number).locator("h3").is_visible()
    drawings = page.locator("article svg[role=img]")
    assert drawings.count() == 6
    for number in range(drawings.count()):
        box = drawings.nth(number).bounding_box()
        assert box is not None
        assert box["width"] > 300
        assert box["height"] > 100
    assert heard == []
    page.context.close()


@pytest.mark.parametrize(
    "look",
    [
        {"viewport": {"width": 1200, "height": 900}, "color_scheme": "light"},
        {"viewport": {"width": 1200, "height": 900}, "color_scheme": "dark"},
        {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    ],
    ids=["light", "dark", "narrow"],
)
def test_axe_finds_nothing_serious(browser: Browser, written: Path, axe: str, look: dict[str, Any]) -> None:
    """Headings, names, contrast and tables hold in light, in dark and 390 pixels wide, where nothing runs over."""
    page, _heard = opened(browser, written, **look)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate(axe)
    found = page.evaluate("axe.run()")
    serious = [
        (one["id"], [node["html"][:120] for node in one["nodes"]][:3])
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
    ]
    assert serious == []
    assert page.evaluate("document.documentElement.scrollWidth") <= look["viewport"]["width"]
    page.context.close()


BROKEN = """
[...document.querySelectorAll('thead th')].flatMap(cell => [...cell.childNodes].flatMap(node =>
  [...(node.textContent || '').matchAll(/[A-Za-z]+/g)].filter(word => {
    if (node.nodeType !== Node.TEXT_NODE) return false
    const range = document.createRange()
    range.setStart(node, word.index)
    range.setEnd(node, word.index + word[0].length)
    return range.getClientRects().length > 1
  }).map(word => word[0])))
"""
"""The words of headings that stand in more than one line."""


@pytest.mark.parametrize("width", [1200, 390])
def test_no_word_of_a_heading_is_broken(browser: Browser, written: Path, width: int) -> None:
    """On a phone a table is pushed aside rather than its headings cut into syllables."""
    page, _heard = opened(browser, written, viewport={"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate(BROKEN) == []
    page.context.close()


def test_dark_and_light_differ_in_drawings_too(browser: Browser, written: Path) -> None:
    """A line of a drawing has the colours of the page it stands on; paper is light whatever the screen is."""
    colours = {}
    for scheme in ("light", "dark"):
        page, _heard = opened(browser, written, color_scheme=scheme)
        line = "getComputedStyle(document.querySelector('article svg [stroke=\"#1f5fbf\"]')).stroke"
        paper = "getComputedStyle(document.body).backgroundColor"
        colours[scheme] = (page.evaluate(line), page.evaluate(paper))
        page.emulate_media(media="print", color_scheme=scheme)
        colours[f"print {scheme}"] = (page.evaluate(line), page.evaluate(paper))
        page.context.close()
    assert (
        colours["light"]
        == colours["print light"]
        == colours["print dark"]
        == ("rgb(31, 95, 191)", "rgb(255, 255, 255)")
    )
    assert colours["dark"] == ("rgb(125, 176, 255)", "rgb(21, 24, 28)")


def test_it_prints_on_a4(browser: Browser, written: Path) -> None:
    """On paper no drawing may be cut, heads of tables are repeated, and the pages come out."""
    page, _heard = opened(browser, written)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('figure')).breakInside") == "avoid"
    assert page.evaluate("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"
    assert page.pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF")
    page.context.close()


def test_the_keyboard_reaches_the_goals(browser: Browser, written: Path) -> None:
    """The first stop of the tab key leads past the summary to the table of goals."""
    page, _heard = opened(browser, written)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/*#goals")
    page.context.close()
