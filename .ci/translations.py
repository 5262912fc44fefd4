"""Check that every sentence is translated: python .ci/translations.py, with --update to renew the catalogues.

There is one for each folder of tracker/locale; an empty folder becomes one with --update.
A message is the first literal of `say("…")`, `words.text("…")`, `text("…")` or `_("…")`, a second one its plural;
in templates only `_("…")`.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "tracker" / "locale"
TEMPLATES = {".html", ".md"}
MARKERS = {"say", "text", "_"}
PLACE = re.compile(r"\{[^}]*\}")

HEAD = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: %s\n"

"""

Message = tuple[str, str | None]


def messages() -> set[Message]:
    """Return every message in the code with its plural, if it has one."""
    found: set[Message] = set()
    for path in sorted((ROOT / "tracker").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in MARKERS and _literals(node):
                one, *more = _literals(node)
                found.add((one, more[0] if more else None))
    for path in sorted((ROOT / "tracker" / "templates").iterdir()):
        if path.suffix in TEMPLATES:
            found |= _in_template(path.read_text(encoding="utf-8"))
    return found


def _in_template(text: str) -> set[Message]:
    """Return every message of a template."""
    found: set[Message] = set()
    for _line, _function, given in extract_from_ast(Environment(autoescape=True).parse(text), ("_",)):
        one, *more = [part for part in ([given] if isinstance(given, str) else given or ()) if part is not None]
        found.add((one, more[0] if more else None))
    return found


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _literals(node: ast.Call) -> list[str]:
    """Return the leading string literals of a call."""
    result: list[str] = []
    for argument in node.args[:2]:
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value):
            break
        result.append(argument.value)
    return result


def file_of(language: str, suffix: str) -> Path:
    """Return the file of a language's catalogue: `po` is the text, `mo` what it compiles to."""
    return LOCALES / language / "LC_MESSAGES" / f"tracker.{suffix}"


def catalogue(language: str) -> Catalog:
    """Return the catalogue of a language as it stands; an empty one where there is none."""
    path = file_of(language, "po")
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def forms(text: object) -> tuple[str, ...]:
    """Return the forms of a translation: one, or one for each plural of the language."""
    return tuple(map(str, text)) if isinstance(text, (tuple, list)) else (str(text or ""),)


def translations(old: Catalog) -> dict[str, tuple[str, ...]]:
    """Return what is translated already, by message, each with its forms."""
    found = {}
    for message in old:
        one = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        if one and all(forms(message.string)) and not message.fuzzy:
            found[one] = forms(message.string)
    return found


def renewed(language: str) -> Catalog:
    """Return a catalogue of all messages in the code with what is known of them."""
    known = translations(catalogue(language))
    result = Catalog(locale=language, fuzzy=False)
    result.mime_headers = [("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", result.plural_forms)]
    for one, plural in sorted(messages(), key=lambda message: message[0]):
        if plural is None:
            result.add(one, known.get(one, ("",))[0])
        else:
            result.add((one, plural), known.get(one, ("",) * result.num_plurals))
    return result


def po_bytes(catalog: Catalog) -> bytes:
    """Return the text of a catalogue, the same for the same messages on every machine."""
    out = io.BytesIO()
    write_po(out, catalog, omit_header=True, no_location=True, width=0)
    return (HEAD % catalog.plural_forms).encode() + out.getvalue()


def mo_bytes(language: str) -> bytes:
    """Return the compiled form of the catalogue on disk."""
    out = io.BytesIO()
    found = catalogue(language)
    found.creation_date = found.revision_date = datetime(2026, 1, 1, tzinfo=UTC)  # the same bytes on every day
    write_mo(out, found)
    return out.getvalue()


def entries(catalog: Catalog) -> dict[Message, tuple[str, ...]]:
    """Return every entry of a catalogue but its header: the message, and its text or nothing."""
    found = {}
    for message in catalog:
        one, plural = message.id if isinstance(message.id, (tuple, list)) else (message.id, None)
        if one:
            found[one, plural] = forms(message.string)
    return found


def is_compiled(language: str) -> bool:
    """Tell whether the compiled catalogue says what the text says: the same entries, no fewer and no more."""
    path = file_of(language, "mo")
    if not path.exists():
        return False
    with path.open("rb") as file:
        return entries(read_mo(file)) == entries(read_mo(io.BytesIO(mo_bytes(language))))


def faults(language: str) -> list[str]:
    """Return what is wrong with a catalogue, one line each."""
    found_catalogue, wanted = catalogue(language), messages()
    known, present = translations(found_catalogue), entries(found_catalogue)
    found = [f"not translated: {one!r}" for one in sorted({one for one, _ in wanted} - known.keys())]
    found += [f"no longer in the code: {one!r}" for one in sorted(one for one, _ in present.keys() - wanted)]
    found += [f"struck out, to be deleted: {one!r}" for one in sorted(map(str, found_catalogue.obsolete))]
    for one, plural in sorted(wanted, key=lambda message: message[0]):
        places = set(PLACE.findall(one)) | set(PLACE.findall(plural or ""))
        found += [
            f"other places in the translation of {one!r}: {text!r}"
            for text in known.get(one, ())
            if set(PLACE.findall(text)) != places
        ]
    if not is_compiled(language):
        found.append("tracker.mo is not what tracker.po compiles to")
    return [f"{language}: {one}" for one in found]


def main() -> int:
    """Check the catalogues, or bring them up to date first."""
    found = []
    for language in sorted(folder.name for folder in LOCALES.iterdir()):
        if "--update" in sys.argv[1:]:
            file_of(language, "po").parent.mkdir(parents=True, exist_ok=True)
            file_of(language, "po").write_bytes(po_bytes(renewed(language)))
            file_of(language, "mo").write_bytes(mo_bytes(language))
        found += faults(language)
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
