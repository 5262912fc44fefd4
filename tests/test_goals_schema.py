"""The JSON Schema of goals.toml agrees with the reader: both follow from one table of keys."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path

import pytest
import tomli
from conftest import ROOT, Run
from jsonschema import Draft202012Validator

from tracker.goals import keys
from tracker.goals.schema import goals_schema
from tracker.model.goal import Goal, Rules, Series

BROKEN = Path(__file__).parent / "broken"
VALIDATOR = Draft202012Validator(goals_schema())

GOOD = """
format = 1
title = "t"
language = "zh"
[series.a]
unit = "%"
kind = "ratio"
[series."城镇化率"]
kind = "milestone"
[verdict]
method = "pace"
on_track = 0.7
labels = { on-track = "快于预期" }
[[goals]]
id = "a"
due = 2026
baseline = { period = "2022-Q4", value = 1 }
target = { series = "b", offset = 1 }
every = "quarter"
lag = 30
steps = [{ due = 2024-12-31, target = 1 }]
revisions = [{ until = 2024-06-30, target = { between = [1, 2] }, why = "w" }]
fields = { x = 1, y = ["a", true], z = 2024-01-01 }
tags = ["x"]
[[goals]]
id = "城镇化率/昭阳"
due = 2026
[[goals]]
id = "c"
all = ["a"]
[[goals]]
id = "d"
at_least = { count = 1, of = ["a", "c"] }
due = "2026-S1"
[[goals]]
id = "m"
mean = { a = 2, "b/2025" = 0.5 }
[[goals]]
id = "e"
sum = ["a", "b"]
due = 2026
target = { times = 2, of = 2020 }
direction = "down"
"""

BEYOND_A_SCHEMA = {
    # references and order: what no JSON Schema can say
    "composite-cycle", "duplicate-id", "growth-level", "kinds", "milestone-with-target", "moving-cycle", "revisions",
    "targets-without-sense", "verdict-bands",
    # numbers that JSON does not have
    "huge-integer", "nan-and-infinity",
}  # fmt: skip


def as_json(value: object) -> object:
    """Return TOML data as an editor gives it to a schema: dates are texts."""
    if isinstance(value, dict):
        return {name: as_json(member) for name, member in value.items()}
    if isinstance(value, list):
        return [as_json(member) for member in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def toml_of(path: Path) -> object:
    """Return the data of a file, None where it is not TOML."""
    try:
        return as_json(tomli.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode()))
    except (ValueError, RecursionError):
        return None


PARSED = {path.stem: data for path in sorted(BROKEN.glob("*.toml")) if (data := toml_of(path)) is not None}


def test_the_schema_is_a_schema() -> None:
    """It is valid in its own dialect, and says so."""
    schema = goals_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_a_good_file_fits_the_schema() -> None:
    """Every form of target, composite, period and length of time is allowed."""
    assert [error.message for error in VALIDATOR.iter_errors(as_json(tomli.loads(GOOD)))] == []


@pytest.mark.parametrize("name", sorted(PARSED.keys() - BEYOND_A_SCHEMA))
def test_a_broken_file_breaks_the_schema(name: str) -> None:
    """An editor marks what the reader refuses, as far as a schema can say it."""
    assert not VALIDATOR.is_valid(PARSED[name])


@pytest.mark.parametrize("name", sorted(PARSED.keys() & BEYOND_A_SCHEMA))
def test_what_is_beyond_a_schema_passes_it(name: str) -> None:
    """The list of exceptions names only files that the schema really cannot refuse."""
    assert VALIDATOR.is_valid(PARSED[name])


def test_every_key_is_described_and_closed() -> None:
    """Every table refuses unknown keys and every key has a sentence, which is what an editor shows."""
    tables = [
        keys.TOP,
        keys.SERIES,
        keys.GOAL,
        keys.BASELINE,
        keys.STEP,
        keys.REVISION,
        keys.AT_LEAST,
        keys.VERDICT,
        keys.LABELS,
        keys.STORE,
        keys.COLUMNS,
    ]
    for table in [*tables, *keys.TARGETS.values()]:
        assert all(name == key.name and key.sentence.endswith(".") for name, key in table.items())
        required = [key.required for key in table.values()]
        assert required == sorted(required, reverse=True)


def test_the_keys_and_their_defaults_are_those_of_the_model() -> None:
    """A field of a goal, a series or the rules is a key of the file with the same default, and the other way round."""
    composite = {*keys.COMPOSITE}
    assert (keys.GOAL.keys() - composite) | {"parts", "declaration", "line"} == set(Goal._fields)
    assert keys.SERIES.keys() | {"id", "declared", "line"} == set(Series._fields)
    assert tuple(keys.VERDICT) == Rules._fields
    for table, defaults in (
        (keys.GOAL, Goal._field_defaults),
        (keys.SERIES, Series._field_defaults),
        (keys.VERDICT, Rules._field_defaults),
    ):
        given = {name: key.default for name, key in table.items() if key.default is not None}
        assert given == {name: defaults[name] for name in given}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_editor_finds_the_schema(run: Run, tmp_path: Path, language: str) -> None:
    """The first line of a new goals.toml names a file beside it: the schema, which the goals fit."""
    assert run("init", "--lang", language).code == 0
    text = (tmp_path / "goals.toml").read_text(encoding="utf-8")
    named = text.split("\n", maxsplit=1)[0].removeprefix("#:schema ")
    schema = json.loads((tmp_path / named).read_text(encoding="utf-8"))
    assert schema == json.loads(run("schema", "goals").out)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(as_json(tomli.loads(text)))] == []


def test_the_promises_of_this_repository_fit_the_schema() -> None:
    """The goals.toml of the first user has no key or value that an editor would mark."""
    declared = as_json(tomli.loads((ROOT / "goals.toml").read_text(encoding="utf-8")))
    assert [error.message for error in VALIDATOR.iter_errors(declared)] == []


def test_an_editor_can_describe_every_key() -> None:
    """Every property anywhere in the schema has a description, and every reference leads to a definition."""
    schema = json.loads(json.dumps(goals_schema()))
    waiting = [schema, *schema["$defs"].values()]
    seen = 0
    while waiting:
        each = waiting.pop()
        if not isinstance(each, dict):
            continue
        for name, inner in each.get("properties", {}).items():
            assert inner is False or "description" in inner or "required" in inner, name
            seen += 1
        reference = each.get("$ref")
        assert reference is None or reference.removeprefix("#/$defs/") in schema["$defs"]
        waiting += [*each.get("properties", {}).values(), *each.get("oneOf", []), each.get("items")]
    assert seen > 60
