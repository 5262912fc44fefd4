"""Where actuals are kept: one protocol for every store, and the way from a URL to one."""

# pathlib is not worth its time at start-up:
# ruff: noqa: PTH111, PTH118

from __future__ import annotations

import os.path
import re
from typing import TYPE_CHECKING, Protocol

from tracker.errors import WrongUsage, say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from tracker.errors import Problem
    from tracker.model.actual import Actual, View

    Decision = Callable[[list[Actual]], Sequence[Actual]]
    """From the lines recorded so far to the lines to append; it may raise a TrackerError to refuse."""

_SCHEME = r"([A-Za-z][A-Za-z0-9+.-]*):/?/"
_OTHER_FILES = (".db", ".sqlite", ".sqlite3", ".duckdb", ".parquet", ".xlsx", ".xls")


class Store(Protocol):
    """A ledger of actuals: lines are appended, never changed.

    Every method raises `Unreachable` where the store cannot be reached, read or written, and `InvalidFile`
    with every problem at once where what it holds cannot be used.
    """

    @property
    def name(self) -> str:
        """Return what people call the store: a path or a URL, never with a password."""

    def in_force(self, view: View, series: Collection[str] | None = None) -> dict[str, list[Actual]]:
        """Return the lines that hold for a view, by series and in order of time; `series` None means all."""

    def lines(self, series: Collection[str] | None = None) -> list[Actual]:
        """Return every recorded line in the order it was written; `series` None means all."""

    def append(self, decide: Decision, series: Collection[str] | None = None) -> list[Actual]:
        """Append what `decide` makes of the lines so far, all or nothing, and return it with its place.

        No other writer comes between the reading and the writing. `series` names all that `decide` asks about
        and may write, so that a large store need not bring the rest; None means all. `decide` may be called again
        where a store has to start over.
        """

    def warnings(self) -> list[Problem]:
        """Return what is odd about the store itself and stops nothing."""


def open_store(url: str, folder: str, *, named: bool) -> Store:
    """Return the store that a path or URL names; nothing is read yet.

    `folder` is where a relative path starts ("" for the current folder). `named` tells whether somebody named
    this store: one that is not there is then `Unreachable`, while the default file that is not there is empty.
    Raises `WrongUsage` for a kind of store that is not supported.
    """
    from tracker.stores.csvfile import CsvStore

    scheme = re.match(_SCHEME, url) if ":/" in url else None
    if scheme is not None:
        raise WrongUsage(
            say("actuals cannot be kept at {scheme}:// addresses", scheme=scheme[1].lower()),
            say("supported is the path of a CSV file, such as actuals.csv"),
        )
    if not url.strip() or "\0" in url or url.lower().endswith(_OTHER_FILES):
        raise WrongUsage(
            say('"{path}" is not a file that actuals can be kept in', path=url),
            say("supported is the path of a CSV file, such as actuals.csv"),
        )
    return CsvStore(os.path.normpath(os.path.join(folder, os.path.expanduser(url))), named=named)
