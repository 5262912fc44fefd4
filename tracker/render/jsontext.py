"""JSON as people and programs read it: unescaped UTF-8, never NaN, a line for each key and for each record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def json_text(record: Mapping[str, object]) -> str:
    """Return a record as JSON text: its keys on lines of their own, and lists of records a line each.

    So git shows what changed goal by goal; and the encoder's fast half is used, which knows no indents.

    >>> print(json_text({"schema": "x/1", "goals": [{"id": "a"}, {"id": "b"}], "tags": []}), end="")
    {"schema": "x/1",
     "goals": [
      {"id": "a"},
      {"id": "b"}],
     "tags": []}
    """
    return "{" + ",\n ".join(f"{_text(key)}: {_value(value)}" for key, value in record.items()) + "}\n"


def json_document(record: Mapping[str, object]) -> str:
    """Return a record as indented JSON text, for people to read, such as a schema."""
    return json.dumps(record, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def json_lines(records: Iterable[Mapping[str, object]]) -> Iterator[str]:
    r"""Yield each record as one line of JSON.

    >>> list(json_lines([{"id": "a"}, {"id": "b"}]))
    ['{"id": "a"}\n', '{"id": "b"}\n']
    """
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    return (encode(record) + "\n" for record in records)


def _value(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n  " + ",\n  ".join(map(_text, value)) + "]"
    return _text(value)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
