"""Markdown that reads as well in a plain mail: a heading and a line for each thing there is to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.render.markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable


def brief(heading: str, lines: Iterable[tuple[str, str]]) -> str:
    r"""Return a heading and a list whose lines each begin with a word of their own.

    >>> print(brief("Plan", [("Status", "homes: open → achieved")]), end="")
    ### Plan
    <BLANKLINE>
    - **Status** homes: open → achieved
    """
    return "".join(
        [f"### {escaped(heading)}\n\n", *(f"- **{escaped(word)}** {escaped(text)}\n" for word, text in lines)]
    )
