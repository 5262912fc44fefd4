"""Parquet or large CSV files where they lie, read by DuckDB."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tracker.errors import InvalidFile, Problem, WrongUsage, say
from tracker.stores import duckcsv, extras
from tracker.stores.dialects import DUCKDB
from tracker.stores.duck import PREVIEW, Asked
from tracker.stores.mapped import columns_of, mapped_source
from tracker.stores.passwords import of_files
from tracker.stores.statements import FIELDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from tracker.model.actual import Actual
    from tracker.model.goal import StoreTable
    from tracker.stores.statements import Source

_PLACE = f"CAST(file_index AS BIGINT) * {2**32} + file_row_number + 1"
"""A place of its own for each row of all files, from 1: a copy goes on behind the last place that is there."""
_MOST_FILES = 2**13
_KINDS = (
    "SELECT DISTINCT LOWER(name), duckdb_type FROM parquet_schema(?) "
    "WHERE duckdb_type IS NOT NULL AND LOWER(name) IN (SELECT unnest(CAST(? AS VARCHAR[])))"
)
_SCHEMAS = "SELECT file_name, name, duckdb_type, num_children FROM parquet_schema(?) ORDER BY file_name, column_id"


def _top(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[str, str, str]]:
    """Yield name, type and file of the columns of files, without the fields inside of columns."""
    current, inside = None, 0
    for file, name, type_, children in rows:
        if file != current:  # what stands first is the file itself
            current, inside = file, 0
            continue
        if not inside:
            yield name, type_, file
        inside += (children or 0) - (1 if inside else 0)


def _kind(type_: str | None) -> str | None:
    """Return what kind of cells a type has; None for one that has nothing in it.

    >>> _kind("DECIMAL(9,2)"), _kind("DATE"), _kind("TIMESTAMP WITH TIME ZONE"), _kind("VARCHAR")
    ('number', 'day', 'moment with a zone', 'VARCHAR')
    """
    if type_ is None or "NULL" in type_:
        return None
    if type_.startswith("TIMESTAMP WITH TIME ZONE"):
        return "moment with a zone"  # beside others it would be taken for local time
    if type_.startswith(("DATE", "TIMESTAMP")):
        return "day"
    return "number" if any(word in type_ for word in ("INT", "FLOAT", "DOUBLE", "DECIMAL")) else type_


class FilesEngine(Asked):
    """Parquet or CSV files, one or many by a pattern, here or in the cloud: they are only read."""

    def __init__(self, path: str, table: StoreTable) -> None:
        super().__init__(of_files(path), table)
        self._path = path

    def source(self) -> Source:
        """Return where the lines come from: in the order of the files, then of their rows."""
        path = "'" + self._path.replace("'", "''") + "'"  # a file's name cannot be bound inside a view
        is_csv = ".parquet" not in self._path.lower()
        by_name = self._may_be_many()
        if is_csv:
            relation = duckcsv.rows_of(path, by_name=by_name)
        else:
            more = ", union_by_name = true" if by_name else ""
            given = f"SELECT *, {_PLACE} AS tracker_row FROM read_parquet({path}, file_row_number = true{more})"
            relation = f"({given})"
        there: dict[str, str] = {one[0]: one[1] for one in self.rows(PREVIEW.format(relation=relation))}
        if is_csv:
            relation = self._read_alike(relation, [*there])
        elif by_name:
            self._check_types()
        found = mapped_source(relation, there, self._table.columns, DUCKDB, "t.tracker_row")
        return found._replace(counted=found.counted and self._are_few())

    def _read_alike(self, rows: str, there: Sequence[str]) -> str:
        """Return the relation of CSV files as the plain CSV store reads them; refuse what it refuses."""
        columns = columns_of(there, self._table.columns)
        columns.pop("position", None)  # a plain file has no such column
        relation = duckcsv.cells_of(rows, there, columns)
        if "series" in columns:  # else what is missing is told next
            wrong = duckcsv.problems(self.rows(duckcsv.suspects(relation, columns)), columns, self.name)
            if wrong:
                raise InvalidFile(wrong)
        return duckcsv.numbered(relation)

    def _may_be_many(self) -> bool:
        return bool(set("*?[{") & set(self._path))

    def _check_types(self) -> None:
        """Refuse files with different kinds of cells in a column that is read: DuckDB would make texts of them."""
        names = [(self._table.columns.get(field) or field).lower() for field in FIELDS]
        kinds = self.rows(_KINDS, [self._path, names])
        if len({name for name, _ in kinds}) == len(kinds):
            return
        seen: dict[str, tuple[str, str, str]] = {}
        problems: dict[str, Problem] = {}
        for name, type_, file in _top(self.rows(_SCHEMAS, [self._path])):
            kind = _kind(type_)
            if kind is None or name.lower() not in names:
                continue
            first = seen.setdefault(name.lower(), (kind, type_, file))
            if kind != first[0]:
                what = say(
                    "the column is {type} in {file} and {other} in {second}",
                    type=first[1],
                    file=self._hidden.told(first[2]),
                    other=type_,
                    second=self._hidden.told(file),
                )
                advice = say("write it with one type in all files")
                problems.setdefault(name.lower(), Problem(self.name, None, name, what, advice))
        if problems:
            raise InvalidFile([*problems.values()])

    def _are_few(self) -> bool:
        """Tell whether the places of all rows fit beside their age in one number."""
        if not self._may_be_many():
            return True
        ((count,),) = self.rows("SELECT COUNT(*) FROM glob(?)", [self._path])
        return bool(count <= _MOST_FILES)

    def _opened(self, *, read_only: bool) -> Any:  # noqa: ANN401, ARG002  the files are elsewhere
        return extras.module("duckdb", "duckdb", self.name).connect(":memory:", config=self._config())

    @contextmanager
    def writing(self, series: Collection[str] | None) -> Iterator[None]:  # noqa: ARG002  nothing is written
        """Refuse: files of this kind are made whole elsewhere."""
        what = say("{store} is only read: lines cannot be appended to it", store=self.name)
        raise WrongUsage(
            what, say("`tracker store copy {store} FILE.duckdb` makes a store to record in", store=self.name)
        )
        yield

    def add(self, lines: Sequence[Actual], *, placed: bool) -> list[int]:
        """Refuse, as `writing` does."""
        raise NotImplementedError(self.name)

    def faults(self) -> list[str]:
        """Return nothing: reading all lines is the check."""
        return []
