"""The default store: a CSV file that people and git read, and that is only ever appended to."""

# pathlib is not worth its time at start-up:
# ruff: noqa: PTH113, PTH116, PTH123

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Generic

from tracker.errors import InvalidFile, Problem, Say, say
from tracker.files import whole
from tracker.model.actual import in_force, public_on
from tracker.stores.csvreading import ACTUALS, Form, Ledger, Line, book
from tracker.stores.reasons import unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from tracker.model.actual import Actual, View
    from tracker.model.excerpt import Wanted
    from tracker.stores import Decision

    Stamp = tuple[int, int, int, int]

_LINE_END = rb"\r\n|\n|\r"


class CsvBook(Generic[Line]):
    """Lines of one form in a CSV file; `named` tells whether somebody named it, so that it has to be there."""

    def __init__(self, path: str, form: Form[Line], *, named: bool) -> None:
        self.path = path
        self._form = form
        self._named = named
        self._known: tuple[Stamp, Ledger[Line]] | None = None

    def append(self, decide: Callable[[list[Line]], Sequence[Line]]) -> list[Line]:
        """Append what `decide` makes of the lines so far, all or nothing, and return it with its place."""
        from tracker.stores import csvwriting as writing
        from tracker.stores import wholefile

        form = self._form
        with wholefile.held(self.path, create=not self._named) as file:
            data = wholefile.content(file)
            before = book(data, self.path, form)
            given = list(decide(list(before.lines)))
            if not given:
                return []
            lines, text = writing.read_back(given, form)
            self._known = None
            if before.columns and writing.lacks_columns(lines, before.columns, form):
                head, columns = writing.widened(data, before.columns, before.line_end, form)
                wholefile.replace(file, head + writing.rows(lines, columns, before.line_end, form))
            else:
                start = writing.beginning(before, form)
                head, columns = data + start, before.columns or tuple(form.readers)
                is_plain = (columns, before.line_end) == (tuple(form.readers), writing.LINE_END)
                rows = text if is_plain else writing.rows(lines, columns, before.line_end, form)
                wholefile.append(file, start + rows)
        # the header, which they were read back with, is a line of text itself
        text_lines = len(re.findall(_LINE_END, head)) - 1
        return [form.moved(line, len(before.lines), text_lines) for line in lines]

    def lines(self) -> list[Line]:
        """Return what the file holds, read once for as long as it stays as it is."""
        try:
            found = os.stat(self.path)
            stamp = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
            if self._known is None or self._known[0] != stamp:
                self._known = (stamp, self._parsed())
        except FileNotFoundError as error:
            if self._named:
                raise unreadable(self.path, error, say("an empty file is a ledger without lines")) from error
            return []
        except OSError as error:
            raise unreadable(self.path, error) from error
        return self._known[1].lines

    def _parsed(self) -> Ledger[Line]:
        with open(self.path, "rb") as file:
            data = whole(file, self.path)
        try:
            return book(data, self.path, self._form)
        except InvalidFile:
            if data.endswith((b"\n", b"\r")) or not os.path.isfile(self.path):
                raise
            # a line without an end may be one that another program is about to finish
            from tracker.stores.wholefile import settled_content

            return book(settled_content(self.path), self.path, self._form)


class CsvStore:
    """A ledger of actuals in a CSV file; `named` tells whether somebody named it, so that it has to be there."""

    def __init__(self, path: str, *, named: bool) -> None:
        self._book = CsvBook(path, ACTUALS, named=named)

    @property
    def name(self) -> str:
        """Return the path of the file."""
        return self._book.path

    def in_force(
        self,
        view: View,
        series: Collection[str] | None = None,
        wanted: Callable[[], Wanted] | None = None,  # noqa: ARG002  all of the file has been read anyway
    ) -> dict[str, list[Actual]]:
        """Return the lines that hold for a view, by series and in order of time; `series` None means all."""
        return in_force(self.lines(series), view)

    def lines(self, series: Collection[str] | None = None) -> list[Actual]:
        """Return every recorded line in the order of the file; `series` None means all."""
        return _of(series, self._book.lines())

    def series(self) -> list[str]:
        """Return the ids of all series that have lines, in order."""
        return sorted({line.series for line in self._book.lines()})

    def batches(self, after: int | None = None) -> Iterator[list[Actual]]:
        """Yield every line behind a position in the order of the file; there is one batch."""
        lines = self._book.lines()[after or 0 :]
        if lines:
            yield lines

    def take(self, lines: Sequence[Actual]) -> None:
        """Append lines that come from another store in its order; their places are the next ones here."""
        self.append(lambda _: lines, ())

    def faults(self) -> list[Say]:
        """Return nothing: a file that can be read is whole."""
        return []

    def close(self) -> None:
        """Do nothing: no file is held open."""

    def warnings(self) -> list[Problem]:
        """Return one warning about all lines that have no day, which are known always and come first."""
        undated = [line for line in self._book.lines() if public_on(line) is None]
        if not undated:
            return []
        what = say(
            "this line has neither published nor recorded_at",
            "{n} lines have neither published nor recorded_at, this is the first",
            n=len(undated),
        )
        advice = say("a line without a day is taken as known always, and older than every other line")
        return [Problem(self.name, undated[0].line, undated[0].series, what, advice, warning=True)]

    def append(self, decide: Decision, series: Collection[str] | None = None) -> list[Actual]:
        """Append what `decide` makes of the lines so far, all or nothing, and return it with its place."""
        return self._book.append(lambda lines: decide(_of(series, lines)))


def _of(series: Collection[str] | None, lines: list[Actual]) -> list[Actual]:
    return list(lines) if series is None else [line for line in lines if line.series in series]
