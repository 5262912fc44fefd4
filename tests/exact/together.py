"""Every goal of a world, judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exact.judged import Figures, case, judge

if TYPE_CHECKING:
    from exact.world import World


def judged(world: World) -> dict[str, Figures]:
    """Return the figures of every goal, by its id."""
    return {goal["id"]: judge(case(world, goal)) for goal in world.goals}
