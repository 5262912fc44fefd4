"""What people type wrong in goals.toml: told with the parser's own place, and with what to write there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Project, Run

PERIOD = 'write a period in quotes: "2030", "2030-Q3", "2030-11" or "2030-11-30"'

SLIPS = [
    ("name = 城镇化率", 8, 'put text in quotes: "城镇化率"', '文字请加英文引号："城镇化率"'),
    ("name = 2030规划", 12, 'put text in quotes: "2030规划"', '文字请加英文引号："2030规划"'),
    (
        "id = “u”",
        6,
        '“ is no quote here: write "…" with straight quotes',
        '“ 不能作引号：请用英文直引号 "…"',
    ),
    ('id = "u”', 9, '” is no quote here: write "…" with straight quotes', '” 不能作引号：请用英文直引号 "…"'),
    ('id = "u', 8, 'the text has no quote at its end: write "…"', '文字末尾缺少引号：请写 "…"'),
    (
        "target = 60%",
        12,
        'write the number alone, 60: unit = "%" stands in its series',
        '请只写数字 60：unit = "%" 写在序列中',
    ),
    ("target = { growth = 8% }", 22, "write growth = 0.08", "请写 growth = 0.08"),
    ("allow = 1%", 10, 'write allow = "1%"', '请写 allow = "1%"'),
    ("target = 1,000", 11, "write the number without signs between its digits: 1000", "数字之间不加分隔符：1000"),
    ("target = 12.5万", 14, "write the number alone, in the unit of its series", "请只写数字，按序列的单位"),
    ("target = 05", 11, "write the number as 5", "请把数字写成 5"),
    ("due = 2030年", 11, PERIOD, None),
    ("due = 2030-Q1", 11, PERIOD, None),
    (
        "［［goals］］",
        1,
        "［［goals］］ is full-width: write [[goals]]",
        "［［goals］］ 是全角符号：请写半角的 [[goals]]",
    ),
    ("due ＝ 2030", 5, "＝ is full-width: write =", "＝ 是全角符号：请写半角的 ="),
    ("target = ６０", 10, "６０ is full-width: write 60", "６０ 是全角符号：请写半角的 60"),
    ('tags = ["a"，"b"]', 12, "， is full-width: write ,", None),
    ("target = 60，", 12, "a line ends without a sign behind its value", "行末的值后面不写标点"),
    ('name："x"', 5, "write key = value, with = between them", "请写 键 = 值，中间用英文等号"),
    (
        "[series.城镇化率]",
        9,
        'put it in quotes, as its letters are not only a to z: "城镇化率"',
        '含有字母 a 至 z 以外的文字，请加引号："城镇化率"',
    ),
    ("[[goals]", 8, "a heading stands alone on its line: [series.ID] or [[goals]]", None),
    ("name =", 7, "a value is missing here", "此处缺少值"),
    ('name = "a "b" c"', 12, 'a text ends at its second quote; write a quote in it as \\"', None),
    ('actuals = "C:\\users"', 16, "write a backslash twice, or put the text between single quotes: '…'", None),
    ("tags = [1 2]", 11, "a comma or the closing ] is missing before this place", None),
    ("context = True", 11, "write true", None),
    ("// a remark", 1, "a remark begins with #", None),
    ("\u3000name = 5", 1, "a wide space stands here: write an ordinary one", None),
    ('[[goals]] id = "u"', 11, "what follows belongs on a line of its own", None),
    ("x = { a = 1, a = 2 }", 19, "the same key or table is written twice", None),
]


@pytest.mark.parametrize(("written", "column", "english", "chinese"), SLIPS, ids=[slip[0] for slip in SLIPS])
def test_a_slip_leads_to_what_is_to_be_written(
    written: str, column: int, english: str, chinese: str | None, project: Project, run: Run
) -> None:
    """The place is the parser's, the line below it is for the person; in Chinese no word of the parser's is left."""
    project.write(f"title = 'x'\n{written}\ndue = 1\n")
    for language, advice in (("en", english), ("zh", chinese)):
        if advice is None:
            continue
        done = run("status", "--lang", language)
        told, below, _count = done.err.splitlines()
        assert (done.code, below) == (4, f"  {advice}")
        place = f"(column {column})" if language == "en" else f"（第 {column} 列）"
        assert told.startswith("goals.toml:3: ")
        assert told.endswith(place)
        if language == "zh":
            assert all(word not in told for word in ("Invalid", "Expected", "Illegal", "Unclosed"))


def test_an_endless_line_is_looked_at_where_the_parser_stopped(project: Project, run: Run) -> None:
    """What is quoted back is cut, and a line of a million characters costs no time."""
    project.write("name = " + "城" * 1_000_000 + "\n")
    done = run("status")
    assert (done.code, len(done.err.splitlines())) == (4, 3)
    assert len(done.err) < 300
