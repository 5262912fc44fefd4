"""Narrow terminals: text folds at words, and no number and no day is ever cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import ROOT

if TYPE_CHECKING:
    from conftest import Run


def shown(run: Run, *args: str, columns: int | None, lang: str = "en") -> list[str]:
    """Return the lines that a command prints in a terminal of a width, on a pipe without one."""
    more = ("--as-of", "2026-11-23", "--lang", lang)
    done = run(*args, *more, cwd=ROOT, env={"COLUMNS": str(columns)} if columns else {})
    assert (done.code, done.err) == (0, "")
    return done.out.splitlines()


def test_a_long_id_breaks_after_a_hyphen(run: Run) -> None:
    """No word of an id is cut where its column holds it."""
    lines = shown(run, "due", columns=80)
    assert [line for line in lines if line.startswith(("(zhenxiong-", "resettlement)"))] != []
    assert not any(line.startswith("tlement)") for line in lines)


def test_a_day_is_not_cut(run: Run) -> None:
    """A day in Chinese, which may break anywhere, stays on one line."""
    lines = shown(run, "show", "gdp-2100", columns=80)
    assert lines[17:19] == [
        "                                              新闻网，昭通市三年计划，",
        "                                              2023年5月29日]",
    ]
