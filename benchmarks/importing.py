"""How long importing 100,000 values takes, and in how much memory: `python benchmarks/importing.py`.

Beside it what people write instead: the csv module, a loop, and an append of lines in the same form, without any of
the checks. All run in turn, so that a busy machine slows them alike; CPU seconds say more than the clock there.
"""

from __future__ import annotations

import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import openpyxl

ROWS, ROUNDS, PERIODS = 100_000, 5, 240
HEADER = "series,period,value,quality,published,source,url,note,recorded_at\n"
LOOP = """
import csv
with open("long.csv", encoding="utf-8", newline="") as table, open("actuals.csv", "a", newline="") as ledger:
    out = csv.writer(ledger)
    for row in csv.DictReader(table):
        year, month = row["时期"].rstrip("月").split("年")
        line = [row["指标"], f"{year}-{int(month):02d}", float(row["数值"]), "final", "", "", "", ""]
        out.writerow([*line, "2026-01-01T00:00:00Z"])
"""
TRACKER = [sys.executable, "-m", "tracker", "import"]
COMMANDS = {
    "csv module and a loop": [sys.executable, "-c", LOOP],
    "import long.csv": [*TRACKER, "long.csv"],
    "import long.xlsx": [*TRACKER, "long.xlsx"],
    "import percents.xlsx": [*TRACKER, "percents.xlsx"],
}
AT_MOST = {"import long.csv": (2.0, 200), "import long.xlsx": (15.0, None), "import percents.xlsx": (15.0, None)}
"""Seconds, and megabytes where they are promised."""


def values() -> list[tuple[str, str, float]]:
    """Return the rows: series with twenty years of months each."""
    return [
        (f"s{i // PERIODS}", f"{2000 + i % PERIODS // 12}年{i % 12 + 1}月", round(100 + i * 0.37, 2))
        for i in range(ROWS)
    ]


def prepare(folder: Path) -> None:
    """Write the goals and the same rows as .csv, as .xlsx, and as .xlsx in a percent format."""
    unit = "".join(f'[series.s{k}]\ncontext = true\nunit = "%"\n' for k in range(ROWS // PERIODS + 1))
    (folder / "goals.toml").write_text(f"format = 1\n{unit}", encoding="utf-8")
    rows = values()
    with (folder / "long.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("指标", "时期", "数值"), *rows])
    for name, form in (("long.xlsx", "General"), ("percents.xlsx", "0.00%")):
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("表1")
        sheet.append(["指标", "时期", "数值"])
        for series, period, value in rows:
            cell = openpyxl.cell.WriteOnlyCell(sheet, value)
            cell.number_format = form
            sheet.append([series, period, cell])
        book.save(folder / name)


def measured(arguments: list[str], folder: Path) -> tuple[float, float, float]:
    """Return wall seconds, CPU seconds and peak megabytes of one process that starts with an empty ledger."""
    (folder / "actuals.csv").write_text(HEADER, encoding="utf-8")
    start = time.perf_counter()
    process = subprocess.Popen(arguments, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    lines = (folder / "actuals.csv").read_bytes().count(b"\n")
    if status or lines != ROWS + 1:
        sys.exit(f"{' '.join(arguments)}: status {status}, {lines} lines")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Print medians, peaks and the ratio of CPU seconds to the loop."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        runs: dict[str, list[tuple[float, float, float]]] = {command: [] for command in COMMANDS}
        for _ in range(ROUNDS):
            for command, arguments in COMMANDS.items():
                runs[command].append(measured(arguments, folder))
    print(f"{ROWS:,} values  {'wall s':>8} {'CPU s':>8} {'/ loop':>8} {'MB':>6}   at most")
    floor = statistics.median(cpu for _, cpu, _ in runs["csv module and a loop"])
    for command, one in runs.items():
        wall, cpu = (statistics.median(each[place] for each in one) for place in (0, 1))
        peak = max(each[2] for each in one)
        seconds, megabytes = AT_MOST.get(command, (None, None))
        promised = f"{seconds} s" if seconds else ""
        promised += f", {megabytes} MB" if megabytes else ""
        print(f"{command:<22} {wall:>6.2f} {cpu:>8.2f} {cpu / floor:>8.1f} {peak:>6.0f}   {promised}")


if __name__ == "__main__":
    main()
