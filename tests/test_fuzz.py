"""A short seeded run of every reader under fuzzing, and what long ones found before."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from fuzz import plans, readers, tables, workbooks
from fuzz.seeds import mutated, seeds, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

READERS: dict[str, tuple[Callable[[bytes], bool], int]] = {
    "goals": (readers.goals, 6000),
    "plans": (plans.plans, 1500),
    "actuals": (readers.actuals, 20_000),
    "notes": (readers.notes, 10_000),
    "values": (readers.values, 30_000),
    "periods": (readers.periods, 30_000),
    "tables": (tables.tables, 6000),
    "workbook": (workbooks.workbook, 500),
}
"""Each reader with how many inputs it gets: a second or two on any machine."""
CORPUS = Path(__file__).parent / "fuzz" / "corpus"
FOUND = sorted(path for path in CORPUS.glob("*/*") if path.suffix != ".md")
REPLAYED = {**{name: reader for name, (reader, _) in READERS.items()}, "written": plans.written}


@pytest.mark.parametrize("name", READERS)
def test_any_bytes_give_a_result_or_an_error_of_ours(name: str) -> None:
    """No other error comes out, nothing takes long, and every number is the one that a second reading has."""
    reader, inputs = READERS[name]
    random, words, known = Random(name), tokens(name), seeds(name)
    accepted = sum(readers.timed(reader, seed) for seed in known)
    for _ in range(inputs):
        data = mutated(random.choice(known), known, words, random)
        if readers.timed(reader, data):
            accepted += 1
            if len(known) < 200:
                known.append(data)
    assert accepted > inputs / 100, "the inputs reach nothing behind the checks of form"


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_stays_mended(path: Path) -> None:
    """An input that once led to a finding leads to none."""
    readers.timed(REPLAYED[path.parent.name], path.read_bytes())


def test_the_corpus_is_there() -> None:
    """What was found before is kept, by readers that there are."""
    assert len(FOUND) >= 2
    assert {path.parent.name for path in FOUND} <= REPLAYED.keys()


@pytest.mark.parametrize("piece", [" ", "x ", "1", "1,", ".", "(1)", "注1", "①", "单位：", "-", "2024年", "（ "])
def test_a_very_long_cell_takes_no_longer(piece: str) -> None:
    """A hundred thousand characters in a heading, a label or a value are looked at in a moment, not in minutes."""
    long = "x" + piece * (100_000 // len(piece)) + "x"
    readers.timed(tables.tables, f'\0指标,2024年,"{long}"\ngdp,5,"{long}"\n"{long}",6,7\n'.encode())
