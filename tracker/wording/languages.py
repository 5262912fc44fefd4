"""The languages tracker speaks, and what each asks for beside its catalogue: a new one is one more entry in each."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from tracker.tuples import NamedTuple


class Language(StrEnum):
    """A language, by what people write for it."""

    EN = "en"
    ZH = "zh"


class Customs(NamedTuple):
    """How a language writes: its tag in a page, and what Babel needs for its days and numbers.

    A number is easier to read in millions, or in 万 and 亿, from `large` on.
    """

    tag: str
    locale: str
    large: float
    style: Literal["short", "long"]


CUSTOMS = {
    Language.EN: Customs("en", "en_GB", 1e6, "long"),
    Language.ZH: Customs("zh-CN", "zh_Hans_CN", 1e5, "short"),  # Chinese has one style only
}
