"""How an extra, or a newer tracker, gets to where tracker runs: the line for each way in which it can be installed."""

from __future__ import annotations

import json
import os
import shlex
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from tracker.errors import Say, say

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "tracker-goals"
_PIPX, _UV = "pipx_metadata.json", "uv-receipt.toml"
"""What pipx and `uv tool` leave in an environment that is theirs."""


def advice(extra: str) -> Say:
    """Return the line that adds an extra, as the next step after what needs it.

    It names what tracker was installed from, as a checkout is not found by its name, and the environment it runs in.
    pipx and uv make theirs anew, so that their lines have the extras that were asked for before, too.
    """
    folder, address, is_editable = _origin()
    more = ["--editable"] if is_editable else []

    def wanted(extras: Sequence[str]) -> str:
        listed = ",".join(extras)
        if folder is not None:
            return f"{folder}[{listed}]"
        return f"{NAME}[{listed}]" + (f" @ {address}" if address else "")

    if (pipx := _left(_PIPX)) is not None:
        words = ["pipx", "install", "--force", *more, wanted(sorted({extra, *_of_pipx(pipx)}))]
    elif (receipt := _left(_UV)) is not None:
        words = ["uv", "tool", "install", "--force", *more, wanted(sorted({extra, *_of_uv(receipt)}))]
    else:
        words = [*_installer(), *more, wanted([extra])]
    return say("install it with: {line}", line=shlex.join(words))


def newer() -> Say:
    """Return the line that installs a newer tracker; a folder that it came from has to be a newer one first."""
    folder, address, is_editable = _origin()
    if _left(_PIPX) is not None:
        words = ["pipx", "upgrade", NAME]
    elif _left(_UV) is not None:
        words = ["uv", "tool", "upgrade", NAME]
    else:
        what = folder or (f"{NAME} @ {address}" if address else NAME)
        words = [*_installer(), *(["--editable"] if is_editable else ["--upgrade"]), what]
    if folder is not None:
        return say("install a newer tracker: update {folder}, then {line}", folder=folder, line=shlex.join(words))
    return say("install a newer tracker: {line}", line=shlex.join(words))


def _origin() -> tuple[str | None, str | None, bool]:
    """Return the folder that tracker was installed from, else the address, and whether it is used in place.

    All are empty where it came from an index by its name.
    """
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        told = json.loads(distribution(NAME).read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return None, None, False
    url = str(told.get("url", ""))
    if "dir_info" in told:
        folder = unquote(urlsplit(url).path)
        return (folder, None, bool(told["dir_info"].get("editable"))) if os.path.isdir(folder) else (None, None, False)  # noqa: PTH112
    if "vcs_info" in told:
        branch = told["vcs_info"].get("requested_revision")
        return None, f"{told['vcs_info'].get('vcs')}+{url}" + (f"@{branch}" if branch else ""), False
    return None, url or None, False


def _left(name: str) -> str | None:
    """Return what a program for tools wrote about this environment; None where it is not one of its own."""
    try:
        with open(os.path.join(sys.prefix, name), encoding="utf-8") as file:  # noqa: PTH118, PTH123
            return file.read()
    except (OSError, ValueError):
        return None


def _of_pipx(text: str) -> list[str]:
    """Return the extras that pipx was asked for."""
    try:
        asked = json.loads(text)["main_package"]["package_or_url"]
    except (ValueError, KeyError, TypeError):
        return []
    listed = str(asked).partition("[")[2].partition("]")[0]
    return [each.strip() for each in listed.split(",") if each.strip()]


def _of_uv(text: str) -> list[str]:
    """Return the extras that `uv tool` was asked for."""
    import tomli

    try:
        asked: list[dict[str, Any]] = tomli.loads(text)["tool"]["requirements"]
        return [str(extra) for each in asked if each.get("name") == NAME for extra in each.get("extras", [])]
    except (ValueError, KeyError, TypeError, AttributeError):
        return []


def _installer() -> list[str]:
    """Return what installs into the environment that runs: its own pip, or uv where it has none."""
    from importlib.util import find_spec

    if find_spec("pip") is None:
        return ["uv", "pip", "install", "--python", sys.executable]
    if os.environ.get("VIRTUAL_ENV") == sys.prefix:  # activated, so that `pip` is its own
        return ["pip", "install"]
    return [sys.executable, "-m", "pip", "install"]
