"""JSON as people and programs read it: unescaped UTF-8, two spaces, never NaN."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def json_text(record: Mapping[str, object]) -> str:
    """Return a record as JSON text with a last newline."""
    return json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
