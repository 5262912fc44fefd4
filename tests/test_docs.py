"""The pages for those who build tracker say what is so."""

from __future__ import annotations

import subprocess
import sys

from conftest import ROOT


def printed(program: str) -> str:
    """Return what a program of the repository prints."""
    done = subprocess.run([sys.executable, ROOT / program], capture_output=True, check=True)
    return done.stdout.decode()


def test_the_architecture_page_is_drawn_from_the_contracts() -> None:
    """`python .ci/architecture.py > docs/architecture.md` would change nothing."""
    assert (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8") == printed(".ci/architecture.py")
