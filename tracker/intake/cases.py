"""A CSV of cases: histories with a target, what became of it, and what other methods said."""

from __future__ import annotations

import csv
from io import StringIO
from math import isfinite
from typing import TYPE_CHECKING, TypeVar

from tracker.compare.given import Given
from tracker.errors import InvalidFile, Problem, Say, say
from tracker.model.goal import Direction, Method
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Read = TypeVar("Read")

NEEDED = ("h", "direction", "target", "reached", "history")
BESIDE = ("source", "series", "n", "expected_chance")
"""Columns that say where a case is from; every other column holds the chances of a method of that name."""
LONGEST_SHOWN = 40


class Cases(NamedTuple):
    """The cases of a file, and the names of the methods whose chances it brings."""

    rows: list[Given]
    methods: tuple[str, ...]


class _Wrong(ValueError):
    """A cell that cannot be read: what is wrong, and what would be right."""

    def __init__(self, what: Say, advice: Say) -> None:
        super().__init__(str(what))
        self.what = what
        self.advice = advice


def cases_in(data: bytes, file: str) -> Cases:
    """Return the cases in the bytes of a CSV file; `file` is what problems call it.

    Columns by name in any order: `h` (spacings from the last value of the history to due, above 0), `direction` (up
    or down), `target`, `reached` (1 or 0), `history` (values between blanks, oldest first); `series` names what the
    case is about.

    Raises:
        InvalidFile: every row that cannot be read, each with its line.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + data[: error.start].count(b"\n")
        raise InvalidFile([Problem(file, line, None, say("the text is not UTF-8"), say("save it as UTF-8"))]) from None
    records = _records(text, file)
    _line, header = next(records, (1, []))
    columns = [name.strip() for name in header]
    _check(columns, file)
    methods = tuple(name for name in columns if name not in {*NEEDED, *BESIDE})
    rows: list[Given] = []
    problems: list[Problem] = []
    for line, cells in records:
        if len(cells) != len(columns):
            what = say("{found} cells instead of {expected}", found=len(cells), expected=len(columns))
            problems.append(Problem(file, line, None, what, say("a comma inside a cell needs quotes around the cell")))
            continue
        found = _row(dict(zip(columns, cells, strict=True)), methods, line, file, problems)
        rows += [found] if found else []
    if not rows and not problems:
        problems.append(Problem(file, None, None, say("there is no case in it")))
    if problems:
        raise InvalidFile(problems)
    return Cases(rows, methods)


def _records(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not blank with the line on which it begins."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, row
            line = 1 + reader.line_num
    except csv.Error as error:
        what = say("the CSV is broken: {reason}", reason=str(error))
        raise InvalidFile([Problem(file, line, None, what)]) from None


def _check(columns: Sequence[str], file: str) -> None:
    problems = []
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        what = say("the columns {missing} are missing", missing=", ".join(missing))
        problems.append(Problem(file, 1, None, what, say("needed are {needed}", needed=", ".join(NEEDED))))
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        problems.append(Problem(file, 1, None, say("the columns {twice} are there twice", twice=", ".join(twice))))
    if Method.CHANCE.value in columns:
        what = say('a column is called "chance", as the method that is computed here')
        problems.append(Problem(file, 1, None, what, say("give the column the name of the method that said so")))
    if problems:
        raise InvalidFile(problems)


def _row(cells: dict[str, str], methods: Sequence[str], line: int, file: str, problems: list[Problem]) -> Given | None:
    """Return one case; None after noting what is wrong with it."""
    before = len(problems)

    def read(name: str, reader: Callable[[str], Read]) -> Read | None:
        try:
            return reader(cells[name].strip())
        except _Wrong as wrong:
            problems.append(Problem(file, line, name, wrong.what, wrong.advice))
            return None

    history, horizon, up = read("history", _history), read("h", _positive), read("direction", _up)
    target, reached = read("target", _number), read("reached", _yes)
    said = {name: read(name, _chance) for name in methods}
    if len(problems) > before or history is None or horizon is None or up is None or target is None or reached is None:
        return None
    series = cells.get("series", "").strip() or str(line)
    return Given(series, f"{len(history) + horizon:g}", history, horizon, up, target, reached, said)


def _number(text: str) -> float:
    try:
        value = float(text) if text.isascii() and "_" not in text else float("nan")
    except ValueError:
        value = float("nan")
    if isfinite(value):
        return value
    raise _Wrong(say('"{text}" is not a number', text=_shown(text)), say("a point goes before decimals: 1234.5"))


def _positive(text: str) -> float:
    value = _number(text)
    if value > 0:
        return value
    raise _Wrong(say("{value} is not above 0", value=value), say("h is how many spacings of the history lie ahead"))


def _up(text: str) -> bool:
    if text in set(Direction):
        return text == Direction.UP.value
    allowed = ", ".join(Direction)
    raise _Wrong(say('"{text}" is no direction', text=_shown(text)), say("allowed are {allowed}", allowed=allowed))


def _yes(text: str) -> bool:
    if text in {"0", "1"}:
        return text == "1"
    raise _Wrong(say('"{text}" is neither 1 nor 0', text=_shown(text)), say("1 where the target was reached, else 0"))


def _history(text: str) -> tuple[float, ...]:
    values = tuple(_number(part) for part in text.split())
    if len(values) > 1:
        return values
    raise _Wrong(say("there are fewer than two values"), say("write them oldest first, with blanks between"))


def _chance(text: str) -> float | None:
    if not text:
        return None
    value = _number(text)
    if 0 <= value <= 1:
        return value
    raise _Wrong(
        say("{value} is no chance", value=value), say("a chance lies between 0 and 1; leave it empty for none")
    )


def _shown(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
