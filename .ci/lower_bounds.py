"""Print the pinned constraints with every runtime dependency at its lower bound, as pyproject.toml has it.

A dependency without a lower bound, or without a pin in constraints.txt, ends with a sentence and exit 1.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
_LOWER = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?>=(?P<version>[0-9][^,;\s]*)")


def canonical(name: str) -> str:
    """Return a distribution's name the way the package index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def lower_bounds(pyproject: Path) -> dict[str, str]:
    """Return the lower bound of every runtime dependency, those of the extras that the tests need included."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    bounds = {}
    extras = [name for name in project["optional-dependencies"] if name not in {"test", "dev", "fuzz", "mutants"}]
    more = [requirement for name in extras for requirement in project["optional-dependencies"][name]]
    for requirement in [*project["dependencies"], *more]:
        found = _LOWER.match(requirement)
        if found is None:
            sys.exit(f"{pyproject.name}: {requirement}: no lower bound; write NAME>=VERSION first")
        bounds[canonical(found["name"])] = found["version"]
    return bounds


def main() -> None:
    """Print the constraints."""
    bounds = lower_bounds(HERE.parent / "pyproject.toml")
    pins = [line.strip().split("==") for line in (HERE / "constraints.txt").read_text(encoding="utf-8").splitlines()]
    missing = bounds.keys() - {canonical(name) for name, _ in pins}
    if missing:
        sys.exit(f"constraints.txt: no pin for {', '.join(sorted(missing))}")
    for name, version in pins:
        print(f"{name}=={bounds.get(canonical(name), version)}")


if __name__ == "__main__":
    main()
