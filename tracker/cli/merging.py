"""Git is told to join what two branches appended to one file."""

from __future__ import annotations

from pathlib import Path

from tracker.cli.output import write_whole
from tracker.errors import Unreachable, say
from tracker.wording.refusals import reason


def merged(folder: str, *names: str) -> Path | None:
    """Have git join what two branches appended to files, unless it is told so already; return what was written."""
    path = Path(folder) / ".gitattributes"
    try:
        before = path.read_bytes() if path.exists() else b""
    except OSError as error:
        what = say("cannot read {file}: {reason}", file=path, reason=reason(error))
        raise Unreachable(what) from error
    told = {line.split()[0] for line in before.splitlines() if line.split()}
    lines = b"".join(f"{name} merge=union\n".encode() for name in names if name.encode() not in told)
    if not lines:
        return None
    joint = b"" if not before or before.endswith(b"\n") else b"\n"
    write_whole(str(path), before + joint + lines)
    return path
