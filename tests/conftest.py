"""What every test shares: fixed randomness, no silent skips in CI, the command as a process, a project on disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pytest
from engines import postgres as postgres  # noqa: PLC0414  a fixture for all tests
from hypothesis import HealthCheck, settings
from sparks import spark as spark  # noqa: PLC0414  likewise

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT.parent / "shared" / "cases"
IN_CI = os.environ.get("CI") == "true"
LONGEST_RUN = 120  # seconds; a command that takes longer hangs

settings.register_profile(
    "ci", derandomize=True, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("wild", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


LONG = ("test_store_spark", "test_stores", "test_browser", "test_faults", "test_store_check", "test_fuzz", "test_many")
"""The modules that take longest: begun first, none of them is alone at the end where modules are spread over cores."""

RECKONING = frozenset({"test_every_figure", "test_exact", "test_fuzz", "test_laws_of_every_form", "test_verdict_cases"})
"""The modules that do the same arithmetic a thousand times: to follow each line of it takes as long as the rest."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest modules first, in their order, and measure no coverage where it takes longest."""
    items.sort(key=lambda item: LONG.index(item.path.stem) if item.path.stem in LONG else len(LONG))
    for item in items:
        if item.path.stem in RECKONING:
            item.add_marker(pytest.mark.no_cover)


def _is_silent(report: pytest.TestReport | pytest.CollectReport) -> bool:
    return IN_CI and report.skipped and not hasattr(report, "wasxfail")


def _as_failure(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"{report.nodeid}: skipped, and in CI every test must run: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Count a skipped test as failed in CI."""
    report = yield
    if _is_silent(report):
        _as_failure(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Count a module that skips itself as failed in CI."""
    report = yield
    if _is_silent(report):
        _as_failure(report)
    return report


@pytest.fixture(scope="session")
def cases() -> Path:
    """Return the folder of real cases, which are other people's data and stay where they are."""
    if not CASES.is_dir():
        pytest.skip(f"no real cases at {CASES.relative_to(ROOT.parent)} beside the repository")
    return CASES


class Result(NamedTuple):
    """What a finished command left: stdout, stderr, exit code; `raw` is stdout before decoding."""

    out: str
    err: str
    code: int
    raw: bytes


class Run(Protocol):
    """Run tracker as a process and wait for it."""

    def __call__(
        self,
        *args: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        stdin: str | bytes | None = None,
        encoding: str = "utf-8",
    ) -> Result:
        """Return what the command left; `encoding` is what its output is read in."""


def plain_environment(**more: str) -> dict[str, str]:
    """Return an environment in which the answers depend on the arguments only."""
    dropped = {"COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM", "LANGUAGE", "PYTHONIOENCODING"}
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in dropped and not name.startswith(("TRACKER_", "LC_"))
    }
    return {**kept, "LANG": "C.UTF-8", "TERM": "xterm-256color", **more}


def unmeasured_environment() -> dict[str, str]:
    """Return the same without coverage, which does not like to be interrupted, nor to find no room for its files."""
    return {name: value for name, value in plain_environment().items() if not name.startswith("COVERAGE")}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs the command as people do: in a process, by default in an empty folder."""

    def run_command(
        *args: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        stdin: str | bytes | None = None,
        encoding: str = "utf-8",
    ) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "tracker", *map(str, args)],
            cwd=cwd or tmp_path,
            env=plain_environment(**(env or {})),
            input=stdin.encode() if isinstance(stdin, str) else stdin or b"",
            capture_output=True,
            timeout=LONGEST_RUN,
            check=False,
        )
        return Result(done.stdout.decode(encoding), done.stderr.decode(encoding), done.returncode, done.stdout)

    return run_command


class Project(NamedTuple):
    """A folder with goals and actuals."""

    folder: Path

    @property
    def goals(self) -> Path:
        """Return the path of goals.toml."""
        return self.folder / "goals.toml"

    @property
    def actuals(self) -> Path:
        """Return the path of actuals.csv."""
        return self.folder / "actuals.csv"

    def write(self, goals: str | None = None, actuals: str | None = None) -> Path:
        """Write the texts that are given and return the folder; `format = 1` is added where it is missing."""
        if goals is not None:
            text = goals if goals.lstrip().startswith("format") else f"format = 1\n{goals}"
            self.goals.write_text(text, encoding="utf-8")
        if actuals is not None:
            self.actuals.write_text(actuals, encoding="utf-8")
        return self.folder


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty project that a test fills in one line."""
    return Project(tmp_path)
