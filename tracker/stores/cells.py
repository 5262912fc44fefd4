"""The cells of a CSV ledger: from text to a value, or to why it is none."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.errors import Say, say
from tracker.model.actual import Quality
from tracker.periods import Period, parse_period

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracker.model.actual import Actual

_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_INFINITY = float("inf")
_QUALITIES = {quality.value: quality for quality in Quality}
_DAY_LENGTH = len("2024-12-31")
_LONGEST_SHOWN = 60
_CUT_MOMENT = r"[0-9-]{10}[Tt ][0-9:.,]+"
NOT_SAID = say("it cannot be read")


class Unreadable(ValueError):
    """A cell, or a whole record, that cannot be read: what was found, and what is allowed."""

    def __init__(self, what: Say = NOT_SAID, help: Say | None = None) -> None:  # noqa: A002  the word readers see
        super().__init__()
        self.what = what
        self.help = help


def shown(text: str) -> str:
    """Return a cell's text short enough to stand in a sentence."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def is_text(text: str) -> bool:
    """Tell whether a text has neither a NUL nor bytes that could not be decoded."""
    if text.isascii():
        return "\0" not in text
    try:
        text.encode()
    except UnicodeEncodeError:  # what could not be decoded stands as surrogates
        return False
    return "\0" not in text


def is_cut_moment(text: str) -> bool:
    """Tell whether a moment lacks its zone, as one does that was cut short while it was written."""
    return re.fullmatch(_CUT_MOMENT, text.strip()) is not None


def series(text: str) -> str:
    """Return the id of a series."""
    name = text.strip()
    if not name:
        raise Unreadable(say("the series is missing"), say("every line names its series"))
    return name


def period(text: str) -> Period:
    """Return the period that a cell names."""
    found = parse_period(text)
    if found is None:
        what = say('"{text}" is not a period', text=shown(text)) if text.strip() else say("the period is missing")
        raise Unreadable(what, say("write 2024, 2024-S1, 2024-Q3, 2024-11, 2024-W05 or 2024-12-31"))
    return found


def number(text: str) -> float | None:
    """Return the number that a cell holds, None where it is blank.

    Strictly decimal: what a spreadsheet or a person would write otherwise (1,000, 44%, 12.5万, 1_000, nan, the
    letter O for a zero) is a number in disguise and refused.
    """
    text = text.strip()
    if not _is_plain(text) and re.fullmatch(_NUMBER, text) is None:
        if not text:
            return None
        raise Unreadable(
            say('"{text}" is not a plain number', text=shown(text)),
            say("write ASCII digits with a point, such as 1234.5: no unit, %, separator or blank"),
        )
    value = float(text)
    if not -_INFINITY < value < _INFINITY:
        raise Unreadable(say('"{text}" is too large', text=shown(text)), say("numbers end near 1.8e308"))
    if value == 0.0:
        if text.lower().partition("e")[0].strip("+-0."):
            raise Unreadable(say('"{text}" is too small', text=shown(text)), say("numbers begin near 4.9e-324"))
        return 0.0
    return value


def _is_plain(text: str) -> bool:
    """Tell, without a pattern to compile, whether a text is digits and at most a point, as nearly all are."""
    whole, point, part = text.partition(".")
    return text.isascii() and whole.isdigit() and (part.isdigit() or not point)


def quality(text: str) -> Quality:
    """Return how firm a value is; blank is final."""
    text = text.strip()
    if not text:
        return Quality.FINAL
    found = _QUALITIES.get(text.lower())
    if found is None:
        raise Unreadable(
            say('"{text}" is not a quality', text=shown(text)), say("write final, provisional, estimate or retracted")
        )
    return found


def day(text: str) -> date | None:
    """Return the day that a cell names, None where it is blank."""
    text = text.strip()
    if not text:
        return None
    if len(text) == _DAY_LENGTH and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise Unreadable(say('"{text}" is not a day', text=shown(text)), say("write it as 2024-12-31"))


def moment(text: str) -> datetime | None:
    """Return the moment that a cell names, in UTC, None where it is blank; without a zone it is UTC."""
    text = text.strip()
    if not text:
        return None
    if text[4:5] == text[7:8] == "-" and text[10:11] in {"", "T", "t", " "}:
        try:
            found = datetime.fromisoformat(text)
            return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise Unreadable(
        say('"{text}" is not a moment', text=shown(text)), say("write it in UTC as 2024-12-31T08:15:30.123456Z")
    )


def words(text: str) -> str | None:
    """Return free text as it stands, None where it is blank."""
    return text if text and not text.isspace() else None


READERS: Mapping[str, Callable[[str], object]] = {
    "series": series,
    "period": period,
    "value": number,
    "quality": quality,
    "published": day,
    "source": words,
    "url": words,
    "note": words,
    "recorded_at": moment,
}
"""Every column in the order of a new file, with what reads its cells."""

REQUIRED = ("series", "period", "value")


def texts(line: Actual) -> dict[str, str]:
    """Return the cells of an actual as they are written, by column."""
    return {
        "series": line.series,
        "period": line.period.text,
        "value": written(line.value),
        "quality": line.quality.value,
        "published": "" if line.published is None else line.published.isoformat(),
        "source": written_words(line.source),
        "url": written_words(line.url),
        "note": written_words(line.note),
        "recorded_at": written_moment(line.recorded_at),
    }


def written(value: float | None) -> str:
    """Return a number in the fewest digits that read back as the same, nothing for none."""
    return "" if value is None else repr(value + 0.0).removesuffix(".0")


def written_words(text: str | None) -> str:
    """Return free text as it is read back: blanks alone are none."""
    return words(text) or "" if text else ""


@lru_cache(maxsize=64)  # lines that are imported together have one moment
def written_moment(found: datetime | None) -> str:
    """Return a moment in UTC, to the microsecond, nothing for none."""
    return "" if found is None else found.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
