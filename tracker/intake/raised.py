"""Superscripts and subscripts in the cells of an .xlsx: digits of their own, so that no note lengthens a number."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from xml.sax.saxutils import escape

_RUN = re.compile(r"<(?P<prefix>(?:\w+:)?)r(?=[\s>])[^>]*>.*?</(?P=prefix)r\s*>", re.DOTALL)
_ALIGNED = re.compile(r"<(?:\w+:)?vertAlign\s[^>]*?\bval\s*=\s*[\"'](superscript|subscript)[\"']")
_TEXT = re.compile(r"(<(?P<prefix>(?:\w+:)?)t(?=[\s>])[^>]*>)(.*?)(?=</(?P=prefix)t\s*>)", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]+)|([0-9]+));")
_PART = re.compile(r"&[^;]*;|[0-9+-]")
_SEVERAL = re.compile(r"[0-9]{1,2}(?:\s*\)|(?:\s*[,;]\s*[0-9]{1,2})+)")
_RAISED = dict(zip("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", strict=True))
_LOWERED = dict(zip("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋", strict=True))
_MARKER = "vertAlign"
_ASCII = 128


def with_own_digits(part: bytes) -> bytes:
    """Return a part of a workbook in which digits that stand raised or lowered are such characters.

    The readers join the runs of a cell, so that 200 and a raised 1 would be 2001; now they are 200¹. `1)` and `1,2`
    become (1) and (1)(2), as notes are written on the line.

    >>> with_own_digits(b'<r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>')[-17:]
    b'<t>&#185;</t></r>'
    """
    is_wide = part.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    if not is_wide and _MARKER.encode() not in part:
        return part
    # in every other encoding of XML the markup is ASCII, as is all that is put in here
    codec = "utf-16" if is_wide else "latin-1"
    try:
        text = part.decode(codec)
    except UnicodeDecodeError:  # the readers say what is wrong with it
        return part
    return _RUN.sub(_own_digits, text).encode(codec)


def _own_digits(run: re.Match[str]) -> str:
    aligned = _ALIGNED.search(run[0])
    if aligned is None:
        return run[0]
    own = _RAISED if aligned[1] == "superscript" else _LOWERED

    def changed(text: re.Match[str]) -> str:
        plain = _REFERENCE.sub(_plain, _CDATA.sub(lambda found: escape(found[1]), text[3]))
        if own is _RAISED and _SEVERAL.fullmatch(plain.strip()):
            return text[1] + "".join(f"({number})" for number in re.findall("[0-9]+", plain))
        return text[1] + _PART.sub(lambda found: f"&#{ord(own[found[0]])};" if found[0] in own else found[0], plain)

    return _TEXT.sub(changed, run[0])


def _plain(reference: re.Match[str]) -> str:
    """Return what a reference such as &#49; stands for where that is a plain character."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return escape(chr(code)) if code < _ASCII else reference[0]
