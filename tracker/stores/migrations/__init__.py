"""The tables of our own, made by plain numbered SQL: one file for each step and engine."""

# pathlib is not worth its time at start-up:
# ruff: noqa: PTH118, PTH120, PTH123, PTH208

from __future__ import annotations

import os

VERSIONS_TABLE = "tracker_schema"


def steps(engine: str, done: int) -> list[tuple[int, list[str]]]:
    """Return the steps that are still to do, each with its number and its statements, in order."""
    folder, ending = os.path.dirname(__file__), f".{engine}.sql"
    result = []
    for file in sorted(os.listdir(folder)):
        number = int(file[:4]) if file.endswith(ending) else 0
        if number > done:
            with open(os.path.join(folder, file), encoding="utf-8") as text:
                result.append((number, [one.strip() for one in text.read().split(";") if one.strip()]))
    return result
