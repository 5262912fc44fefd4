"""The pages for those who build tracker say what is so."""

from __future__ import annotations

import re
import subprocess
import sys

from conftest import ROOT

from tracker.cli.app import COMMANDS


def printed(program: str) -> str:
    """Return what a program of the repository prints."""
    done = subprocess.run([sys.executable, ROOT / program], capture_output=True, check=True)
    return done.stdout.decode()


def test_the_architecture_page_is_drawn_from_the_contracts() -> None:
    """`python .ci/architecture.py > docs/architecture.md` would change nothing."""
    assert (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8") == printed(".ci/architecture.py")


def test_the_manual_and_the_completions_are_written_from_the_commands() -> None:
    """`python .ci/manual.py` would change nothing in share/."""
    done = subprocess.run([sys.executable, ROOT / ".ci" / "manual.py", "--check"], capture_output=True, check=False)
    assert (done.stdout.decode(), done.returncode) == ("", 0)


def test_the_page_for_maintainers_names_what_is_there() -> None:
    """Every path in it exists, and among them is each program whose output is kept and checked."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:python )?((?:tracker|tests|benchmarks|docs|share|\.ci)/[\w./-]+)[^`]*`", text))
    assert {".ci/manual.py", ".ci/translations", "share/man/man1/tracker.1"} <= named
    assert not [path for path in named if "NAME" not in path and not (ROOT / path).exists()]


def test_the_manual_is_read_without_a_complaint() -> None:
    """The page has every command, and groff finds nothing wrong with it."""
    page = ROOT / "share" / "man" / "man1" / "tracker.1"
    named = set(re.findall(r"^\.SS (\S+)$", page.read_text(encoding="utf-8").replace("\\-", "-"), re.MULTILINE))
    assert named == set(COMMANDS)
    done = subprocess.run(["groff", "-man", "-Tutf8", "-Kutf8", "-ww", page], capture_output=True, check=True)
    assert done.stderr.decode() == ""
    assert b"tracker record [OPTIONS]" in re.sub(rb".\x08", b"", done.stdout)
