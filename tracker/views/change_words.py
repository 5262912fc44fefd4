"""Promises, standings and what a revision did, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Say, say
from tracker.wording.promises import aim
from tracker.wording.quantity import Likelihood
from tracker.wording.terms import STATUS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.compare.changes import Turn
    from tracker.compare.snapshot import Stood, Terms
    from tracker.wording.quantity import Amount
    from tracker.wording.words import Words


def promised(terms: Terms, unit: str | None) -> Say:
    """Return a promise in words, its target in the goal's unit."""
    return say("{target} by {due}", target=target_words(terms, unit), due=terms.due or "–")


def target_words(terms: Terms, unit: str | None) -> Say | Amount:
    """Return what was to be reached, with its tolerance."""
    target = say("{goals}", goals=", ".join(terms.children)) if terms.children else aim(terms.target, unit)
    if terms.tolerance:
        return say("{target} ± {tolerance}", target=target, tolerance=terms.tolerance)
    return target


def other_terms(before: Terms, after: Terms) -> list[Say]:
    """Return what else changed of a promise, beside its target and its due."""
    found = []
    for name, was, now in (
        (say("direction"), before.direction, after.direction),
        (say("mode"), before.mode, after.mode),
        (say("series"), before.series, after.series),
    ):
        if was != now:
            found.append(say("{name} {before} → {after}", name=name, before=was or "–", after=now or "–"))
    return found


def status_words(stood: Stood) -> Say:
    """Return a status, and whether what was achieved lapsed."""
    status = STATUS[stood.status]
    return say("{status}, lapsed", status=status) if stood.lapsed else status


def turned_words(turns: Sequence[Turn] | None, words: Words) -> str:
    """Return what a revision did to the verdicts of the goals that depend on it; "" where none does."""
    if turns is None:
        return words.text("what it did to the verdict cannot be told from a saved status")
    if not turns:
        return ""
    changed = [_turn(turn) for turn in turns if turn.before != turn.after]
    if not changed:
        return words.text("no verdict changed by it")
    return words.text("; ").join(words(sentence) for sentence in changed)


def _turn(turn: Turn) -> Say:
    before, after = turn.before, turn.after
    chances = None
    if before.chance is not None and after.chance is not None:
        chances = say("chance {before} → {after}", before=Likelihood(before.chance), after=Likelihood(after.chance))
    if before[:2] == after[:2]:
        return say("{goal} stays {status}, {chances}", goal=turn.goal, status=status_words(after), chances=_or(chances))
    put = {"goal": turn.goal, "before": status_words(before), "after": status_words(after)}
    if chances is None:
        return say("{goal}: {before} → {after}", **put)
    return say("{goal}: {before} → {after}, {chances}", chances=chances, **put)


def _or(chances: Say | None) -> Say:
    return chances or say("its chance changed")
