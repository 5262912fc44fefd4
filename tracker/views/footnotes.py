"""Sources and quotes, each cited under one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tracker.assess.figures import Assessment, Point


class Cited(NamedTuple):
    """What is cited: who said it, the address, and the words."""

    source: str | None
    url: str | None = None
    quote: str | None = None


class Footnote(NamedTuple):
    """A number with what it stands for; `url` only where it is an address of the web, else it is in `text`."""

    number: int
    cited: Cited
    link: str | None


def promised(seen: Assessment) -> Cited | None:
    """Return what the promise of a goal is cited from."""
    goal = seen.goal
    return Cited(goal.source, goal.url, goal.quote) if goal.source or goal.url or goal.quote else None


def recorded(point: Point) -> Cited | None:
    """Return what a value is cited from."""
    url = point.actual.url if point.actual else None
    return Cited(point.source, url) if point.source or url else None


def numbered(seen: Iterable[Assessment]) -> dict[Cited, int]:
    """Return a number for everything that goals cite, in the order of reading."""
    found: dict[Cited, int] = {}
    for one in seen:
        for cited in cited_by(one):
            found.setdefault(cited, len(found) + 1)
    return found


def cited_by(seen: Assessment) -> Iterator[Cited]:
    """Yield what a goal cites: its promise, its own values, and those its target was made from."""
    points = [*seen.history, *((seen.target.base, seen.target.since) if seen.target else ())]
    for cited in (promised(seen), *(recorded(point) for point in points if point is not None)):
        if cited is not None:
            yield cited


def number_of(source: str | None, own: Iterable[Cited], numbers: Mapping[Cited, int]) -> int | None:
    """Return the number of a source that is named by its text alone; `own` is what the goal itself cites."""
    if source is None:
        return None
    cited = next((one for one in own if one.source == source), None)
    return None if cited is None else numbers.get(cited)


def footnotes(numbers: Mapping[Cited, int]) -> tuple[Footnote, ...]:
    """Return the footnotes in order; only addresses of the web become links."""
    return tuple(Footnote(number, cited, web_link(cited.url)) for cited, number in numbers.items())


def web_link(url: str | None) -> str | None:
    """Return an address that is safe to follow; None for any other.

    >>> web_link("https://example.org/a"), web_link("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    known = url is not None and url.lower().startswith(("https://", "http://")) and url.isprintable()
    return url if known else None
