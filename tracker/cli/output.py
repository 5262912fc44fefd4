"""Where text goes: stdout in its own encoding, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from tracker.cli import PipeClosed
from tracker.errors import Unreachable, WrongUsage, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.render.terminal import Screen
    from tracker.views.table import Table


_LINES_AT_A_TIME = 1000


class Format(StrEnum):
    """How data is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    MD = "md"
    HTML = "html"
    XLSX = "xlsx"
    CSV_EXCEL = "csv --excel"
    JSONL = "jsonl"


OFFERED = tuple(one.value for one in Format if one is not Format.CSV_EXCEL)
"""What --format takes; --excel makes of csv what a spreadsheet opens safely."""

WITHOUT_ROWS = tuple(one.value for one in (Format.TABLE, Format.JSON, Format.MD, Format.HTML, Format.XLSX))
"""What --format takes where a command has no rows of one kind."""


def chosen(format_: str | None, *, json: bool, more: Sequence[str] = ()) -> Format:
    """Return the format the options ask for; `more` are formats that the command itself knows beside these."""
    if json:
        if format_ not in {None, Format.JSON.value}:
            raise WrongUsage(say("--json and --format {format} contradict each other", format=format_))
        return Format.JSON
    if format_ is None:
        return Format.TABLE
    try:
        return Format(format_)
    except ValueError:
        allowed = ", ".join([*OFFERED, *more])
        raise WrongUsage(say('--format: "{format}" is not one of {allowed}', format=format_, allowed=allowed)) from None


def emit(text: str, output: str | None, *, exact: bool = False) -> None:
    """Write text to stdout, or to a file if one is named.

    `exact` text is for programs: always UTF-8, and as it is unless a terminal would obey it. Other text follows the
    encoding of stdout; what that cannot write is replaced.
    """
    if output is not None and output != "-":
        write_whole(output, text.encode())
        return
    if sys.stdout is None:
        return
    encoding = "utf-8" if exact and not sys.stdout.isatty() else sys.stdout.encoding or "utf-8"
    if exact and sys.stdout.isatty():
        text = _tame(text)
    _pour(text.encode(encoding, "replace"))


def _tame(text: str) -> str:
    """Return text for programs as a terminal may have it: what would steer it is made visible, tabs stay."""
    from tracker.render.plain import shown

    return "\n".join("\t".join(map(shown, line.split("\t"))) for line in text.split("\n"))


def emit_bytes(content: bytes, output: str | None) -> None:
    """Write what is not text to the file that is named; "-" is stdout, which nobody gets by accident.

    Raises:
        WrongUsage: no file is named.
    """
    if output is None:
        raise WrongUsage(say("this is not text; name a file for it"), say("write -o FILE, or -o - for a pipe"))
    if output != "-":
        write_whole(output, content)
    elif sys.stdout is not None:
        _pour(content)


def _pour(content: bytes) -> None:
    """Write bytes to stdout."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        raise PipeClosed from error
    except OSError as error:
        from tracker.wording.refusals import reason

        raise Unreachable(say("cannot write the output: {reason}", reason=reason(error))) from error


def emit_lines(lines: Iterable[bytes], output: str | None) -> None:
    """Write lines for programs, in UTF-8, as they are made, so that many are never held; a file is written whole."""
    if output is not None and output != "-":
        write_whole(output, lines)
    elif sys.stdout is not None:
        waiting, here = iter(lines), sys.stdout.isatty()
        while block := b"".join(islice(waiting, _LINES_AT_A_TIME)):
            if here:
                emit(block.decode(), None, exact=True)
            else:
                _pour(block)


def write_whole(path: str, content: bytes | Iterable[bytes]) -> None:
    """Write a file whole or not at all: what was there before stays until the new content is safe on disk."""
    from tempfile import mkstemp

    target, blocks = os.path.realpath(path), [content] if isinstance(content, bytes) else content
    temporary = None
    try:
        if os.path.exists(target) and not os.path.isfile(target):  # noqa: PTH110, PTH113  a device or a pipe
            with open(target, "wb") as stream:  # noqa: PTH123
                stream.writelines(blocks)
            return
        descriptor, temporary = mkstemp(prefix=".tracker-", dir=os.path.dirname(target) or ".")  # noqa: PTH120
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(blocks)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), _mode(target))
        os.replace(temporary, target)  # noqa: PTH105
        temporary = None
    except OSError as error:
        from tracker.wording.refusals import reason

        why = say("there is no such folder") if isinstance(error, FileNotFoundError) else reason(error)
        what = say("cannot write {file}: {reason}", file=path, reason=why)
        raise Unreachable(what, say("what was there before is untouched")) from error
    finally:
        if temporary is not None:  # also after an interrupt
            os.unlink(temporary)  # noqa: PTH108


def _mode(path: str) -> int:
    """Return the mode a written file gets: the one it had, else what the user's umask leaves."""
    try:
        return os.stat(path).st_mode & 0o7777  # noqa: PTH116
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def is_terminal() -> bool:
    """Tell whether stdout is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def screen(output: str | None = None) -> Screen:
    """Return how a table is drawn: width, colours and signs of stdout; a file is like a pipe."""
    from tracker.render.glyphs import UNICODE, glyphs_for
    from tracker.render.terminal import Screen

    if output is not None and output != "-":
        return Screen(UNICODE, None, colour=False)
    here = is_terminal()
    term = os.environ.get("TERM")
    encoding = sys.stdout.encoding if sys.stdout is not None else None
    forced = os.environ.get("FORCE_COLOR", "") not in {"", "0"}
    colour = (here or forced) and not os.environ.get("NO_COLOR") and term not in {"dumb", "unknown"}
    return Screen(glyphs_for(encoding, term if here else None), _width(is_terminal=here), colour)


def _width(*, is_terminal: bool) -> int | None:
    """Return the width to fit, None for a pipe: there nothing is left out unless COLUMNS asks for it."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return int(columns)
    if not is_terminal:
        return None
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except OSError:
        return 80


def tables(parts: Sequence[Table], output: str | None) -> None:
    """Write tables for people, one below the other."""
    from tracker.render.terminal import table_text

    drawn = screen(output)
    emit("\n".join(table_text(part, drawn) for part in parts), output)
