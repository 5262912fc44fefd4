"""Real engines for the tests: servers of their own on loopback, started once and stopped at the end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT = 120  # seconds
_SERVERS = Path("/usr/lib/postgresql")


def free_port() -> int:
    """Return a port on loopback that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


class Postgres(NamedTuple):
    """A PostgreSQL server: its folder, port and the password of its owner."""

    folder: Path
    port: int
    password: str = "ge&h/e:im"  # noqa: S105  of a server that lives as long as the tests

    @property
    def address(self) -> str:
        """Return the address of its database, with the password."""
        return f"postgresql://tracker:ge%26h%2Fe%3Aim@127.0.0.1:{self.port}/postgres"

    @property
    def shown(self) -> str:
        """Return the address as it may be shown."""
        return f"postgresql://tracker@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        _as_owner(
            _program("pg_ctl"), "-D", str(self.data), "-w", "-l", str(self.folder / "log"), "-o", options, "start"
        )

    def stop(self, how: str = "fast") -> None:
        """Stop the server; `immediate` is as if the machine had gone off."""
        _as_owner(_program("pg_ctl"), "-D", str(self.data), "-w", "-m", how, "stop")

    def reload(self) -> None:
        """Let the server read its settings again, and wait until it has."""
        import psycopg

        asked = "SELECT pg_conf_load_time()"
        with psycopg.connect(self.address, autocommit=True) as connection:
            before = connection.execute(asked).fetchone()
        _as_owner(_program("pg_ctl"), "-D", str(self.data), "reload")
        deadline = time.monotonic() + WAIT
        is_same = True
        while is_same:
            assert time.monotonic() < deadline
            with psycopg.connect(self.address, autocommit=True) as connection:
                is_same = connection.execute(asked).fetchone() == before

    def show_certificate(self, file: Path, key: Path) -> None:
        """Put a certificate and its key where the server reads them."""
        for path, name in ((file, "server.crt"), (key, "server.key")):
            place = self.data / name
            shutil.copy(path, place)
            place.chmod(0o600)
            if os.geteuid() == 0:
                shutil.chown(place, "postgres", "postgres")

    @property
    def data(self) -> Path:
        """Return the folder of its data."""
        return self.folder / "data"


def _program(name: str) -> str:
    found = sorted(_SERVERS.glob(f"*/bin/{name}"))
    if found:
        return str(found[-1])
    path = shutil.which(name)
    if path is None:
        pytest.skip("no PostgreSQL server is installed; .ci/packages names its package")
    return path


def _as_owner(*command: str) -> None:
    """Run a command as somebody who is not root, for whom PostgreSQL refuses to work."""
    change = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*change, *command], stdin=subprocess.DEVNULL, capture_output=True, timeout=WAIT, check=False, cwd="/"
    )
    assert done.returncode == 0, done.stderr.decode() + done.stdout.decode()


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Yield a new server, which is stopped and removed in the end."""
    initdb = _program("initdb")
    folder = Path(tempfile.mkdtemp(prefix="tracker-pg-"))
    server = Postgres(folder, free_port())
    try:
        word = folder / "password"
        word.write_text(server.password, encoding="utf-8")
        if os.geteuid() == 0:
            for path in (folder, word):
                shutil.chown(path, "postgres", "postgres")
        _as_owner(
            initdb, "-D", str(server.data), "-A", "scram-sha-256", "-U", "tracker", "--encoding=UTF8",
            "--locale=C.UTF-8", "--pwfile", str(word), "--no-sync",
        )  # fmt: skip
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Return a PostgreSQL server with an empty database."""
    with running_postgres() as server:
        yield server
