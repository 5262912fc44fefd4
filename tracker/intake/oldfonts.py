"""Whether an .xls has a font whose characters stand raised or lowered; its reader says nothing of fonts."""

from __future__ import annotations

import struct
from itertools import islice

_FONT, _RAISING, _END = 0x0031, 8, 0x000A
"""The record of a font, where in it that its characters are raised, and the record behind all fonts."""
_FREE = 0xFFFFFFFA
"""Numbers of sectors from which on they mean something else."""
_NAMES = ("Workbook", "Book")
_ENTRY = 128
_SMALL_SECTOR = 64
_SIZES = {9: 512, 12: 4096}
"""Bytes of a sector by what the header says."""


def has_raised_font(data: bytes) -> bool:
    """Tell whether a workbook has a font for superscripts or subscripts; also where its parts cannot be followed."""
    try:
        return _has_raised(_stream(data))
    except (struct.error, LookupError, StopIteration, UnicodeDecodeError):
        return True


def _has_raised(stream: bytes) -> bool:
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        place += 4
        if kind == _FONT and struct.unpack_from("<H", stream, place + _RAISING)[0]:
            return True
        if kind == _END:
            break
        place += length
    return False


def _stream(data: bytes) -> bytes:
    """Return the stream of records in a compound file: [MS-CFB], sections 2.2 to 2.6."""
    size = _SIZES[struct.unpack_from("<H", data, 30)[0]]
    start, smallest, small_fat, *_, more, _count = struct.unpack_from("<I4xIIIII", data, 48)
    sectors = list(struct.unpack_from("<109I", data, 76))
    while more < _FREE and len(sectors) * size <= len(data):
        found = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        sectors += found[:-1]
        more = found[-1]
    most = len(data) // size // (size // 4) + 2  # as many as sectors are listed in; one listed again is a lie
    fat = [
        number
        for sector in sectors[:most]
        if sector < _FREE
        for number in struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    ]

    def chain(first: int, table: list[int], source: bytes, length: int, offset: int) -> bytes:
        parts, sector = [], first
        for _ in islice(table, len(table)):
            if sector >= _FREE:
                break
            parts.append(source[(sector + offset) * length : (sector + offset + 1) * length])
            sector = table[sector]
        return b"".join(parts)

    folder = chain(start, fat, data, size, 1)
    entries = [folder[place : place + _ENTRY] for place in range(0, len(folder), _ENTRY)]
    named = {_name(entry): struct.unpack_from("<II", entry, 116) for entry in entries if len(entry) == _ENTRY}
    first, length = next(named[name] for name in _NAMES if name in named)
    if length >= smallest:
        return chain(first, fat, data, size, 1)[:length]
    small = chain(small_fat, fat, data, size, 1)
    small_table = list(struct.unpack(f"<{len(small) // 4}I", small))
    return chain(first, small_table, chain(named["Root Entry"][0], fat, data, size, 1), _SMALL_SECTOR, 0)[:length]


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, length - 2)].decode("utf-16-le")
