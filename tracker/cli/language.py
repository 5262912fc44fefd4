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
_HEADING = r"(?m)^\s*\["
_LOOKED_AT = 2**16
"""Characters at the beginning of a goals file among which its language is found without reading the rest."""


class _Reader:
    """The words in use; set once the command line is known and again once the file is.

    `chosen` is that they were asked for, `settled` that the goals file has had its say.
    """

    words: Words = ENGLISH
    chosen: bool = False
    settled: bool = False


def words() -> Words:
    """Return the words in use."""
    return _Reader.words


def text(sentence: str) -> str:
    """Return a sentence in the reader's language; for help, which is built before any file is read."""
    return _Reader.words.gettext(sentence)


def start(given: list[str]) -> None:
    """Choose the language before the goals file is read."""
    _Reader.chosen = _Reader.settled = False
    asked = (_option(given, "--lang"), os.environ.get(VARIABLE))
    named = next((each for each in asked if each in LANGUAGES), None)  # one that is refused is refused in the other
    if named is not None:
        _Reader.words, _Reader.chosen = catalogue(named), True
        return
    _Reader.words = catalogue(_locale())
    if not given or any(arg in {"-h", "--help"} for arg in given):
        settle(goals_option(given))


def from_file(declared: str | None) -> Words:
    """Return the words to use for a goals file: what was asked for, else what the file says."""
    _Reader.settled = True
    if not _Reader.chosen and declared in LANGUAGES and declared != _Reader.words.language:
        _Reader.words = catalogue(declared)
    return _Reader.words


def settle(goals: str | None) -> None:
    """Take the language of the goals file at hand where nobody has read it: for what is said without its goals.

    Help, errors met before it is read or while it is, and commands that do without it speak as all others do then.
    """
    if not (_Reader.chosen or _Reader.settled):
        from_file(_peeked(goals))


def goals_option(given: list[str]) -> str | None:
    """Return the goals file that a command line names."""
    return _option(given, "-f", "--goals")


def _option(given: list[str], *names: str) -> str | None:
    """Return what a command line gives for an option, before anybody has judged the command line."""
    for place, arg in enumerate(given):
        for name in names:
            if arg == name and place + 1 < len(given):
                return given[place + 1]
            joint = f"{name}=" if name.startswith("--") else name
            if arg.startswith(joint) and arg != name:
                return arg.removeprefix(joint)
    return None


def _peeked(goals: str | None) -> str | None:
    """Return the language of the goals file at hand; None where there is none, or it names none."""
    from tracker.errors import TrackerError
    from tracker.goals.find import find_goals

    try:
        with open(find_goals(goals, os.environ, "."), encoding="utf-8-sig", errors="replace") as file:  # noqa: PTH123
            found = re.search(_LINE, re.split(_HEADING, file.read(_LOOKED_AT), maxsplit=1)[0])
    except (OSError, ValueError, TrackerError):
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
