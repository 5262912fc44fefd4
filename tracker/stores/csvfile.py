"""The default store: a CSV file that people and git read, and that is only ever appended to."""

# pathlib is not worth its time at start-up:
# ruff: noqa: PTH113, PTH116, PTH123

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from tracker.errors import InvalidFile, Problem, say
from tracker.model.actual import in_force, public_on
from tracker.stores.csvreading import NOTHING, Ledger, ledger
from tracker.stores.reasons import unreadable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tracker.model.actual import Actual, View
    from tracker.model.excerpt import Wanted
    from tracker.stores import Decision

    Stamp = tuple[int, int, int, int]

_LINE_END = rb"\r\n|\n|\r"


class CsvStore:
    """A ledger in a CSV file; `named` tells whether somebody named it, so that it has to be there."""

    def __init__(self, path: str, *, named: bool) -> None:
        self._path = path
        self._named = named
        self._known: tuple[Stamp, Ledger] | None = None

    @property
    def name(self) -> str:
        """Return the path of the file."""
        return self._path

    def in_force(
        self,
        view: View,
        series: Collection[str] | None = None,
        wanted: Wanted | None = None,  # noqa: ARG002  all of the file has been read anyway
    ) -> dict[str, list[Actual]]:
        """Return the lines that hold for a view, by series and in order of time; `series` None means all."""
        return in_force(self.lines(series), view)

    def lines(self, series: Collection[str] | None = None) -> list[Actual]:
        """Return every recorded line in the order of the file; `series` None means all."""
        return _of(series, self._ledger().lines)

    def series(self) -> list[str]:
        """Return the ids of all series that have lines, in order."""
        return sorted({line.series for line in self._ledger().lines})

    def batches(self, after: int = 0) -> Iterator[list[Actual]]:
        """Yield every line behind a position in the order of the file; there is one batch."""
        lines = self._ledger().lines[after:]
        if lines:
            yield lines

    def take(self, lines: Sequence[Actual]) -> None:
        """Append lines that come from another store in its order; their places are the next ones here."""
        self.append(lambda _: lines, ())

    def faults(self) -> list[str]:
        """Return nothing: a file that can be read is whole."""
        return []

    def close(self) -> None:
        """Do nothing: no file is held open."""

    def warnings(self) -> list[Problem]:
        """Return one warning about all lines that have no day, which are known always and come first."""
        undated = [line for line in self._ledger().lines if public_on(line) is None]
        if not undated:
            return []
        what = say(
            "this line has neither published nor recorded_at",
            "{n} lines have neither published nor recorded_at, this is the first",
            n=len(undated),
        )
        advice = say("a line without a day is taken as known always, and older than every other line")
        return [Problem(self._path, undated[0].line, undated[0].series, what, advice, warning=True)]

    def append(self, decide: Decision, series: Collection[str] | None = None) -> list[Actual]:
        """Append what `decide` makes of the lines so far, all or nothing, and return it with its place."""
        from tracker.stores import csvwriting as writing
        from tracker.stores import wholefile

        with wholefile.held(self._path, create=not self._named) as file:
            data = wholefile.content(file)
            before = ledger(data, self._path)
            given = list(decide(_of(series, before.lines)))
            if not given:
                return []
            lines = writing.read_back(given)
            self._known = None
            if before.columns and writing.lacks_columns(lines, before.columns):
                head, columns = writing.widened(data, before.columns, before.line_end)
                wholefile.replace(file, head + writing.rows(lines, columns, before.line_end))
            else:
                start = writing.beginning(before)
                head, columns = data + start, before.columns or writing.COLUMNS
                wholefile.append(file, start + writing.rows(lines, columns, before.line_end))
        return _placed(lines, len(before.lines), head)

    def _ledger(self) -> Ledger:
        """Return what the file holds, read once for as long as it stays as it is."""
        try:
            found = os.stat(self._path)
            stamp = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
            if self._known is None or self._known[0] != stamp:
                self._known = (stamp, self._parsed())
        except FileNotFoundError as error:
            if self._named:
                raise unreadable(self._path, error, say("an empty file is a ledger without lines")) from error
            return NOTHING
        except OSError as error:
            raise unreadable(self._path, error) from error
        return self._known[1]

    def _parsed(self) -> Ledger:
        with open(self._path, "rb") as file:
            data = file.read()
        try:
            return ledger(data, self._path)
        except InvalidFile:
            if data.endswith((b"\n", b"\r")) or not os.path.isfile(self._path):
                raise
            # a line without an end may be one that another program is about to finish
            from tracker.stores.wholefile import settled_content

            return ledger(settled_content(self._path), self._path)


def _of(series: Collection[str] | None, lines: list[Actual]) -> list[Actual]:
    return list(lines) if series is None else [line for line in lines if line.series in series]


def _placed(lines: list[Actual], count: int, before: bytes) -> list[Actual]:
    """Return appended lines with their places behind `count` lines and the text in front of them."""
    text_lines = len(re.findall(_LINE_END, before))
    return [line._replace(position=count + line.position, line=text_lines + (line.line or 0)) for line in lines]
