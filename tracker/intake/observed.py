"""The status of an observation as statistical offices exchange it: SDMX codes (CL_OBS_STATUS), flags, their words."""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.intake.clauses import Said
from tracker.model.actual import Quality
from tracker.tuples import NamedTuple

_SOFT = {"p": Quality.PROVISIONAL, "e": Quality.ESTIMATE, "i": Quality.ESTIMATE}
"""I is an imputed value."""
_NORMAL = frozenset({"a", ""})
_PLANNED = "f"
_FLAGS = re.compile(r"[a-z](?:[\s,;]*[a-z]){0,2}")
"""Several flags stand together: ep, b e."""
_CODE = re.compile(r"([a-z])\s*[:：].*")
_WORDS = re.compile(
    r"(?P<word>normal|provisional|preliminary|estimated?|imputed|forecast|projected)(?:\s+(?:value|data))?"
)
_CODES = {"normal": "a", "preliminary": "p", "projected": "f"}


class Observed(NamedTuple):
    """What a status says of a value, and the status as a note where it says something else."""

    said: Said
    note: str | None = None


@lru_cache(maxsize=4096)
def observed(text: str) -> Observed:
    """Return what the status beside a value says.

    >>> observed("P").said.quality.value, observed("Forecast value").said.intended, observed("B").note
    ('provisional', 'OBS_STATUS Forecast value', 'OBS_STATUS B')
    """
    plain = " ".join(text.split()).casefold()
    code, word = _CODE.fullmatch(plain), _WORDS.fullmatch(plain)
    if word is not None:
        flags = _CODES.get(word["word"], word["word"][0])
    else:
        flags = code[1] if code else plain if _FLAGS.fullmatch(plain) else "?" if plain else ""
    shown = f"OBS_STATUS {' '.join(text.split())}"
    if _PLANNED in flags:
        return Observed(Said(intended=shown))
    quality = next((_SOFT[flag] for flag in "eip" if flag in flags), None)
    others = {flag for flag in flags if flag.isalpha() or flag == "?"} - _SOFT.keys() - _NORMAL
    return Observed(Said(quality), shown if others else None)
