"""How much tracker costs on large stores, against what a user would run instead and against the bare scan.

`python benchmarks/scale.py --series 100000 --years 25 --vintages 4 --stores parquet,sqlite,postgres,spark` makes
series x years x vintages actuals, every figure being revised vintages - 1 times, in a folder that is removed again.
Every row of the table is a process of its own on the same machine: seconds, memory, and the ratio to the floor,
which is the engine's own scan of the same columns. `pandas` and `pandas-each` among the stores make the same figures
with pandas, the chance by a straight line: in whole columns, as an expert would, and by a function for each goal.
PostgreSQL and Spark are started as the tests start them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.model.actual import Actual

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

AS_OF = "2025-06-01"
PANEL = """format = 1
[series."output/{place}"]
unit = "亿元"
[[goals]]
id = "output/{place}"
baseline = 2015
due = 2030
target = 5000
"""
FEW = 12
SPARK_PARTS = 32
"""Parts that a shuffle makes of the data: small enough for a worker of one gigabyte."""
MAKE = """
COPY (SELECT 'output/' || lpad(s::VARCHAR, 7, '0') AS series, (2000 + y)::VARCHAR AS period,
 round(100 * (1 + s % 97) * pow(1.0 + ((s * 7919) % 80) / 1000.0, y)
   * (1 + ((hash(s * 1000 + y * 10 + v) % 2000)::DOUBLE - 1000) / 20000.0), 2) AS value,
 CASE v WHEN 0 THEN 'estimate' ELSE 'final' END AS quality,
 (make_date(2001 + y, 1, 20) + (v * 60)::INTEGER)::DATE AS published,
 'Bulletin ' || (2000 + y)::VARCHAR AS source,
 (make_date(2001 + y, 1, 20) + (v * 60)::INTEGER)::TIMESTAMP + to_seconds(s % 80000) AS recorded_at
 FROM range({years}) y(y), range({vintages}) v(v), range({series}) s(s) ORDER BY y, v) TO '{file}' (FORMAT parquet)
"""
SCAN = """
import duckdb
duckdb.sql("SELECT count(*), max(series), max(period), sum(value), max(quality), max(published), max(source), "
           "max(recorded_at) FROM read_parquet('{file}')").fetchall()
"""
PANDAS = """
from math import erf
import numpy as np, pandas as pd
d = pd.read_parquet('{file}')
d['known'] = d['published'].fillna(d['recorded_at'].dt.date)
d = d.sort_values(['series', 'period', 'known', 'recorded_at'])
d = d.groupby(['series', 'period'], sort=True).last().reset_index()
d = d[d['quality'] != 'retracted']
d['year'] = d['period'].astype(int)
d['log'] = np.log(d['value'])
d['xx'], d['xy'], d['yy'] = d['year'] ** 2, d['year'] * d['log'], d['log'] ** 2
all_of = d.groupby('series')
last = all_of.last()
base = d[d['year'] == 2015].set_index('series')['value'].reindex(last.index)
t, now, year = 5000.0, last['value'], last['year']
observed = (now / base) ** (1 / (year - 2015)) - 1
planned = (t / base) ** (1 / 15) - 1
expected = base * (t / base) ** ((year - 2015) / 15)
met = d[(d['year'] > 2015) & (d['value'] >= t)].groupby('series')['year'].min().reindex(last.index)
n, sums = all_of.size(), all_of[['year', 'log', 'xx', 'xy', 'yy']].sum()
sxx = sums['xx'] - sums['year'] ** 2 / n
sxy = sums['xy'] - sums['year'] * sums['log'] / n
slope = sxy / sxx
rest = ((sums['yy'] - sums['log'] ** 2 / n - slope * sxy) / (n - 2)).clip(lower=1e-12)
middle = sums['log'] / n + slope * (2030 - sums['year'] / n)
spread = np.sqrt(rest * (1 + 1 / n + (2030 - sums['year'] / n) ** 2 / sxx))
chance = (0.5 * (1 - np.vectorize(erf)((np.log(t) - middle) / spread / 2 ** 0.5))).clip(0.01, 0.99)
status = np.select([met.notna(), chance >= 0.8, chance < 0.2], ['achieved', 'on-track', 'off-track'], 'at-risk')
out = pd.DataFrame({{'actual': now, 'gap': t - now, 'progress': (now - base) / (t - base),
    'elapsed': (year - 2015) / 15, 'expected': expected, 'ahead': now - expected, 'observed': observed,
    'planned': planned, 'required': (t / now) ** (1 / (2030 - year)) - 1, 'pace': observed / abs(planned),
    'projected': now * (1 + observed) ** (2030 - year), 'low': np.exp(middle - 1.2816 * spread),
    'median': np.exp(middle), 'high': np.exp(middle + 1.2816 * spread), 'chance': chance, 'met': met,
    'status': status}})
out.reset_index().to_json('{folder}/pandas.jsonl', orient='records', lines=True)
"""

EACH = """
from math import erf
import numpy as np, pandas as pd
d = pd.read_parquet('{file}')
d['known'] = d['published'].fillna(d['recorded_at'].dt.date)
t = 5000.0
def figures(g):
    g = g.sort_values(['period', 'known', 'recorded_at']).drop_duplicates('period', keep='last')
    g = g[g['quality'] != 'retracted']
    years, values = g['period'].astype(int), g['value']
    now, year = values.iloc[-1], years.iloc[-1]
    base = values[years == 2015].iloc[0]
    met = years[(years > 2015) & (values >= t)]
    observed, planned = (now / base) ** (1 / (year - 2015)) - 1, (t / base) ** (1 / 15) - 1
    expected = base * (t / base) ** ((year - 2015) / 15)
    logs, mean = np.log(values), years.mean()
    slope, start = np.polyfit(years, logs, 1)
    rest = max(((logs - start - slope * years) ** 2).sum() / (len(g) - 2), 1e-12)
    middle = start + slope * 2030
    spread = (rest * (1 + 1 / len(g) + (2030 - mean) ** 2 / ((years - mean) ** 2).sum())) ** 0.5
    chance = min(max(0.5 * (1 - erf((np.log(t) - middle) / spread / 2 ** 0.5)), 0.01), 0.99)
    status = 'achieved' if len(met) else 'on-track' if chance >= 0.8 else 'off-track' if chance < 0.2 else 'at-risk'
    return pd.Series({{'actual': now, 'gap': t - now, 'progress': (now - base) / (t - base),
        'elapsed': (year - 2015) / 15, 'expected': expected, 'ahead': now - expected, 'observed': observed,
        'planned': planned, 'required': (t / now) ** (1 / (2030 - year)) - 1, 'pace': observed / abs(planned),
        'projected': now * (1 + observed) ** (2030 - year), 'low': np.exp(middle - 1.2816 * spread),
        'median': np.exp(middle), 'high': np.exp(middle + 1.2816 * spread), 'chance': chance,
        'met': met.iloc[0] if len(met) else None, 'status': status}})
out = d.groupby('series').apply(figures, include_groups=False)
out.reset_index().to_json('{folder}/pandas.jsonl', orient='records', lines=True)
"""


class Cost(NamedTuple):
    """Seconds of a process, and the most megabytes that it and those it started held together."""

    seconds: float
    megabytes: float


def cost(*command: str, cwd: Path, **environment: str) -> Cost:
    """Run a command to its end and return its cost; one that fails ends the benchmark with its words."""
    start = time.perf_counter()
    with (cwd / "err.txt").open("wb") as err:
        process = subprocess.Popen(
            command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=err, env={**os.environ, **environment}
        )
        held = 0.0
        while process.poll() is None:
            held = max(held, megabytes(process.pid))
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.1)
    seconds = time.perf_counter() - start
    if process.returncode != 0:
        sys.exit((cwd / "err.txt").read_text()[-2000:])
    return Cost(seconds, held)


def megabytes(process: int) -> float:
    """Return what a process and those that it started hold now, what they share counted once."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return 0.0  # it has ended meanwhile
    own = next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return own / 1024 + sum(megabytes(int(child)) for child in children)


def told(name: str, found: Cost, floor: Cost) -> None:
    """Print a row of the table."""
    print(
        f"{name:<44} {found.seconds:8.2f} s {found.megabytes:8.0f} MB {found.seconds / floor.seconds:8.1f}", flush=True
    )


def status(folder: Path, address: str) -> Cost:
    """Return the cost of the status of every goal as JSON lines."""
    command = (sys.executable, "-m", "tracker", "status", "--format", "jsonl", "-o", os.devnull, "--as-of", AS_OF)
    return cost(*command, cwd=folder, TRACKER_ACTUALS=address)


def few_goals(folder: Path, address: str) -> Cost:
    """Return the cheapest of nine runs of the status of a few goals as JSON."""
    goals = "".join(
        f'[[goals]]\nid = "output/{place:07}"\nbaseline = 2015\ndue = 2030\ntarget = 5000\n' for place in range(FEW)
    )
    (folder / "few.toml").write_text(f"format = 1\n{goals}", encoding="utf-8")
    command = (sys.executable, "-m", "tracker", "status", "--json", "-f", "few.toml", "--as-of", AS_OF)
    return min(cost(*command, cwd=folder, TRACKER_ACTUALS=address) for _ in range(9))


def lines_of(file: Path, limit: str = "") -> Iterator[list[Actual]]:
    """Yield the actuals of a Parquet file, some at a time."""
    import duckdb

    from tracker.stores.sqlrows import actuals, transposed

    with duckdb.connect() as base:
        held = base.execute(
            "SELECT series, period, value, quality, published, source, NULL, NULL, recorded_at, file_row_number + 1 "  # noqa: S608
            f"FROM read_parquet('{file}', file_row_number = true) {limit} ORDER BY file_row_number"
        )
        while rows := held.fetchmany(50_000):
            yield actuals(transposed(rows), "benchmark")


def filled(address: str, file: Path) -> str:
    """Return the address of a store that holds what a Parquet file holds."""
    from tracker.stores import open_store

    store = open_store(address, "", named=False)
    for lines in lines_of(file):
        store.take(lines)
    store.close()
    return address


def in_sqlite(folder: Path, file: Path, floor: Cost) -> None:
    """Print what a few goals out of all cost in SQLite, against a small CSV project."""
    from tracker.stores import open_store

    small = open_store(str(folder / "small.csv"), "", named=False)
    for lines in lines_of(file, "WHERE series < 'output/0000012' AND period >= '2020' AND quality = 'final'"):
        small.take(lines[: 5 * FEW])
    base = few_goals(folder, str(folder / "small.csv"))
    large = few_goals(folder, filled(str(folder / "large.db"), file))
    told(f"{FEW} goals, CSV of {5 * FEW} rows", base, floor)
    told(f"{FEW} goals, SQLite of all", large, floor)
    print(f"    SQLite / small CSV: {large.seconds / base.seconds:.2f}")


def main() -> None:
    """Make the data, measure, print the table, remove the data."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name, default in (("series", 100_000), ("years", 25), ("vintages", 4)):
        asked.add_argument(f"--{name}", type=int, default=default)
    asked.add_argument("--stores", default="parquet,sqlite")
    given = asked.parse_args()
    stores = given.stores.split(",")
    with tempfile.TemporaryDirectory(prefix="tracker-scale-") as name:
        folder = Path(name)
        file = folder / "actuals.parquet"
        made = MAKE.format(file=file, series=given.series, years=given.years, vintages=given.vintages)
        # in a process of its own: what this one holds would count as the memory of those that it starts
        cost(sys.executable, "-c", f"import duckdb; duckdb.sql({made!r})", cwd=folder)
        (folder / "goals.toml").write_text(PANEL, encoding="utf-8")
        rows = given.series * given.years * given.vintages
        print(f"{given.series:,} goals, {rows:,} actuals, {os.cpu_count()} cores; the last column is times the floor")
        floor = cost(sys.executable, "-c", SCAN.format(file=file), cwd=folder)
        told("floor: DuckDB scans the columns", floor, floor)
        if "parquet" in stores:
            told("tracker, Parquet through DuckDB", status(folder, str(file)), floor)
        for asked_for, program in (("pandas", PANDAS), ("pandas-each", EACH)):
            if asked_for in stores:
                how = "a function for each goal" if program is EACH else "in columns"
                used = cost(sys.executable, "-c", program.format(file=file, folder=folder), cwd=folder)
                told(f"pandas, {how}", used, floor)
        if "sqlite" in stores:
            in_sqlite(folder, file, floor)
        if "postgres" in stores:
            from engines import running_postgres

            with running_postgres() as server:
                told("tracker, PostgreSQL", status(folder, filled(server.address, file)), floor)
        if "spark" in stores:
            from sparks import running_spark

            with running_spark(parts=SPARK_PARTS) as cluster:
                address = f"spark://127.0.0.1:{cluster.port}/{file}"
                told("tracker, Spark on two workers", status(folder, address), floor)


if __name__ == "__main__":
    main()
