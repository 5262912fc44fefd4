"""Print docs/architecture.md, drawn from the import contracts: `python .ci/architecture.py > docs/architecture.md`."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "tracker"

HEAD = """# How tracker is built

Read → assess → lay out → write: only the ends touch the world. This page is printed by `.ci/architecture.py` from the
import contracts in `pyproject.toml`, to which `lint-imports` holds every import, and from each package's first line.

A module imports from the layers below its own, and from no neighbour in its layer.
"""


def contracts() -> dict[str, dict[str, object]]:
    """Return the import contracts by id."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {each["id"]: each for each in data["tool"]["importlinter"]["contracts"]}


def names(contract: dict[str, object], key: str) -> list[str]:
    """Return a list of names that a contract holds."""
    found = contract[key]
    assert isinstance(found, list)  # noqa: S101  mypy cannot see into TOML
    return [str(each) for each in found]


def layers() -> list[list[str]]:
    """Return the layers from the top down, each with the packages that stand beside each other."""
    return [[part.strip(" ()") for part in layer.split("|")] for layer in names(contracts()["direction"], "layers")]


def sentence(name: str) -> str:
    """Return the first line of a package's or a module's docstring."""
    path = PACKAGE / name / "__init__.py" if (PACKAGE / name).is_dir() else PACKAGE / f"{name}.py"
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    if not text:
        sys.exit(f"{path}: no docstring")
    return text.splitlines()[0]


def drawing() -> str:
    """Return the layers as a Mermaid flowchart."""
    lines = ["```mermaid", "flowchart TD"]
    lines += [f'  L{place}["{" · ".join(layer)}"]' for place, layer in enumerate(layers())]
    lines += [f"  L{place} --> L{place + 1}" for place in range(len(layers()) - 1)]
    return "\n".join([*lines, "```"])


def table() -> str:
    """Return every package with its sentence, from the top down."""
    rows = [f"| `{name}` | {sentence(name)} |" for layer in layers() for name in layer]
    return "\n".join(["| package | what it is |", "| --- | --- |", *rows])


def rules() -> str:
    """Return what the other contracts forbid, and to whom they do not apply."""
    found = []
    for id_, contract in contracts().items():
        if id_ == "direction":
            continue
        free = dict.fromkeys(re.split(r"[ .]", each)[1] for each in names(contract, "ignore_imports"))
        forbidden = ", ".join(f"`{each}`" for each in names(contract, "forbidden_modules"))
        allowed = ", ".join(f"`{each}`" for each in free)
        found.append(f"- **{contract['name']}.** Forbidden: {forbidden}; allowed in {allowed}.")
    return "\n".join(found)


if __name__ == "__main__":
    print(f"{HEAD}\n{drawing()}\n\n{table()}\n\n{rules()}")
