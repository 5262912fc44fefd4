"""How methods would have done, as a record and as rows for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.compare.scores import BINS, ENOUGH
from tracker.views.backtest import too_few
from tracker.views.jsonvalues import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.compare.backtest import Backtest, Tried
    from tracker.compare.scores import Scores
    from tracker.errors import Say
    from tracker.views.jsonvalues import Json
    from tracker.wording.words import Words

SCHEMA = "tracker/backtest/1"
SCORE_KEYS = (
    "cases", "brier", "standard_error", "accuracy", "sure", "sure_right", "calibration_error",
)  # fmt: skip
"""The keys of a method's scores, in order."""
ROW_KEYS = ("targets", "method", *SCORE_KEYS, *(f"shared.{key}" for key in SCORE_KEYS), "outcomes", "base_rate")
"""The columns of CSV."""


def backtest_record(
    head: dict[str, Json], tests: Sequence[Backtest], without: Sequence[tuple[str, Say]], words: Words
) -> dict[str, Json]:
    """Return what `tracker backtest --json` prints, after its `head`."""
    return {
        **head,
        "needed": ENOUGH,
        "sets": [_set(one) for one in tests],
        "without": [{"goal": id_, "reason": words(reason)} for id_, reason in without],
        "warnings": [words(too_few(one)) for one in tests if not one.is_enough],
    }


def _set(one: Backtest) -> Json:
    return {
        "targets": one.targets,
        "cases": one.cases,
        "outcomes": one.outcomes,
        "series": one.series,
        "enough": one.is_enough,
        "base_rate": plain(one.base_rate),
        "methods": [
            {"method": each.method, **_scores(each.own), "shared": _scores(each.shared), "bins": _bins(each)}
            for each in one.methods
        ],
    }


def _scores(found: Scores | None) -> dict[str, Json]:
    if found is None:
        return {key: 0 if key in {"cases", "sure"} else None for key in SCORE_KEYS}
    values = (
        found.cases,
        plain(found.brier),
        plain(found.error),
        plain(found.accuracy),
        found.sure,
        plain(found.sure_right),
        plain(found.calibration_error),
    )
    return dict(zip(SCORE_KEYS, values, strict=True))


def _bins(tried: Tried) -> list[Json]:
    if tried.own is None:
        return []
    return [
        {
            "from": plain(place / BINS),
            "to": plain((place + 1) / BINS),
            "cases": found.cases,
            "said": plain(found.said),
            "reached": plain(found.reached),
        }
        for place, found in enumerate(tried.own.bins)
    ]


def backtest_rows(tests: Sequence[Backtest]) -> list[list[Json]]:
    """Return a row of scores for each set and method."""
    return [
        [
            one.targets,
            each.method,
            *_scores(each.own).values(),
            *_scores(each.shared).values(),
            one.outcomes,
            plain(one.base_rate),
        ]
        for one in tests
        for each in one.methods
    ]
