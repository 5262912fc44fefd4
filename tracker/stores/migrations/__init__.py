"""The tables of our own, made by plain numbered SQL: one file for each step and engine."""

# pathlib is not worth its time at start-up:
# ruff: noqa: PTH118, PTH120, PTH123, PTH208

from __future__ import annotations

import os

from tracker.errors import InvalidFile, Problem, say

VERSIONS_TABLE = "tracker_schema"


def check(engine: str, done: int, store: str) -> None:
    """Refuse tables that a newer tracker made; `done` is the last step that they have seen.

    Raises:
        InvalidFile: this tracker does not know that step, so it cannot know what the tables mean.
    """
    known = max(int(file[:4]) for file in os.listdir(os.path.dirname(__file__)) if file.endswith(f".{engine}.sql"))
    if done > known:
        what = say(
            "its tables have format {format}, which is newer than this tracker, which knows format {known}",
            format=done,
            known=known,
        )
        from tracker.extras import newer

        raise InvalidFile([Problem(store, None, None, what, newer())])


def steps(engine: str, done: int, store: str) -> list[tuple[int, list[str]]]:
    """Return the steps that are still to do, each with its number and its statements, in order.

    Raises:
        InvalidFile: the tables are of a newer format.
    """
    check(engine, done, store)
    folder, ending = os.path.dirname(__file__), f".{engine}.sql"
    result = []
    for file in sorted(os.listdir(folder)):
        number = int(file[:4]) if file.endswith(ending) else 0
        if number > done:
            with open(os.path.join(folder, file), encoding="utf-8") as text:
                result.append((number, [one.strip() for one in text.read().split(";") if one.strip()]))
    return result
