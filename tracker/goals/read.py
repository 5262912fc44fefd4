"""goals.toml from bytes to goals: every problem in it at once, or goals that can be used."""

import os.path
import sys

from tracker.errors import InvalidFile, Problem, Say, Unreachable, say
from tracker.files import whole
from tracker.goals import keys
from tracker.goals.consistency import goal_findings
from tracker.goals.declared import all_series, completed, goal_tables, series_tables
from tracker.goals.findings import Finding, found, located, without_echoes
from tracker.goals.headers import headers
from tracker.goals.references import goal_references
from tracker.goals.tables import table_values
from tracker.model.goal import GoalsFile, Method, Rules, StoreTable
from tracker.tuples import NamedTuple

LARGEST = 64 * 2**20
"""Bytes that a goals file may have; 100,000 goals take a third of it."""
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class GoalsRead(NamedTuple):
    """The goals of a file, the warnings about it, and its text, from which further problems take their lines."""

    file: GoalsFile
    warnings: tuple[Problem, ...]
    text: str


def read_goals(path: str, method: Method | None = None) -> GoalsRead:
    """Return the goals that a file declares; `method` comes before the one it names.

    Raises:
        InvalidFile: the file cannot be used; it holds every problem, warnings too, in the order of lines.
        Unreachable: the file cannot be read.
    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123  pathlib is slow to import
            content = whole(file, path, LARGEST)
    except (OSError, ValueError) as error:
        from tracker.wording.refusals import reason

        what = say("cannot read {file}: {reason}", file=path, reason=reason(error))
        raise Unreachable(what, _advice(error, path)) from error
    return goals_in(content, path, method)


def _advice(error: Exception, path: str) -> Say | None:
    if isinstance(error, FileNotFoundError):
        return say("without --goals and TRACKER_GOALS it is the goals.toml here or above; `tracker init` writes one")
    if isinstance(error, IsADirectoryError):
        from tracker.goals.find import NAME

        file = f"{path.rstrip('/')}/{NAME}"
        if os.path.isfile(file):  # noqa: PTH113
            return say("name the file in it: {file}", file=file)
        return say("there is no goals.toml in it; `tracker init {folder}` writes one", folder=path)
    return None


def goals_in(content: bytes, file: str, method: Method | None = None) -> GoalsRead:
    """Return the goals that the bytes of a file declare; `file` is what messages call it.

    Raises:
        InvalidFile: as for `read_goals`.
    """
    text = _decoded(content, file)
    data = _parsed(text, file)
    findings = _newer_format(data)
    if findings:  # nothing else in such a file can be judged
        raise InvalidFile(located(findings, file, text, data))
    result = _goals_file(data, text, file, method, findings)
    problems = tuple(located(without_echoes(findings), file, text, data)) if findings else ()
    if not all(problem.warning for problem in problems):
        raise InvalidFile(problems)
    if any(goal.repeat is not None for goal in result.goals):
        from tracker.model.repeating import with_repeated

        result = with_repeated(result)
    return GoalsRead(result, problems, text)


def _decoded(content: bytes, file: str) -> str:
    r"""Return the text of a file with "\n" as its only line break, as TOML counts lines."""
    try:
        return content.removeprefix(_BOM).decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        what = say("not UTF-8 text")
        help_ = say("save the file as UTF-8")
        if content.startswith(_UTF16):
            help_ = say("it looks like UTF-16: save it as UTF-8")
        elif _is_gbk(content):
            help_ = say("it looks like GBK: save it as UTF-8")
        raise InvalidFile([Problem(file, line, None, what, help_)]) from None


def _is_gbk(content: bytes) -> bool:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _parsed(text: str, file: str) -> dict[str, object]:
    import tomli

    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        from tracker.goals.parserwords import reason
        from tracker.goals.slips import advice

        what = say("not TOML: {reason} (column {column})", reason=reason(error.msg), column=error.colno)
        help_ = advice(error.msg, text, error.lineno, error.colno)
        problem = Problem(file, error.lineno, None, what, help_)
    except RecursionError:
        problem = Problem(file, None, None, say("arrays, tables or keys are nested too deep"))
    except ValueError:  # Python refuses to read an integer of thousands of digits
        problem = Problem(file, _endless_number(text), None, say("a number has too many digits"))
    raise InvalidFile([problem])


def _endless_number(text: str) -> int | None:
    import re

    longest = sys.get_int_max_str_digits()
    lines = text.split("\n")
    return next((i for i, line in enumerate(lines, 1) if re.search(rf"(?:_?[0-9]){{{longest + 1},}}", line)), None)


def _newer_format(data: dict[str, object]) -> list[Finding]:
    version = data.get("format")
    if not isinstance(version, int) or version <= keys.FORMAT:
        return []
    what = say(
        "format {format} is newer than this tracker, which reads format {known}",
        format=found(version),
        known=keys.FORMAT,
    )
    from tracker.extras import newer

    return [Finding(("format",), what, newer())]


def _goals_file(
    data: dict[str, object], text: str, file: str, method: Method | None, findings: list[Finding]
) -> GoalsFile:
    top = table_values(data, keys.TOP, (), findings)
    rules = top.get("verdict", Rules())
    needs_target = Method.STATCAN not in {rules.method, method}
    raw_series, raw_goals = top.get("series"), top.get("goals")
    lines = headers(
        text,
        len(raw_goals) if isinstance(raw_goals, list) else 0,
        raw_series.keys() if isinstance(raw_series, dict) else (),
    )
    series = series_tables(raw_series, lines.series, findings)
    declared = goal_tables(raw_goals, lines.goals, findings)
    unread = {finding.path for finding in findings}
    for each in declared:
        is_kind_unread = ("series", each.goal.series, "kind") in unread
        findings.extend(goal_findings(each, series, is_kind_unread=is_kind_unread, needs_target=needs_target))
    findings.extend(goal_references(declared))
    if any("{" in each.goal.id for each in declared):
        from tracker.goals.panels import panel_findings

        findings.extend(panel_findings(declared))
    goals = tuple(completed(each.goal, series) for each in declared)
    return GoalsFile(
        file=file,
        title=top.get("title"),
        language=top.get("language"),
        actuals=top.get("actuals", keys.TOP["actuals"].default),
        goals=goals,
        series=all_series(series, goals),
        rules=rules if method is None else rules._replace(method=method),
        imports=top.get("import", {}),
        store=top.get("store", StoreTable()),
    )
