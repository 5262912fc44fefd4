"""Writing a file that others read and write: under a lock, wholly or not at all."""

# descriptors and paths go together here, as the operating system has them:
# ruff: noqa: PTH105, PTH108, PTH116, PTH120, PTH123

from __future__ import annotations

import os
import stat
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tracker.errors import Unreachable, say
from tracker.files import whole
from tracker.stores.reasons import unreadable, unwritable
from tracker.tuples import NamedTuple
from tracker.wording.refusals import reason

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 10.0
"""Seconds to wait for another program that holds the file."""

_PAUSE = 0.01
_NEW_FILE = 0o666


class Held(NamedTuple):
    """A file that nobody else writes for now.

    `fd` is its descriptor, `name` what people call it, `path` where it really is, `created` whether it was made now.
    """

    fd: int
    name: str
    path: str
    created: bool


@contextmanager
def held(path: str, *, create: bool) -> Iterator[Held]:
    """Hold a file for reading and appending; a file that was made for this and stays empty is removed again.

    The lock is on the file itself and ends with the process, so that nothing is left behind by one that is killed.
    Raises `Unreachable` where the file cannot be opened, or another program holds it for `PATIENCE` seconds.
    """
    _load_locks(path)
    real = os.path.realpath(path)
    deadline = time.monotonic() + PATIENCE
    while True:
        file = _opened(real, path, create=create)
        try:
            _lock(file.fd, path, deadline)
            # while we waited, another program may have put a new file in its place
            if _is_at(file.fd, real):
                try:
                    yield file
                finally:
                    if file.created and os.fstat(file.fd).st_size == 0:
                        os.unlink(real)
                return
        finally:
            os.close(file.fd)


def settled_content(path: str) -> bytes:
    """Return all bytes of a file once nobody is in the middle of writing it, or after `PATIENCE` seconds."""
    with open(path, "rb") as reader:
        with suppress(Unreachable):
            _load_locks(path)
            _lock(reader.fileno(), path, time.monotonic() + PATIENCE, shared=True)
        return whole(reader, path)


def _opened(real: str, path: str, *, create: bool) -> Held:
    flags = os.O_RDWR | os.O_APPEND
    try:
        try:
            fd = os.open(real, flags)
        except FileNotFoundError:
            if not create:
                raise
            with suppress(FileExistsError):
                return Held(os.open(real, flags | os.O_CREAT | os.O_EXCL, _NEW_FILE), path, real, created=True)
            return _opened(real, path, create=create)
    except OSError as error:
        raise unwritable(path, error) from error
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise Unreachable(say("{file} cannot be written: it is no plain file; nothing was recorded", file=path))
    return Held(fd, path, real, created=False)


def _load_locks(path: str) -> None:
    try:
        import portalocker  # noqa: F401  here only to see whether it can be had
    except OSError as error:  # it asks for a folder for temporary files as soon as it is imported
        what = say("{file} cannot be locked: no folder for temporary files has room; nothing was recorded", file=path)
        raise Unreachable(what, say("make room on the disk, or name a folder in TMPDIR")) from error


def _lock(fd: int, path: str, deadline: float, *, shared: bool = False) -> None:
    import portalocker

    flags = portalocker.LockFlags.SHARED if shared else portalocker.LockFlags.EXCLUSIVE
    while True:
        try:
            portalocker.lock(fd, flags | portalocker.LockFlags.NON_BLOCKING)
        except portalocker.AlreadyLocked:
            if time.monotonic() > deadline:
                what = say("{file} cannot be written: another program holds it; nothing was recorded", file=path)
                raise Unreachable(what, say("try again once it has finished")) from None
            time.sleep(_PAUSE)
        except portalocker.LockException as error:
            cause = error.__cause__
            raise unwritable(path, cause if isinstance(cause, OSError) else OSError(0, str(error))) from error
        else:
            return


def _is_at(fd: int, path: str) -> bool:
    try:
        there = os.stat(path)
    except OSError:
        return False
    return os.path.samestat(there, os.fstat(fd))


def content(file: Held) -> bytes:
    """Return all bytes of a file that is held."""
    try:
        with open(file.fd, "rb", closefd=False) as reader:
            reader.seek(0)
            return whole(reader, file.name)
    except OSError as error:
        raise unreadable(file.name, error) from error


def append(file: Held, data: bytes) -> None:
    """Append bytes and wait until they are on the disk; where that fails the file is as it was."""
    length = os.fstat(file.fd).st_size
    try:
        _write(file.fd, data)
        os.fsync(file.fd)
    except BaseException as error:
        _cut_back(file, length)
        if isinstance(error, OSError):
            raise unwritable(file.name, error) from error
        raise
    if file.created:
        _sync_folder(file.path)


def _cut_back(file: Held, length: int) -> None:
    try:
        os.ftruncate(file.fd, length)
    except OSError as error:
        what = say("{file} may end in a torn line: {reason}", file=file.name, reason=reason(error))
        raise Unreachable(what, say("look at its last lines before you record again")) from error


def replace(file: Held, data: bytes) -> None:
    """Put other bytes in the place of the whole file, with its mode and owner; readers see the old or the new."""
    import tempfile

    old = os.fstat(file.fd)
    folder, name = os.path.split(file.path)
    temporary = None
    try:
        fd, temporary = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
        try:
            with suppress(PermissionError):
                os.fchown(fd, old.st_uid, old.st_gid)
            os.fchmod(fd, stat.S_IMODE(old.st_mode))
            _write(fd, data)
            os.fsync(fd)
        finally:
            os.close(fd)
        os.replace(temporary, file.path)
        temporary = None
    except OSError as error:
        raise unwritable(file.name, error) from error
    finally:
        if temporary is not None:
            os.unlink(temporary)
    _sync_folder(file.path)


def _write(fd: int, data: bytes) -> None:
    """Write all bytes in one call; only what a full disk left over is tried again, to learn the reason."""
    while data:
        data = data[os.write(fd, data) :]


def _sync_folder(path: str) -> None:
    # a file system that cannot do this has kept the file itself all the same
    with suppress(OSError):
        fd = os.open(os.path.dirname(path), os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
