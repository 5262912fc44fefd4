"""The reader of compiled catalogues says what the standard library's says."""

from __future__ import annotations

import io
from gettext import GNUTranslations

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from conftest import ROOT

from tracker.cli.catalogue import Catalogue

CHINESE = ROOT / "tracker" / "locale" / "zh" / "LC_MESSAGES" / "tracker.mo"


def test_every_chinese_message_is_found_as_the_standard_library_finds_it() -> None:
    """All messages of the shipped catalogue, as singular and as plural, and one that is not there."""
    data = CHINESE.read_bytes()
    ours, theirs = Catalogue(data), GNUTranslations(io.BytesIO(data))
    keys = [message.id for message in read_mo(io.BytesIO(data)) if message.id]
    counted = {key[0] for key in keys if not isinstance(key, str)}
    assert len(keys) > 300
    assert counted
    for message in [*(key for key in keys if isinstance(key, str)), *counted, "there is no such message"]:
        assert ours.gettext(message) == theirs.gettext(message)
    for message in [*counted, "there is no such message"]:
        for n in (0, 1, 2):
            assert ours.ngettext(message, "many", n) == theirs.ngettext(message, "many", n)


@pytest.mark.parametrize(("locale", "forms"), [("pl", 3), ("en", 2), ("ar", 6)])
def test_plurals_follow_the_rule_of_the_catalogue(locale: str, forms: int) -> None:
    """A language with several plurals gets the form that its own rule gives; a missing one is English."""
    catalog = Catalog(locale=locale)
    catalog.add(("{n} goal", "{n} goals"), tuple(f"form {form}" for form in range(forms)))
    catalog.add("aim", "target")
    catalog.add("zeal", "")
    out = io.BytesIO()
    write_mo(out, catalog)
    ours, theirs = Catalogue(out.getvalue()), GNUTranslations(io.BytesIO(out.getvalue()))
    for n in range(130):
        assert ours.ngettext("{n} goal", "{n} goals", n) == theirs.ngettext("{n} goal", "{n} goals", n)
    assert (ours.gettext("aim"), ours.gettext("zeal"), ours.gettext("")) == ("target", "zeal", theirs.gettext(""))
    assert (ours.ngettext("none", "nones", 1), ours.ngettext("none", "nones", 2)) == ("none", "nones")


def test_what_is_no_catalogue_is_refused() -> None:
    """A file cut short, or of another kind, is not taken for an empty catalogue."""
    for data in (b"", b"\xde\x12\x04\x95", b"not a catalogue, but long enough to be one"):
        with pytest.raises(ValueError, match="x12"):
            Catalogue(data)
