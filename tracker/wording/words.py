"""One language: it puts a `Say` into words and writes the quantities inside it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from tracker.errors import Say, say
from tracker.tuples import NamedTuple
from tracker.wording.quantity import (
    Amount,
    Exact,
    Likelihood,
    Points,
    Rate,
    Share,
    apart,
    exact,
    number,
    percents,
    whole_percents,
)


def _same(text: str) -> str:
    return text


def _english_plural(one: str, many: str, n: int) -> str:
    return one if n == 1 else many


class Words(NamedTuple):
    """The words of a language: `language` is "en" or "zh", the functions are those of its catalogue.

    `prose` words days and large numbers as running text has them; tables and data do without.
    """

    language: str = "en"
    gettext: Callable[[str], str] = _same
    ngettext: Callable[[str, str, int], str] = _english_plural
    prose: bool = False

    def __call__(self, sentence: Say) -> str:
        """Return a sentence in this language, its places filled."""
        if sentence.plural is not None:
            count = sentence.args.get("n", 0)
            text = self.ngettext(sentence.text, sentence.plural, count if isinstance(count, int) else 0)
        else:
            text = self.gettext(sentence.text)
        return (
            text.format_map({key: self.put(value) for key, value in sentence.args.items()}) if sentence.args else text
        )

    def text(self, sentence: str, plural: str | None = None, /, **args: object) -> str:
        """Return a sentence in this language; the shorthand of `self(say(…))`."""
        return self(Say(sentence, args, plural))

    def renamed(self, labels: Mapping[str, str]) -> "Words":
        """Return these words with labels of the reader's own in place of terms, by the English term.

        In Chinese a term is one word that means nothing else, so it is renamed inside sentences as well.
        """
        if not labels:
            return self
        import re

        own = {self.gettext(term): label for term, label in labels.items()}
        inside = re.compile("|".join(map(re.escape, own)) if self.language == "zh" else r"(?!)")

        def put(text: str) -> str:
            return inside.sub(lambda found: own[found[0]], text)

        return Words(
            self.language,
            lambda text: labels[text] if text in labels else put(self.gettext(text)),
            lambda one, many, n: put(self.ngettext(one, many, n)),
        )

    def put(self, value: object) -> str:  # noqa: C901, PLR0911, PLR0912  one line for each kind of value
        """Return a value as it stands inside a sentence."""
        match value:
            case Say():
                return self(value)
            case Amount(amount, unit, other):
                return _with_unit(self._compact(amount, unit) or apart(amount, other), unit)
            case Exact(amount, unit):
                return _with_unit(exact(amount), unit)
            case Points(amount, unit):
                text = self._compact(amount, unit) or number(amount)
                return _with_unit(text, self(say("pp")) if unit == "%" else unit)
            case Rate():
                return self.rate(value)
            case Share(share, decimals):
                return f"{percents(share, decimals)} %"
            case Likelihood(chance):
                return f"{whole_percents(chance)} %"
            case datetime():
                return value.strftime("%Y-%m-%d %H:%M UTC")
            case date():
                return self._day(value)
            case bool() | int():
                return str(value)
            case float():
                return number(value)
            case None:
                return "–"
            case _:
                return str(value)

    def _compact(self, value: float, unit: str | None) -> str | None:
        if not self.prose:
            return None
        from tracker.wording.local import compact

        return compact(value, unit, self.language)

    def _day(self, day: date) -> str:
        if not self.prose:
            return day.isoformat()
        from tracker.wording.local import long_day

        return long_day(day, self.language)

    def rate(self, value: Rate) -> str:
        """Return a growth rate with its unit, such as 1.75 → 6.25 pp/year."""
        scale, unit = self.unit_of_rate(value.unit)

        def one(rate: float | None) -> str:
            return "–" if rate is None else number(rate * scale)

        figures = f"{one(value.value)} → {one(value.to)}" if value.arrow else one(value.value)
        return f"{figures}{'' if unit.startswith('/') else ' '}{unit}"

    def unit_of_rate(self, unit: str) -> tuple[float, str]:
        """Return what a rate is multiplied by for people, and its unit in words."""
        amount, _, per = unit.rpartition("/")
        time = {"year": say("year"), "month": say("month"), "day": say("day")}[per]
        if amount == "fraction":
            return 100.0, f"%/{self(time)}"
        return 1.0, f"{self(say('pp')) if amount == 'pp' else amount}/{self(time)}"


def _with_unit(text: str, unit: str | None) -> str:
    return f"{text} {unit}" if unit else text


ENGLISH = Words()
