"""A goals.toml written from rows: goals as tables, what could not be read as comments."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from unicodedata import normalize

from tracker.errors import Say, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracker.intake.goalrows import GoalRow
    from tracker.periods import Period
    from tracker.wording.words import Words

_SHARE = "%"
SCHEMA_LINE = "#:schema ./goals.schema.json"
"""Where an editor finds what goals.toml may say; init writes that file beside it."""


def goals_text(rows: Sequence[GoalRow], title: str, words: Words) -> str:
    """Return the text of a goals.toml; a row without a target or a due that could be read is a comment."""
    lines = [
        SCHEMA_LINE,
        *_comments([say("Written from a table. Lines with # hold what could not be read: look at them.")], words),
        "format = 1",
        f"title = {_text(title)}",
        f"language = {_text(words.language)}",
    ]
    taken: set[str] = set()
    for row in rows:
        lines += ["", *(_goal(row, _id(row, taken), words) if _is_goal(row) else _not_a_goal(row, words))]
    return "".join(f"{line}\n" for line in lines)


def _is_goal(row: GoalRow) -> bool:
    if row.target is None or row.due is None:
        return False
    return row.since is None or row.baseline is None or row.since.end < row.due.end


def _id(row: GoalRow, taken: set[str]) -> str:
    """Return an id that no goal has yet, made of the row's own or its name."""
    name = normalize("NFKC", row.id or row.name).lower()
    made = "-".join("".join(char if char.isalnum() else " " for char in name).split())
    if not made or made != normalize("NFKC", made).lower():
        made = f"goal-{row.line}"
    while made in taken:
        made = f"{made}-{row.line}"
    taken.add(made)
    return made


def _goal(row: GoalRow, id_: str, words: Words) -> Iterator[str]:
    if row.unit is not None:
        yield f"[series.{_text(id_)}]"
        yield f"unit = {_text(row.unit)}"
        if row.unit == _SHARE:
            yield 'kind = "ratio"'
        yield ""
    yield "[[goals]]"
    yield f"id = {_text(id_)}"
    yield f"name = {_text(row.name)}"
    if row.group is not None:
        yield f"group = {_text(row.group)}"
    if row.since is not None and row.baseline is not None:
        yield f"baseline = {{ period = {_period(row.since)}, value = {_number(row.baseline)} }}"
    yield f"target = {_number(row.target)}"
    yield f"due = {_period(row.due)}"
    if row.direction == "down":
        yield 'direction = "down"'
    for key, text in (("owner", row.owner), ("source", row.source), ("note", row.note)):
        if text is not None:
            yield f"{key} = {_text(text)}"
    if row.fields:
        yield f"fields = {{ {', '.join(f'{_text(key)} = {_text(text)}' for key, text in row.fields.items())} }}"
    yield from _comments([*row.unread, *_doubts(row)], words)


def _doubts(row: GoalRow) -> list[Say]:
    """Return what a reader has to decide, as a direction is never guessed."""
    if row.direction is None and row.baseline is not None and row.target is not None and row.baseline > row.target:
        return [say('the baseline is above the target: is less better? then write direction = "down"')]
    return []


def _not_a_goal(row: GoalRow, words: Words) -> list[str]:
    missing = []
    if row.target is None:
        missing.append(say("no target that can be read"))
    if row.due is None:
        missing.append(say("no due that can be read"))
    if not missing:
        missing.append(say("the due is not after the baseline"))
    head = say("row {line}, {name}: no goal yet", line=row.line, name=row.name)
    fields = [say("{name}: {text}", name=key, text=text) for key, text in row.fields.items()]
    return _comments([head, *missing, *row.unread, *fields], words)


def _comments(sentences: Iterable[Say], words: Words) -> list[str]:
    return [f"# {''.join(char if char.isprintable() else ' ' for char in words(one))}" for one in sentences]


def _text(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "")


def _number(value: float | None) -> str:
    return repr(value).removesuffix(".0")


def _period(period: Period | None) -> str:
    text = str(period)
    return text if text.isdecimal() else _text(text)
