"""The clock, read here and nowhere else."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """Return the day it is here."""
    return datetime.now().astimezone().date()


def now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)
