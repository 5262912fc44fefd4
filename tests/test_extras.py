"""What is missing names the line that adds it, for every way in which tracker can have been installed."""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
import venv
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, plain_environment

if TYPE_CHECKING:
    from pathlib import Path

GOALS = 'format = 1\n[[goals]]\nid = "x"\ntarget = 5\ndue = 2030\n'
PIPX = {"pipx_metadata.json": json.dumps({"main_package": {"package_or_url": "/src/tracker[fast, duckdb]"}})}
UV = {
    "uv-receipt.toml": '[tool]\nrequirements = [{ name = "tracker-goals", extras = ["duckdb"], directory = "/x" }]\n'
    'entrypoints = [{ name = "tracker", install-path = "/x", from = "tracker-goals" }]\n'
}
HERE = {"url": ROOT.as_uri(), "dir_info": {}}
IN_PLACE = {"url": ROOT.as_uri(), "dir_info": {"editable": True}}
GONE = {"url": "file:///no/such/folder", "dir_info": {}}
WHEEL = {"url": "file:///dist/tracker_goals-1-py3-none-any.whl", "archive_info": {}}
GIT = {"url": "https://git.example/tracker.git", "vcs_info": {"vcs": "git", "requested_revision": "main"}}
PIP = "{python} -m pip install "


@pytest.mark.parametrize(
    ("origin", "left", "has_pip", "line"),
    [
        (None, {}, True, PIP + "'tracker-goals[excel]'"),
        (HERE, {}, True, PIP + "'{root}[excel]'"),
        (IN_PLACE, {}, True, PIP + "--editable '{root}[excel]'"),
        (GONE, {}, True, PIP + "'tracker-goals[excel]'"),
        (WHEEL, {}, True, PIP + "'tracker-goals[excel] @ file:///dist/tracker_goals-1-py3-none-any.whl'"),
        (GIT, {}, True, PIP + "'tracker-goals[excel] @ git+https://git.example/tracker.git@main'"),
        (HERE, {}, False, "uv pip install --python {python} '{root}[excel]'"),
        (None, PIPX, True, "pipx install --force 'tracker-goals[duckdb,excel,fast]'"),
        (HERE, PIPX, False, "pipx install --force '{root}[duckdb,excel,fast]'"),
        (HERE, {"pipx_metadata.json": "["}, False, "pipx install --force '{root}[excel]'"),
        (None, UV, False, "uv tool install --force 'tracker-goals[duckdb,excel]'"),
        (IN_PLACE, UV, False, "uv tool install --force --editable '{root}[duckdb,excel]'"),
        (HERE, {"uv-receipt.toml": "["}, False, "uv tool install --force '{root}[excel]'"),
    ],
)
def test_the_line_adds_the_extra_where_tracker_runs(
    origin: dict[str, object] | None, left: dict[str, str], has_pip: bool, line: str, tmp_path: Path
) -> None:
    """It names the environment, the program that made it, and the folder or address that tracker came from."""
    done = subprocess.run(
        [*tracker_in(tmp_path / "env", origin, left, has_pip=has_pip), "status", "-o", "x.xlsx"],
        cwd=tmp_path,
        env=environment(tmp_path / "env"),
        capture_output=True,
        check=False,
    )
    expected = line.format(python=tmp_path / "env" / "bin" / "python", root=ROOT)
    assert done.stderr.decode().splitlines()[-1] == f"  install it with: {expected}"


@pytest.mark.parametrize(
    ("origin", "left", "line"),
    [
        (None, {}, PIP + "--upgrade tracker-goals"),
        (GIT, {}, PIP + "--upgrade 'tracker-goals @ git+https://git.example/tracker.git@main'"),
        (HERE, {}, "update {root}, then " + PIP + "--upgrade {root}"),
        (IN_PLACE, {}, "update {root}, then " + PIP + "--editable {root}"),
        (None, PIPX, "pipx upgrade tracker-goals"),
        (HERE, UV, "update {root}, then uv tool upgrade tracker-goals"),
    ],
)
def test_the_line_installs_a_newer_tracker_where_it_runs(
    origin: dict[str, object] | None, left: dict[str, str], line: str, tmp_path: Path
) -> None:
    """A file of a newer format leads to it, by the program that installed this one."""
    command = [*tracker_in(tmp_path / "env", origin, left, has_pip=True), "status"]
    (tmp_path / "goals.toml").write_text("format = 2\n", encoding="utf-8")
    done = subprocess.run(command, cwd=tmp_path, env=environment(tmp_path / "env"), capture_output=True, check=False)
    expected = line.format(python=tmp_path / "env" / "bin" / "python", root=ROOT)
    assert done.stderr.decode().splitlines()[1] == f"  install a newer tracker: {expected}"


def test_in_an_activated_environment_the_line_is_short(tmp_path: Path) -> None:
    """There `pip` alone is the right one."""
    done = subprocess.run(
        [*tracker_in(tmp_path / "env", None, {}, has_pip=True), "status", "-o", "x.xlsx"],
        cwd=tmp_path,
        env={**environment(tmp_path / "env"), "VIRTUAL_ENV": str(tmp_path / "env")},
        capture_output=True,
        check=False,
    )
    assert done.stderr.decode().splitlines()[-1] == "  install it with: pip install 'tracker-goals[excel]'"


def tracker_in(folder: Path, origin: dict[str, object] | None, left: dict[str, str], *, has_pip: bool) -> list[str]:
    """Return the command in an environment of its own, as an installer leaves it, without the extra `excel`."""
    (folder.parent / "goals.toml").write_text(GOALS, encoding="utf-8")
    venv.create(folder, symlinks=True)
    for name, text in left.items():
        (folder / name).write_text(text, encoding="utf-8")
    shadow = folder / "shadow"
    told = shadow / "tracker_goals-1.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: tracker-goals\nVersion: 1\n", encoding="utf-8")
    if origin is not None:
        (told / "direct_url.json").write_text(json.dumps(origin), encoding="utf-8")
    (shadow / "openpyxl.py").write_text("raise ModuleNotFoundError('openpyxl')\n", encoding="utf-8")
    code = "import sys; sys.modules.setdefault('pip', None); " if not has_pip else ""
    return [str(folder / "bin" / "python"), "-c", f"{code}from tracker.cli import entry; entry()"]


def environment(folder: Path) -> dict[str, str]:
    """Return what finds tracker and what it needs from that environment."""
    paths = [folder / "shadow", ROOT, sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    clean = {name: text for name, text in plain_environment().items() if name != "VIRTUAL_ENV"}
    return {**clean, "PYTHONPATH": os.pathsep.join(map(str, paths))}
