"""Which changes of the core no test notices: `python -m exact.mutants [EVERY] NAME…`, in the folder mutmut makes.

mutmut makes the changes; it starts pytest for each, which for the thousands of the core takes hours of a machine.
Here the slow figures are computed once, and every change is judged by the worlds in this one process, those that
noticed one before first; only what the worlds do not notice is put to the tests of its module.
"""

from __future__ import annotations

import difflib
import importlib
import inspect
import os
import signal
import sys
import time
from functools import partial
from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any

from _pytest.mark import ParameterSet
from hypothesis import settings

from exact.compared import between, found
from exact.fixtures import GIVEN, called
from exact.random_forms import FORMS
from exact.together import judged
from tracker.errors import InvalidFile
from tracker.periods import parse_period, years

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from exact.cases import Figures
    from exact.world import World

RULES = [
    "test_verdict_edges",
    "test_verdict_cases",
    "test_verdicts",
    "test_values",
    "test_methods",
    "test_verdict_laws",
]
FIGURES = [
    "test_history", "test_path", "test_independent", "test_edges", "test_hard_figures", "test_within_year",
    "test_status_json", "test_status_parts", "test_show", "test_breaks", "test_repeat", "test_allow", "test_due",
    "test_mean", "test_published", "test_ranking", "test_facts", "test_exact", "test_assess_laws",
]  # fmt: skip
TESTS = {
    "tracker.assess.enough": ["test_enough"],
    "tracker.assess": [*FIGURES, *RULES],
    "tracker.chance": ["test_trend", "test_total", "test_year", "test_coarsen", "test_columns"],
    "tracker.verdicts": RULES,
    "tracker.model": ["test_number"],
    "tracker.periods": ["test_periods"],
}
"""The tests that a part of the core has besides the worlds; each runs in this process."""
PATIENCE = 20
"""Seconds of this process after which a change is taken to have made an endless loop."""


class Endless(BaseException):
    """A change that goes on and on."""


def worlds(count: int) -> list[tuple[World, dict[str, Figures]]]:
    """Return so many worlds of each form with their slow figures."""
    made = []
    for k in range(count):
        for form, make in FORMS.items():
            world = make(Random(f"{form} {k}"))
            try:
                found(world)
            except InvalidFile:
                continue
            made.append((world, judged(world)))
    return made


def cases(test: Callable[..., None]) -> Iterator[dict[str, Any]]:
    """Yield the arguments of a test's cases, but for the fixtures; none where it needs one that only pytest has."""
    tables: list[list[dict[str, Any]]] = []
    for mark in getattr(test, "pytestmark", []):
        if mark.name != "parametrize":
            continue
        names = [name.strip() for name in mark.args[0].split(",")] if isinstance(mark.args[0], str) else mark.args[0]
        rows = [row.values if isinstance(row, ParameterSet) else row for row in mark.args[1]]
        rows = [row if len(names) > 1 else (row,) for row in rows]
        tables.append([dict(zip(names, row, strict=True)) for row in rows])
    for chosen in product(*tables):
        given = {name: value for row in chosen for name, value in row.items()}
        if set(inspect.signature(test).parameters) <= {*given, *GIVEN}:
            yield given


def tests_of(module: str) -> list[Callable[[], None]]:
    """Return the cases of the tests that a module of the core has in the process."""
    names = next((tests for part, tests in TESTS.items() if module.startswith(part)), [])
    bound: list[Callable[[], None]] = []
    for name in names:
        for key, test in vars(importlib.import_module(name)).items():
            if key.startswith("test_"):
                wanted = set(inspect.signature(test).parameters) & GIVEN
                bound += [partial(called, test, given, wanted) for given in cases(test)]
    return bound


def is_noticed(known: list[tuple[World, dict[str, Figures]]], tests: list[Callable[[], None]]) -> bool:
    """Tell whether a world or a test notices that something is wrong; who noticed comes first from then on."""
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        for place, (world, wanted) in enumerate(known):
            if between(found(world), wanted):
                known.insert(0, known.pop(place))
                return True
        signal.setitimer(signal.ITIMER_VIRTUAL, 6 * PATIENCE)
        for place, test in enumerate(tests):
            try:
                test()
            except BaseException:
                tests.insert(0, tests.pop(place))
                raise
    except (Exception, Endless):  # noqa: BLE001  however it breaks, it is noticed
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        for cached in (parse_period, years):
            cached.cache_clear()
    return False


def wanted(name: str, chosen: set[str], place: int, every: int) -> bool:
    """Tell whether a change is to be judged: it is named, or nothing is and it is one of each so many."""
    return name in chosen if chosen else place % every == 0


def mutants(module: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield the name, the original and the changed function of every change in a module."""
    loaded = importlib.import_module(module)
    for table in [
        value for key, value in vars(loaded).items() if key.startswith("mutants_") and isinstance(value, dict)
    ]:
        for name, changed in table.items():
            if name != "_mutmut_orig":
                yield f"{module}.{name}", table["_mutmut_orig"], changed


def difference(original: Any, changed: Any) -> str:  # noqa: ANN401  functions
    """Return the lines that differ."""
    one, other = (inspect.getsource(each).splitlines()[1:] for each in (original, changed))
    return "\n".join(
        line for line in difflib.unified_diff(one, other, n=0, lineterm="") if line[:3] not in {"---", "+++"}
    )


def main(names: list[str], every: int = 1) -> None:
    """Judge every change in some modules, each so-manieth, or some by name, and print those that nothing noticed."""
    chosen = {name for name in names if "__mutmut_" in name}
    modules = list(dict.fromkeys(name.rpartition(".")[0] if name in chosen else name for name in names))
    from mutmut.mutation.trampoline import set_mutant_under_test

    def ring(*_: object) -> None:
        raise Endless

    settings.register_profile("still", derandomize=True, deadline=None, database=None)
    settings.load_profile("still")
    signal.signal(signal.SIGVTALRM, ring)
    set_mutant_under_test("")
    known = worlds(int(os.environ.get("EXACT_WORLDS", "40")))
    for module in modules:
        began, killed, alive = time.perf_counter(), 0, []
        tests = tests_of(module)
        assert not is_noticed(known, list(tests)), "something is wrong without any change"
        for place, (name, original, changed) in enumerate(mutants(module)):
            if not wanted(name, chosen, place, every):
                continue
            set_mutant_under_test(name)
            if is_noticed(known, tests):
                killed += 1
            else:
                alive.append(name)
                print(f"{name}\n{difference(original, changed)}", flush=True)
            set_mutant_under_test("")
        share = killed / max(killed + len(alive), 1)
        spent = time.perf_counter() - began
        print(f"== {module}: {killed} of {killed + len(alive)} killed ({share:.1%}) in {spent:.0f} s", flush=True)


if __name__ == "__main__":
    if sys.argv[1].isdigit():
        main(sys.argv[2:], int(sys.argv[1]))
    else:
        main(sys.argv[1:])
