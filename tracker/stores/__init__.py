"""Where actuals are kept: one protocol for every store, and the way from a URL to one."""

# pathlib is not worth its time at start-up:
# ruff: noqa: PTH111, PTH118

from __future__ import annotations

import os.path
from typing import TYPE_CHECKING, Protocol

from tracker.errors import WrongUsage, say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from tracker.errors import Problem, Say
    from tracker.model.actual import Actual, View
    from tracker.model.excerpt import Wanted
    from tracker.model.goal import StoreTable

    Decision = Callable[[list[Actual]], Sequence[Actual]]
    """From the lines recorded so far to the lines to append; it may raise a TrackerError to refuse."""

_OTHER_FILES = (".xlsx", ".xls")
_PATTERN = set("*?[")
_MARKS_OF_ADDRESSES = set("@=%:")
"""An address with a password has one of them, written out or by its percent sign; most paths have none."""


class Store(Protocol):
    """A ledger of actuals: lines are appended, never changed.

    Every method raises `Unreachable` where the store cannot be reached, read or written, and `InvalidFile`
    with every problem at once where what it holds cannot be used.
    """

    @property
    def name(self) -> str:
        """Return what people call the store: a path or a URL, never with a password."""

    def in_force(
        self, view: View, series: Collection[str] | None = None, wanted: Callable[[], Wanted] | None = None
    ) -> dict[str, list[Actual]]:
        """Return the lines that hold for a view, by series and in order of time; `series` None means all.

        `wanted` says which part of a long history is enough, for a store that has the rest far away.
        """

    def lines(self, series: Collection[str] | None = None) -> list[Actual]:
        """Return every recorded line in the order it was written; `series` None means all."""

    def series(self) -> list[str]:
        """Return the ids of all series that have lines, in order."""

    def batches(self, after: int | None = None) -> Iterator[list[Actual]]:
        """Yield every line, or those behind a position, in the order it was written, some at a time."""

    def take(self, lines: Sequence[Actual]) -> None:
        """Append lines that come from another store in its order, all or nothing, keeping their days and places."""

    def faults(self) -> list[Say]:
        """Return what is damaged or cannot be together, as far as reading line by line does not find it."""

    def close(self) -> None:
        """Let go of what is held open."""

    def append(self, decide: Decision, series: Collection[str] | None = None) -> list[Actual]:
        """Append what `decide` makes of the lines so far, all or nothing, and return it with its place.

        No other writer comes between the reading and the writing. `series` names all that `decide` asks about
        and may write, so that a large store need not bring the rest; None means all. `decide` may be called again
        where a store has to start over.
        """

    def warnings(self) -> list[Problem]:
        """Return what is odd about the store itself and stops nothing."""


def open_store(url: str, folder: str, *, named: bool, table: StoreTable | None = None) -> Store:
    """Return the store that a path or URL names; nothing is read yet.

    `folder` is where a relative path starts ("" for the current folder). `named` tells whether somebody named
    this store: one that is not there is then `Unreachable`, while the default file that is not there is empty.
    `table` says what in a database is meant that was there before us. Raises `WrongUsage` for a kind of store that is
    not supported, `Unreachable` for one whose engine is not installed.
    """
    from tracker.stores.csvfile import CsvStore

    if set(url) & _MARKS_OF_ADDRESSES:
        from tracker.stores.address import check_secrets

        check_secrets(url)
    if not url.strip() or "\0" in url or (url.lower().endswith(_OTHER_FILES) and ":/" not in url):
        raise WrongUsage(
            say('"{path}" is not a file that actuals can be kept in', path=url.partition(":/")[0]),
            say("`tracker import` takes what is in a spreadsheet"),
        )
    is_plain = ":/" not in url and url.lower().endswith(".csv") and not set(url) & _PATTERN
    if not is_plain or (table is not None and table.is_given):
        from tracker.model.goal import StoreTable
        from tracker.stores.address import database, is_csv

        if not is_csv(url) or (table is not None and table.is_given):
            return database(url, folder, table or StoreTable(), named=named)
    return CsvStore(os.path.normpath(os.path.join(folder, os.path.expanduser(url))), named=named)
