"""The addresses of stores: which engine they mean, and how they are named without their password."""

# pathlib is not worth its time at start-up:
# ruff: noqa: PTH118

from __future__ import annotations

import os.path
import re
from typing import TYPE_CHECKING

from tracker.errors import TrackerError, WrongUsage, say

if TYPE_CHECKING:
    from tracker.model.goal import StoreTable
    from tracker.stores import Store
    from tracker.stores.sqlstore import Engine

SUPPORTED = say(
    "supported are a CSV file, a SQLite file (.db), a DuckDB file (.duckdb), Parquet files, and addresses that begin "
    "with postgresql://, spark:// or sc://"
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):/?/")
_SQLITE = (".db", ".sqlite", ".sqlite3")
_FILES = (".parquet", ".csv", ".tsv", ".csv.gz", ".tsv.gz")
_REMOTE = ("s3", "s3a", "gcs", "gs", "r2", "http", "https", "hf")
_GLOB = re.compile(r"[*?\[]")


def scheme_of(url: str) -> str | None:
    """Return the scheme of an address; None for a path."""
    found = _SCHEME.match(url)
    return found[1].lower() if found else None


def check_secrets(url: str) -> None:
    """Refuse an address that may hold a password where none is known to stand; nothing of it is told.

    Addresses of PostgreSQL and of files elsewhere may have one, and so may the parameters of Spark.
    """
    from tracker.stores.passwords import may_hold_password

    scheme = scheme_of(url)
    if scheme in {"postgresql", "postgres", *_REMOTE}:
        return
    if may_hold_password(url.partition(";")[0] if scheme in {"spark", "sc"} else url):
        what = say("what is given for actuals may hold a password, but is no address that has one")
        raise WrongUsage(what, SUPPORTED)


def is_csv(url: str) -> bool:
    """Tell whether a path names one CSV file, which people edit, rather than a database."""
    return scheme_of(url) is None and not url.lower().endswith((*_SQLITE, ".duckdb", ".parquet")) and not _is_many(url)


def _is_many(url: str) -> bool:
    return bool(_GLOB.search(url)) and url.lower().endswith(_FILES)


def database(url: str, folder: str, table: StoreTable, *, named: bool) -> Store:
    """Return the store for an address that is not a plain CSV file; nothing is read yet.

    Raises `WrongUsage` for one that means nothing, and names what has to be installed.
    """
    from tracker.stores.sqlstore import SqlStore

    return SqlStore(_engine(url, folder, table, named=named))


def is_ours(store: Store) -> bool:
    """Tell whether a store, opened without a table of somebody else, holds the lines as we write them; it is closed."""
    from tracker.stores.sqlstore import SqlStore
    from tracker.stores.statements import OWN_TABLE

    if not isinstance(store, SqlStore):
        return True
    try:
        return store.engine.source().relation == OWN_TABLE
    except TrackerError:  # what is wrong shows where it is read
        return False
    finally:
        store.close()


def _engine(url: str, folder: str, table: StoreTable, *, named: bool) -> Engine:
    scheme = scheme_of(url)
    match scheme:
        case None:
            return _of_path(os.path.normpath(os.path.join(folder, os.path.expanduser(url))), table, named=named)  # noqa: PTH111
        case "sqlite":
            from tracker.stores.sqlite import SqliteEngine

            return SqliteEngine(_path(url, folder), table, create=not named)
        case "duckdb":
            return _of_duckdb(_path(url, folder), table, named=named)
        case "postgresql" | "postgres":
            from tracker.stores.postgres import PostgresEngine

            return PostgresEngine(url, table)
        case "spark" | "sc":
            from tracker.stores.spark import SparkEngine

            return SparkEngine(url, table, create=not named)
        case _ if scheme in _REMOTE and url.lower().split("?")[0].endswith(_FILES):
            from tracker.stores.duckfiles import FilesEngine

            return FilesEngine(url, table)
    raise WrongUsage(say("actuals cannot be kept at {scheme}:// addresses", scheme=scheme), SUPPORTED)


def _path(url: str, folder: str) -> str:
    """Return the path in an address: behind three slashes it is relative, behind four absolute."""
    rest = re.sub(r"^[^:]+:(?://)?/?", "", url, count=1)
    return os.path.normpath(os.path.join(folder, os.path.expanduser(rest)))  # noqa: PTH111


def _of_path(path: str, table: StoreTable, *, named: bool) -> Engine:
    if path.lower().endswith(_SQLITE):
        from tracker.stores.sqlite import SqliteEngine

        return SqliteEngine(path, table, create=not named)
    return _of_duckdb(path, table, named=named)


def _of_duckdb(path: str, table: StoreTable, *, named: bool) -> Engine:
    if path.lower().endswith(_FILES):
        from tracker.stores.duckfiles import FilesEngine

        return FilesEngine(path, table)
    from tracker.stores.duck import DuckdbEngine

    return DuckdbEngine(path, table, create=not named)
