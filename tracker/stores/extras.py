"""What has to be installed for a store, and is loaded only once it is used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tracker.errors import Unreachable, say

if TYPE_CHECKING:
    from types import ModuleType


def module(name: str, extra: str, store: str) -> ModuleType:
    """Return an engine's module; raises `Unreachable` with the line that installs it where it is not there."""
    try:
        return import_module(name)
    except ImportError as error:
        what = say("{store} needs {module}, which is not installed", store=store, module=name.partition(".")[0])
        from tracker.extras import advice

        raise Unreachable(what, advice(extra)) from error
