"""The reader's language: --lang, TRACKER_LANG, the file, the locale, in this order."""

from __future__ import annotations

import os
import re

from tracker.wording.languages import Language
from tracker.wording.words import ENGLISH, Words

LANGUAGES = tuple(one.value for one in Language)
OFFERED = "|".join(LANGUAGES)
VARIABLE = "TRACKER_LANG"
_LINE = rf'(?m)^\s*language\s*=\s*["\']({OFFERED})["\']'


class _Reader:
    """The words in use; set once the command line is known and again once the file is."""

    words: Words = ENGLISH
    chosen: bool = False


def words() -> Words:
    """Return the words in use."""
    return _Reader.words


def text(sentence: str) -> str:
    """Return a sentence in the reader's language; for help, which is built before any file is read."""
    return _Reader.words.gettext(sentence)


def start(given: list[str]) -> None:
    """Choose the language before the goals file is read."""
    asked = (_option(given), os.environ.get(VARIABLE))
    named = next((each for each in asked if each in LANGUAGES), None)  # one that is refused is refused in the other
    if named is not None:
        _Reader.words, _Reader.chosen = catalogue(named), True
        return
    helping = not given or any(arg in {"-h", "--help"} for arg in given)
    peeked = _peeked(given) if helping else None
    _Reader.words = catalogue(peeked or _locale())


def from_file(declared: str | None) -> Words:
    """Return the words to use for a goals file: what was asked for, else what the file says."""
    if not _Reader.chosen and declared in LANGUAGES and declared != _Reader.words.language:
        _Reader.words = catalogue(declared)
    return _Reader.words


def _option(given: list[str]) -> str | None:
    for place, arg in enumerate(given):
        if arg == "--lang" and place + 1 < len(given):
            return given[place + 1]
        if arg.startswith("--lang="):
            return arg.removeprefix("--lang=")
    return None


def _peeked(given: list[str]) -> str | None:
    """Return the language of the goals file at hand, for the help texts; None where there is none."""
    from tracker.errors import TrackerError
    from tracker.goals.find import find_goals

    try:
        named = next((given[i + 1] for i, arg in enumerate(given[:-1]) if arg in {"-f", "--goals"}), None)
        with open(find_goals(named, os.environ, "."), encoding="utf-8", errors="replace") as file:  # noqa: PTH123
            found = re.search(_LINE, file.read(4096))
    except (OSError, TrackerError):
        return None
    return found[1] if found else None


def _locale() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return next((one for one in LANGUAGES if value.lower().startswith(one)), Language.EN.value)
    return Language.EN.value


def catalogue(language: str) -> Words:
    """Return the words of a language; English needs no catalogue."""
    if language == "en":
        return ENGLISH
    from tracker.cli.catalogue import Catalogue

    path = os.path.join(os.path.dirname(os.path.dirname(__file__)), "locale", language, "LC_MESSAGES", "tracker.mo")  # noqa: PTH118, PTH120
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            found = Catalogue(file.read())
    except FileNotFoundError:
        return Words(language)
    return Words(language, found.gettext, found.ngettext)
