"""A report and a chart as pages of their own: no network, no scripts; and the report as Markdown."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tracker import __version__
from tracker.assess.figures import BEST_FIRST
from tracker.render.drawing import dark_rules, inline_svg
from tracker.render.extras import needing
from tracker.render.glyphs import UNICODE
from tracker.render.markdown import escaped, markdown
from tracker.render.plain import shown
from tracker.render.vegalite import STROKES, short
from tracker.wording.languages import CUSTOMS, Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tracker.views.chart import Chart
    from tracker.views.report import Report
    from tracker.views.table import Table
    from tracker.wording.words import Words

TEMPLATES = Path(__file__).parent.parent / "templates"
LONGEST_LABEL = 60


def report_page(report: Report, words: Words, drawn: Callable[[], None] = lambda: None) -> str:
    """Return the report as one page; `drawn` is called after each chart, for those who wait."""

    def draw(chart: Chart, name: str) -> Any:  # noqa: ANN401  jinja's own type
        made = _safe(inline_svg(chart, name).replace("<svg ", '<svg class="c" ', 1))
        drawn()
        return made

    return _page("report.html", words, draw, report=report)


def chart_page(chart: Chart, words: Words) -> str:
    """Return a chart as a page of its own."""

    def draw(one: Chart, name: str) -> Any:  # noqa: ANN401  jinja's own type
        return _safe(inline_svg(one, name).replace("<svg ", '<svg class="c" ', 1))

    language = CUSTOMS[Language(words.language)].tag
    return _page("chart.html", words, draw, chart=chart, language=language)


def report_markdown(report: Report, words: Words) -> str:
    """Return the report as Markdown, for git and mail; every text is escaped as it is put in."""
    environment = _environment(markdown_too=True)

    def note(number: int | None) -> Any:  # noqa: ANN401  jinja's own type
        return _safe("" if number is None else f"[^{number}]")

    def table(one: Table) -> Any:  # noqa: ANN401  jinja's own type
        return _safe(markdown(one))

    text = environment.get_template("report.md").render(
        _=words.text,
        report=report,
        glyph=UNICODE.status,
        note=note,
        table=table,
        link=lambda url: _safe(_plain_url(url)),
    )
    return str(text).rstrip() + "\n"


def _plain_url(url: str) -> str:
    """Return an address without what would end it in Markdown."""
    return quote(url, safe=":/?#[]@!$&'()*+,;=%~-._")


def _page(template: str, words: Words, draw: Callable[[Chart, str], Any], **more: object) -> str:
    environment = _environment(markdown_too=False)
    style = _safe(environment.get_template("page.css").render(statuses=BEST_FIRST, dark=_safe(dark_rules("svg "))))
    return str(
        environment.get_template(template).render(
            _=words.text,
            glyph=UNICODE.status,
            draw=draw,
            legend=legend,
            pens=STROKES,
            style=style,
            version=__version__,
            anchor=lambda goal: f"goal-{quote(goal, safe='')}".replace("%", "_"),
            percent=lambda share: f"{min(max(share, 0.0), 1.0) * 100:.0f}",
            **more,
        )
    )


def legend(chart: Chart) -> Iterator[tuple[str, str]]:
    """Yield what each stroke of a chart is: its kind and its name."""
    named = {line.key: line.name for line in reversed(chart.lines)}
    if chart.aim is not None:
        named.setdefault("target", chart.aim.name)
    if chart.fan is not None:
        named["fan"] = chart.fan.name
    for key, name in named.items():
        yield key, short(name, LONGEST_LABEL)


@cache
def _environment(*, markdown_too: bool) -> Any:  # noqa: ANN401  jinja's own type
    """Return where templates come from; what they are given is made harmless as it is put in."""
    jinja2 = needing("jinja2")
    markup = needing("markupsafe").Markup

    def harmless(value: object) -> object:
        if isinstance(value, markup):
            return value
        text = "" if value is None else str(value)
        return markup(escaped(text)) if markdown_too else shown(text)

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=harmless,
        undefined=jinja2.StrictUndefined,
        trim_blocks=False,
        keep_trailing_newline=True,
    )


def _safe(text: str) -> Any:  # noqa: ANN401  jinja's own type
    return needing("markupsafe").Markup(text)
