"""Check that every sentence is translated: python .ci/translations.py, with --update to renew the catalogue.

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
FOLDER = ROOT / "tracker" / "locale" / "zh" / "LC_MESSAGES"
PO, MO = FOLDER / "tracker.po", FOLDER / "tracker.mo"
TEMPLATES = {".html", ".md"}
MARKERS = {"say", "text", "_"}
PLACE = re.compile(r"\{[^}]*\}")

HEAD = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=1; plural=0;\n"

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


def catalogue() -> Catalog:
    """Return the Chinese catalogue as it stands; an empty one where there is none."""
    if not PO.exists():
        return Catalog(locale="zh")
    with PO.open("rb") as file:
        return read_po(file, locale="zh")


def translations(old: Catalog) -> dict[str, str]:
    """Return what is translated already, by message."""
    found = {}
    for message in old:
        one = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        text = message.string[0] if isinstance(message.string, (tuple, list)) else message.string
        if one and text and not message.fuzzy:
            found[one] = text
    return found


def renewed(known: dict[str, str]) -> Catalog:
    """Return a catalogue of all messages in the code with what is known of them."""
    result = Catalog(locale="zh", header_comment="# Chinese for tracker", fuzzy=False)
    result.mime_headers = [("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", "nplurals=1; plural=0;")]
    for one, plural in sorted(messages(), key=lambda message: message[0]):
        text = known.get(one, "")
        if plural is None:
            result.add(one, text)
        else:
            result.add((one, plural), (text,))
    return result


def po_bytes(catalog: Catalog) -> bytes:
    """Return the text of a catalogue, the same for the same messages on every machine."""
    out = io.BytesIO()
    write_po(out, catalog, omit_header=True, no_location=True, width=0)
    return HEAD.encode() + out.getvalue()


def mo_bytes() -> bytes:
    """Return the compiled form of the catalogue on disk."""
    out = io.BytesIO()
    found = catalogue()
    found.creation_date = found.revision_date = datetime(2026, 1, 1, tzinfo=UTC)  # the same bytes on every day
    write_mo(out, found)
    return out.getvalue()


def entries(catalog: Catalog) -> dict[Message, str]:
    """Return every entry of a catalogue but its header: the message, and its text or nothing."""
    found = {}
    for message in catalog:
        one, plural = message.id if isinstance(message.id, (tuple, list)) else (message.id, None)
        if one:
            text = message.string[0] if isinstance(message.string, (tuple, list)) else message.string
            found[one, plural] = text or ""
    return found


def is_compiled() -> bool:
    """Tell whether the compiled catalogue says what the text says: the same entries, no fewer and no more."""
    if not MO.exists():
        return False
    with MO.open("rb") as file:
        return entries(read_mo(file)) == entries(read_mo(io.BytesIO(mo_bytes())))


def faults() -> list[str]:
    """Return what is wrong with the catalogue, one line each."""
    found_catalogue, wanted = catalogue(), messages()
    known, present = translations(found_catalogue), entries(found_catalogue)
    found = [f"not translated: {one!r}" for one in sorted({one for one, _ in wanted} - known.keys())]
    found += [f"no longer in the code: {one!r}" for one in sorted(one for one, _ in present.keys() - wanted)]
    found += [f"struck out, to be deleted: {one!r}" for one in sorted(map(str, found_catalogue.obsolete))]
    for one, plural in sorted(wanted, key=lambda message: message[0]):
        places = set(PLACE.findall(one)) | set(PLACE.findall(plural or ""))
        if one in known and set(PLACE.findall(known[one])) != places:
            found.append(f"other places in the translation of {one!r}: {known[one]!r}")
    if not is_compiled():
        found.append(f"{MO.relative_to(ROOT)} is not what {PO.name} compiles to")
    return found


def main() -> int:
    """Check the catalogue, or bring it up to date first."""
    if "--update" in sys.argv[1:]:
        FOLDER.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(po_bytes(renewed(translations(catalogue()))))
        MO.write_bytes(mo_bytes())
    found = faults()
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
