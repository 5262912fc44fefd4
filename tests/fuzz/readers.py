"""The readers under fuzzing: each takes any bytes, holds what is read against a second reading, and checks the laws.

A reader returns whether the bytes were accepted. What it raises is a finding: an error that is not tracker's own, a
law that does not hold (an AssertionError), or bytes that took longer than `SLOWEST`.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from fuzz import independent
from tracker.assess import assess
from tracker.assess.ranking import with_ranks
from tracker.checks import ledger_problems
from tracker.checks.oddities import oddities
from tracker.cli import days
from tracker.cli.complaints import problem_text
from tracker.cli.language import catalogue
from tracker.errors import InvalidFile, WrongUsage
from tracker.goals import times
from tracker.goals.panels import expanded
from tracker.goals.read import goals_in
from tracker.goals.references import reference_problems
from tracker.intake.published import published
from tracker.intake.values import Refused, value_in_unit
from tracker.intake.when import calendar_period, headed
from tracker.model.actual import Actual, View, in_force
from tracker.periods import next_period, parse_period
from tracker.render.glyphs import UNICODE
from tracker.render.jsontext import json_text
from tracker.render.terminal import Screen, table_text
from tracker.stores.csvreading import ACTUALS, book
from tracker.stores.csvwriting import read_back
from tracker.stores.notes import NOTES
from tracker.views.order import Part, Shown
from tracker.views.record import status_record
from tracker.views.status import status_table, usual_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tracker.errors import Problem
    from tracker.goals.findings import Finding
    from tracker.goals.read import GoalsRead
    from tracker.model.goal import Goal
    from tracker.stores.csvreading import Form, Ledger, Line
    from tracker.wording.words import Words

SLOWEST = 2.0
"""Seconds of processor time that no input may take."""
TODAY = date(2025, 1, 31)
RECORDED = {"2020": 3.0, "2021": 4.5, "2022": 4.25, "2023": 6.0, "2024": 7.5}
UNITS = (None, "%", "元", "万元", "亿元", "人", "万人", "亩", "公里", "百分点", "套")


@cache
def _languages() -> Sequence[Words]:
    return [catalogue("en"), catalogue("zh")]


def told(problems: Sequence[Problem], data: bytes) -> None:
    """Check that problems can be put into words, in either language, and name lines that are there."""
    assert problems
    last = len(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
    for problem in problems:
        assert problem.line is None or 1 <= problem.line <= last, problem
        problem_text(problem)
        for words in _languages():
            assert words(problem.what).strip()
            assert problem.help is None or words(problem.help).strip()


def goals(data: bytes) -> bool:
    """Read goals.toml; its numbers are those of the standard library's reader, and it is judged."""
    try:
        read = goals_in(data, "goals.toml")
    except InvalidFile as error:
        told(error.problems, data)
        return False
    if read.warnings:
        told(read.warnings, data)
    declared = [one for one in read.file.goals if one.declaration is None]
    for goal, table in zip(declared, independent.goal_tables(read.text), strict=False):
        if goal.id == table["id"]:
            _same_numbers(goal, table)
    names = [name for name in read.file.series if "{" not in name]
    years = enumerate(RECORDED.items())
    lines = [_recorded(name, period, value, place) for place, (period, value) in years for name in names]
    return judged(read, lines, View(TODAY)) is not None


def judged(read: GoalsRead, lines: Sequence[Actual], view: View) -> str | None:
    """Return the record of all goals as JSON, after it was drawn as a table; None where they do not fit."""
    names = sorted({line.series for line in lines})
    actuals = in_force(lines, view)
    try:
        file = expanded(read.file, lambda: names)
    except InvalidFile as error:
        told(error.problems, read.text.encode())
        return None
    unfit = reference_problems(read.file, actuals, read.text, lambda: names)
    if unfit:
        told(unfit, read.text.encode())
        return None
    if ledger_problems(file, actuals, "actuals.csv"):
        return None
    seen = assess(file, with_ranks(file, actuals), view)
    oddities(file, actuals, seen, TODAY, "actuals.csv")
    words = catalogue("zh").renamed(file.rules.labels)
    text = json_text(status_record(seen, view, "goals.toml", file.title, words))
    json.loads(text, parse_constant=_no_number)
    shown = [Shown(one) for one in seen]
    columns = usual_columns(words, wide=True)
    table_text(status_table(shown, columns, file.title, view, words, Part(shown, seen)), _SCREEN)
    return text


_SCREEN = Screen(UNICODE, 100, colour=False)


def _no_number(text: str) -> float:
    raise AssertionError(text)


def _recorded(name: str, period: str, value: float, place: int) -> Actual:
    found = parse_period(period)
    assert found is not None
    return Actual(name, found, value, recorded_at=datetime(2025, 1, 1, tzinfo=UTC), position=place + 1, line=place + 2)


def _same_numbers(goal: Goal, table: Mapping[str, object]) -> None:
    """Check the numbers and days of a goal against those of its table."""
    if goal.target is not None and "target" in table:
        target = table["target"]
        for field in ("value", "times", "change", "growth", "offset", "share"):
            written = target.get(field) if isinstance(target, dict) else target if field == "value" else None
            if isinstance(written, int | float | Decimal):
                assert getattr(goal.target, field) == float(written)
    if isinstance(table.get("due"), str | int) and goal.due is not None:
        assert goal.due.end == independent.last_day(str(table["due"]))
    if isinstance(table.get("tolerance"), int | float | Decimal):
        assert goal.tolerance == float(table["tolerance"])  # type: ignore[arg-type]
    baseline = table.get("baseline")
    if isinstance(baseline, dict) and goal.baseline is not None and "value" in baseline:
        assert goal.baseline.value == float(baseline["value"])


def actuals(data: bytes) -> bool:
    """Read a ledger of actuals; its values, periods and texts are those of a second reading, and it writes back."""
    found = _book(data, ACTUALS)
    if found is None:
        return False
    rows = independent.records(data)
    assert len(rows) == len(found.lines)
    for row, line in zip(rows, found.lines, strict=True):
        assert line.series == row["series"].strip()
        assert line.period.end == independent.last_day(row["period"])
        written = row["value"].strip()
        if line.value is None:
            assert row.get("quality", "").strip().lower() == "retracted"
        else:
            assert line.value == float(Fraction(Decimal(written)))
        assert (line.note or "") == (row.get("note", "") if row.get("note", "").strip() else "")
    again, _ = read_back(found.lines, ACTUALS)
    assert [line[:9] for line in again] == [line[:9] for line in found.lines]
    return True


def notes(data: bytes) -> bool:
    """Read notes; their texts are those of a second reading, and they write back."""
    found = _book(data, NOTES)
    if found is None:
        return False
    rows = independent.records(data)
    assert [(line.goal, line.text) for line in found.lines] == [(row["goal"].strip(), row["text"]) for row in rows]
    again, _ = read_back(found.lines, NOTES)
    assert [line[:8] for line in again] == [line[:8] for line in found.lines]
    return True


def _book(data: bytes, form: Form[Line]) -> Ledger[Line] | None:
    try:
        return book(data, "book.csv", form)
    except InvalidFile as error:
        told(error.problems, data)
        return None


def values(data: bytes) -> bool:
    """Read a value as people write it: unit, heading and text; a number is the one a second reading has."""
    text = data[2:].decode("utf-8", "replace")
    unit = UNITS[data[0] % len(UNITS)] if data else None
    heading = UNITS[data[1] % len(UNITS)] if data[1:] else None
    found = value_in_unit(text, unit, heading)
    if isinstance(found, Refused):
        for words in _languages():
            assert words(found.what)
            assert words(found.help)
    else:
        expected = independent.value(text, unit, heading)
        assert expected is not None, (text, unit, heading, found)
        assert found == float(expected), (text, unit, heading, found, float(expected))
        assert value_in_unit(repr(found), unit) == found
    cell = published(text, unit, heading)
    if isinstance(cell.value, float):
        expected = independent.marked_value(text, unit, heading)
        assert expected is not None, (text, unit, heading, cell)
        assert cell.value == float(expected), (text, unit, heading, cell)
    return not isinstance(found, Refused)


def periods(data: bytes) -> bool:
    """Read a period, a heading, a length of time and a day as people write them, all from the same text."""
    text = data.decode("utf-8", "replace")
    period = parse_period(text)
    assert (period.end if period is not None else None) == independent.last_day(text), text
    if period is not None:
        assert period.start <= period.end
        assert parse_period(period.text) == period
        if period.end < date(9998, 1, 1):
            following = next_period(period)
            assert following.start == date.fromordinal(period.end.toordinal() + 1)
    head = headed(text)
    if head is not None:
        when = head[0]
        assert 1 <= when.first <= when.last <= 12
        digits = independent.digits(text)
        assert when.year is None or str(when.year) in digits, (text, when)
        stretch = calendar_period(when)
        if stretch is not None and when.week is None:
            assert (stretch.start.month, stretch.end.month) == (when.first, when.last), (text, when)
    findings: list[Finding] = []
    times.span(text, ("every",), findings)
    times.period(text, ("due",), findings)
    for finding in findings:
        for words in _languages():
            assert words(finding.what)
    with suppress(WrongUsage):
        days.read_day(text, "--as-of")
    return period is not None or head is not None


def timed(reader: Callable[[bytes], bool], data: bytes) -> bool:
    """Run a reader; that it takes longer than `SLOWEST` is a finding."""
    start = time.process_time()
    accepted = reader(data)
    spent = time.process_time() - start
    assert spent < SLOWEST, f"{spent:.1f} s"
    return accepted
