"""Random command lines on random projects, each a process of its own: `python -m fuzz.commands --runs 10000`.

A process is forked from one that has loaded the command, so that it costs little; `--fresh` starts an interpreter for
each instead. A finding is an exit code that the contract does not have, a traceback, an unexpected error, more than two
seconds of processor time, more memory than the reader campaigns allow, a ledger that lost a line, or JSON that is none.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import NamedTuple, NoReturn

from fuzz import plans
from fuzz.seeds import mutated, seeds, tokens

CODES = {0, 2, 3, 4, 5}
SLOWEST = 2.0
MOST_MEMORY = 500
COMMANDS = (
    "status", "show", "record", "import", "log", "export", "due", "note", "diff", "check", "plan", "what-if",
    "backtest", "methods", "store", "schema", "completion", "init",
)  # fmt: skip
GOALS = ("g0", "g1", "g2", "g/p", "g", "nobody", "", "G0", "*", "-", "--", "\x1b[31m", "城")
VALUES = ("5", "-3", "44%", "1,000", "12.5万", "1e999", "nan", "", "−7", "1 000", "abc", "0", "1e-320")
DAYS = ("2025-01-31", "today", "last-monday", "-7d", "9999-12-31", "0001-01-01", "2025-02-30", "-99999y", "x", "")
OPTIONS = (
    "--json", "--format csv", "--format tsv", "--format md", "--format html", "--format jsonl", "--format xlsx",
    "--format x", "--wide", "--tree", "--compare", "--method pace", "--method statcan", "--method destatis",
    "--limit 1", "--limit -1", "--all", "--by status", "--by nothing", "--where status=off-track", "--where chance<50%",
    "--where x", "--where gap>=", "--columns id,gap", "--columns ,", "--sort due", "--sort x", "--group g",
    "--status missed",
    "--fail-on off-track,missed", "--fail-on x", "--lang zh", "--lang xx", "--strict", "--citations", "--figures",
    "--revise", "--undo", "--dry-run", "--excel", "--help", "--debug", "--notes", "--only-changes", "--growth 5%",
    "--growth x", "--target 7", "--due 2030", "--due x", "--actual 5@2025", "--actual 5", "--actual @", "--quality x",
    "--quality estimate", "--note n", "--text t", "--confidence 11", "--ruling kept", "--why w", "--as percent",
    "--step month", "--sheet 1", "--range A1:B2", "--range x", "--encoding utf-16-le", "--encoding x", "--map gdp=a",
    "--map =", "--from -", "--cases -", "--from t.csv", "-o out.json", "-o out.csv", "-o nowhere/x", "-o .",
    "-f goals.toml", "-f nothing.toml", "-f .", "--actuals actuals.csv", "--actuals nothing.csv", "--actuals a.xyz",
    "--version", "-x", "--",
)  # fmt: skip
FILES = ("t.csv", "goals.toml", "actuals.csv", "nothing", ".", "-", "")


class Case(NamedTuple):
    """A project and what is asked of it."""

    goals: bytes
    actuals: bytes
    table: bytes
    arguments: list[str]


def case(random: Random) -> Case:
    """Return a random project with a random command line; one in four projects is damaged."""
    choose = plans.Bytes(random.randbytes(200))
    goals, actuals = plans.goals_text(choose).encode(), plans.ledger_text(choose).encode()
    if random.randrange(4) == 0:
        goals = mutated(goals, seeds("goals"), tokens("goals"), random)
    if random.randrange(4) == 0:
        actuals = mutated(actuals, seeds("actuals"), tokens("actuals"), random)
    table = mutated(random.choice(seeds("tables"))[1:], seeds("tables"), tokens("tables"), random)
    return Case(goals, actuals, table, _arguments(random))


def _arguments(random: Random) -> list[str]:
    name = random.choice(COMMANDS)
    found = [name, *_named(name, random)]
    for option in random.sample(OPTIONS, random.choice((0, 1, 1, 2, 3))):
        found += option.split(" ", 1)
    if random.randrange(3) == 0:
        found += [random.choice(("--as-of", "--known-on", "--recorded-by", "--published")), random.choice(DAYS)]
    if random.randrange(8) == 0:
        found[random.randrange(len(found))] = random.choice((*GOALS, *VALUES))
    return found


def _named(command: str, random: Random) -> list[str]:
    """Return what a command is given by place."""
    goal = random.choice(GOALS)
    offered: dict[str, list[list[str]]] = {
        "record": [[random.choice([*plans.IDS, goal]), random.choice(VALUES), "-p", random.choice(plans.PERIODS)]],
        "import": [["t.csv"], ["t.csv"], [random.choice(FILES)]],
        "store": [["check"], ["copy", "actuals.csv", "copy.csv"], ["copy", "actuals.csv", "copy.db"], ["x"]],
        "init": [["."], ["new"], [""]],
        "schema": [["goals"], ["status"], ["x"]],
        "completion": [["bash"], ["fish"], ["x"]],
        "diff": [["--since", random.choice((*DAYS, *FILES))]],
        **{name: [[goal]] for name in ("show", "plan", "what-if", "note")},
    }
    return random.choice(offered.get(command, [[], [goal]]))


def run(one: Case, folder: Path, *, fresh: bool) -> str | None:
    """Run a command line in a folder of its own; return what is wrong about it, None where nothing is."""
    for name, content in {"goals.toml": one.goals, "actuals.csv": one.actuals, "t.csv": one.table}.items():
        (folder / name).write_bytes(content)
    child = os.fork()
    if child == 0:
        _become(one, folder, fresh=fresh)
    _, status, used = os.wait4(child, 0)
    code, spent, memory = os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss // 1024
    out, err = (folder / ".out").read_bytes(), (folder / ".err").read_bytes()
    kept = (folder / "actuals.csv").read_bytes()
    if code not in CODES or b"Traceback" in err or b"unexpected error" in err:
        return f"code {code}: {err[-300:].decode(errors='replace')}"
    if spent > SLOWEST or memory > MOST_MEMORY:
        return f"{spent:.1f} s, {memory} MB"
    if not kept.startswith(one.actuals.rstrip(b"\r\n")) and not _has_lines_of(kept, one.actuals):
        return "the ledger lost a line"
    if code == 0 and "--json" in one.arguments and out.startswith(b"{"):
        try:
            json.loads(out, parse_constant=_no_number)
        except ValueError as error:
            return f"no JSON: {error}"
    return None


def _has_lines_of(kept: bytes, before: bytes) -> bool:
    """Tell whether every line is still there, only with columns added at its right."""
    lines = kept.splitlines()
    return all(any(now.startswith(line) for now in lines) for line in before.splitlines())


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _become(one: Case, folder: Path, *, fresh: bool) -> NoReturn:
    """Be the command, with its streams in files."""
    os.chdir(folder)
    for number, name in ((1, ".out"), (2, ".err")):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.dup2(os.open("t.csv", os.O_RDONLY), 0)
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    if fresh:
        os.execv(sys.executable, [sys.executable, "-m", "tracker", *one.arguments])  # noqa: S606  no shell is wanted
    from tracker.cli import entry

    sys.argv = ["tracker", *one.arguments]
    entry()


def main() -> None:
    """Run as many command lines as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fresh", action="store_true")
    given = parser.parse_args()
    random, found, start = Random(given.seed), Counter[str](), time.monotonic()
    from tracker.cli import app  # noqa: F401  loaded once for all

    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
    for done in range(1, given.runs + 1):
        folder = Path(tempfile.mkdtemp(prefix="tracker-fuzz-", dir=place))
        one = case(random)
        wrong = run(one, folder, fresh=given.fresh)
        if wrong is not None:
            found[wrong[:120]] += 1
            if found[wrong[:120]] == 1:
                print(f"FINDING {len(found)}: {wrong}\n  {one.arguments}\n  kept in {folder}", flush=True)
                continue
        with contextlib.suppress(OSError):
            shutil.rmtree(folder)
        if done % 500 == 0 or done == given.runs:
            print(f"{done:,} processes, {len(found)} findings, {time.monotonic() - start:,.0f} s", flush=True)


if __name__ == "__main__":
    main()
