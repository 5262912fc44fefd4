"""What `tracker export` writes: rows of a long table, chosen by their own columns and by the goals behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.picking import Asked, condition_of, field_of, matching, split
from tracker.cli.selecting import nearest
from tracker.errors import WrongUsage, say
from tracker.model.actual import is_known
from tracker.project import assess
from tracker.tuples import NamedTuple
from tracker.views import where
from tracker.views.columns import free_names, plain
from tracker.views.fields import flats
from tracker.views.longtable import ACTUAL_KEYS, FIGURE_KEYS, actual_lines, figure_lines, series_of, title
from tracker.wording.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.cli.reading import Held
    from tracker.views.longtable import Line
    from tracker.views.where import Condition
    from tracker.wording.words import Words

OF_A_GOAL = frozenset({"name", "group", "owner", "status"})
"""The columns of a figure that are fields of its goal."""


class Rows(NamedTuple):
    """The columns that were asked for, the rows, and the same rows with the heading each stands under."""

    keys: tuple[str, ...]
    lines: list[Line]
    under: list[tuple[Line, str | None]]


def figure_rows(held: Held, conditions: Sequence[str], by: str | None, columns: str | None) -> Rows:
    """Return every figure of the goals that meet the conditions, and which of them do themselves."""
    words, seen, flat = held.words, assess(held.project), flats(held.words)
    free = free_names(seen)

    def known(name: str, option: str) -> str:
        return _own(name, FIGURE_KEYS, words) or field_of(name, option, free, words)

    asked = [condition_of(text)._replace(key=known(condition_of(text).key, "--where")) for text in conditions]
    of_rows = [one for one in asked if one.key in FIGURE_KEYS and one.key not in OF_A_GOAL]
    of_goals = tuple(one for one in asked if one not in of_rows)
    keys = FIGURE_KEYS if columns is None else tuple(known(name, "--columns") for name in split(columns))
    key = None if by is None else known(by, "--by")
    more = [one for one in (*keys, *([key] if key else [])) if one not in FIGURE_KEYS]
    lines = [
        {**line, **{name: flat(one).get(name) for name in more}}
        for one in matching(seen, Asked(of_goals), words)
        for line in figure_lines(one, flat(one))
    ]
    return _rows(lines, of_rows, key, keys, words)


def actual_rows(held: Held, conditions: Sequence[str], by: str | None, columns: str | None) -> Rows:
    """Return the recorded lines that meet the conditions; one on a goal's field asks for the series of such goals."""
    words = held.words

    def known(name: str, option: str) -> str:
        found = _own(name, ACTUAL_KEYS, words)
        if found is None:
            what = say('{option}: an actual has no column called "{name}"', option=option, name=name)
            raise WrongUsage(what, nearest(name, ACTUAL_KEYS))
        return found

    asked = [condition_of(text) for text in conditions]
    of_rows = [one._replace(key=own) for one in asked if (own := _own(one.key, ACTUAL_KEYS, words))]
    of_goals = [one for one in asked if _own(one.key, ACTUAL_KEYS, words) is None]
    series = _series(held, of_goals) if of_goals else None
    lines = [line for line in held.store.lines(series) if is_known(line, held.view)]
    keys = ACTUAL_KEYS if columns is None else tuple(known(name, "--columns") for name in split(columns))
    return _rows(list(actual_lines(lines)), of_rows, None if by is None else known(by, "--by"), keys, words)


def _series(held: Held, conditions: Sequence[Condition]) -> set[str]:
    seen = assess(held.project)
    free = free_names(seen)
    named = tuple(one._replace(key=field_of(one.key, "--where", free, held.words)) for one in conditions)
    return series_of(matching(seen, Asked(named), held.words))


def _own(name: str, keys: Sequence[str], words: Words) -> str | None:
    """Return the column of a long table that a name stands for, by key or title."""
    found = plain(name)
    called = {plain(title(key, each)): key for each in (ENGLISH, words) for key in keys}
    return name if name in keys else called.get(found) or next((key for key in keys if plain(key) == found), None)


def _rows(
    lines: Sequence[Line], conditions: Sequence[Condition], by: str | None, keys: tuple[str, ...], words: Words
) -> Rows:
    kept = [line for line in lines if all(where.met(one, line.get(one.key), words) for one in conditions)]
    if by is None:
        return Rows(keys, kept, [(line, None) for line in kept])
    under: dict[str, list[Line]] = {}
    for line in kept:
        for heading in where.headings(by, line, words):
            under.setdefault(heading, []).append(line)
    headed: list[tuple[Line, str | None]] = [
        (line, f"{heading} · {words.text('{n} row', '{n} rows', n=len(members))}")
        for heading, members in under.items()
        for line in members
    ]
    ordered = {id(line): line for line, _heading in headed}
    return Rows(keys, list(ordered.values()), headed)
