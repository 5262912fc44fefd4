"""How long a report takes and how large it is: `python benchmarks/reporting.py`.

Goals with ten years of history each, as a planning office has them; every one is drawn and explained.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TRACKER = str(Path(sys.executable).parent / "tracker")  # the installed command
SIZES = {20: (3.0, None), 500: (30.0, 5_000_000)}
"""How many goals, in at most how many seconds, and bytes."""
FIRST, YEARS = 2016, 10
AS_OF = "2026-03-01"


def write(folder: Path, goals: int) -> None:
    """Write a project with so many goals."""
    drawn = random.Random(1)  # noqa: S311  the same project on every machine
    declared = ['format = 1\ntitle = "规划目标"\nlanguage = "zh"\n']
    rows = ["series,period,value,quality,published,source,url,note,recorded_at"]
    for number in range(goals):
        declared.append(
            f'[[goals]]\nid = "g{number}"\nname = "第 {number} 个目标：城乡居民收入"\ngroup = "第 {number % 10} 组"\n'
            f'baseline = 2018\ntarget = {150 + number % 40}\ndue = 2027\nsource = "规划纲要第 {number % 30} 页"\n'
        )
        value = 100.0
        for year in range(FIRST, FIRST + YEARS):
            day = f"{year + 1}-02-01"
            rows.append(f"g{number},{year},{value:.1f},final,{day},统计公报 {year},,,{day}T00:00:00Z")
            value *= 1 + drawn.gauss(0.04, 0.02)
    (folder / "goals.toml").write_text("\n".join(declared), encoding="utf-8")
    (folder / "actuals.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def main() -> None:
    """Print for each size the seconds, the processor's seconds and the bytes, beside what is allowed."""
    print(f"{'goals':>6} {'format':>6} {'seconds':>8} {'processor':>10} {'at most':>8} {'bytes':>10} {'at most':>10}")
    for goals, (seconds, most) in SIZES.items():
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write(folder, goals)
            for form in ("html", "md"):
                before, start = os.times(), time.perf_counter()
                command = [TRACKER, "report", "--as-of", AS_OF, "-o", f"r.{form}"]
                subprocess.run(command, cwd=folder, check=True)
                took, after = time.perf_counter() - start, os.times()
                busy = after.children_user + after.children_system - before.children_user - before.children_system
                size, allowed = (folder / f"r.{form}").stat().st_size, f"{most or '':>10}"
                print(f"{goals:>6} {form:>6} {took:>8.2f} {busy:>10.2f} {seconds:>8.1f} {size:>10} {allowed}")


if __name__ == "__main__":
    main()
