"""JSON and JSON lines as a grid: a list of records, a list of rows, or a table of tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tracker.errors import say
from tracker.intake.grid import Grid
from tracker.intake.sources import refuse

if TYPE_CHECKING:
    from typing import NoReturn

_SHAPES = say('supported are [{"series": …, "period": …, "value": …}, …], rows, or {"gdp": {"2024": …}}')


class _Text(str):
    """A number as it stands in the text, digit for digit."""

    __slots__ = ()


class _NoNumber(ValueError):
    """NaN or an infinity."""


def json_grid(text: str, file: str) -> Grid:
    """Return what a JSON text, or a text of JSON lines, holds as rows of texts.

    Records give a heading of their keys and a row each; numbers keep their digits. Raises `InvalidFile`.
    """
    try:
        data, lines = _parsed(text)
    except json.JSONDecodeError as error:
        what = say("this is not JSON: {reason} (column {column})", reason=error.msg, column=error.colno)
        raise refuse(file, what, None, error.lineno) from None
    except _NoNumber as error:
        raise refuse(
            file, say("{number} is not a number", number=str(error)), say("null says that there is none")
        ) from None
    except RecursionError:
        raise refuse(file, say("arrays, tables or keys are nested too deep")) from None
    records = _unwrapped(data)
    if isinstance(records, dict) and records and all(isinstance(one, dict) for one in records.values()):
        records = [{"series": name, **one} for name, one in records.items()]
    elif isinstance(records, dict) and records:
        records = [records]
    if not isinstance(records, list) or not records:
        raise refuse(file, say("there are no records in this JSON"), _SHAPES)
    if all(isinstance(one, dict) for one in records):
        keys = list(dict.fromkeys(key for one in records for key in one))
        rows = [keys, *([_cell(one.get(key), file) for key in keys] for one in records)]
        return Grid(file, None, rows, lines=lines and [1, *lines], keys=keys)
    if all(isinstance(one, list) for one in records):
        return Grid(file, None, [[_cell(each, file) for each in row] for row in records], lines=lines)
    raise refuse(file, say("the records of this JSON are of several kinds"), _SHAPES)


def _parsed(text: str) -> tuple[object, list[int] | None]:
    """Return what a text holds, with the line of each record where each has a line of its own."""

    def loads(one: str) -> object:
        return json.loads(one, parse_int=_Text, parse_float=_Text, parse_constant=_refuse)

    try:
        return loads(text), None
    except json.JSONDecodeError as whole:
        found, lines = [], []
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                try:
                    found.append(loads(line))
                except json.JSONDecodeError as error:
                    if number == 1:  # not JSON lines, but a JSON text with a fault
                        raise whole from None
                    raise json.JSONDecodeError(error.msg, text, _start(text, number) + error.pos) from None
                lines.append(number)
        return found, lines


def _start(text: str, line: int) -> int:
    return sum(len(one) + 1 for one in text.split("\n")[: line - 1])


def _refuse(constant: str) -> NoReturn:
    raise _NoNumber(constant)


def _unwrapped(data: object) -> object:
    """Return the one list of records that a table holds beside other things, as `tracker log --json` writes it."""
    if isinstance(data, dict):
        lists = [each for each in data.values() if isinstance(each, list)]
        if len(lists) == 1:
            return lists[0]
    return data


def _cell(value: object, file: str) -> str:
    if isinstance(value, str):
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    raise refuse(file, say("a record holds a table or an array where a value should be"), _SHAPES)
