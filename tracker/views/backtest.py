"""How methods would have done, as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.compare.aims import COMING
from tracker.compare.scores import BINS, ENOUGH
from tracker.errors import Say, say
from tracker.views.cells import cell
from tracker.views.table import NONE, Cell, Column, Row, Table
from tracker.wording.quantity import Share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.compare.backtest import Backtest, Tried
    from tracker.wording.words import Words

TARGETS: dict[str, Say] = {
    "own": say("Own targets: at every past period, each goal's own target at its due, where due has its actual."),
    "path": say(
        "Values of the path: at every past period, what the planned path has for each of the {n} coming periods up to "
        "due, as a target for that period.",
        n=COMING,
    ),
    "given": say("Targets as given in the file."),
}


def backtest_tables(
    tests: Sequence[Backtest],
    without: Sequence[tuple[str, Say]],
    title: str,
    words: Words,
    *,
    apart: bool = False,
) -> list[Table]:
    """Return the scores and the calibration of each set of cases, then the goals that have none.

    `apart` gives each number of the calibration a cell of its own, for a workbook.
    """
    parts = []
    for one in tests:
        if one.cases:
            parts += [_scores_table(one, title, words), (_bins_sheet if apart else _bins_table)(one, words)]
    if not parts:
        lead = words.text(
            "There is no case: it takes two actuals to say something, and one after them to be judged by."
        )
        return [_without_table(without, words)._replace(title=title, lead=(lead,))]
    return [*parts, _without_table(without, words)] if without else parts


def _without_table(without: Sequence[tuple[str, Say]], words: Words) -> Table:
    columns = (Column("reason", words.text("Why"), folds=True), Column("goals", words.text("Goals"), folds=True))
    alike: dict[str, list[str]] = {}
    for id_, reason in without:
        alike.setdefault(words(reason), []).append(id_)
    rows = tuple(Row((Cell(reason), Cell(", ".join(ids)))) for reason, ids in alike.items())
    return Table(columns, rows, title=words.text("Without a case"))


def _scores_table(one: Backtest, title: str, words: Words) -> Table:
    columns = (
        Column("method", words.text("Method")),
        Column("cases", words.text("Cases"), right=True),
        Column("brier", words.text("Brier score"), right=True),
        Column("accuracy", words.text("Right at 50 %"), right=True, priority=1),
        Column("sure", words.text("Sure calls"), right=True, priority=3),
        Column("sure_right", words.text("of them right"), right=True, priority=2),
        Column("calibration_error", words.text("Calibration error"), right=True, priority=4),
    )
    rows = [_row(each, words) for each in one.methods]
    if one.base_rate is not None:
        always = words.text("always the base rate")
        brier, right = one.base_rate * (1 - one.base_rate), max(one.base_rate, 1 - one.base_rate)
        cells = (Cell(always), cell(one.cases, words), _score_cell(brier), cell(Share(right), words), NONE, NONE, NONE)
        rows.append(Row(tuple(each._replace(dim=True) for each in cells)))
    lead = (words(TARGETS[one.targets]), _size(one, words))
    return Table(columns, tuple(rows), title=title, lead=lead, notes=tuple(_notes(one, words)))


def _size(one: Backtest, words: Words) -> str:
    return words.text(
        "cases: {cases} · different outcomes: {outcomes} · series: {series} · reached: {share}",
        cases=one.cases,
        outcomes=one.outcomes,
        series=one.series,
        share=Share(one.base_rate or 0.0),
    )


def _row(tried: Tried, words: Words) -> Row:
    own = tried.own
    if own is None:
        return Row((Cell(tried.method), cell(0, words), *(NONE for _ in range(5))))
    return Row(
        (
            Cell(tried.method),
            cell(own.cases, words),
            _score_cell(own.brier, "" if own.error is None else f" ± {_score(own.error)}"),
            cell(Share(own.accuracy), words),
            cell(own.sure, words),
            NONE if own.sure_right is None else cell(Share(own.sure_right), words),
            _score_cell(own.calibration_error),
        )
    )


def _score_cell(value: float, after: str = "") -> Cell:
    return Cell(f"{_score(value)}{after}", value=value, pattern=f'0.0000"{after}"' if after else "0.0000")


def _score(value: float) -> str:
    return f"{value:.4f}"


def _notes(one: Backtest, words: Words) -> list[str]:
    notes = [
        words.text(
            "Brier score: the mean squared distance of chance and outcome, 0 is perfect; ± its standard error. "
            "Sure calls: 80 % and above, or below 20 %."
        )
    ]
    if any(each.own is not None and each.shared != each.own for each in one.methods):
        shared = [
            f"{each.method} {_score(each.shared.brier)} ({each.shared.cases})" for each in one.methods if each.shared
        ]
        said = ", ".join(shared) or words.text("there are none")
        notes.append(words.text("On the cases that every method answers: {scores}.", scores=said))
    if one.targets != "given" and len(one.methods) > 1:
        notes.append(
            words.text("A verdict without a chance counts as 100 % where it is on track, and as 0 % where it is not.")
        )
    if not one.is_enough:
        notes.append(words(too_few(one)))
    return notes


def too_few(one: Backtest) -> Say:
    """Return the warning that there are too few outcomes for the scores to mean anything."""
    return say(
        "Too few to mean anything: {outcomes} of the {needed} different outcomes that it takes. Squared errors of "
        "calls spread by about 0.2, so {needed} leave a Brier score a standard error of 0.02, which is what good "
        "methods differ by; several calls on one outcome do not make it surer.",
        outcomes=one.outcomes,
        needed=ENOUGH,
    )


def _bins_table(one: Backtest, words: Words) -> Table:
    heads = (Column(each.method, each.method, right=True, priority=place) for place, each in enumerate(one.methods))
    columns = (Column("said", words.text("Said")), *heads)
    rows = []
    for place in _filled(one):
        cells = [_range(place)]
        for each in one.methods:
            found = each.own.bins[place] if each.own else None
            if found is None or found.said is None or found.reached is None:
                cells.append(NONE)
            else:
                cells.append(Cell(f"{found.said * 100:.0f} → {found.reached * 100:.0f} % ({found.cases})"))
        rows.append(Row(tuple(cells)))
    title = words.text("Calibration: what was said on average → how often it came (calls)")
    return Table(columns, tuple(rows), title=title)


def _bins_sheet(one: Backtest, words: Words) -> Table:
    """Return the calibration with one number a cell: a row for each range and method."""
    columns = (
        Column("range", words.text("Said")),
        Column("method", words.text("Method")),
        Column("said", words.text("Said on average"), right=True),
        Column("reached", words.text("How often it came"), right=True),
        Column("calls", words.text("Calls"), right=True),
    )
    rows = []
    for place in _filled(one):
        for each in one.methods:
            found = each.own.bins[place] if each.own else None
            if found is not None and found.said is not None and found.reached is not None:
                shares = [cell(Share(value), words) for value in (found.said, found.reached)]
                rows.append(Row((_range(place), Cell(each.method), *shares, cell(found.cases, words))))
    return Table(columns, tuple(rows), title=words.text("Calibration"))


def _filled(one: Backtest) -> list[int]:
    return [n for n in range(BINS) if any(each.own and each.own.bins[n].cases for each in one.methods)]


def _range(place: int) -> Cell:
    return Cell(f"{place * 100 // BINS} … {(place + 1) * 100 // BINS} %")
