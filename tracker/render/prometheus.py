"""Gauges in Prometheus' text format, version 0.0.4, which node exporter reads from files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.render.plain import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.views.gauges import Gauge

_HELP = str.maketrans({"\\": r"\\", "\n": r"\n"})
_LABEL = str.maketrans({"\\": r"\\", "\n": r"\n", '"': r"\""})


def prometheus_text(gauges: Iterable[Gauge]) -> str:
    r"""Return gauges as text, each with its HELP and TYPE.

    >>> from tracker.views.gauges import Gauge
    >>> print(prometheus_text([Gauge("x_ratio", "A part.", [({"goal": 'a"b'}, 0.5)])]), end="")
    # HELP x_ratio A part.
    # TYPE x_ratio gauge
    x_ratio{goal="a\"b"} 0.5
    """
    lines = []
    for one in gauges:
        lines += [f"# HELP {one.name} {one.help.translate(_HELP)}", f"# TYPE {one.name} gauge"]
        lines += [f"{one.name}{_labels(labels)} {_number(value)}" for labels, value in one.samples]
    return "".join(f"{line}\n" for line in lines)


def _labels(labels: Mapping[str, str]) -> str:
    inside = ",".join(f'{name}="{shown(text).translate(_LABEL)}"' for name, text in labels.items())
    return f"{{{inside}}}" if inside else ""


def _number(value: float) -> str:
    return repr(value).removesuffix(".0")
