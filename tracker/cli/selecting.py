"""Which goals a command is about, and which of them make it fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.figures import Assessment, Status
from tracker.cli.language import words
from tracker.errors import Say, WrongUsage, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.cli.reading import Held
    from tracker.model.goal import GoalsFile

FLAGS = ("stale", "provisional", "lapsed")
MATCHED = 3
NAMED = 5
"""How many goals of many a message names."""


def listed(text: str | None) -> tuple[str, ...]:
    """Return the names in a comma-separated list; None names nothing."""
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def known_statuses(text: str | None, option: str, *, flags: bool) -> tuple[str, ...]:
    """Return the statuses (and flags) that a comma-separated list names."""
    names = listed(text)
    allowed = [*Status, *(FLAGS if flags else ())]
    for name in names:
        if name not in allowed:
            raise WrongUsage(
                say('{option}: "{name}" is not a status', option=option, name=name),
                say("allowed are {allowed}", allowed=", ".join(allowed)),
            )
    if text is not None and not names:
        raise WrongUsage(
            say("{option} names nothing", option=option), say("allowed are {allowed}", allowed=", ".join(allowed))
        )
    return names


def known_goals(asked: Sequence[str], file: GoalsFile, also: Sequence[str] = ()) -> None:
    """Refuse ids that no goal has, naming the nearest one that exists; `also` are further names that would do."""
    ids = {goal.id for goal in file.goals}
    for name in asked:
        if name not in ids:
            raise WrongUsage(say('no goal is called "{name}"', name=name), nearest(name, [*also, *sorted(ids)]))


def meant(asked: Sequence[str], file: GoalsFile) -> list[str]:
    """Return the ids that were asked for; the id of a declaration stands for every goal it makes."""
    made: dict[str, list[str]] = {}
    for goal in file.goals:
        if goal.declaration is not None:
            made.setdefault(goal.declaration, []).append(goal.id)
    known_goals([name for name in asked if name not in made], file, list(made))
    return [id_ for name in asked for id_ in made.get(name, [name])]


def meant_now(asked: str, file: GoalsFile, day: date) -> str:
    """Return the id that was asked for; that of a goal that repeats stands for its period on a day.

    Raises:
        WrongUsage: no goal is called so, or the name stands for many at once.
    """
    made = [goal for goal in file.goals if goal.declaration == asked and goal.repeat is not None]
    if made:
        from tracker.model.repeating import current

        return current(made, day).id
    panel = [goal.id for goal in file.goals if goal.declaration == asked]
    if panel:
        what = say('"{name}" stands for {n} goal', '"{name}" stands for {n} goals', name=asked, n=len(panel))
        raise WrongUsage(what, say("name one of them, such as {ids}", ids=", ".join(panel[:NAMED])))
    known_goals([asked], file, sorted({goal.declaration for goal in file.goals if goal.repeat and goal.declaration}))
    return asked


def known_series(name: str, held: Held) -> None:
    """Refuse a series that is neither declared (alone or for many) nor recorded, naming the nearest one that is."""
    if name not in held.file.series and name not in held.actuals:
        if held.file.panels:
            from tracker.goals.panels import panel_series

            if panel_series(name, held.file) is not None:
                return
        known = sorted({*held.file.series, *held.actuals, *held.store.series()})
        if name in known:
            return
        advice = nearest(name, known) or say("[series.{name}] in the goals file declares it", name=name)
        raise WrongUsage(say('no series is called "{name}"', name=name), advice)


def nearest(name: str, known: Sequence[str], shown: Sequence[str] | None = None) -> Say | None:
    """Return the sentence that offers the nearest known name; what there is where none is near.

    `shown` is how the names are listed, where several of them mean the same.
    """
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1)
    if close:
        return say('did you mean "{close}"?', close=close[0])
    return say("there are {known}", known=", ".join(shown or known)) if known else None


def known_words(text: str | None, option: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """Return the words that a comma-separated list names; None names nothing."""
    names = listed(text)
    if text is not None and (not names or not set(names) <= set(allowed)):
        what = say('{option}: "{name}" is not one of {allowed}', option=option, name=text, allowed=", ".join(allowed))
        raise WrongUsage(what)
    return names


def matched(found: Sequence[str]) -> int:
    """Return the exit code for --fail-on, naming on stderr what matched."""
    if not found:
        return 0
    from tracker.cli.complaints import say_line

    say_line(words().text("matched --fail-on: {goals}", goals=", ".join(found)))
    return MATCHED


def fail_on(assessments: Sequence[Assessment], failing: Sequence[str]) -> int:
    """Return the exit code for --fail-on, naming on stderr the goals that matched."""
    if not failing:
        return 0
    found = []
    for seen in assessments:
        flags = {"stale": seen.stale, "provisional": seen.provisional, "lapsed": seen.lapsed}
        hits = [name for name in failing if name == seen.status.value or flags.get(name)]
        if hits:
            found.append(f"{seen.goal.id} ({', '.join(hits)})")
    return matched(found)
