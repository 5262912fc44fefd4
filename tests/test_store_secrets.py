"""A password is never told: not by outputs, errors, tracebacks or process lists; TLS is what the address says."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from conftest import plain_environment
from recorders import emptied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Project, Run
    from engines import Postgres

GOALS = """
[[goals]]
id = "x"
baseline = 2020
due = 2030
target = 9
"""
ACTUALS = "series,period,value\nx,2020,1\nx,2021,2\n"
COMMANDS: list[list[str]] = [
    ["status", "--json"],
    ["log"],
    ["check"],
    ["store", "check"],
    ["record", "x", "3", "--period", "2022"],
    ["report", "-o", "report.html"],
]
WRONG = "falsch-und-lang"


def written(password: str) -> str:
    """Return a password as an address has it."""
    return quote(password, safe="")


def tell_nothing(run: Run, folder: Path, address: str, commands: list[list[str]], *secrets: str) -> set[int]:
    """Return the exit codes of commands with an address; fail if one of them tells a secret, in a file either."""
    codes = set()
    for command in commands:
        done = run(*command, "--debug", cwd=folder, env={"TRACKER_ACTUALS": address})
        codes.add(done.code)
        files = "".join(path.read_text(encoding="utf-8") for path in folder.glob("report.*"))
        for secret in secrets:
            assert secret not in done.out + done.err + files
    return codes


def test_the_right_password_is_never_told(postgres: Postgres, project: Project, run: Run) -> None:
    """Tables, JSON, the report, the log, checks and both sides of a copy show an address without its password."""
    folder = project.write(GOALS, ACTUALS)
    address, word = emptied(postgres), postgres.password
    commands = [["store", "copy", "actuals.csv", address], *COMMANDS, ["store", "copy", address, "copy.csv"]]
    assert tell_nothing(run, folder, address, commands, word, written(word)) == {0}
    queried = f"{postgres.shown}?password={written(word)}&sslmode=prefer"
    assert tell_nothing(run, folder, queried, COMMANDS[:1], word, written(word)) == {0}


@pytest.mark.parametrize(
    "change",
    [
        (":{word}@", f":{WRONG}@"),  # the wrong password
        ("/postgres", "/nowhere"),  # the wrong database
        ("127.0.0.1", "no-such-host.invalid"),  # the wrong host
        (":{port}/", ":1/"),  # the wrong port
        (":{port}/", ":12345678/"),  # no port
        ("/postgres", "/postgres?sslmode=nonsense"),
        ("/postgres", "/postgres?sslmode=require"),  # the server has no TLS
        ("/postgres", f"/postgres?password={WRONG}"),
        ("/postgres", f"/postgres?pass%77ord={WRONG}"),
        ("/postgres", f"/postgres?pass={WRONG}"),
        ("/postgres", f"/postgres?user_token={WRONG}"),
        ("/postgres", f"/postgres?options=-c%20my.password%3D{WRONG}%20-c%20x"),
        (":{word}@", f":{WRONG}%zz@"),  # no percent-encoding
    ],
    ids=lambda change: change[1].strip(":@/"),
)
def test_a_connection_that_fails_tells_no_password(
    change: tuple[str, str], postgres: Postgres, project: Project, run: Run
) -> None:
    """Whatever is wrong with an address, it is exit 5, and neither error nor traceback has a password."""
    folder = project.write(GOALS, ACTUALS)
    word = written(postgres.password)
    old, new = (text.replace("{word}", word).replace("{port}", str(postgres.port)) for text in change)
    address = postgres.address.replace(old, new)
    assert address != postgres.address
    commands = [["status", "--json"], ["record", "x", "3", "--period", "2022"]]
    assert tell_nothing(run, folder, address, commands, postgres.password, word, WRONG) == {5}


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://anna:ge@{WRONG}@127.0.0.1:1/plan",
        f"postgresql://anna:ge/{WRONG}@127.0.0.1:1/plan",
        f"postgresql://anna:ge?{WRONG}@127.0.0.1:1/plan",
        f"postgresql://anna:ge#{WRONG}@127.0.0.1:1/plan",
        f"postgresql//anna:{WRONG}@127.0.0.1:1/plan",
        f"postgresql:anna:{WRONG}@127.0.0.1:1/plan",
        f"host=127.0.0.1 port=1 password={WRONG}",
        f"mysql://anna:{WRONG}@127.0.0.1:1/plan",
        f"jdbc:postgresql://anna:{WRONG}@127.0.0.1/plan",
        f"jdbc:postgresql://anna:ge/{WRONG}@127.0.0.1/plan",
        f"jdbc:postgresql://127.0.0.1/plan?user=anna&password={WRONG}",
        f"anna:{WRONG}@127.0.0.1/plan",
        f"host=127.0.0.1 port=1 passwd={WRONG}",
        f"host=127.0.0.1 port=1 password = '{WRONG}'",
        f"Server=127.0.0.1;Pwd={WRONG};x.xlsx",
        f"md:x?motherduck_token={WRONG}",
        f"md:x?motherduck%5Ftoken%3D{WRONG}",
        f"duckdb:///x.duckdb?password={WRONG}",
        f"duckdb:///x.duckdb?encryption_key={WRONG}",
        f"sqlite:///x.db?key={WRONG}",
        f"sqlite://anna:{WRONG}@127.0.0.1/x.db",
        f"warehouse/*.parquet?secret={WRONG}",
        f"spark://anna:{WRONG}@127.0.0.1:1/plan",
        f"spark://127.0.0.1:1/plan?token={WRONG}",
        f"sc://anna:{WRONG}@127.0.0.1:1",
        f"https://anna:ge/{WRONG}@127.0.0.1/a.parquet",
        f"https://anna:{WRONG}#@127.0.0.1/a.parquet",
        f"s3://bucket/token={WRONG}/*.parquet",
        f"postgresql://127.0.0.1:1/plan%20password%3D{WRONG}",
    ],
)
def test_an_address_that_is_none_is_not_repeated(address: str, project: Project, run: Run) -> None:
    """Where it is not certain what of an address is its password, nothing of it is told."""
    folder = project.write(GOALS, ACTUALS)
    commands = [["status"], ["store", "copy", "actuals.csv", address], ["record", "x", "3", "--period", "2022"]]
    assert tell_nothing(run, folder, address, commands, WRONG) == {2}
    done = run("status", cwd=project.write(f'actuals = "{address}"\n{GOALS}'))
    assert (done.code, WRONG in done.out + done.err) == (2, False)


def test_files_elsewhere_are_told_without_their_keys(project: Project, run: Run) -> None:
    """A user, a password or a signature in the address of a file elsewhere is not told."""
    folder = project.write(GOALS, ACTUALS)
    address = f"http://anna:{WRONG}@127.0.0.1:1/a.parquet?X-Amz-Signature={WRONG}1"
    # DuckDB can keep no extension there, so that it is the same with and without the internet
    done = run("status", "--debug", cwd=folder, env={"TRACKER_ACTUALS": address, "HOME": "/dev/null"})
    assert (done.code, WRONG in done.out + done.err) == (5, False)
    assert "http://127.0.0.1:1/a.parquet?… cannot be read" in done.err
    assert "DuckDB reads there with its extension httpfs" in done.err


def test_a_short_user_leaves_the_words_of_a_message(project: Project, run: Run) -> None:
    """A name or a password of one letter is not taken out of the words that have the letter in them."""
    folder = project.write(GOALS, ACTUALS)
    done = run("status", cwd=folder, env={"TRACKER_ACTUALS": "http://u:a@127.0.0.1:1/a.parquet", "HOME": "/dev/null"})
    assert (done.code, "…" in done.err) == (5, False), done.err


@pytest.mark.parametrize("path", ["notes@home/a.csv", "key=5/compass=1/a.csv", "kept by anna/a=b.csv"])
def test_a_path_with_such_marks_is_a_path(path: str, project: Project, run: Run) -> None:
    """What has an @ or a = is no address for that: the file is read."""
    folder = project.write(GOALS, ACTUALS)
    (folder / path).parent.mkdir(parents=True)
    (folder / path).write_text(ACTUALS, encoding="utf-8")
    assert run("status", "--actuals", path, cwd=folder).code == 0


def test_process_lists_have_no_password(postgres: Postgres, project: Project) -> None:
    """While a command waits for the server, the arguments of no process have the password."""
    import psycopg

    folder = project.write(GOALS)
    # other tests may have the server's own password in their arguments at the same time
    secret = "nur&hier"  # noqa: S105  of a server that lives as long as the tests
    address = emptied(postgres).replace(f"tracker:{written(postgres.password)}", f"listed:{written(secret)}")
    with psycopg.connect(postgres.address) as connection:
        connection.execute(f"CREATE ROLE listed LOGIN SUPERUSER PASSWORD '{secret}'")
        connection.execute("CREATE TABLE tracker_actuals (series TEXT)")
        connection.commit()
        connection.execute("LOCK TABLE tracker_actuals IN ACCESS EXCLUSIVE MODE")
        with subprocess.Popen(
            [sys.executable, "-m", "tracker", "status"],
            cwd=folder,
            env=plain_environment(TRACKER_ACTUALS=address),
            stderr=subprocess.DEVNULL,
        ) as process:
            waiting = "SELECT query FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            deadline = time.monotonic() + 60
            with psycopg.connect(address, autocommit=True) as other:
                while not (queries := other.execute(waiting).fetchall()):
                    assert time.monotonic() < deadline
                    time.sleep(0.05)
            listed = b"".join(arguments())
            connection.rollback()
            process.wait(timeout=60)
    assert b"tracker" in listed
    for form in (secret, written(secret)):
        assert form.encode() not in listed
        assert form not in str(queries)
    with psycopg.connect(emptied(postgres)) as connection:
        connection.execute("DROP ROLE listed")


def arguments() -> Iterator[bytes]:
    """Yield the command line of every process, as `ps` reads it."""
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield file.read_bytes()
        except OSError:
            continue  # it has ended meanwhile


def test_the_drivers_own_files_have_the_password(postgres: Postgres, project: Project, run: Run) -> None:
    """~/.pgpass and a service file are read by the driver, and what they hold is not told."""
    folder = project.write(GOALS, ACTUALS)
    emptied(postgres)
    kept = folder / ".pgpass"
    kept.write_text(f"127.0.0.1:{postgres.port}:*:tracker:ge&h/e\\:im\n", encoding="utf-8")
    kept.chmod(0o600)
    services = folder / "services.conf"
    place = f"host=127.0.0.1\nport={postgres.port}\nuser=tracker\ndbname=postgres\n"
    services.write_text(
        f"[plan]\n{place}password={postgres.password}\n[wrong]\n{place}password={WRONG}\n", encoding="utf-8"
    )
    nothing = {"PGPASSFILE": "/dev/null", "PGSERVICEFILE": str(services)}
    for address, variables, code in (
        (postgres.shown, {"HOME": str(folder)}, 0),
        (postgres.shown, nothing, 5),
        ("postgresql://?service=plan", nothing, 0),
        ("postgresql:///?service=wrong", nothing, 5),
        ("postgresql://?service=none", nothing, 5),
    ):
        done = run("status", "--debug", cwd=folder, env={"TRACKER_ACTUALS": address, **variables})
        assert (done.code, address) == (code, address), done.err
        assert postgres.password not in done.out + done.err
        assert WRONG not in done.out + done.err


@pytest.fixture
def root(postgres: Postgres, tmp_path: Path) -> Iterator[Path]:
    """Return the certificate that the server shows while a test runs; it stands for 127.0.0.1 only."""
    import psycopg

    file = certificate(tmp_path, "server", "IP:127.0.0.1")
    with psycopg.connect(postgres.address, autocommit=True) as connection:
        postgres.show_certificate(file, tmp_path / "server.key")
        for name, value in (("ssl", "on"), ("ssl_cert_file", "server.crt"), ("ssl_key_file", "server.key")):
            connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        postgres.reload()
        yield file
        connection.execute("ALTER SYSTEM RESET ALL")
        postgres.reload()


def certificate(folder: Path, name: str, subject: str) -> Path:
    """Return a new certificate that vouches for itself; its key lies beside it."""
    file = folder / f"{name}.crt"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
    files = ["-addext", f"subjectAltName={subject}", "-keyout", str(folder / f"{name}.key"), "-out", str(file)]
    subprocess.run([*command, *files], check=True, capture_output=True)
    return file


def test_tls_is_what_the_address_says(
    postgres: Postgres, root: Path, project: Project, run: Run, tmp_path: Path
) -> None:
    """What the address says of TLS passes through: a certificate of somebody else, or for another host, is refused."""
    folder = project.write(GOALS)
    other = certificate(tmp_path, "other", "IP:127.0.0.1")
    named = postgres.address.replace("127.0.0.1", "localhost")
    for address, code in (
        (f"{postgres.address}?sslmode=require", 0),
        (f"{postgres.address}?sslmode=verify-full&sslrootcert={root}", 0),
        (f"{postgres.address}?sslmode=verify-full&sslrootcert={other}", 5),
        (f"{postgres.address}?sslmode=verify-full&sslrootcert={tmp_path / 'none.crt'}", 5),
        (f"{named}?sslmode=verify-ca&sslrootcert={root}", 0),
        (f"{named}?sslmode=verify-full&sslrootcert={root}", 5),
    ):
        done = run("status", "--debug", cwd=folder, env={"TRACKER_ACTUALS": address})
        assert (done.code, address) == (code, address), done.err
        assert postgres.password not in done.err
