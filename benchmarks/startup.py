"""How long the command takes to start, beside what it cannot do without: `python benchmarks/startup.py`.

All commands run in turn in one loop, so that a busy machine slows them alike; the ratios are what counts.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 31
TRACKER = str(Path(sys.executable).parent / "tracker")  # the installed command
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "import typer": ["-c", "import typer"],
    "status --json": [TRACKER, "status", "--json"],
    "status": [TRACKER, "status"],
}
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
GOALS = {"status --json": 1.3, "status": 2.0}


def seconds(arguments: list[str]) -> float:
    """Return the wall time of one process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=True, env=ENVIRONMENT)
    return time.perf_counter() - start


def main() -> None:
    """Print the medians and the ratios to `import typer`."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for arguments in COMMANDS.values():  # once to warm the disk and write bytecode
        seconds(arguments)
    for _ in range(ROUNDS):
        for name, arguments in COMMANDS.items():
            times[name].append(seconds(arguments))
    floor = statistics.median(times["import typer"])
    print(f"{'command':<16} {'median ms':>10} {'/ import typer':>15} {'at most':>8}")
    for name, one in times.items():
        median = statistics.median(one)
        allowed = f"{GOALS[name]:.1f}" if name in GOALS else ""
        print(f"{name:<16} {median * 1000:>10.1f} {median / floor:>15.2f} {allowed:>8}")


if __name__ == "__main__":
    main()
