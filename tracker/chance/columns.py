"""The same formulas on numpy columns: one number for each of many goals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np  # noqa: TID253  this module is loaded for many goals only

from tracker.chance.arithmetic import Asked
from tracker.chance.question import Model, Scale
from tracker.chance.scaling import Rule, rule_of
from tracker.chance.total import total
from tracker.chance.trend import trend
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    from tracker.chance.arithmetic import Arithmetic

    Column = NDArray[np.float64]
    Rows = slice | NDArray[np.bool_]

ROWS = 8192
"""Goals handled at a time: the columns of that many stay in the processor's cache."""

_NUMPY = cast("Arithmetic", np)


class ColumnAnswers(NamedTuple):
    """Chance before the cut, and the 10 %, 50 % and 90 % quantiles; not a number where there is none."""

    chance: Column
    low: Column
    median: Column
    high: Column


def column_answers(  # noqa: PLR0913  one argument for each thing that is asked
    times: ArrayLike,
    values: ArrayLike,
    due: ArrayLike,
    target: ArrayLike,
    up: ArrayLike,
    *,
    model: Model = Model.TREND,
    scale: Scale = Scale.AUTO,
    mirrored: bool = False,
    ranges: bool = True,
) -> ColumnAnswers:
    """Return the answers to k questions whose histories have n actuals each.

    `values` has shape (n, k), oldest first; `times` the same, or (n,) where all share them; `due`, `target`
    (not a number: only the range is asked) and `up` have shape (k,), or are single values. Units and meaning
    are those of `Question`. Quantiles are not numbers without `ranges` or where they overflow.
    """
    held = np.asarray(values, dtype=float)
    k = held.shape[1]
    clock = np.asarray(times, dtype=float)
    single = (np.asarray(due, dtype=float), np.asarray(target, dtype=float), np.asarray(up, dtype=bool))
    columns: tuple[Any, ...] = (clock, held, *(np.broadcast_to(one, (k,)) for one in single))
    asked = Asked(*columns)
    result = np.full((4, k), np.nan)
    with np.errstate(all="ignore"):  # what overflows comes out as not a number
        for start in range(0, k, ROWS):
            rows = slice(start, start + ROWS)
            part = _rows(asked, rows)
            for chosen, rule in _groups(part, model, scale):
                some = _rows(part, chosen)
                if rule is None:
                    raw = total(some, _NUMPY, mirrored=mirrored, ranges=ranges)
                else:
                    raw = trend(some, rule, _NUMPY, ranges=ranges)
                for column, found in zip(result, raw, strict=True):
                    column[rows][chosen] = found
    result[1:][~np.isfinite(result[1:])] = np.nan
    return ColumnAnswers(*result)


def _rows(asked: Asked, rows: Rows) -> Asked:
    """Return some of the questions; the formulas are typed on floats, so the columns are too (see `arithmetic`)."""
    times, values, due, target, up = cast("tuple[Column, ...]", asked)
    own = times if times.ndim == 1 else times[:, rows]
    columns: tuple[Any, ...] = (own, values[:, rows], due[rows], target[rows], up[rows])
    return Asked(*columns)


def _groups(part: Asked, model: Model, scale: Scale) -> Iterator[tuple[Rows, Rule | None]]:
    """Yield which questions are computed together: running totals at once, trends rule by rule."""
    if model is Model.TOTAL:
        yield slice(None), None
        return
    rules = np.asarray(rule_of(part.values, part.target, scale, _NUMPY))
    for rule in Rule:
        chosen = rules == rule
        if chosen.all():
            yield slice(None), rule
        elif chosen.any():
            yield chosen, rule
