"""What --columns, --where and --by ask for, resolved or refused with the nearest known name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.selecting import nearest
from tracker.errors import WrongUsage, say
from tracker.tuples import NamedTuple
from tracker.views import fields, where
from tracker.views.columns import column_named, field_named, free_names, names, offered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.assess.figures import Assessment
    from tracker.views.columns import Picked
    from tracker.views.jsonvalues import Json
    from tracker.wording.words import Words

_SEPARATORS = str.maketrans("，、", ",,")


class Asked(NamedTuple):
    """What the options ask for of goals: conditions, the field to group by, the columns; None or empty: not asked."""

    where: tuple[where.Condition, ...] = ()
    by: str | None = None
    columns: tuple[Picked, ...] | None = None


def asked(
    seen: Sequence[Assessment], conditions: Sequence[str], by: str | None, columns: str | None, words: Words
) -> Asked:
    """Return what the options ask for, their names resolved among the fields of all goals.

    Raises:
        WrongUsage: a name that is no field or column; the nearest one is named.
    """
    free = free_names(seen)
    given = [condition_of(text) for text in conditions]
    return Asked(
        tuple(one._replace(key=field_of(one.key, "--where", free, words)) for one in given),
        None if by is None else field_of(by, "--by", free, words),
        None if columns is None else tuple(_column(name, free, words) for name in split(columns)),
    )


def field_of(name: str, option: str, free: Sequence[str], words: Words) -> str:
    """Return the field of a goal that a name stands for, or refuse it."""
    found = field_named(name, free, words)
    if found is None:
        what = say('{option}: no field of a goal is called "{name}"', option=option, name=name)
        raise WrongUsage(what, nearest(name, names(free, words), offered(free, words)))
    return found


def condition_of(text: str) -> where.Condition:
    """Return the condition that a text states, its name as it was given, or refuse it."""
    found = where.condition(text)
    if found is None:
        what = say('--where: "{text}" is not a condition', text=text)
        raise WrongUsage(what, say("write KEY=VALUE, such as owner=Finance or chance<50%; !=, <=, > and >= work too"))
    return found


def split(columns: str) -> list[str]:
    """Return the names of a list of columns; Chinese commas part them too."""
    found = [name for part in columns.translate(_SEPARATORS).split(",") if (name := part.strip())]
    if not found:
        raise WrongUsage(say("--columns names nothing"))
    return found


def _column(name: str, free: Sequence[str], words: Words) -> Picked:
    found = column_named(name, free, words)
    if found is None:
        what = say('--columns: no column is called "{name}"', name=name)
        raise WrongUsage(what, nearest(name, names(free, words), offered(free, words)))
    return found


def matching(seen: Sequence[Assessment], asked_of: Asked, words: Words) -> list[Assessment]:
    """Return the goals that meet every condition."""
    if not asked_of.where:
        return list(seen)
    flat = fields.flats(words)
    return [one for one in seen if all(where.met(each, flat(one).get(each.key), words) for each in asked_of.where)]


def headings(key: str, words: Words) -> Callable[[Assessment], list[str]]:
    """Return what gives the headings that a goal stands under by a field."""
    flat = fields.flats(words)
    return lambda seen: where.headings(key, flat(seen), words)


def values(key: str, words: Words) -> Callable[[Assessment], list[Json]]:
    """Return what gives the values that a goal has of a field."""
    flat = fields.flats(words)
    return lambda seen: where.values(key, flat(seen))
