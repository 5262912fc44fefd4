"""What stands below a table: the meaning of marks, and of which values it says that they are estimates or targets."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from tracker.intake.clauses import (
    BEARS,
    LONGEST,
    MARK,
    NOTHING,
    Claim,
    Said,
    calls_a_plan,
    claims,
    is_of_a_mark,
    meaning,
    remark,
)
from tracker.intake.spoken import Spoken, years_in
from tracker.intake.when import When, written
from tracker.model.actual import Quality
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKED = re.compile(rf"({MARK})\s*[:：、.]?\s*((?:(?!{MARK}).)+)")
_BEARING = re.compile(r"^[\"”’'」』]?\s*号?\s*(?:[的者]|(?=表示|代表))\s*")
"""What stands between a mark and what is said of the values that bear it: 带*的, 标“*”者, *号表示."""
_NEXT_MARK = re.compile(rf"[;；,，、。\s]+(?:其中)?{BEARS}$")
"""What leads to the next mark, at the end of what is said of one."""
_FLAG = re.compile(r"[(（\[［〔【]\s*([efp])\s*[)）\]］〕】]")
_FLAGS = {"e": Quality.ESTIMATE, "f": "forecast", "p": Quality.PROVISIONAL}
"""Letters as statistical offices write them behind a value or over a column."""
_SOFT = {
    Quality.PROVISIONAL: re.compile(r"初步|快报|provisional|preliminary", re.IGNORECASE),
    Quality.ESTIMATE: re.compile(r"预计|估计|预估|estimate", re.IGNORECASE),
}
_CLAUSES = re.compile(r"[;；。，]|,(?!\s*(?:19|20|21)[0-9]{2})|\.(?=\s|$)")
_EXCEPT = re.compile(r"除|\bexcept\b", re.IGNORECASE)


class Borne(NamedTuple):
    """The marks of notes that a value bears, each list parted by blanks: its own with those over it, its label's."""

    own: str
    label: str

    @property
    def every(self) -> list[str]:
        """Return all of them."""
        return [*self.own.split(), *self.label.split()]


class Footnotes(NamedTuple):
    """What marks mean, and what is said of values.

    `doubts` are sentences that call something a plan, of the years in them.
    """

    marks: dict[str, str]
    claims: tuple[Claim, ...] = ()
    doubts: tuple[Spoken, ...] = ()

    def doubt(self, borne: Borne, when: When | str) -> str | None:
        """Return a sentence that may call a value a plan: that of a mark which it bears, or of its period."""
        unread = (self.marks[mark] for mark in borne.every if mark in self.marks and self._said(mark) == NOTHING)
        own = (note for note in unread if any(map(calls_a_plan, _CLAUSES.split(note))))
        return next(chain(own, (each.text for each in self.doubts if each.holds(when))), None)

    def note(self, mark: str) -> str:
        """Return what a mark means, beside it; the mark alone where nothing explains it."""
        return self.marks.get(mark, mark)

    def of(self, borne: Borne, label: str, when: When | str) -> Said:
        """Return what is said of a value: by a mark that it bears, or of its label and period.

        Where the table explains a letter its words decide: then (e) may be no more than the fifth note. Letters of a
        label are notes of the label.
        """
        if not self.claims and not borne.own and not borne.label:
            return NOTHING
        explained = (self._said(mark) for mark in borne.every)
        letters = (_flagged(letter) for letter in _FLAG.finditer(borne.own) if letter[0] not in self.marks)
        period = written(when) if isinstance(when, str) else when
        below = (each.said for each in self.claims if each.holds(label, period))
        return next((said for said in chain(explained, letters, below) if said != NOTHING), NOTHING)

    def _said(self, mark: str) -> Said:
        note = self.marks.get(mark)
        if note is None:
            return NOTHING
        words = _BEARING.sub("", note.removeprefix(mark).strip())
        said = meaning(_CLAUSES.split(words)[0], note)  # what comes behind says more of the same: 为预计数，按现价计算
        if said == NOTHING and _FLAG.fullmatch(mark):  # a letter is there to say this
            quality = next((quality for quality, form in _SOFT.items() if form.search(words)), None)
            return Said(quality)
        return said


def footnotes(texts: Sequence[str], *, of_one_period: bool, may_head: bool = True) -> Footnotes:
    """Return what the lines under a table say, which may be `of_one_period`: then a label alone tells which values.

    Lines that `may_head` another table need a verb.

    >>> found = footnotes(["注：①为目标数；②现价", "2024年为预计数"], of_one_period=False)
    >>> found.of(Borne("①", ""), "产值", "2023年")
    Said(quality=None, intended='① 为目标数')
    >>> found.of(Borne("②", ""), "产值", "2024年").quality.value
    'estimate'
    """
    marks: dict[str, str] = {}
    said: list[Claim] = []
    doubts: list[Spoken] = []
    for text in texts:
        for mark, words in _MARKED.findall(text):
            plain = _NEXT_MARK.sub("", words).strip(" ;；,，。.")
            if plain:
                marks[mark] = f"{mark} {plain}"
        for clause in _CLAUSES.split(text) if len(text) <= LONGEST else ():
            of_mark = is_of_a_mark(clause)
            found = [*claims(clause, may_head=may_head)]
            said += [each for each in found if each.dated or not (of_mark or (each.names and not of_one_period))]
            if not found and not of_mark and calls_a_plan(clause):
                years = frozenset[int]() if _EXCEPT.search(clause) else years_in(clause)
                doubts.append(Spoken("", clause.strip(), planned=True, years=years))
    return Footnotes(marks, tuple(said), tuple(doubts))


@lru_cache(maxsize=4096)
def remarks(text: str, *, of_one_period: bool) -> Footnotes:
    """Return what a remark says of the values that it stands beside, which may be `of_one_period`.

    >>> remarks("2024年为预计数", of_one_period=False).of(Borne("", ""), "产值", "2024年").quality.value
    'estimate'
    >>> remarks("初步核算", of_one_period=False).claims
    ()
    """
    found = footnotes([text], of_one_period=of_one_period, may_head=False)
    said = NOTHING if found.claims or found.doubts else remark(text)
    if said != NOTHING and of_one_period:
        return Footnotes({}, (Claim(said),))
    return Footnotes({}, doubts=(Spoken("", text, planned=True),)) if said.intended is not None else found


def speaks_of_values(text: str, *, of_one_period: bool) -> bool:
    """Tell whether a remark says of the values that it stands beside how firm they are, or that they may be plans."""
    said = remarks(text, of_one_period=of_one_period)
    return bool(said.claims or said.doubts)


def _flagged(letter: re.Match[str]) -> Said:
    meaning_of = _FLAGS[letter[1]]
    return Said(meaning_of) if isinstance(meaning_of, Quality) else Said(intended=f"{letter[0]} {meaning_of}")
