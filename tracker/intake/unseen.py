"""Rows and columns of an .xlsx that people do not see: the reader gives them as all others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET  # the parts were looked at: none declares entities

from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_MARKER = b"hidden="
_LINE = re.compile(rb"<(?:\w+:)?(row|col)\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"\b(r|min|max|hidden)\s*=\s*[\"']([^\"']*)[\"']")
_TRUE = frozenset({b"1", b"true"})
_MOST_COLUMNS = 16_384


class Unseen(NamedTuple):
    """The rows and columns of a sheet that are hidden, from 0."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


def unseen(parts: Mapping[str, bytes]) -> dict[str, Unseen]:
    """Return what is hidden in the sheets of a workbook, by their names; nothing for those that hide nothing."""
    found = {path: _hidden(content) for path, content in parts.items() if _MARKER in content}
    return {name: found[path] for name, path in _paths(parts) if path in found} if any(map(any, found.values())) else {}


def _hidden(content: bytes) -> Unseen:
    rows, columns = set[int](), set[int]()
    row = 0
    for line in _LINE.finditer(content):
        said = dict(_ATTRIBUTE.findall(line[2]))
        is_hidden = said.get(b"hidden") in _TRUE
        if line[1] == b"row":
            row = _number(said.get(b"r"), row + 1)
            if is_hidden:
                rows.add(row - 1)
        elif is_hidden:
            first = _number(said.get(b"min"), 1)
            columns.update(range(first - 1, min(_number(said.get(b"max"), first), _MOST_COLUMNS)))
    return Unseen(frozenset(rows), frozenset(columns))


def _number(text: bytes | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdigit() else otherwise


def _paths(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet and the part that holds it; none where the workbook does not say so properly."""
    try:
        book, relations = (ET.fromstring(parts[name]) for name in (_WORKBOOK, _RELATIONS))  # noqa: S314  no entities
    except (KeyError, ET.ParseError):
        return  # the readers say what is wrong with it
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    for sheet in book.iter():
        key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)
        target = targets.get(key)
        if sheet.tag.endswith("}sheet") and target:
            yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"
