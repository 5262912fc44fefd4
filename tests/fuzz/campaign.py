"""Coverage-guided fuzzing of one reader: `python -m fuzz.campaign goals --runs 1000000`, in the folder `tests`.

Needs atheris (`pip install atheris`). A finding does not end the campaign: each is told once, by the place where it
was raised, and its input is kept under `--findings`. At the end it says how many inputs were executed and accepted.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = Path(__file__).parent / "corpus"
MOST_MEMORY = 500
"""MB that no input may take a process to."""
TOLD_EVERY = 50_000


class Campaign:
    """Inputs given to one reader, counted, and what they found."""

    def __init__(self, name: str, reader: Callable[[bytes], bool], findings: Path) -> None:
        self.name, self.reader, self.findings = name, reader, findings
        self.executed = self.accepted = 0
        self.found: dict[str, str] = {}
        self.slowest = 0.0
        self.start = time.monotonic()

    def run(self, data: bytes) -> None:
        """Give one input to the reader."""
        from fuzz.readers import timed

        self.executed += 1
        begun = time.process_time()
        try:
            self.accepted += timed(self.reader, data)
        except Exception as error:  # noqa: BLE001  whatever it is, it is a finding
            self._keep(error, data)
        spent = time.process_time() - begun
        if spent > self.slowest:
            self.slowest = spent
            (self.findings / f"{self.name}-slowest").write_bytes(data)
        if self.executed % TOLD_EVERY == 0:
            print(self, flush=True)

    def _keep(self, error: Exception, data: bytes) -> None:
        frames = traceback.extract_tb(error.__traceback__)[-3:]
        where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
        place = f"{type(error).__name__} at {where}"
        if place not in self.found:
            self.found[place] = str(error)[:200]
            self.findings.mkdir(parents=True, exist_ok=True)
            (self.findings / f"{self.name}-{len(self.found)}").write_bytes(data)
            print(f"FINDING {len(self.found)}: {place}: {str(error)[:300]} {data[:200]!r}", flush=True)

    def __str__(self) -> str:
        """Return the counts so far."""
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        return (
            f"{self.name}: {self.executed:,} executed, {self.accepted:,} accepted, {len(self.found)} findings, "
            f"slowest {self.slowest:.2f} s, {memory} MB, {time.monotonic() - self.start:,.0f} s"
        )


def main() -> None:
    """Fuzz the reader that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "reader", choices=["goals", "plans", "actuals", "notes", "values", "periods", "tables", "workbook"]
    )
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=int, default=600, help="bytes of the longest input")
    parser.add_argument("--findings", type=Path, default=Path("findings"))
    parser.add_argument("--corpus", type=Path, help="where inputs that reached something new are kept")
    given = parser.parse_args()
    import atheris

    with atheris.instrument_imports(include=["tracker"]):
        from fuzz import plans, readers, tables, workbooks
    from fuzz.seeds import seeds, tokens

    found = (getattr(part, given.reader, None) for part in (readers, plans, workbooks, tables))
    reader = next(one for one in found if callable(one))  # modules have names of readers too
    campaign = Campaign(given.reader, reader, given.findings)
    given.findings.mkdir(parents=True, exist_ok=True)
    dictionary = given.findings / f"{given.reader}.dict"
    dictionary.write_text("".join(f'"{_escaped(token)}"\n' for token in tokens(given.reader)), encoding="ascii")
    corpus = given.corpus or given.findings / f"{given.reader}-corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for place, seed in enumerate(seeds(given.reader)):
        (corpus / f"seed-{place}").write_bytes(seed)
    folders = [str(folder) for folder in (corpus, CORPUS / given.reader) if folder.is_dir()]
    options = [
        f"-runs={given.runs}",
        f"-seed={given.seed}",
        f"-max_len={given.longest}",
        f"-dict={dictionary}",
        f"-rss_limit_mb={MOST_MEMORY}",
        "-timeout=60",
        "-print_final_stats=1",
        f"-artifact_prefix={given.findings}/{given.reader}-",
    ]
    atheris.Setup([sys.argv[0], *options, *folders], campaign.run)
    atheris.Fuzz()


def _escaped(token: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token)


if __name__ == "__main__":
    main()
