"""The CSV store as it is written: whole rows or none, under a lock, and the rest of the file as it was."""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import Unreachable, WrongUsage
from tracker.model.actual import Actual, Quality
from tracker.periods import Period, parse_period
from tracker.stores import Store, open_store, wholefile

HEADER = "series,period,value,quality,published,source,url,note,recorded_at\n"
NOON = datetime(2026, 11, 23, 12, 0, 0, 5, tzinfo=UTC)

WRITER = """
import sys
from datetime import UTC, datetime
from tracker.errors import TrackerError
from tracker.model.actual import Actual
from tracker.periods import parse_period
from tracker.stores import open_store

path, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
store = open_store(path, "", named=False)
try:
    for number in range(count):
        line = Actual(name, parse_period("2024"), float(number), note="n" * 200, recorded_at=datetime.now(UTC))
        store.append(lambda lines: [line])
        print(number + 1, flush=True)
except TrackerError as error:
    sys.exit(f"{error.exit_code}: {error}")
"""

# root may write anywhere; what is loaded late must be loaded while it can still be read
NOBODY = """
import os, portalocker, tracker.stores.csvfile, tracker.stores.csvwriting, tracker.stores.wholefile
if os.geteuid() == 0:
    os.setuid(65534)
"""
LIMITED = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))\n"


def period(text: str) -> Period:
    """Return a period that is known to be one."""
    found = parse_period(text)
    assert found is not None
    return found


A_LINE = Actual("a", period("2024"), 44.0, recorded_at=NOON)
A_ROW = "a,2024,44,final,,,,,2026-11-23T12:00:00.000005Z"


def at(path: Path) -> Store:
    """Return the store of a file, which need not be there."""
    return open_store(str(path), "", named=False)


def writer(path: Path, name: str, count: int, *, before: str = "") -> subprocess.Popen[str]:
    """Start a process that appends one line after another and prints how many it has been told are recorded."""
    return subprocess.Popen(
        [sys.executable, "-c", before + WRITER, str(path), name, str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        # one that may not write, or is killed, cannot keep a record of its coverage either
        env={**{k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}, "PYTHONPATH": str(ROOT)},
    )


def test_a_new_file_gets_its_header(tmp_path: Path) -> None:
    """The first append makes the file with every column, and the line comes back with its place."""
    path = tmp_path / "actuals.csv"
    placed = at(path).append(lambda lines: [A_LINE] if not lines else [])
    assert path.read_text(encoding="utf-8") == f"{HEADER}{A_ROW}\n"
    assert placed == at(path).lines() == [A_LINE._replace(position=1, line=2)]


def test_all_that_is_given_is_written(tmp_path: Path) -> None:
    """Quotes, commas, line ends, Chinese and blanks at the edges of free text come back as they were."""
    line = Actual(
        'a "b", c\nd',
        period("2024-W05"),
        -0.1,
        Quality.PROVISIONAL,
        date(2025, 3, 1),
        '统计公报, "表 1"',
        "https://example.org/?a=1,2",
        " one\r\ntwo\rthree\n",
        NOON,
    )
    placed = at(tmp_path / "a.csv").append(lambda _: [line, A_LINE])
    assert placed == at(tmp_path / "a.csv").lines()
    assert placed[0] == line._replace(position=1, line=2)
    assert (placed[1].position, placed[1].line) == (2, 7)


@pytest.mark.parametrize(
    ("value", "text"),
    [(44.0, "44"), (54.11, "54.11"), (1e-7, "1e-07"), (1e22, "1e+22"), (-0.0, "0"), (5e-324, "5e-324")],
)
def test_numbers_are_written_shortest(tmp_path: Path, value: float, text: str) -> None:
    """A value is written with the fewest digits that read back as the same number."""
    at(tmp_path / "a.csv").append(lambda _: [A_LINE._replace(value=value)])
    assert f"a,2024,{text},final" in (tmp_path / "a.csv").read_text(encoding="utf-8")
    assert at(tmp_path / "a.csv").lines()[0].value == value


@pytest.mark.parametrize(
    ("before", "added"),
    [
        (f"{HEADER}{A_ROW}\n", f"{A_ROW}\n"),
        (f"{HEADER}{A_ROW}", f"\n{A_ROW}\n"),
        (f"{HEADER}{A_ROW}\n".replace("\n", "\r\n"), f"{A_ROW}\r\n"),
        (f"\ufeff{HEADER}{A_ROW}".replace("\n", "\r\n"), f"\r\n{A_ROW}\r\n"),
        (HEADER.strip(), f"\n{A_ROW}\n"),
        ("recorded_at,value,period,series\n", "2026-11-23T12:00:00.000005Z,44,2024,a\n"),
        ("", f"{HEADER}{A_ROW}\n"),
        ("\ufeff", f"{HEADER}{A_ROW}\n"),
        ("\r\n", f"{HEADER}{A_ROW}\n".replace("\n", "\r\n")),
    ],
)
def test_an_append_only_adds(tmp_path: Path, before: str, added: str) -> None:
    """What stood in the file stays byte for byte; the end of a line is added where it lacks, in the file's own way."""
    path = tmp_path / "actuals.csv"
    path.write_bytes(before.encode())
    inode = path.stat().st_ino
    placed = at(path).append(lambda _: [A_LINE])
    assert path.read_bytes().decode() == before + added
    assert path.stat().st_ino == inode
    assert placed == at(path).lines()[-1:]


def test_a_narrow_header_is_widened(tmp_path: Path) -> None:
    """Columns that are needed are added at the right; every cell there was keeps its bytes, and the file its mode."""
    path = tmp_path / "actuals.csv"
    path.write_bytes(b'\xef\xbb\xbf"period",series ,value,note\r\n2023, "a" ,1,"x\r\n,y"\r\n\r\n,,\r\n2023,b,+1.50,')
    path.chmod(0o640)
    placed = at(path).append(lambda _: [A_LINE])
    assert path.read_bytes().decode() == (
        '\ufeff"period",series ,value,note,quality,published,source,url,recorded_at\r\n'
        '2023, "a" ,1,"x\r\n,y",,,,,\r\n\r\n,,\r\n2023,b,+1.50,,,,,,\r\n'
        "2024,a,44,,final,,,,2026-11-23T12:00:00.000005Z\r\n"
    )
    assert path.stat().st_mode & 0o777 == 0o640
    assert placed == at(path).lines()[-1:]
    assert list(tmp_path.iterdir()) == [path]


def test_widening_follows_a_link(tmp_path: Path) -> None:
    """A symbolic link stays one; the file behind it is what changes."""
    (tmp_path / "real.csv").write_text("series,period,value\n", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("real.csv")
    at(tmp_path / "link.csv").append(lambda _: [A_LINE])
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text(encoding="utf-8").endswith(f"{A_ROW}\n")


def test_the_mode_is_kept(tmp_path: Path) -> None:
    """An append leaves the file's mode alone; a new file follows the umask."""
    path = tmp_path / "actuals.csv"
    old = os.umask(0o027)
    try:
        at(path).append(lambda _: [A_LINE])
    finally:
        os.umask(old)
    assert path.stat().st_mode & 0o777 == 0o640
    path.chmod(0o604)
    at(path).append(lambda _: [A_LINE])
    assert path.stat().st_mode & 0o777 == 0o604


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (A_LINE._replace(value=float("nan")), '"nan" is not a plain number'),
        (A_LINE._replace(value=float("inf")), '"inf" is not a plain number'),
        (A_LINE._replace(value=None), "the value is missing"),
        (A_LINE._replace(series=" "), "the series is missing"),
        (A_LINE._replace(series=" a"), '" a" would not read back'),
        (A_LINE._replace(note="a\0b"), "NUL"),
        (A_LINE._replace(note="\udcff"), "bytes that are no text"),
        (A_LINE._replace(note="x" * 200_000), "longer than 131,072"),
    ],
)
def test_what_would_not_read_back_is_refused(tmp_path: Path, line: Actual, reason: str) -> None:
    """A line that the file could not give back is wrong usage, and neither it nor its fellows are written."""
    with pytest.raises(WrongUsage, match=reason):
        at(tmp_path / "actuals.csv").append(lambda _: [A_LINE, line])
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_leaves_the_file_alone(tmp_path: Path) -> None:
    """Whatever is raised while deciding passes through, and nothing is written."""
    path = tmp_path / "actuals.csv"
    path.write_text(f"{HEADER}{A_ROW}", encoding="utf-8")

    def refuse(lines: list[Actual]) -> list[Actual]:
        assert [line.value for line in lines] == [44.0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        at(path).append(refuse)
    assert path.read_text(encoding="utf-8") == f"{HEADER}{A_ROW}"


def test_only_the_series_asked_about_are_shown(tmp_path: Path) -> None:
    """A decision that names its series is given their lines alone."""
    at(tmp_path / "a.csv").append(lambda _: [A_LINE, A_LINE._replace(series="b")])
    seen: list[str] = []

    def look(lines: list[Actual]) -> list[Actual]:
        seen.extend(line.series for line in lines)
        return []

    at(tmp_path / "a.csv").append(look, {"b"})
    assert seen == ["b"]


@pytest.mark.parametrize("start", [None, "series,period,value\n"])
def test_eight_writers_at_once(tmp_path: Path, start: str | None) -> None:
    """Two hundred appends from eight processes are two hundred whole rows, in each writer's order, and nothing else."""
    path = tmp_path / "actuals.csv"
    if start is not None:
        path.write_text(start, encoding="utf-8")
    writers = [writer(path, f"series-{n}", 25) for n in range(8)]
    for process in writers:
        _, err = process.communicate(timeout=100)
        assert (process.returncode, err) == (0, "")
    lines = at(path).lines()
    assert len(lines) == 200
    for n in range(8):
        assert [line.value for line in lines if line.series == f"series-{n}"] == [float(k) for k in range(25)]
    assert path.read_text(encoding="utf-8").count("\n") == 201
    assert list(tmp_path.iterdir()) == [path]


def test_killed_writers_lose_nothing_acknowledged(tmp_path: Path) -> None:
    """After kill -9 at any moment the file is readable, holds all that was acknowledged, and can be appended to."""
    path = tmp_path / "actuals.csv"
    luck = random.Random(20261123)  # noqa: S311  it only picks moments
    acknowledged = 0
    for round_ in range(12):
        process = writer(path, f"round-{round_}", 10_000)
        assert process.stdout is not None
        # not by readline, which would take further lines away from communicate
        while os.read(process.stdout.fileno(), 1) != b"\n":
            pass
        time.sleep(luck.uniform(0, 0.05))
        process.kill()
        rest, _ = process.communicate(timeout=100)
        told = len(rest.split()) + 1
        found = at(path).lines({f"round-{round_}"})
        # the last append may have been finished without having been reported
        assert told <= len(found) <= told + 1
        assert all(len(line.note or "") == 200 for line in found)
        acknowledged += told
    assert acknowledged > 12
    assert at(path).append(lambda _: [A_LINE])[0].position >= acknowledged + 1


@pytest.mark.parametrize("start", [None, HEADER, "series,period,value\na,2023,1\n", f"{HEADER}{A_ROW}"])
@pytest.mark.parametrize("room", [1, 100])
def test_a_full_disk_changes_nothing(tmp_path: Path, start: str | None, room: int) -> None:
    """Where the bytes do not all fit, the file is as it was to the byte, and the error says nothing was recorded."""
    path = tmp_path / "actuals.csv"
    if start is not None:
        path.write_text(start, encoding="utf-8")
    limit = len(start or "") + room
    process = writer(path, "b", 1, before=LIMITED.format(limit))
    _, err = process.communicate(timeout=100)
    assert process.returncode == 1
    assert err == f"5: {path} cannot be written: it would grow beyond the size that is allowed; nothing was recorded\n"
    assert [p.read_text(encoding="utf-8") for p in tmp_path.iterdir()] == ([] if start is None else [start])


FULL = OSError(errno.ENOSPC, "x")


@pytest.mark.parametrize("call", ["write", "fsync"])
@pytest.mark.parametrize("start", [None, f"{HEADER}{A_ROW}", "series,period,value\na,2023,1\n"])
@pytest.mark.parametrize("error", [FULL, OSError(errno.EXDEV, "odd words"), KeyboardInterrupt("stop")])
def test_a_failure_at_any_call_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, start: str | None, error: BaseException
) -> None:
    """Where a write stops half-way, or the disk does not confirm it, the file is as before and nothing lies about."""
    path = tmp_path / "actuals.csv"
    if start is not None:
        path.write_text(start, encoding="utf-8")
    done: list[int] = []
    write = os.write

    def fail(fd: int, data: bytes = b"") -> int:
        if done or call == "fsync":
            raise error
        done.append(write(fd, data[:20]))
        return done[0]

    monkeypatch.setattr(os, call, fail)
    with pytest.raises((Unreachable, KeyboardInterrupt)) as caught:
        at(path).append(lambda _: [A_LINE])
    monkeypatch.undo()
    if isinstance(error, OSError):
        reason = "the disk is full" if error is FULL else "odd words"
        assert str(caught.value) == f"{path} cannot be written: {reason}; nothing was recorded"
    assert [p.read_text(encoding="utf-8") for p in tmp_path.iterdir()] == ([] if start is None else [start])


def test_a_failure_that_cannot_be_undone_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk refuses even to take back half a line, the error says that the file may end in one."""
    path = tmp_path / "actuals.csv"
    path.write_text(HEADER, encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "x")

    monkeypatch.setattr(os, "fsync", fail)
    monkeypatch.setattr(os, "ftruncate", fail)
    with pytest.raises(Unreachable, match="may end in a torn line: the disk failed"):
        at(path).append(lambda _: [A_LINE])


def test_a_disk_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk has no locks nothing is written, and the reason is said."""
    import portalocker

    def fail(*_: object) -> None:
        raise portalocker.LockException from OSError(errno.ENOLCK, "x")

    monkeypatch.setattr(portalocker, "lock", fail)
    with pytest.raises(Unreachable, match="its disk does not support locks; nothing was recorded"):
        at(tmp_path / "actuals.csv").append(lambda _: [A_LINE])


def test_no_room_for_anything(tmp_path: Path) -> None:
    """Where not even a temporary file has room, a sentence says so, and no empty file is left behind."""
    path = tmp_path / "actuals.csv"
    _, err = writer(path, "b", 1, before=LIMITED.format(0)).communicate(timeout=100)
    assert err == f"5: {path} cannot be locked: no folder for temporary files has room; nothing was recorded\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("folder", "file"), [(0o755, 0o444), (0o555, None)])
def test_without_permission(folder: int, file: int | None) -> None:
    """A read-only file, and a folder where none can be made, are named with the reason, and nothing changes."""
    # the folders of the tests are closed to other users
    place = Path(tempfile.mkdtemp())
    try:
        path = place / "actuals.csv"
        if file is not None:
            path.write_text(HEADER, encoding="utf-8")
            path.chmod(file)
        place.chmod(folder)
        process = writer(path, "b", 1, before=NOBODY)
        _, err = process.communicate(timeout=100)
        assert err == f"5: {path} cannot be written: you have no permission; nothing was recorded\n"
        assert [p.read_text(encoding="utf-8") for p in place.iterdir()] == ([] if file is None else [HEADER])
    finally:
        place.chmod(0o755)
        shutil.rmtree(place)


def test_a_file_that_is_held_for_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another program does not let go, the append gives up with a sentence instead of hanging."""
    import portalocker

    monkeypatch.setattr(wholefile, "PATIENCE", 0.05)
    path = tmp_path / "actuals.csv"
    path.write_text(HEADER, encoding="utf-8")
    with path.open("r+", encoding="utf-8") as other:
        portalocker.lock(other, portalocker.LockFlags.EXCLUSIVE)
        with pytest.raises(Unreachable, match="another program holds it; nothing was recorded"):
            at(path).append(lambda _: [A_LINE])
    assert path.read_text(encoding="utf-8") == HEADER


def test_a_file_that_is_none(tmp_path: Path) -> None:
    """Something that is no plain file is not written to."""
    with pytest.raises(Unreachable, match="no plain file"):
        at(Path("/dev/null")).append(lambda _: [A_LINE])


ENDS = st.sampled_from(["\n", "\r\n"])
CELLS = st.sampled_from(['"a,b"', '" ""q"" "', '"x\ny"', " pad ", "城", ""])
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
LINES = st.builds(
    Actual,
    TEXT.map(lambda text: f"s{text}s"),
    st.sampled_from([period("2024"), period("2024-Q3"), period("0001-01-01"), period("9999-12-31")]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([Quality.FINAL, Quality.PROVISIONAL, Quality.ESTIMATE]),
    st.none() | st.dates(),
    st.none() | TEXT,
    st.none() | TEXT,
    st.none() | TEXT,
    st.datetimes(timezones=st.just(UTC)),
)


@given(LINES)
def test_every_line_reads_back(line: Actual) -> None:
    """Whatever can be recorded is read back as it was; text of blanks alone is no text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "actuals.csv"
        placed = at(path).append(lambda _: [line])
        assert placed == at(path).lines()
        assert placed[0]._replace(source=None, url=None, note=None) == line._replace(
            source=None, url=None, note=None, position=1, line=2
        )
        for name in ("source", "url", "note"):
            given_text, text = getattr(line, name), getattr(placed[0], name)
            assert text == (given_text if given_text and not given_text.isspace() else None)


@given(st.permutations(["series", "period", "value", "note"]), st.lists(CELLS, max_size=5), ENDS, st.booleans())
def test_widening_keeps_every_line(columns: list[str], notes: list[str], end: str, ended: bool) -> None:
    """Whatever stands in a file, its lines are the same after its header was widened."""
    rows = [
        ",".join({"series": "a", "period": "2023", "value": "1", "note": note}[c] for c in columns) for note in notes
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "actuals.csv"
        path.write_bytes((end.join([",".join(columns), *rows]) + end * ended).encode())
        before = at(path).lines()
        at(path).append(lambda _: [A_LINE])
        assert at(path).lines()[:-1] == before
