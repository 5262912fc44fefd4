"""Days as people name them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tracker.clock import today
from tracker.errors import WrongUsage, say

_BACK = r"[-−]([0-9]{1,5})([dwmy])"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_day(text: str, option: str) -> date:
    """Return the day a reader names: ISO, today, yesterday, last-monday, -7d, -2w, -3m, -1y.

    Raises:
        WrongUsage: the text names no day; `option` is what it was given for.
    """
    word = text.strip().lower()
    try:
        return date.fromisoformat(word)
    except ValueError:
        pass
    try:
        found = _named(word)
    except (OverflowError, ValueError):
        found = None
    if found is None:
        raise WrongUsage(
            say('{option}: "{text}" is not a day', option=option, text=text),
            say("write 2026-11-23, today, yesterday, last-monday, -7d, -2w, -3m or -1y"),
        )
    return found


def _named(word: str) -> date | None:
    if word in {"today", "yesterday"}:
        return today() - timedelta(days=word == "yesterday")
    if word.startswith("last-") and word[5:] in WEEKDAYS:
        back = (today().weekday() - WEEKDAYS.index(word[5:]) - 1) % 7 + 1
        return today() - timedelta(days=back)
    found = re.fullmatch(_BACK, word)
    if found is None:
        return None
    from dateutil.relativedelta import relativedelta

    unit = {"d": "days", "w": "weeks", "m": "months", "y": "years"}[found[2]]
    return today() - relativedelta(**{unit: int(found[1])})  # type: ignore[arg-type]
