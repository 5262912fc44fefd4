"""What a shell is offered: goals, series, groups, fields and the words an option knows, as the goals file has them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from typer.completion import completion_init, shell_completion  # type: ignore[attr-defined]  # not in a list there

from tracker.assess.figures import Status
from tracker.cli.selecting import FLAGS
from tracker.errors import TrackerError
from tracker.goals.find import find_goals
from tracker.goals.read import read_goals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tracker.goals.read import GoalsRead
    from tracker.model.goal import GoalsFile

    Offers = Callable[[GoalsFile], Mapping[str, str]]
    """From the goals file to the words there are, each with what it means."""

LARGEST_LEDGER = 2 * 2**20
"""Bytes of a file of actuals that is read for the series in it: offering less is better than letting a shell wait."""


def start() -> None:
    """Make typer know the shells."""
    completion_init()


def _goals(file: GoalsFile) -> dict[str, str]:
    return {goal.id: goal.name for goal in file.goals}


def _series(file: GoalsFile) -> dict[str, str]:
    return {name: series.name for name, series in file.series.items()}


def _recorded(ctx: Any, read: GoalsRead) -> dict[str, str]:  # noqa: ANN401  typer's own type
    """Return the series that have actuals but no table, where the actuals are one file here that is soon read."""
    from tracker.project import store_of

    try:
        store = store_of(ctx.params.get("actuals"), read)
        if not os.path.isfile(store.name) or os.path.getsize(store.name) > LARGEST_LEDGER:  # noqa: PTH113, PTH202
            return {}
        return dict.fromkeys(store.series(), "")
    except TrackerError:
        return {}


def _groups(file: GoalsFile) -> dict[str, str]:
    return {goal.group: "" for goal in file.goals if goal.group is not None}


def _fields(file: GoalsFile) -> dict[str, str]:
    from tracker.views.flat import FIELDS

    free = dict.fromkeys(name for goal in file.goals for name in goal.fields)
    return dict.fromkeys([*FIELDS, *free], "")


def _columns(file: GoalsFile) -> dict[str, str]:
    from tracker.views.status import columns
    from tracker.wording.words import ENGLISH

    return {**{one.column.key: one.column.title for one in columns(ENGLISH)}, **_fields(file)}


def _conditions(file: GoalsFile) -> dict[str, str]:
    return {f"{name}=": "" for name in _fields(file)}


def _statuses(_file: GoalsFile) -> dict[str, str]:
    return dict.fromkeys(Status, "")


def _failures(_file: GoalsFile) -> dict[str, str]:
    return dict.fromkeys([*Status, *FLAGS], "")


ARGUMENTS: Mapping[str, Offers] = {"GOAL": _goals, "SERIES": _series}
"""What is offered for an argument, by its placeholder."""

OPTIONS: Mapping[str, Offers] = {
    "--group": _groups,
    "--by": _fields,
    "--where": _conditions,
    "--status": _statuses,
    "--fail-on": _failures,
    "--columns": _columns,
}
"""What is offered for the value of an option."""

LISTS = frozenset({"--status", "--fail-on", "--columns"})
"""The options whose value is a list with commas: its last part is completed."""


def attach(params: Iterable[Any]) -> None:
    """Let every parameter of a command offer what there is for it: by its name, its placeholder, or its choices."""
    for param in params:
        metavar = (param.metavar or "").strip("[].")
        name = max(param.opts, key=len)
        if name in OPTIONS or metavar in ARGUMENTS:
            offers = OPTIONS.get(name) or ARGUMENTS[metavar]
            param.shell_complete = _offering(offers, is_list=name in LISTS)
        elif "|" in metavar:
            param.shell_complete = _choosing(metavar.split("|"))


def _offering(offers: Offers, *, is_list: bool) -> Callable[[Any, str], list[Any]]:
    def offered(ctx: Any, incomplete: str) -> list[Any]:  # noqa: ANN401  typer's own signature
        try:
            path = find_goals(ctx.params.get("goals_file"), os.environ, ".")
            read = read_goals(path)
            words = {**_recorded(ctx, read), **offers(read.file)} if offers is _series else offers(read.file)
        except TrackerError:
            return []  # a shell is no place for its problems; `tracker check` names them
        before, comma, last = incomplete.rpartition(",") if is_list else ("", "", incomplete)
        return _items({f"{before}{comma}{word}": means for word, means in words.items()}, before + comma + last)

    return offered


def _choosing(choices: Sequence[str]) -> Callable[[Any, str], list[Any]]:
    return lambda _ctx, incomplete: _items(dict.fromkeys(choices, ""), incomplete)


def _items(words: Mapping[str, str], incomplete: str) -> list[Any]:
    return [
        shell_completion.CompletionItem(word, help=means or None)
        for word, means in words.items()
        if word.startswith(incomplete)
    ]
