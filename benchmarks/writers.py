"""How long a writer waits when eight record at once: `python benchmarks/writers.py`.

Eight processes record 500 actuals each, every one of them on the disk before the next, into a SQLite file and into a
PostgreSQL server that is started as the tests start it. Beside it what people write instead: a loop of inserts, each
with its commit, that neither looks at what is recorded already nor keeps two writers of one series apart.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from engines import running_postgres  # noqa: E402  the tests' folder had to be named first
from recorders import RECORDS, at_once, emptied, made, missing, recorded  # noqa: E402  likewise

LOOP = """
import sys, time
from datetime import UTC, datetime
address, writer, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
if "://" in address:
    import psycopg
    base, mark = psycopg.connect(address), "%s"
else:
    import sqlite3
    base, mark = sqlite3.connect(address, timeout=60), "?"
    base.execute("PRAGMA synchronous=FULL")
columns = ("series", "period", "starts", "ends", "value", "quality", "recorded_at")
statement = f"INSERT INTO tracker_actuals ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"
for number in range(count):
    year = str(1000 + number)
    line = (f"series-{writer}", year, year + "-01-01", year + "-12-31", float(number), "final",
            datetime.now(UTC).replace(tzinfo=None).isoformat())
    start = time.perf_counter()
    base.execute(statement, line)
    base.commit()
    print(number, time.perf_counter() - start, flush=True)
"""


def told(name: str, address: str, program: str, writers: int, each: int) -> None:
    """Print a row of the table; lines that are lost or there twice end the benchmark."""
    start = time.perf_counter()
    times = at_once(address, writers, each, program)
    seconds = time.perf_counter() - start
    if program is RECORDS and (fault := missing(recorded(address), writers, each)):
        sys.exit(f"{name}: {fault}")
    parts = statistics.quantiles(times, n=100)
    print(
        f"{name:<24} {len(times):7,} {seconds:7.1f} s {parts[49] * 1000:8.1f} ms {parts[98] * 1000:8.1f} ms "
        f"{max(times) * 1000:8.1f} ms",
        flush=True,
    )


def main() -> None:
    """Record, count, print the table, remove the stores."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name, default in (("writers", 8), ("each", 500)):
        asked.add_argument(f"--{name}", type=int, default=default)
    given = asked.parse_args()
    print(f"{given.writers} writers at once, {os.cpu_count()} cores; loops do less and lose the checks")
    print(f"{'':<24} {'records':>7} {'in all':>9} {'median':>11} {'p99':>11} {'slowest':>11}")
    with tempfile.TemporaryDirectory(prefix="tracker-writers-") as folder, running_postgres() as server:
        for name, program in (("tracker", RECORDS), ("a loop", LOOP)):
            path = made(Path(folder) / f"{name}.db")
            with closing(sqlite3.connect(path)) as base:
                base.execute("PRAGMA journal_mode=WAL")
            told(f"{name}, SQLite", path, program, given.writers, given.each)
        for name, program in (("tracker", RECORDS), ("a loop", LOOP)):
            address = emptied(server)
            made_there(address)
            told(f"{name}, PostgreSQL", address, program, given.writers, given.each)


def made_there(address: str) -> None:
    """Make the table, so that the first writer does not."""
    from tracker.stores import open_store

    with closing(open_store(address, "", named=False)) as store:
        store.take([])


if __name__ == "__main__":
    main()
