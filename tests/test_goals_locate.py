"""Lines of keys: the locator agrees with the parser about every key, in the nastiest TOML there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from tracker.goals.headers import headers
from tracker.goals.locate import key_lines, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.goals.findings import KeyPath

NASTY = '''
# [[goals]] in a comment
title = "a # no comment, [[goals]] = \\" quoted"   # [series.x]
'quoted key' = 'literal \\'
"a.b" = 1
"\\u0061\\u0020b" = 2
a . "b c" . d = 3
text = """
[[goals]]
id = "in a string" \\""" still in it
""""
literal = \'\'\'
[series.no] \'\'\'\'\'
empty = """"""
none = \'\'\'\'\'\'
numbers = [ # comment with ] and "
  1, 1979-05-27 07:32:00, # , ]
  [ "x]", { y = [ 1,
    2 ] } ],
]
inline = { one = 1, "two.three" = [1, 2], four.five = { six = 6 }, none = {} }
when = 1979-05-27T00:32:00.5-07:00

  [ goals-like . "x" ]
z = true
[[ goals ]]
id = "first"
steps = [
  { due = 2024, target = 1 },

  { due = 2025, target = 2 },
]
[goals.fields]
x = 1
[[goals.sub]]
[[goals.sub]]
deep.er = 1
[["goals"]]
id = "second"
[goals.fields.more]
y = 2
[[goals.sub]]
s = 3
'''


def paths(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield every key path of parsed TOML."""
    if path:
        yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        yield from paths(member, (*path, name))


def test_every_key_of_nasty_toml_has_its_line() -> None:
    """Strings over lines, comments, dotted and quoted keys, inline tables and arrays of tables are all followed."""
    lines = key_lines(NASTY)
    assert set(lines) == set(paths(tomli.loads(NASTY)))
    shown = NASTY.split("\n")
    for path, line in lines.items():
        if isinstance(path[-1], str) and path[-1] not in ("a b", "goals", "sub"):
            assert path[-1] in shown[line - 1], path
    assert lines["a b",] == shown.index('"\\u0061\\u0020b" = 2') + 1
    assert lines["goals", 0] == shown.index("[[ goals ]]") + 1
    assert lines["goals", 1] == shown.index('[["goals"]]') + 1
    assert lines["goals", 0, "steps", 1, "target"] == shown.index("  { due = 2025, target = 2 },") + 1
    assert lines["goals", 0, "sub", 1] == lines["goals", 0, "sub", 0] + 1
    assert shown[lines["goals", 1, "sub", 0] - 1] == "[[goals.sub]]"


def test_inline_tables_may_go_over_several_lines() -> None:
    """TOML 1.1 allows line breaks, comments and a last comma in them, whatever the parser at hand reads."""
    lines = key_lines("a = {\n  b = 1, # }\n  c = [\n    2 ],\n}\nd = 3\n")
    assert lines == {("a",): 1, ("a", "b"): 2, ("a", "c"): 3, ("a", "c", 0): 4, ("d",): 6}


def test_what_is_missing_stands_at_the_table_around_it() -> None:
    """A key that is not there has the line of its table, and line 1 where there is no table."""
    lines = key_lines("format = 1\n\n[[goals]]\nid = 'a'\n")
    assert line_of(("goals", 0, "due"), lines) == 3
    assert line_of(("title",), lines) == 1


KEYS = st.text(alphabet="ab-_ .#\"[]='\n中\\", min_size=1, max_size=4)
SCALARS = st.one_of(st.integers(-9, 9), st.booleans(), st.text(alphabet="a#\"]}[{,=\n\\' é", max_size=6))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=12
)


def basic(text: str) -> str:
    """Return a TOML basic string."""
    escaped = "".join(f"\\u{ord(char):04x}" if char in '"\\\n' else char for char in text)
    return f'"{escaped}"'


def written(value: object, style: int) -> str:
    """Return a value as TOML, in one of several ways to write it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{basic(name)} = {written(each, style)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        joint = ", " if style % 2 else " , # ]}\n  "
        return "[" + "".join(written(each, style) + joint for each in value) + "]"
    if isinstance(value, str):
        if style % 3 == 1 and "'" not in value:
            return f"'''\n{value}'''"
        if style % 3 == 2:
            return '"""' + value.replace("\\", "\\\\").replace('"""', '""\\"').removesuffix('"') + '"""'
        return basic(value)
    return str(value).lower()


@given(
    st.lists(st.tuples(st.sampled_from(["[{}]", "[[{}]]", "{}"]), KEYS, VALUES, st.integers(0, 5)), max_size=6),
)
def test_the_locator_finds_the_keys_that_the_parser_finds(parts: list[tuple[str, str, object, int]]) -> None:
    """The located key paths are those of the parsed data, and no key stands above the table it is in."""
    text = ""
    for form, name, value, style in parts:
        text += form.format(basic(name)) + (f"\n{basic(name)} . x = " if "[" in form else " = ") + written(value, style)
        text += "\n# [[comment]]\n"
    try:
        data = tomli.loads(text)
    except tomli.TOMLDecodeError:
        return  # a key twice, or a line break in an inline table of TOML 1.0
    lines = key_lines(text)
    assert set(lines) == set(paths(data))
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())
    assert all(lines[path[:-1]] <= line for path, line in lines.items() if path[:-1])


@pytest.mark.parametrize(
    "text",
    [
        "[series.a]\n[series.'b.c']\n[[goals]]\nid = 1\n[goals.fields]\n[[goals]]\n",
        "[series]\na.name = 'x'\n'b.c'.name = 'y'\n\n[[ goals ]]\nid = 1\n[['goals']]\n",
        'goals = [\n{ id = 1 },\n{ id = 2 }]\n[series.a]\n[series."b.\\u0063"]\n',
        "x = '''\n[[goals]]\n[series.a]'''\n[series.a]\n[[goals]]\n[series.'b.c']\n[[goals]]\n",
    ],
)
def test_goals_and_series_have_their_lines_however_they_are_written(text: str) -> None:
    """The quick look at headers gives the lines that the whole locator gives."""
    lines = key_lines(text)
    found = headers(text, 2, ["a", "b.c"])
    assert list(found.goals) == [lines["goals", 0], lines["goals", 1]]
    assert found.series == {"a": lines["series", "a"], "b.c": lines["series", "b.c"]}
