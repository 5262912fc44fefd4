"""Every console block of the README, run as it stands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT, plain_environment

README = ROOT / "README.md"
BLOCK = re.compile(r"(?:<!-- in: (?P<place>\w+) -->\n)?```console\n(?P<text>.*?)```\n", re.DOTALL)


class Command(NamedTuple):
    """A command of a console block with the output the README shows under it."""

    line: str
    output: str


def blocks() -> list[tuple[str, list[Command]]]:
    """Return the console blocks, those that continue a place joined to it."""
    found: list[tuple[str, list[Command]]] = []
    for match in BLOCK.finditer(README.read_text(encoding="utf-8")):
        if match["place"] or not found:
            found.append((match["place"] or "repository", []))
        parts = re.split(r"^\$ ", match["text"], flags=re.MULTILINE)[1:]
        found[-1][1].extend(Command(*part.split("\n", 1)) for part in parts)
    return found


def output_of(line: str, folder: Path, shims: Path) -> str:
    """Return what a command prints to both streams, as a terminal would show it."""
    environment = plain_environment(PATH=f"{shims}{os.pathsep}{os.environ['PATH']}")
    done = subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return done.stdout.decode()


def prepared(place: str, folder: Path) -> tuple[Path, Path]:
    """Return a folder to work in and a folder with `tracker` and `python3` for the path."""
    shims = folder / "bin"
    shims.mkdir()
    for name, arguments in (("tracker", "-m tracker"), ("python3", "")):
        shim = shims / name
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n', encoding="utf-8")
        shim.chmod(0o755)
    work = folder / "work"
    work.mkdir()
    if place == "repository":
        for name in ("goals.toml", "actuals.csv"):
            shutil.copy(ROOT / name, work)
    return work, shims


@pytest.mark.parametrize("number", range(len(blocks())))
def test_the_readme_shows_what_the_command_prints(number: int, tmp_path: Path) -> None:
    """What stands under a command in the README is what the command prints."""
    place, commands = blocks()[number]
    work, shims = prepared(place, tmp_path)
    for command in commands:
        assert output_of(command.line, work, shims) == command.output, command.line


def rewritten() -> str:
    """Return the README with the present output under every command; `python tests/test_readme.py` writes it."""
    import tempfile

    outputs: dict[str, str] = {}
    for place, commands in blocks():
        with tempfile.TemporaryDirectory() as name:
            work, shims = prepared(place, Path(name))
            outputs |= {command.line: output_of(command.line, work, shims) for command in commands}

    def block(match: re.Match[str]) -> str:
        lines = [line[2:] for line in match["text"].split("\n") if line.startswith("$ ")]
        head = f"<!-- in: {match['place']} -->\n" if match["place"] else ""
        return head + "```console\n" + "".join(f"$ {line}\n{outputs[line]}" for line in lines) + "```\n"

    return BLOCK.sub(block, README.read_text(encoding="utf-8"))


if __name__ == "__main__":
    README.write_text(rewritten(), encoding="utf-8")
