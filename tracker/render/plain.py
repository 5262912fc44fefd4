"""Text that is safe to show: nothing in a name can steer a terminal or hide what follows."""

from __future__ import annotations

import unicodedata

_STEERING = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_JOINERS = {"\u200d"}
REPLACEMENT = "�"


def shown(text: str) -> str:
    r"""Return text on one line with control and direction characters made visible.

    >>> shown("a\x1b[31mb")
    'a�[31mb'
    """
    if text.isascii() and text.isprintable():
        return text
    flat = " ".join(text.split("\n")).replace("\t", " ").replace("\r", "")
    return "".join(
        REPLACEMENT if unicodedata.category(char) in _STEERING and char not in _JOINERS else char for char in flat
    )
