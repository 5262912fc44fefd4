"""Which goals.toml is meant: the one named, else the nearest one upward, as git finds its folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tracker.errors import Unreachable, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.errors import Say

NAME = "goals.toml"
VARIABLE = "TRACKER_GOALS"
_MOST_LOOKED_AT = 1000


def find_goals(given: str | None, env: Mapping[str, str], start: str) -> str:
    """Return the path of the goals file, short where `start` is the current folder.

    `given` holds before the variable TRACKER_GOALS, both before the search upward from `start`;
    whether a named file exists shows when it is read.

    Raises:
        Unreachable: there is none in `start` or any folder above it, or the current folder was deleted.
    """
    named = given or env.get(VARIABLE)
    if named:
        return named
    try:
        folder = os.path.abspath(start)  # noqa: PTH100  pathlib is slow to import
    except FileNotFoundError as error:
        raise Unreachable(say("the current folder is not there any more"), say("change to one that is")) from error
    while not os.path.isfile(path := os.path.join(folder, NAME)):  # noqa: PTH113, PTH118
        above = os.path.dirname(folder)  # noqa: PTH120
        if above == folder:
            raise Unreachable(say("no goals.toml in this folder or any above it"), _advice(start))
        folder = above
    here = os.getcwd()  # noqa: PTH109
    return os.path.relpath(path, here) if os.path.abspath(start) == here else path  # noqa: PTH100


def _advice(start: str) -> Say:
    """Return what to do where no folder upward has goals: those of a folder just below are probably meant."""
    from itertools import islice

    try:
        with os.scandir(start) as entries:
            for entry in islice(entries, _MOST_LOOKED_AT):
                path = os.path.join(start, entry.name, NAME)  # noqa: PTH118
                if os.path.isfile(path):  # noqa: PTH113
                    return say("there is one below: --goals {file}", file=os.path.normpath(path))
    except OSError:
        pass  # a folder that cannot be listed
    return say("`tracker init` writes one here; --goals FILE or TRACKER_GOALS names another")
