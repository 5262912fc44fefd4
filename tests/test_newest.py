"""The newest Python says what this one says: the commands in Python 3.14, which Node runs as WebAssembly."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import plain_environment

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
PYODIDE = "pyodide@314.0.7"
"""Its version is that of its Python, 3.14."""
LONGEST = 120
AS_OF = ["--as-of", "2025-01-31"]
ALIKE = [
    ["--help"],
    ["status", "--lang", "zh", *AS_OF],
    ["status", "--json", "--lang", "en", *AS_OF],
    ["status", "--wide", "--lang", "en", *AS_OF],
    ["show", "urbanization", "--lang", "zh", *AS_OF],
    ["show", "gdp-2100", "--json", "--lang", "en", *AS_OF],
    ["plan", "urbanization", "--lang", "en", *AS_OF],
    ["what-if", "gdp-2100", "--growth", "5%", "--lang", "en", *AS_OF],
    ["due", "--lang", "zh", *AS_OF],
    ["backtest", "--lang", "en", *AS_OF],
    ["methods", "--lang", "zh"],
    ["schema"],
    ["status", "--compare", "--lang", "en", *AS_OF],
    ["log", "--lang", "en"],
    ["export", "--format", "csv"],
    ["check", "--lang", "zh"],
    ["status", "nobody", "--lang", "en"],
]
"""Commands that only read: every byte of what they say is the same. What needs compiled libraries is left out."""
WRITING = [
    ["record", "gdp", "2150", "--period", "2026", "--lang", "en"],
    ["note", "gdp-2100", "--text", "说明", "--lang", "en"],
    ["import", "more.csv", "--lang", "en"],
    ["report", "-o", "report.md", "--lang", "zh", *AS_OF],
    ["status", "gdp-2100", "--format", "csv"],
]


@pytest.fixture(scope="module")
def pyodide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the module that runs Python 3.14 in Node."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("no npm here; .ci/packages has it")
    folder = tmp_path_factory.mktemp("newest")
    install = [npm, "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund", PYODIDE]
    subprocess.run(install, check=True, capture_output=True, timeout=LONGEST)
    return folder / "node_modules" / "pyodide" / "pyodide.mjs"


def project(folder: Path) -> Path:
    """Return a copy of this repository's project, with a file to import beside it."""
    folder.mkdir()
    for name in ("goals.toml", "actuals.csv"):
        shutil.copy(ROOT / name, folder)
    (folder / "more.csv").write_text("series,period,value\ngdp,2027,2300\n", encoding="utf-8")
    return folder


def newest(pyodide: Path, folder: Path, commands: Sequence[Sequence[str]]) -> list[list[object]]:
    """Return code, output and errors of each command, run one after another in the newest Python."""
    listed = folder.parent / "commands.json"
    listed.write_text(json.dumps(commands), encoding="utf-8")
    site = sysconfig.get_path("purelib")
    command = ["node", str(Path(__file__).parent / "newest" / "run.mjs"), str(pyodide), str(ROOT), site, "--"]
    done = subprocess.run([*command, str(folder), str(listed)], capture_output=True, timeout=LONGEST, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    told = json.loads(done.stdout.decode().splitlines()[-1])
    assert told["version"].startswith("3.14")
    said: list[list[object]] = told["said"]
    return said


def test_the_newest_python_says_the_same(pyodide: Path, tmp_path: Path) -> None:
    """Tables, JSON, explanations, errors and help are the same to the last byte."""
    folder = project(tmp_path / "project")
    environment = {**plain_environment(), "LANG": "C.UTF-8", "COLUMNS": "100"}
    for command, (code, out, err) in zip(ALIKE, newest(pyodide, folder, ALIKE), strict=True):
        here = subprocess.run(
            [sys.executable, "-m", "tracker", *command], cwd=folder, env=environment, capture_output=True, check=False
        )
        assert (code, out, err) == (here.returncode, here.stdout.decode(), here.stderr.decode()), command


def test_the_newest_python_writes(pyodide: Path, tmp_path: Path) -> None:
    """What is recorded, noted, imported and reported is there afterwards."""
    folder = project(tmp_path / "project")
    said = newest(pyodide, folder, WRITING)
    assert [code for code, _, _ in said] == [0] * len(WRITING), said
    lines = (folder / "actuals.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[:3] for line in lines[-2:]] == [["gdp", "2026", "2150"], ["gdp", "2027", "2300"]]
    assert "说明" in (folder / "notes.csv").read_text(encoding="utf-8")
    assert "# 昭通" in (folder / "report.md").read_text(encoding="utf-8")
