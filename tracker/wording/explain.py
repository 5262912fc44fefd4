"""Every figure of a goal explained: its value, how it is made with the numbers in it, and where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.wording.explain_ahead import ahead
from tracker.wording.explain_points import points
from tracker.wording.explain_rates import rates
from tracker.wording.explain_verdict import verdict, verdicts
from tracker.wording.explain_way import way

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.assess.figures import Assessment
    from tracker.model.goal import Method
    from tracker.wording.explain_line import Line


def explained(seen: Assessment, judged: Mapping[Method, Assessment]) -> list[Line]:
    """Return a line for every figure that applies to a goal, in the order people ask for them.

    `judged` are the goal's assessments by every method.
    A figure that is missed where it stands elsewhere has a line without a value that says why.
    """
    lines = [*points(seen), *way(seen), *rates(seen), *ahead(seen), *verdict(seen), *verdicts(judged)]
    return [line for line in lines if line.value is not None or line.how is not None]
