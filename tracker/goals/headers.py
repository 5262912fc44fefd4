"""The lines on which goals and series begin, cheaply: files are mostly written with plain headers."""

from collections.abc import Collection, Mapping, Sequence

from tracker.tuples import NamedTuple

_SERIES = "[series."


class Headers(NamedTuple):
    """The line of each goal in file order, and the line of each series by its id."""

    goals: Sequence[int]
    series: Mapping[str, int]


def headers(text: str, goals: int, series: Collection[str]) -> Headers:
    """Return where goals (their number is given) and series (their ids are given) begin in a valid TOML text.

    Headers as most people write them are found by looking at the start of each line; a text with
    strings over several lines, or where that does not find them all, is read key by key.
    """
    if '"""' not in text and "'''" not in text:
        plain = _plain_headers(text)
        if len(plain.goals) == goals and plain.series.keys() == set(series):
            return plain
    from tracker.goals.locate import key_lines

    lines = key_lines(text)
    return Headers([lines["goals", i] for i in range(goals)], {name: lines["series", name] for name in series})


def _plain_headers(text: str) -> Headers:
    goals: list[int] = []
    series: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("[[goals]]"):
            goals.append(number)
        elif line.startswith(_SERIES):
            series[line[len(_SERIES) : line.find("]")].strip(" \t\"'")] = number
    return Headers(goals, series)
