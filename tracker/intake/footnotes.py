"""What stands below a table: the meaning of marks, and of which periods the values are estimates or targets."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from tracker.intake.intended import is_plan, is_reached
from tracker.intake.spoken import Spoken, years_in
from tracker.intake.when import When, written
from tracker.model.actual import Quality
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARK = (
    r"[①-⑳㉑-㉟*＊†‡§]|[(（\[［]\s*(?:注\s*)?(?:[0-9]{1,2}|[a-z])\s*[)）\]］]|注\s*[0-9]{1,2}"
    r"|(?<![0-9A-Za-z米])[¹²³⁰⁴-⁹]+"
)
_MARKED = re.compile(rf"({_MARK})\s*[:：、.]?\s*((?:(?!{_MARK}).)+)")
_FLAG = re.compile(r"[(（\[［〔【]\s*([efp])\s*[)）\]］〕】]")
_FLAGS = {"e": Quality.ESTIMATE, "f": "forecast", "p": Quality.PROVISIONAL}
"""Letters as statistical offices write them behind a value or over a column."""
_FORM = re.compile(
    r"(?P<verb>(?:数据?|数值|各项数据|data|figures?|values?)?\s*(?:均|都|皆)?\s*(?:为|是|系|are|is|[:：])"
    r"\s*(?:an?\s|the\s)?)?\s*(?P<what>.+?)\s*(?:数据|数值|数字|数|值|\s(?:data|figures?|values?))?",
    re.IGNORECASE,
)
_WORDS = {
    Quality.PROVISIONAL: re.compile(
        r"初步(?:核算|核实|统计|测算)?|(?:统计)?快报|provisional|preliminary", re.IGNORECASE
    ),
    Quality.ESTIMATE: re.compile(r"预计|估计|预估|估算|(?:an?\s)?estimate[sd]?", re.IGNORECASE),
}
_SOFT = {
    Quality.PROVISIONAL: re.compile(r"初步|快报|provisional|preliminary", re.IGNORECASE),
    Quality.ESTIMATE: re.compile(r"预计|估计|预估|estimate", re.IGNORECASE),
}
_OPENING = re.compile(
    rf"^\s*(?:(?:注|说明|备注|notes?)\s*[0-9]*\s*[:：、.]?|[0-9]{{1,2}}\s*[.、)）]|{_MARK})\s*", re.IGNORECASE
)
_CLAUSES = re.compile(r"[;；。，]|,(?!\s*(?:19|20|21)[0-9]{2})|\.(?=\s|$)")
_OF = re.compile(r"^(?:(?:data|figures?|values?)\s+)?(?:(?:for|of|in)\s+)?", re.IGNORECASE)
_SUBJECT = re.compile(r"(?P<when>.*[0-9月度年])\s*(?P<said>\S.*)")
_AND = re.compile(r"\s*(?:[、,]|和|与|及|以及|\band\b)\s*")
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
_EXCEPT = re.compile(r"除|\bexcept\b", re.IGNORECASE)
_MARKED_CLAUSE = re.compile(rf"\s*(?:注\s*[:：]?\s*)?(?:{_MARK})")
_LONGEST = 400


class Said(NamedTuple):
    """What a table says of a value below it: how firm it is, or the words that call it a plan."""

    quality: Quality | None = None
    intended: str | None = None


class Footnotes(NamedTuple):
    """What marks mean, and what is said of the values of some periods, from some years on, or of nobody knows which.

    `doubts` are sentences that call something a plan, of the years in them.
    """

    marks: dict[str, str]
    periods: tuple[tuple[When, Said], ...]
    since: tuple[tuple[int, Said], ...] = ()
    doubts: tuple[Spoken, ...] = ()

    def doubt(self, when: When | str) -> str | None:
        """Return a sentence that may call a value of a period a plan."""
        return next((each.text for each in self.doubts if each.holds(when)), None)

    def note(self, mark: str) -> str:
        """Return what a mark means, beside it; the mark alone where nothing explains it."""
        return self.marks.get(mark, mark)

    def of(self, flags: str, marks: str, when: When | str) -> Said:
        """Return what is said of a value: by `flags` and all `marks` that it bears, or by its period.

        Where the table explains a letter its words decide: then (e) may be no more than the fifth note.
        """
        if not marks and not self.periods and not self.since:
            return _NOTHING
        explained = (self._said(mark) for mark in marks.split())
        letters = (_flagged(letter) for letter in _FLAG.finditer(flags) if letter[0] not in self.marks)
        found = written(when) if isinstance(when, str) else when
        dated = [said for of, said in self.periods if found is not None and _holds(of, found)]
        dated += [
            said for year, said in self.since if found is not None and found.year is not None and found.year >= year
        ]
        return next((said for said in chain(explained, letters, dated) if said != _NOTHING), _NOTHING)

    def _said(self, mark: str) -> Said:
        note = self.marks.get(mark)
        if note is None:
            return _NOTHING
        words = note.removeprefix(mark).strip()
        said = _meant(words, note)
        if said == _NOTHING and _FLAG.fullmatch(mark):  # a letter is there to say this
            quality = next((quality for quality, form in _SOFT.items() if form.search(words)), None)
            return Said(quality)
        return said


_NOTHING = Said()


def footnotes(texts: Sequence[str]) -> Footnotes:
    """Return what the lines under a table say.

    >>> found = footnotes(["注：①为目标数；②现价", "2024年为预计数"])
    >>> found.of("", "①", "2023年")
    Said(quality=None, intended='① 为目标数')
    >>> found.of("", "②", "2024年").quality.value
    'estimate'
    """
    marks: dict[str, str] = {}
    periods: list[tuple[When, Said]] = []
    since: list[tuple[int, Said]] = []
    doubts: list[Spoken] = []
    for text in texts:
        for mark, words in _MARKED.findall(text):
            plain = words.strip(" ;；,，。.")
            if plain:
                marks[mark] = f"{mark} {plain}"
        for clause in _CLAUSES.split(text) if len(text) <= _LONGEST else ():
            of, later = _periods(clause), _since(clause)
            periods += of
            since += later
            if not of and not later and _calls_a_plan(clause):
                years = frozenset[int]() if _EXCEPT.search(clause) else years_in(clause)
                doubts.append(Spoken("", clause.strip(), planned=True, years=years))
    return Footnotes(marks, tuple(periods), tuple(since), tuple(doubts))


def remark(text: str) -> Said:
    """Return what a note beside one value says of it, where it says nothing else.

    >>> remark("2025年目标数").intended, remark("预计数").quality.value, remark("按现价计算")
    ('2025年目标数', 'estimate', Said(quality=None, intended=None))
    """
    plain = text.strip(" 。.;；")
    subject = _SUBJECT.fullmatch(_OF.sub("", plain)) if len(plain) <= _LONGEST else None
    said = _meant(plain, text) if len(plain) <= _LONGEST else _NOTHING
    return _meant(subject["said"], text) if subject and said == _NOTHING else said


def _periods(clause: str) -> list[tuple[When, Said]]:
    """Return what a clause says of all values of some periods; nothing where it says more than that."""
    plain = _OF.sub("", _OPENING.sub("", _OPENING.sub("", clause.strip())))
    subject = _SUBJECT.fullmatch(plain)
    said = _meant(subject["said"], clause.strip(), as_sentence=True) if subject else _NOTHING
    if subject is None or said == _NOTHING:
        return []
    whens = [when for part in _AND.split(subject["when"].strip()) for when in _stretches(part)]
    return [(when, said) for when in whens if when is not None] if None not in whens else []


def _since(clause: str) -> list[tuple[int, Said]]:
    """Return what a clause says of all values from a year on: 2025年及以后为规划值."""
    plain = _OF.sub("", _OPENING.sub("", _OPENING.sub("", clause.strip())))
    found = _SINCE.match(plain)
    said = _meant(plain[found.end() :], clause.strip(), as_sentence=True) if found else _NOTHING
    return [] if found is None or said == _NOTHING else [(int(found["since"]), said)]


def _calls_a_plan(clause: str) -> bool:
    """Tell whether a clause ends by calling something a plan; what bears a mark of a note is told by the mark."""
    plain = clause.strip(" ;；,，。.")
    is_marked = _MARKED_CLAUSE.match(plain) is not None
    return _CALLS.search(plain) is not None and not is_reached(plain) and not is_marked


def _stretches(text: str) -> list[When | None]:
    span = _SPAN.fullmatch(text)
    if span is None:
        return [written(text)]
    return [written(str(year)) for year in range(int(span[1]), int(span[2]) + 1)]


def _meant(words: str, note: str, *, as_sentence: bool = False) -> Said:
    """Return what words say that say nothing else: 为预计数, 均为目标数, are provisional figures.

    Without a verb, 2025年目标 `as_sentence` may be a heading.
    """
    form = _FORM.fullmatch(words.strip(" ,，、"))
    what = form["what"] if form and (form["verb"] or not as_sentence) else ""
    if is_plan(what):
        return Said(intended=note)
    return Said(next((quality for quality, one in _WORDS.items() if one.fullmatch(what)), None))


def _flagged(letter: re.Match[str]) -> Said:
    meaning = _FLAGS[letter[1]]
    return Said(meaning) if isinstance(meaning, Quality) else Said(intended=f"{letter[0]} {meaning}")


def _holds(said: When, when: When) -> bool:
    """Tell whether what is said of a stretch holds for another: it lies within."""
    return said.year == when.year and said.first <= when.first and when.last <= said.last
