"""What every method says of the same goals, side by side: a table, a record, and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.figures import JUDGED
from tracker.compare.methods import is_parted
from tracker.model.goal import Method
from tracker.views.jsonvalues import plain
from tracker.views.table import Cell, Column, Row, Table
from tracker.wording.explain_verdict import detail_of
from tracker.wording.terms import STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.assess.figures import Assessment
    from tracker.compare.methods import Judged
    from tracker.views.jsonvalues import Json
    from tracker.views.order import Shown
    from tracker.wording.words import Words

VERDICT_KEYS = ("status", "chance", "label", "ratio", "score", "notes")
"""The keys of one method's verdict in JSON, in order."""
ROW_KEYS = ("status", "label", "ratio", "score")
VERDICT = 14
"""The cells that hold a verdict readably: a status, and below it what the method says."""


def verdict_record(seen: Assessment, words: Words) -> dict[str, Json]:
    """Return what one method says of a goal, as a record."""
    said = seen.verdict
    values: tuple[Json, ...] = (
        seen.status.value,
        plain(seen.chance) if said.method is Method.CHANCE else None,
        said.label,
        plain(said.ratio),
        plain(said.score),
        [words(note) for note in said.notes],
    )
    return dict(zip(VERDICT_KEYS, values, strict=True))


def verdicts_record(judged: Judged, words: Words) -> dict[str, Json]:
    """Return what every method says of a goal, by the method's name."""
    return {method.value: verdict_record(seen, words) for method, seen in judged.items()}


def compare_record(judged: Mapping[str, Judged], words: Words) -> dict[str, Json]:
    """Return what `--compare` adds to the record of status: how many goals part, and every verdict on each."""
    return {
        "parted": sum(is_parted(one) for one in judged.values()),
        "goals": [
            {"id": id_, "parted": is_parted(one), "verdicts": verdicts_record(one, words)}
            for id_, one in judged.items()
        ],
    }


def compare_rows(judged: Mapping[str, Judged], words: Words) -> tuple[Sequence[str], list[list[Json]]]:
    """Return the same as rows with their header: one row a goal."""
    header = ["id", "parted", *(f"{method.value}.{key}" for method in Method for key in ROW_KEYS)]
    rows: list[list[Json]] = []
    for id_, one in judged.items():
        said = [verdict_record(one[method], words) for method in Method]
        rows.append([id_, is_parted(one), *(verdict[key] for verdict in said for key in ROW_KEYS)])
    return header, rows


def compare_table(shown: Sequence[Shown], judged: Mapping[str, Judged], head: str, words: Words) -> Table:
    """Return the goals with a column for each method; `head` is the line above."""
    columns = (
        Column("goal", words.text("Goal"), folds=True),
        *(Column(each.value, each.value, priority=place, wraps=VERDICT) for place, each in enumerate(Method, 1)),
        Column("parted", words.text("They part"), priority=len(Method) + 1),
    )
    rows = tuple(
        Row((Cell(one.seen.goal.name), *_cells(judged[one.seen.goal.id], words)), one.seen.goal.group, one.depth)
        for one in shown
    )
    return Table(columns, rows, title=head, notes=(_parted(judged, words),))


def _cells(judged: Judged, words: Words) -> list[Cell]:
    cells = [Cell(_said(judged[method], words), status=judged[method].status) for method in Method]
    return [*cells, Cell(words.text("yes") if is_parted(judged) else words.text("no"), dim=not is_parted(judged))]


def _said(seen: Assessment, words: Words) -> str:
    status, detail = words(STATUS[seen.status]), detail_of(seen)
    if detail is None or seen.status not in JUDGED:  # what is decided is decided by every method
        return status
    return words.text("{status}, {detail}", status=status, detail=detail)


def _parted(judged: Mapping[str, Judged], words: Words) -> str:
    ids = [id_ for id_, one in judged.items() if is_parted(one)]
    if not ids:
        return words.text("The methods part nowhere.")
    return words.text(
        "The methods part on {n} of {all} goals: {ids}", n=len(ids), all=len(judged), ids=words.text(", ").join(ids)
    )
