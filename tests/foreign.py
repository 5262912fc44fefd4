"""What tests of foreign tables share: a goals file with some series, and what an import of a text comes to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


def goals(**series: str) -> str:
    """Return a goals file in English with series, each by its name, its unit and its kind if it is no level."""
    blocks = ['language = "en"\n']
    for id_, words in series.items():
        name, unit, *kind = words.split()
        blocks.append(f'[series.{id_}]\nname = "{name}"\nunit = "{unit}"\n')
        blocks += [f'kind = "{one}"\n' for one in kind]
    blocks.append(f'[[goals]]\nid = "p"\nseries = "{next(iter(series))}"\ntarget = 60\ndue = 2030\n')
    return "".join(blocks)


def values(plan: dict[str, Any]) -> dict[str, float]:
    """Return the values that the plan of an import has, by series and period."""
    return {f"{line['series']} {line['period']}": line["value"] for line in plan["lines"]}


def imported(run: Run, folder: Path, text: str) -> tuple[dict[str, float], dict[str, Any]]:
    """Return the values that a text table in a file would give, and the whole plan of the import."""
    (folder / "x.csv").write_text(text, encoding="utf-8")
    plan = json.loads(run("import", "x.csv", "-n", "--json", cwd=folder).out)
    return values(plan), plan
