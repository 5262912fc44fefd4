"""Goals from the rows of a table: what could be read of each, and what could not, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from tracker.errors import Say, say
from tracker.intake.goalheadings import Headings, name_and_unit, plain
from tracker.intake.unitnotes import is_note, units_said
from tracker.intake.values import Refused, value_in_unit
from tracker.intake.when import calendar_period
from tracker.intake.when import written as when_written
from tracker.periods import Period, parse_period
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_MARKS = re.compile(r"^(?P<sign>[≥≤><=⩾⩽]|>=|<=|约|不低于|不少于|不高于|不超过)?\s*[\[(]?(?P<number>.*?)[\])]?\s*"
                    r"(?P<tail>左右|以上|以下|以内|及以上|及以下)?$")  # fmt: skip
_DOWN = frozenset({"≤", "<", "⩽", "<=", "不高于", "不超过", "以下", "以内", "及以下"})
_UP = frozenset({"≥", ">", "⩾", ">=", "不低于", "不少于", "以上", "及以上"})
_NOTHING = frozenset({"", "-", "—", "–", "/", "--", "…", "——", "n/a", "无"})
_PERIOD = re.compile(r"(?P<year>(?:19|20)[0-9]{2})年?(?:底|末|年底|年末)?")
_MONTH = re.compile(r"(?P<year>(?:19|20)[0-9]{2})[年/.](?P<month>[0-9]{1,2})月?(?:底|末)?")
_DIRECTIONS = {"down": "down", "下降": "down", "降低": "down", "逆向": "down", "越低越好": "down"}


class GoalRow(NamedTuple):
    """A goal as far as a row gives it; without a target or a due it is none yet. `line` counts from 1.

    `unread` is what a reader has to look at: cells that could not be read, and marks that say more than a number.
    """

    line: int
    name: str
    id: str | None = None
    unit: str | None = None
    group: str | None = None
    owner: str | None = None
    since: Period | None = None
    baseline: float | None = None
    target: float | None = None
    due: Period | None = None
    direction: str | None = None
    source: str | None = None
    note: str | None = None
    fields: Mapping[str, str] = {}
    unread: tuple[Say, ...] = ()


class _Value(NamedTuple):
    value: float | None
    direction: str | None = None
    unread: Say | None = None


def goal_rows(rows: Sequence[Sequence[str]], head: Headings) -> Iterator[GoalRow]:
    """Yield a goal for each row under the headings that has a name and says anything about it.

    A unit over the table, or over a group of goals, holds for those that have none of their own.
    """
    group: str | None = None
    over = [*(text for row in rows[: head.row] for text in row), rows[head.row][head.roles["name"]]]
    whole = units = _units(over)
    for place in range(head.row + 1, len(rows)):
        cells = {role: _at(rows[place], column) for role, column in head.roles.items()}
        others = {name: _at(rows[place], column) for name, column in head.others.items()}
        if not cells["name"]:
            continue
        if not any(text for role, text in cells.items() if role != "name") and not any(others.values()):
            said = _units([cells["name"]])
            if is_note(cells["name"]):
                whole = units = said
            else:
                group, units = name_and_unit(cells["name"])[0], said or whole  # a line over the goals below it
            continue
        yield _goal(place + 1, cells, others, head, units)._replace(group=cells.get("group") or group)


def _units(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit for text in texts for unit in units_said(text)))


def _at(row: Sequence[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""


def _goal(
    line: int, cells: Mapping[str, str], others: Mapping[str, str], head: Headings, over: tuple[str, ...]
) -> GoalRow:
    name, unit = name_and_unit(cells["name"])
    unit = cells.get("unit") or unit or (over[0] if len(over) == 1 else None)
    target = _value(cells["target"], unit, say("target"))
    baseline = _value(cells.get("baseline", ""), unit, say("baseline"))
    since, no_since = _period(cells.get("since") or head.since or "", say("baseline"))
    due, no_due = _period(cells.get("due") or head.due or "", say("due"))
    unread = [one for one in (target.unread, baseline.unread, no_since, no_due) if one is not None]
    if baseline.value is not None and since is None:
        unread.append(say("baseline {value}: of which period?", value=baseline.value))
    if not unit and over:
        unread.append(say("of which unit is it? Over the table stand {units}", units=", ".join(over)))
    values = [each.value for each in (baseline, target) if each.value]
    if unit == "%" and values and max(map(abs, values)) <= 1 and "%" not in plain(cells["target"]):
        shown = f"{values[-1]:.12g}", f"{values[-1] * 100:.12g}"
        unread.append(say("in %: is {value} % meant, or {hundredfold} %?", value=shown[0], hundredfold=shown[1]))
    return GoalRow(
        line,
        name,
        cells.get("id") or None,
        unit or None,
        owner=cells.get("owner") or None,
        since=since,
        baseline=baseline.value,
        target=target.value,
        due=due,
        direction=_DIRECTIONS.get(plain(cells.get("direction", ""))) or target.direction,
        source=cells.get("source") or None,
        note=cells.get("note") or None,
        fields={key: text for key, text in others.items() if text},
        unread=tuple(unread),
    )


def _value(text: str, unit: str | None, what: Say) -> _Value:
    """Return the value that a cell says; a sign or a word around it gives the direction and is kept in words."""
    written = normalize("NFKC", text).strip()
    if written.lower() in _NOTHING:
        return _Value(None)
    found = _MARKS.fullmatch(written)
    value = value_in_unit(found["number"] if found else written, unit)
    if found is None or isinstance(value, Refused):
        reason = value.what if isinstance(value, Refused) else say("it cannot be read")
        return _Value(None, None, say('{what} "{text}": {reason}', what=what, text=text, reason=reason))
    marks = {found["sign"], found["tail"]}
    direction = "down" if marks & _DOWN else "up" if marks & _UP else None
    is_bare = found["number"] == written
    kept = None if is_bare else say('{what} as it was written: "{text}"', what=what, text=text)
    return _Value(value, direction, kept)


def _period(text: str, what: Say) -> tuple[Period | None, Say | None]:
    written = plain(text)
    if written in _NOTHING:
        return None, None
    found = parse_period(written)
    month, year = _MONTH.fullmatch(written), _PERIOD.fullmatch(written)
    if found is None and month is not None:
        found = parse_period(f"{month['year']}-{int(month['month']):02d}")
    if found is None and year is not None:
        found = parse_period(year["year"])
    if found is None:
        when = when_written(text)
        found = calendar_period(when) if when is not None else None
    if found is None:
        return None, say('{what}: "{text}" is not a period', what=what, text=text)
    return found, None
