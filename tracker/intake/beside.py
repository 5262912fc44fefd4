"""What a table says beside a value: how firm it is, when it became public, where it is from."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.errors import say
from tracker.intake.clauses import NOTHING, remark
from tracker.intake.intended import is_intended, is_plan, is_reached
from tracker.intake.observed import observed
from tracker.intake.values import Refused
from tracker.intake.when import written
from tracker.model.actual import Quality
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_QUALITIES = {quality.value: quality for quality in Quality}
_QUALITIES |= dict.fromkeys(("最终", "最终核实", "核实", "年报"), Quality.FINAL)
_QUALITIES |= dict.fromkeys(("初步", "初步核算", "初步核实", "快报"), Quality.PROVISIONAL)
_QUALITIES |= dict.fromkeys(("预计", "估计", "预估"), Quality.ESTIMATE)
_QUALITIES |= dict.fromkeys(("撤回", "撤销"), Quality.RETRACTED)
_DASHES = frozenset("-–—－―/")


class Beside(NamedTuple):
    """What is said beside one value; None where nothing is. What is `intended` is no actual value."""

    quality: Quality | None = None
    published: date | None = None
    source: str | None = None
    url: str | None = None
    note: str | None = None
    recorded_at: datetime | None = None
    intended: str | None = None


def beside(more: Mapping[str, str]) -> Beside | Refused:
    """Return what the cells beside a value say, or why one of them is refused."""
    more = {name: "" if text.strip() in _DASHES else text for name, text in more.items()}
    quality = more.get("quality", "").strip().lower()
    if quality and quality not in _QUALITIES:
        what = say('"{text}" is not a quality', text=quality[:60])
        return Refused(what, say("write final, provisional, estimate or retracted"))
    text = more.get("published", "").strip()
    published = _day(text) if text else None
    if text and published is None:
        return Refused(say('"{text}" is not a day', text=text[:60]), say("write it as 2024-12-31"))
    source, url, note = (more.get(name, "").strip() or None for name in ("source", "url", "note"))
    scenario = more.get("scenario", "actual").strip()
    if is_quality(scenario):
        quality = quality or scenario.lower()
    elif is_intended(scenario):
        return Beside(intended=scenario)
    elif not is_reached(scenario):
        what = say('"{text}" beside the value may mean an actual value or a plan', text=scenario[:60])
        return Refused(what, say("write actual or plan (实际 or 计划) in the column {column}", column="scenario"))
    told = more.get("told", "").strip()
    if is_quality(told):
        quality = quality or told.lower()
    status = observed(more.get("status", ""))
    said = remark(note) if note is not None and not quality else NOTHING
    plan = told if is_plan(told) else status.said.intended or said.intended
    if plan is not None:
        return Beside(intended=plan)
    soft = status.said.quality or said.quality
    quality = quality or (soft.value if soft is not None else "")
    note = "; ".join(filter(None, (note, status.note))) or None
    moment = _moment(more["recorded_at"]) if "recorded_at" in more else None
    return Beside(_QUALITIES.get(quality), published, source, url, note, moment)


def is_quality(text: str) -> bool:
    """Tell whether a cell says how firm a value is."""
    return text.strip().lower() in _QUALITIES


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    when = written(text)
    return when.on if when is not None else None


def _moment(text: str) -> datetime | None:
    """Return when a ledger says that a line was recorded; it only serves to know the line again."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
