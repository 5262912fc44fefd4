"""Libraries that come with the extra `charts`, loaded when they are needed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from tracker.errors import Unreachable, say

NAMES = {"vl_convert": "vl-convert-python", "plotext": "plotext", "jinja2": "Jinja2", "markupsafe": "MarkupSafe"}


def needing(module: str) -> Any:  # noqa: ANN401  a module
    """Return a library of the extra `charts`.

    Raises:
        Unreachable: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        from tracker.extras import advice

        what = say("this needs {library}, which is not installed", library=NAMES[module])
        raise Unreachable(what, advice("charts")) from error
