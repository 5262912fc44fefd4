"""A chart drawn: SVG that follows light and dark, and PNG; both from its Vega-Lite specification."""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING

from tracker.errors import Unreachable, say
from tracker.render.extras import needing
from tracker.render.plain import shown
from tracker.render.vegalite import DARK, FONT, QUIET, SMALL, spec

if TYPE_CHECKING:
    from tracker.render.vegalite import Spec
    from tracker.views.chart import Chart

VEGA_LITE = "6.4"
"""The release of Vega-Lite that draws; the library brings several."""
FAMILIES = "system-ui,'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
PNG_FAMILIES = "'Noto Sans CJK SC','Noto Sans',sans-serif"
PNG_SCALE = 2
FONT_PACKAGE = "fonts-noto-cjk"

_TAG = re.compile(r"<[^>]*>")
_NEEDLESS = re.compile(
    r' (?:aria-hidden|aria-roledescription|role|class|pointer-events|version|xmlns:xlink|stroke-miterlimit)="[^"]*"'
    r'| (?:opacity|stroke-width|fill-opacity|stroke-opacity)="1"'
    r'| (?:x2|y2|x1|y1)="0"| transform="translate\(0,0\)"| stroke-dasharray="(?:1,0)?"'
)
_DECIMALS = re.compile(r"(\d\.\d)\d+")
_EMPTY = re.compile(r'<path[^>]*(?: d="(?:|M0,0h0v0h0Z)"|display="none")[^>]*/>')
_DOT = re.compile(r'<path transform="translate\(([\d.-]+),([\d.-]+)\)" d="M([\d.]+),0A[^Z"]*" fill="([^"]+)"[^>]*/>')
_GROUP = re.compile(r"<g>|<g [^>]*>|</g>")
_UNSEEN = re.compile(r'<path d="M[-\d.,hvZ]*"/>')
_ROOT = re.compile(r'<svg[^>]*width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"[^>]*>')
_MARK, _MARKED = "@{}@", re.compile(r"@(\d{1,3})@")


_QUIET_TEXT = re.compile(rf'(<text[^>]*) fill="{QUIET}"')


def inline_svg(chart: Chart, name: str) -> str:
    """Return the drawing as an element of a page, whose styles give it fonts and colours.

    `name` makes the ids of its title and description unique there.
    """
    made = _drawn(spec(chart, alone=False)).replace(f' font-family="{FONT}"', "")
    made = made.replace(f' font-size="{SMALL}px"', "")
    made = _QUIET_TEXT.sub(r"\1", made)  # hundreds of charts repeat it, so the page's styles say it once
    return _ROOT.sub(lambda found: _opening(chart, found, name, ""), made, count=1)


def whole_svg(chart: Chart) -> str:
    """Return the drawing as a file of its own, which any browser shows in its light or dark colours."""
    made = _drawn(spec(chart)).replace(f'font-family="{FONT}"', f'font-family="{FAMILIES}"')
    style = f"<style>:root{{color-scheme:light dark}}@media (prefers-color-scheme:dark){{{dark_rules()}}}</style>"

    def opening(found: re.Match[str]) -> str:
        size = f'width="{found["width"]}" height="{found["height"]}" '
        return _opening(chart, found, "chart", size) + style

    return _ROOT.sub(opening, made, count=1) + "\n"


def dark_rules(prefix: str = "") -> str:
    """Return the style rules that turn a drawing's colours into those of a dark page."""
    return "".join(
        f'{prefix}[{place}="{light}"]{{{place}:{dark}}}' for light, dark in DARK.items() for place in ("fill", "stroke")
    )


def _opening(chart: Chart, found: re.Match[str], name: str, size: str) -> str:
    title, about = escape(shown(chart.title)), escape(shown(chart.about))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}viewBox="0 0 {found["width"]} {found["height"]}" role="img" '
        f'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{title}</title><desc id="{name}-d">{about}</desc>'
    )


def png(chart: Chart) -> bytes:
    """Return the drawing as a PNG on white.

    Raises:
        Unreachable: no font here has the signs of its texts, which would come out as boxes.
    """
    vl_convert = needing("vl_convert")
    made = spec(chart)
    _check_fonts(chart, made)
    svg = _drawn(made).replace(f'font-family="{FONT}"', f'font-family="{PNG_FAMILIES}"')
    white = _ROOT.sub(lambda found: found[0] + '<rect width="100%" height="100%" fill="#fff"/>', svg, count=1)
    return bytes(vl_convert.svg_to_png(white, scale=PNG_SCALE))


def _check_fonts(chart: Chart, made: Spec) -> None:
    """Refuse a PNG whose texts have signs that no font on this machine can draw."""
    texts = json.dumps([made, chart.unit], ensure_ascii=False)
    missing = sorted({sign for sign in texts if not sign.isascii() and sign.isalpha() and not _has_font(sign)})
    if missing:
        raise Unreachable(
            say("no font on this machine has {signs}: a PNG would show boxes", signs="".join(missing[:8])),
            say("`apt install {package}`, or write .svg, which takes the reader's fonts", package=FONT_PACKAGE),
        )


def _has_font(sign: str) -> bool:
    """Tell whether a sign is drawn otherwise than one that no font has."""
    return _sample(sign) != _sample("\U000f0000")


def _sample(sign: str) -> bytes:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text y="16" font-family="{PNG_FAMILIES}">'
    return bytes(needing("vl_convert").svg_to_png(f"{head}{sign}</text></svg>"))


def _drawn(made: Spec) -> str:
    """Return the drawing of a specification, without what a reader does not see.

    The widths of Chinese texts are dear to measure and nothing here depends on them, except in a key: all other
    texts are short marks while it is drawn.
    """
    texts: list[str] = []
    marked = _marked(made, texts)
    svg = str(needing("vl_convert").vegalite_to_svg(json.dumps(marked), vl_version=VEGA_LITE))
    svg = _TAG.sub(lambda found: _DECIMALS.sub(r"\1", _NEEDLESS.sub("", found[0])), _EMPTY.sub("", svg))
    svg = _DOT.sub(r'<circle cx="\1" cy="\2" r="\3" fill="\4"/>', _ungrouped(_UNSEEN.sub("", svg)))
    return _MARKED.sub(lambda found: escape(texts[int(found[1])]) if int(found[1]) < len(texts) else found[0], svg)


def _ungrouped(svg: str) -> str:
    """Return a drawing without the groups that say nothing of what is in them.

    >>> _ungrouped('<g fill="none"><g><a/></g></g>')
    '<g fill="none"><a/></g>'
    """
    kept: list[bool] = []

    def decided(found: re.Match[str]) -> str:
        if found[0] == "</g>":
            return "</g>" if kept.pop() else ""
        kept.append(found[0] != "<g>")
        return found[0] if kept[-1] else ""

    return _GROUP.sub(decided, svg)


def _marked(made: Spec, texts: list[str]) -> Spec:
    """Return a specification with short marks for the names in its data and for the titles of axes."""

    def mark(text: str) -> str:
        if text not in texts:
            texts.append(text)
        return _MARK.format(texts.index(text))

    def walked(part: object, key: str = "") -> object:
        match part:
            case dict():
                return {name: walked(value, name) for name, value in part.items()}
            case list():
                return [walked(value, key) for value in part]
            case str() if key in {"label", "text", "subtitle"} or (key == "title" and part):
                return mark(part)
            case _:
                return part

    return {**made, **{name: walked(made[name], name) for name in ("layer", "title") if name in made}}
