"""A goal on a level, a ratio, a total or a rank, judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exact.course import figures
from exact.digits import cut
from exact.forecast import forecast
from exact.standing import concluded, decided

if TYPE_CHECKING:
    from exact.cases import Case, Figures


def judge(one: Case) -> Figures:
    """Return every figure, the chance and the status."""
    out = figures(one)
    status, on, lapsed = decided(one, None, out)
    last, keep = one.last, one.mode == "keep"
    if last is not None and one.aim.value is not None:
        count = len(one.ref.common(one.points)) if one.ref else len(one.points)
        if status is None and count < 2:
            status = "too-few"
        elif status is None and keep:
            status = "on-track"
        judging = status is None or status == "on-track"
        said = forecast(one, judging=judging)
        if said is not None:
            out["projected.low"], out["projected.median"], out["projected.high"] = said.quantiles or (None, None, None)
        if judging and said is not None and said.chance is not None:
            out["chance"], out["model"] = cut(said.chance), said.model
        if keep:
            out["bound"] = "upper"
    return concluded(one, out, status, on, lapsed=lapsed)
