"""Files read whole, with a bound: who hands us a file of one endless line gets a sentence, not our memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import InvalidFile, Problem, say

if TYPE_CHECKING:
    from typing import BinaryIO

LONGEST_LINE = 2**20
"""Bytes that a line may have."""


def whole(file: BinaryIO, name: str, most: int | None = None) -> bytes:
    """Return all bytes of a file, `most` at most; `name` is what messages call it.

    Raises:
        InvalidFile: it has more, or a line that is longer than `LONGEST_LINE`. Neither is ever held.
    """
    start = file.read(LONGEST_LINE)
    if len(start) < LONGEST_LINE:
        return start
    kept = None if file.seekable() else [start]  # what cannot be read twice
    before = 0 if kept is not None else file.tell() - len(start)
    length = line = 0
    chunk = start
    while chunk:
        length += len(chunk)
        if most is not None and length > most:
            what = say("this is larger than {size} MB", size=most >> 20)
            raise InvalidFile([Problem(name, None, None, what)])
        if len(chunk) == LONGEST_LINE and b"\n" not in chunk and b"\r" not in chunk:
            what = say("a line is longer than {size} MB", size=LONGEST_LINE >> 20)
            raise InvalidFile([Problem(name, line + 1, None, what, say("is this the right file?"))])
        line += chunk.count(b"\n")
        chunk = file.read(LONGEST_LINE)
        if kept is not None:
            kept.append(chunk)
    if kept is not None:
        return b"".join(kept)
    file.seek(before)
    return file.read()
