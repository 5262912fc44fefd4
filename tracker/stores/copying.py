"""Everything from one store to another, revisions included, and the check that it has arrived."""

from __future__ import annotations

import hashlib
from itertools import islice
from typing import TYPE_CHECKING

from tracker.errors import Unreachable, say
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tracker.model.actual import Actual
    from tracker.stores import Store

AT_A_TIME = 5000
"""Lines that are stored at once; what stops in between goes on after the last of them."""


class Content(NamedTuple):
    """What a store holds: how many lines, and a checksum over all of them in the order of writing."""

    lines: int
    checksum: str


def content(lines: Iterable[Actual]) -> Content:
    """Return count and checksum of lines in their order; places are left out, as each kind of store has its own."""
    from tracker.stores.csvreading import ACTUALS
    from tracker.stores.csvwriting import COLUMNS, rows

    count, digest = 0, hashlib.sha256()
    for line in lines:
        digest.update(rows([line], COLUMNS, "\n", ACTUALS))
        count += 1
    return Content(count, digest.hexdigest())


def all_lines(store: Store) -> Iterator[Actual]:
    """Yield every line of a store in the order of writing."""
    return (line for batch in store.batches() for line in batch)


def copy(source: Store, target: Store, moved: Callable[[int], None]) -> Content:
    """Append to a store what another holds and it does not have yet, and return what both hold then.

    A target that holds something has to begin as the source does: then the copy goes on where it stopped. `moved` is
    called with how many lines are there so far. Raises `Unreachable` where the target holds other lines, or holds
    something else in the end.
    """
    there = content(all_lines(target))
    moved(there.lines)
    if there.lines and content(islice(all_lines(source), there.lines)) != there:
        what = say("{target} holds lines that {source} does not begin with", target=target.name, source=source.name)
        raise Unreachable(what, say("nothing was copied; copy into a new store"))
    done = there.lines
    if not done:
        target.take([])  # a copy of nothing is a store too
    waiting = islice(all_lines(source), done, None)
    while batch := list(islice(waiting, AT_A_TIME)):
        target.take(batch)
        done += len(batch)
        moved(done)
    held, given = content(all_lines(target)), content(all_lines(source))
    if held != given:
        what = say("{target} does not hold what {source} holds", target=target.name, source=source.name)
        raise Unreachable(what, say("one of them was written meanwhile: copy again"))
    return held
