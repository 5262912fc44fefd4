"""The CSV store as it is read: what counts as a line, what is refused and where, which line holds."""

from __future__ import annotations

import os
import threading
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InvalidFile, Unreachable, WrongUsage
from tracker.model.actual import Quality, View
from tracker.stores import open_store
from tracker.stores.csvreading import ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.errors import Problem
    from tracker.model.actual import Actual
    from tracker.stores import Store

HEADER = "series,period,value,quality,published,source,url,note,recorded_at\n"
LATE = date(2030, 1, 1)


@pytest.fixture
def store(tmp_path: Path) -> Callable[[str | bytes], Store]:
    """Return a function that makes a store of a text."""

    def make(text: str | bytes) -> Store:
        path = tmp_path / "actuals.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return open_store("actuals.csv", str(tmp_path), named=True)

    return make


def problems(data: str | bytes) -> list[tuple[int | None, str | None, str]]:
    """Return line, column and sentence of every problem in a ledger."""
    with pytest.raises(InvalidFile) as caught:
        ledger(data.encode() if isinstance(data, str) else data, "actuals.csv")
    assert all(problem.file == "actuals.csv" for problem in caught.value.problems)
    return [(problem.line, problem.where, str(problem.what)) for problem in caught.value.problems]


def test_every_column_is_read(store: Callable[[str | bytes], Store]) -> None:
    """A line gives its series, period, value, quality, days, source, address, note, place and text line."""
    (line,) = store(
        HEADER
        + 'urbanization,2024,44,estimate,2025-03-01,统计公报,https://example.org,"a, b",2026-11-23T16:15:30+08:00\n'
    ).lines()
    assert (line.series, line.period.end, line.value) == ("urbanization", date(2024, 12, 31), 44.0)
    assert (line.quality, line.published) == (Quality.ESTIMATE, date(2025, 3, 1))
    assert (line.source, line.url, line.note) == ("统计公报", "https://example.org", "a, b")
    assert line.recorded_at == datetime(2026, 11, 23, 8, 15, 30, tzinfo=UTC)
    assert (line.position, line.line) == (1, 2)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23", datetime(2026, 11, 23, tzinfo=UTC)),
        ("2026-11-23T08:15", datetime(2026, 11, 23, 8, 15, tzinfo=UTC)),
        ("2026-11-23 08:15:30Z", datetime(2026, 11, 23, 8, 15, 30, tzinfo=UTC)),
        ("2026-11-23T00:15:30.000001+08:00", datetime(2026, 11, 22, 16, 15, 30, 1, tzinfo=UTC)),
    ],
)
def test_a_moment_is_utc(store: Callable[[str | bytes], Store], text: str, moment: datetime) -> None:
    """A moment is converted to UTC; without a zone it is UTC, without a time the day's beginning."""
    assert store(f"series,period,value,recorded_at\na,2024,1,{text}\n").lines()[0].recorded_at == moment


def test_columns_go_by_name(store: Callable[[str | bytes], Store]) -> None:
    """The order of the columns is free and only three are needed; blanks around cells do not matter."""
    lines = store(" value , series,period\n 44 , a , 2024-q3 \n").lines()
    assert [(line.series, str(line.period), line.value, line.quality) for line in lines] == [
        ("a", "2024-Q3", 44.0, Quality.FINAL)
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark(store: Callable[[str | bytes], Store], end: str, mark: str) -> None:
    """Every way of ending a line is read, with or without a byte order mark, and lines are counted alike."""
    text = mark + end.join(["series,period,value,note", "", 'a,2023,1,"one', 'two"', ",,,", "b,2024,2,", ""])
    lines = store(text).lines()
    assert [(line.series, line.line, line.position) for line in lines] == [("a", 3, 1), ("b", 6, 2)]
    assert lines[0].note == f"one{end}two"


def test_last_line_without_end_is_read(store: Callable[[str | bytes], Store]) -> None:
    """A whole last line counts although its end is missing."""
    assert [line.value for line in store("series,period,value\na,2023,1\na,2024,2").lines()] == [1.0, 2.0]


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n", HEADER, HEADER.strip()])
def test_nothing_recorded_yet(store: Callable[[str | bytes], Store], text: str) -> None:
    """An empty file and a header alone are ledgers without lines."""
    assert store(text).lines() == []
    assert store(text).in_force(View(LATE)) == {}


def test_numbers(store: Callable[[str | bytes], Store]) -> None:
    """Plain decimal numbers are read exactly, with sign, fraction and exponent; minus zero is zero."""
    texts = ["54.11", "-3", "+.5", "1e3", "2.5E-7", "1.7976931348623157e308", "5e-324", "-0.0", "007"]
    rows = "".join(f"a,{2000 + n},{text}\n" for n, text in enumerate(texts))
    values = [line.value for line in store(f"series,period,value\n{rows}").lines()]
    assert values == [54.11, -3.0, 0.5, 1000.0, 2.5e-7, 1.7976931348623157e308, 5e-324, 0.0, 7.0]
    assert str(values[7]) == "0.0"


DISGUISES = "12O l2 １２ 44% 12.5万 1_000 nan inf -Infinity 0x10 1e400 1e-400 5. . - – 1e ٣ ½ 5人 '5 =5 --5"


@pytest.mark.parametrize("disguise", [*DISGUISES.split(), "1 000", '"1,000"', '"1.000,5"', "1\u00a0000"])
def test_numbers_in_disguise(disguise: str) -> None:
    """Whatever is not a plain finite number is named with its line and column, and never guessed."""
    found = problems(f"series,period,value\na,2023,1\na,2024,{disguise}\n")
    assert [(line, where) for line, where, _ in found] == [(3, "value")]
    assert disguise.strip('"') in found[0][2]


def test_every_problem_at_once() -> None:
    """All problems are listed in the order of the file, each on the line where its record begins."""
    text = HEADER + (
        'ok,2023,1,,,,,"two\nlines",\n'
        ",2024,5,,,,,,\n"
        "a,2025-13,1O,sure,2024-02-30,,,,yesterday\n"
        "a,2024,,,,,,,\n"
        "a,2024,5\n"
        "a,2024,1,000,,,,,,\n"
        "<<<<<<< HEAD\n"
        'a,2024,5,,,,,"x"y,\n'
        "ok,2024,1,retracted,,,,,\n"
    )
    assert problems(text) == [
        (4, "series", "the series is missing"),
        (5, "period", '"2025-13" is not a period'),
        (5, "value", '"1O" is not a plain number'),
        (5, "quality", '"sure" is not a quality'),
        (5, "published", '"2024-02-30" is not a day'),
        (5, "recorded_at", '"yesterday" is not a moment'),
        (6, "value", "the value is missing"),
        (7, None, "expected 9 cells, found 3"),
        (8, None, "expected 9 cells, found 10"),
        (9, None, "this is no line of actuals"),
        (10, None, "this is not CSV: ',' expected after '\"'"),
    ]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("series,period,valeu", ['unknown column "valeu"', 'column "value" is missing']),
        ("series,period,value,value", ['column "value" is there twice']),
        ("series,period,value,remark", ['unknown column "remark"']),
        ("Series,period,value", ['unknown column "Series"', 'column "series" is missing']),
        ("series;period;value", ["the columns are not separated by commas"]),
        ('"series,period', ["a quote is opened and never closed"]),
        ("series,\0period,value", ["there is a NUL character in this line"]),
    ],
)
def test_header_problems(header: str, expected: list[str]) -> None:
    """Unknown, doubled and missing columns are errors on the header's line."""
    assert problems(f"\n{header}\n") == [(2, None, sentence) for sentence in expected]


def test_unknown_column_names_the_nearest() -> None:
    """A misspelt column comes with the one that was meant."""
    with pytest.raises(InvalidFile) as caught:
        ledger(b"series,period,value,publishd\n", "f")
    assert str(caught.value.problems[0].help) == 'did you mean "published"?'


def test_nul_is_named_with_its_line() -> None:
    """A NUL is a problem of its line and hides no other problem."""
    assert problems("series,period,value\na,2023,1\na,2024,\0\nb,2024,x\n") == [
        (3, None, "there is a NUL character in this line"),
        (4, "value", '"x" is not a plain number'),
    ]


@pytest.mark.parametrize(
    ("data", "line", "what", "advice"),
    [
        (f"{HEADER}人口,2024,1,,,,,,\n户数,2024,1,,,,,,\n".encode("gb18030"), 2, "2 lines are not UTF-8", "GBK"),
        (b"series,period,value\na,2024,1\nb\xff,2024,2\n", 3, "this line is not UTF-8", "UTF-8"),
        ("series,period,value\na,2024,1\n".encode("utf-16"), 1, "this line is not UTF-8", "UTF-16"),
    ],
)
def test_other_encodings(data: bytes, line: int, what: str, advice: str) -> None:
    """What is not UTF-8 is one problem at its first line that says what the file may be."""
    with pytest.raises(InvalidFile) as caught:
        ledger(data, "f")
    (problem,) = caught.value.problems
    assert problem.line == line
    assert str(problem.what).startswith(what)
    assert advice in str(problem.help)


@pytest.mark.parametrize(
    "tail",
    [
        "urb",
        "urbanization,2024",
        "urbanization,2024,44,final,,,,",
        'urbanization,2024,44,final,,"统计',
        "urbanization,2024,4x,final,,,,,",
        "urbanization,202,44,final,,,,,",
        "urbanization,2024,44,final,,,,,2026-11-2",
        "urbanization,2024,44,final,,,,,2026-11-23T08:15:30.12",
        "urbanization,2024,44,\0\0\0",
        "城镇".encode()[:-1],
    ],
)
def test_torn_last_line(store: Callable[[str | bytes], Store], tail: str | bytes) -> None:
    """A last line that stops half-way is named as torn, for reading and for appending, and stays as it is."""
    data = f"{HEADER}a,2023,1,,,,,,\n".encode() + (tail.encode() if isinstance(tail, str) else tail)
    torn = store(data)
    uses: list[Callable[[], object]] = [torn.lines, lambda: torn.append(lambda _: [])]
    for use in uses:
        with pytest.raises(InvalidFile) as caught:
            use()
        (problem,) = caught.value.problems
        assert problem.line == 3
        assert str(problem.what).startswith("the last line looks torn, it has no end: ")
        assert str(problem.help).startswith("the line is kept as it is: complete it, or delete it")
    assert Path(torn.name).read_bytes() == data


def test_surplus_cells_are_not_torn() -> None:
    """A last line with too many cells was not cut short and says what is wrong with it."""
    assert problems("series,period,value\na,2024,1,000") == [(2, None, "expected 3 cells, found 4")]


def test_a_reader_waits_for_a_writer(tmp_path: Path) -> None:
    """A line that another program is still writing is waited for, not called torn."""
    import portalocker

    path = tmp_path / "actuals.csv"
    path.write_text("series,period,value\na,20", encoding="utf-8")
    with path.open("a", encoding="utf-8") as writer:
        portalocker.lock(writer, portalocker.LockFlags.EXCLUSIVE)

        def finish() -> None:
            writer.write("24,44\n")
            writer.flush()
            portalocker.unlock(writer)

        threading.Timer(0.2, finish).start()
        assert [line.value for line in open_store(str(path), "", named=True).lines()] == [44.0]


def test_the_latest_published_line_holds(store: Callable[[str | bytes], Store]) -> None:
    """A figure typed in later has its place by the day it was published, and known-on sees what was public."""
    revised = store(
        HEADER + "gdp,2024,1538.8,final,2025-03-01,,,,2026-01-05T00:00:00Z\n"
        "gdp,2024,1500,provisional,2025-01-20,,,,2026-01-06T00:00:00Z\n"
    )

    def value(view: View) -> list[float | None]:
        return [line.value for line in revised.in_force(view).get("gdp", [])]

    assert value(View(LATE)) == [1538.8]
    assert value(View(LATE, known_on=date(2025, 2, 1))) == [1500.0]
    assert value(View(LATE, known_on=date(2025, 1, 19))) == []
    assert value(View(LATE, recorded_by=date(2026, 1, 4))) == []
    assert value(View(date(2024, 6, 30))) == []


def test_recorded_by_is_the_ledger_itself(store: Callable[[str | bytes], Store]) -> None:
    """Without a publication day both views go by the UTC day on which the line was written, inclusive."""
    text = (
        HEADER
        + "a,2024,1,,,,,,2026-01-05T23:59:59Z\na,2024,2,,,,,,2026-01-06T00:00:00Z\na,2024,,retracted,,,,,2026-01-08\n"
    )
    ledger_ = store(text)
    for day, expected in [(4, []), (5, [1.0]), (6, [2.0]), (7, [2.0]), (8, [])]:
        for view in (View(LATE, known_on=date(2026, 1, day)), View(LATE, recorded_by=date(2026, 1, day))):
            assert [line.value for line in ledger_.in_force(view).get("a", [])] == expected


def test_series_are_picked_and_ordered(store: Callable[[str | bytes], Store]) -> None:
    """Only the series that are asked for come back, by the last day of their periods."""
    ledger_ = store("series,period,value\nb,2024,4\na,2024,2\na,2023,1\na,2024-Q1,3\n")
    assert {name: [line.value for line in lines] for name, lines in ledger_.in_force(View(LATE), {"a"}).items()} == {
        "a": [1.0, 3.0, 2.0]
    }
    assert [line.value for line in ledger_.lines({"b"})] == [4.0]


def test_lines_without_a_day_are_one_warning(store: Callable[[str | bytes], Store]) -> None:
    """Lines with neither day are counted in one warning at the first; lines with one of them give none."""
    (warning,) = store("series,period,value,published\na,2023,1,2024-01-01\na,2024,2,\nb,2024,3,\n").warnings()
    assert (warning.line, warning.warning) == (3, True)
    assert str(warning.what) == "2 lines have neither published nor recorded_at, this is the first"
    assert (
        store("series,period,value,published,recorded_at\na,2023,1,2024-01-01,\na,2024,2,,2025-01-01\n").warnings()
        == []
    )


def test_a_store_sees_what_others_wrote(store: Callable[[str | bytes], Store]) -> None:
    """A file that changed is read again."""
    ledger_ = store("series,period,value\na,2023,1\n")
    assert len(ledger_.lines()) == 1
    with Path(ledger_.name).open("a", encoding="utf-8") as file:
        file.write("a,2024,2\n")
    assert len(ledger_.lines()) == 2


def test_a_missing_default_is_empty_and_a_missing_named_store_is_not(tmp_path: Path) -> None:
    """Only a file that somebody named has to be there; neither is made by reading or by a refused append."""
    default = open_store("actuals.csv", str(tmp_path), named=False)
    assert (default.lines(), default.warnings(), default.append(lambda _: [])) == ([], [], [])
    named = open_store("actuals.csv", str(tmp_path), named=True)
    uses: list[Callable[[], object]] = [named.lines, lambda: named.append(lambda _: [])]
    for use in uses:
        with pytest.raises(Unreachable, match=r"actuals\.csv cannot be .*: there is no such file"):
            use()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [("", "it is a folder"), ("x" * 300 + ".csv", "its name is too long"), ("file/actuals.csv", "a part of its path")],
)
def test_what_the_system_refuses(tmp_path: Path, name: str, reason: str) -> None:
    """A file that cannot be read or written is named with a plain reason."""
    (tmp_path / "file").touch()
    broken = open_store(os.path.join(tmp_path, name), "", named=False)  # noqa: PTH118  "" must stay
    uses: list[Callable[[], object]] = [broken.lines, lambda: broken.append(lambda _: [])]
    for use in uses:
        with pytest.raises(Unreachable, match=reason) as caught:
            use()
        assert broken.name in str(caught.value)


@pytest.mark.parametrize(
    "url",
    ["mysql://me:secret@host/db", "s3://bucket/x", "ftp://me:secret@host/x.csv", "a.xlsx", "b.XLS", "", " ", "a\0.csv"],
)
def test_other_stores_are_refused(url: str) -> None:
    """An address of another kind is wrong usage, says what is supported, and shows no password."""
    with pytest.raises(WrongUsage) as caught:
        open_store(url, "", named=True)
    assert "secret" not in str(caught.value)


def test_relative_paths_start_at_the_folder(tmp_path: Path) -> None:
    """A relative path starts where goals.toml stands, an absolute one does not, and "" is the current folder."""
    assert open_store("a/../b.csv", str(tmp_path), named=True).name == str(tmp_path / "b.csv")
    assert open_store("/x/b.csv", str(tmp_path), named=True).name == "/x/b.csv"
    assert open_store("b.csv", "", named=True).name == "b.csv"


CELLS = st.sampled_from(
    [
        "a",
        "城",
        "2024",
        "2024-Q3",
        "1",
        "-2.5e3",
        "x",
        "",
        '"',
        '"a,b"',
        '"a\nb"',
        "final",
        "retracted",
        "2025-01-01",
        "\0",
    ]
)
TEXTS = st.lists(st.lists(CELLS, min_size=1, max_size=5).map(",".join), max_size=6)
HEADERS = st.sampled_from(
    ["series,period,value", "period,value,series,quality,published", "\ufeffseries,period,value,note"]
)


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_give_lines_or_problems(data: bytes) -> None:
    """Whatever the file holds, the answer is lines or problems with a line that exists."""
    _read_or_refused(data)


@given(HEADERS, TEXTS, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_table_gives_lines_or_problems(header: str, rows: list[str], end: str, ended: bool) -> None:
    """Whatever stands under a good header, every record is a line or a problem."""
    _read_or_refused((end.join([header, *rows]) + end * ended).encode())


def _read_or_refused(data: bytes) -> None:
    lines, problems_ = _outcome(data)
    assert problems_ is None or problems_
    assert all(1 <= (problem.line or 0) <= 1 + data.count(b"\n") + data.count(b"\r") for problem in problems_ or ())
    assert [line.position for line in lines] == list(range(1, len(lines) + 1))
    assert all((line.value is None) == (line.quality is Quality.RETRACTED) for line in lines)


def _outcome(data: bytes) -> tuple[list[Actual], tuple[Problem, ...] | None]:
    try:
        return ledger(data, "f").lines, None
    except InvalidFile as error:
        return [], error.problems
