"""A clause below a table: of which values it speaks, and what it says of them, as in 2024年地区生产总值为初步核算数."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.intake.intended import is_plan, is_reached
from tracker.intake.labels import meant, plain_name
from tracker.intake.when import When, written
from tracker.model.actual import Quality
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = (
    r"[①-⑳㉑-㉟*＊†‡§]|[(（\[［]\s*(?:注\s*)?(?:[0-9]{1,2}|[a-z])\s*[)）\]］]|注\s*[0-9]{1,2}"
    r"|(?<![0-9A-Za-z米])[¹²³⁰⁴-⁹]+"
)
"""A mark of a note."""
BEARS = r"(?:[带标加打注凡]有?\s*)?[\"“‘「『]?"
"""What may stand before a mark in a sentence: 带*的, 标“*”者."""
LONGEST = 400

_BE = r"(?:为|是|系|表示|代表|\bare\b|\bis\b|\bdenotes?\b|\bindicates?\b|\bmeans?\b|[:：=])"
_ALL_OF = r"(?:数据?|数值|数字|各项数据|data|figures?|values?)"
_FORM = re.compile(
    rf"(?P<verb>{_ALL_OF}?\s*(?:均|都|皆)?\s*{_BE}\s*(?:an?\s|the\s)?)?\s*(?P<what>.+?)"
    r"\s*(?:数据|数值|数字|数|值|\s(?:data|figures?|values?))?",
    re.IGNORECASE,
)
_WORDS = {
    Quality.PROVISIONAL: re.compile(
        r"初步(?:核算|核实|统计|测算)?|(?:统计)?快报|provisional|preliminary", re.IGNORECASE
    ),
    Quality.ESTIMATE: re.compile(r"预计|估计|预估|估算|(?:an?\s)?estimate[sd]?", re.IGNORECASE),
}
_OPENING = re.compile(
    rf"^\s*(?:(?:注|说明|备注|notes?)\s*[0-9]*\s*[:：、.]?|[0-9]{{1,2}}\s*[.、)）]|{MARK})\s*", re.IGNORECASE
)
_OF = re.compile(rf"^(?:{_ALL_OF}\s+)?(?:(?:for|of|in)\s+)?", re.IGNORECASE)
_SUBJECT = re.compile(r"(?P<when>.*[0-9月度年])\s*(?P<said>\S.*)")
_NAMED = re.compile(rf"(?P<names>.{{1,80}}?)\s*(?P<said>(?:均|都|皆)?\s*{_BE}.+)", re.IGNORECASE)
_ALL = re.compile(
    rf"(?:本|表|公报|资料|中|内|上述|以上|所有|全部|各项|指标|统计|的|all|these|the|\s)*{_ALL_OF}?", re.IGNORECASE
)
"""Whatever is meant by it is every value: 本公报中数据, 表中各项指标, all figures."""
_AND = re.compile(r"\s*(?:[、,]|和|与|及|以及|\band\b)\s*")
_OURS = re.compile(rf"^(?:[全本我][国省市州区县])?的?|(?:的?|\s){_ALL_OF}$", re.IGNORECASE)
_SPAN = re.compile(r"((?:19|20|21)[0-9]{2})年?\s*[-~—–－至到]\s*((?:19|20|21)[0-9]{2})年?")
_SINCE = re.compile(
    r"(?P<since>(?:19|20|21)[0-9]{2})\s*年?\s*(?:及其?(?:以后|之后)|以后|之后|起|开始|\+|(?:and\s+)?(?:onwards?|later|beyond))",
    re.IGNORECASE,
)
_CALLS = re.compile(
    r"(?:为|是|系|\bare\b|\bis\b)(?P<what>[^为是系]*?(?:目标|计划|规划|预测|预期|targets?|plans?|forecasts?|projections?))"
    r"(?:数据|数值|安排数|数|值)?\s*(?:\([^()]*\)|（[^（）]*）)?$",
    re.IGNORECASE,
)
"""A sentence that calls something a plan, with more words than are understood: what it calls so is asked about."""
_MARKED = re.compile(rf"\s*(?:注\s*[:：]?\s*)?{BEARS}(?:{MARK})")


class Said(NamedTuple):
    """What a table says of a value below it: how firm it is, or the words that call it a plan."""

    quality: Quality | None = None
    intended: str | None = None


NOTHING = Said()


class Claim(NamedTuple):
    """What is said of some values: those of a period, of a year and all later ones, or of all; of some labels or all.

    `dated` tells whether it names periods.
    """

    said: Said
    when: When | None = None
    since: int | None = None
    names: tuple[str, ...] = ()

    @property
    def dated(self) -> bool:
        """Tell whether it speaks of some periods only."""
        return self.when is not None or self.since is not None

    def holds(self, label: str, when: When | None) -> bool:
        """Tell whether it speaks of the value of a label in a period."""
        if self.names and not any(name in self.names for name, _ in meant(label).names):
            return False
        if self.since is not None:
            return when is not None and when.year is not None and when.year >= self.since
        if self.when is None:
            return True
        within = when is not None and self.when.first <= when.first and when.last <= self.when.last
        return within and when is not None and self.when.year == when.year


def claims(clause: str, *, may_head: bool = True) -> Iterator[Claim]:
    """Yield what a clause says of values; nothing where it says more than is understood.

    One that `may_head` something needs a verb: 2025年目标 is none then.

    >>> [each.names for each in claims("注：2024年全市地区生产总值、城镇化率为初步核算数")]
    [('地区生产总值', '城镇化率')]
    >>> [each.when for each in claims("本公报数据均为初步统计数")]
    [None]
    """
    plain = _OF.sub("", _OPENING.sub("", _OPENING.sub("", clause.strip())))
    later = _SINCE.match(plain)
    if later is not None:
        yield from _named(plain[later.end() :], clause, Claim(NOTHING, since=int(later["since"])), may_head=may_head)
        return
    subject = _SUBJECT.fullmatch(plain)
    whens = [*_stretches(subject["when"])] if subject else []
    if subject is not None and whens and None not in whens:
        for when in whens:
            yield from _named(subject["said"], clause, Claim(NOTHING, when=when), may_head=may_head)
    elif subject is None:
        yield from _named(plain, clause, Claim(NOTHING), may_head=may_head)


def _named(words: str, clause: str, of: Claim, *, may_head: bool) -> Iterator[Claim]:
    """Yield a claim with what the words say: of every value, or of those of the labels that they name first.

    A plan has to be all that is said, of a period: to pass over what nobody called so loses values.
    """
    said = meaning(words, clause.strip(), as_sentence=may_head)
    if said != NOTHING and of.dated:
        yield of._replace(said=said)
        return
    found = _NAMED.fullmatch(words)
    said = meaning(found["said"], clause.strip(), as_sentence=True) if found else NOTHING
    if found is None or said.quality is None:
        return
    names = found["names"].strip()
    if _ALL.fullmatch(names):
        yield of._replace(said=said)
        return
    labels = tuple(plain_name(_OURS.sub("", part)) for part in _AND.split(names))
    if all(labels):
        yield of._replace(said=said, names=labels)


def _stretches(text: str) -> Iterator[When | None]:
    for part in _AND.split(text.strip()):
        span = _SPAN.fullmatch(part)
        years = range(int(span[1]), int(span[2]) + 1) if span else ()
        yield from map(written, map(str, years)) if span else (written(part),)


def calls_a_plan(clause: str) -> bool:
    """Tell whether a clause ends by calling something a plan, and not what has been reached."""
    plain = clause.strip(" ;；,，。.")
    return _CALLS.search(plain) is not None and not is_reached(plain)


def is_of_a_mark(clause: str) -> bool:
    """Tell whether a clause is the note of a mark: what bears it is told by the mark."""
    return _MARKED.match(clause.strip(" ;；,，。.")) is not None


def meaning(words: str, note: str, *, as_sentence: bool = False) -> Said:
    """Return what words say that say nothing else: 为预计数, 均为目标数, are provisional figures.

    Without a verb, 2025年目标 `as_sentence` may be a heading. `note` are the words to repeat.
    """
    form = _FORM.fullmatch(words.strip(" ,，、"))
    what = form["what"] if form and (form["verb"] or not as_sentence) else ""
    if is_plan(what):
        return Said(intended=note)
    return Said(next((quality for quality, one in _WORDS.items() if one.fullmatch(what)), None))


def remark(text: str) -> Said:
    """Return what a note beside one value says of it, where it says nothing else.

    >>> remark("2025年目标数").intended, remark("预计数").quality.value, remark("按现价计算")
    ('2025年目标数', 'estimate', Said(quality=None, intended=None))
    """
    if len(text) > LONGEST:
        return NOTHING
    plain = text.strip(" 。.;；")
    subject = _SUBJECT.fullmatch(_OF.sub("", plain))
    said = meaning(plain, text)
    return meaning(subject["said"], text) if subject and said == NOTHING else said
