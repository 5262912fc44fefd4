"""Write share/: the manual page and the completions of shells, from the commands: `python .ci/manual.py`.

With --check it writes nothing and names what is not up to date. The wheel installs share/ as it is.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from tracker.cli.app import COMMANDS, group
from tracker.cli.typerwords import placeholders

ROOT = Path(__file__).resolve().parent.parent
SHARE = ROOT / "share"
COMPLETIONS = {
    "bash": "bash-completion/completions/tracker",
    "zsh": "zsh/site-functions/_tracker",
    "fish": "fish/vendor_completions.d/tracker.fish",
}
FILES = """.TP
.I goals.toml
The goals; the nearest one, here or above. \\fBtracker schema goals\\fR has every key.
.TP
.I actuals.csv
What really happened, beside the goals where they name no other place.
.TP
.I notes.csv
What people noted.
"""
VARIABLES = {
    "TRACKER_GOALS": "The goals file.",
    "TRACKER_ACTUALS": "Where actuals are kept.",
    "TRACKER_LANG": "The language.",
    "NO_COLOR": "Set to anything: no colours.",
    "COLUMNS": "The width of tables.",
}


def roff(text: str) -> str:
    """Return a text as roff shows it as it is."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in escaped.split("\n"))


def options(command: Any, context: Any) -> str:  # noqa: ANN401  typer's own types
    """Return the arguments and options of a command, a paragraph each."""
    records = [param.get_help_record(context) for param in command.params]
    return "".join(f".TP\n.B {roff(placeholders(record[0]))}\n{roff(record[1])}\n" for record in records if record)


def section(name: str, whole: Any, context: Any) -> str:  # noqa: ANN401  likewise
    """Return what there is to say about one command: its usage, what it does, examples, options."""
    command = whole.get_command(context, name)
    inside = command.context_class(command, info_name=name, parent=context)
    usage = " ".join(["tracker", name, *command.collect_usage_pieces(inside)])
    _, _, rest = command.help.partition("\n")
    examples, _, summary = rest.partition("\n\n")
    lines = [line.strip() for line in examples.split("\n")[1:]]
    shown = "".join(f"{roff(line)}\n" for line in lines)
    return (
        f".SS {roff(name)}\n.B {roff(usage)}\n.PP\n{roff(summary.strip())}\n"
        f".PP\n.EX\n{shown}.EE\n{options(command, inside)}"
    )


def exit_codes() -> str:
    """Return the exit codes that the README lists."""
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Exit codes")[2]
    rows = re.findall(r"^\| ([0-9][0-9, ]*) \| (.*) \|$", table, re.MULTILINE)
    if not rows:
        sys.exit("README.md: no table of exit codes")
    return "".join(f".TP\n.B {codes}\n{roff(meaning.replace('`', ''))}\n" for codes, meaning in rows)


def manual() -> str:
    """Return the manual page."""
    whole = group()
    context = whole.context_class(whole, info_name="tracker")
    commands = "".join(section(name, whole, context) for name in COMMANDS)
    variables = "".join(f".TP\n.B {name}\n{roff(text)}\n" for name, text in VARIABLES.items())
    return (
        '.\\" Written by .ci/manual.py from the commands.\n.TH TRACKER 1 "" "tracker" "User Commands"\n'
        f".SH NAME\ntracker \\- {roff(whole.help[0].lower() + whole.help[1:].rstrip('?'))}\n"
        ".SH SYNOPSIS\n.B tracker\n[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGS\\fR]...\n"
        ".SH DESCRIPTION\nGoals stand in goals.toml, what really happened beside them in actuals.csv; tracker says how "
        "far it is, how fast it went,\nhow fast it must go, how likely it is, and why.\n"
        f".SH OPTIONS\n{options(whole, context)}.SH COMMANDS\n{commands}.SH EXIT STATUS\n{exit_codes()}"
        f".SH ENVIRONMENT\n{variables}.SH FILES\n{FILES}"
    )


def completion(shell: str) -> str:
    """Return the script that a shell completes commands by."""
    environment = {**os.environ, "TRACKER_LANG": "en"}
    command = [sys.executable, "-m", "tracker", "completion", shell]
    return subprocess.run(command, capture_output=True, check=True, env=environment, cwd=ROOT).stdout.decode()  # noqa: S603


def main() -> int:
    """Write what is not up to date, or name it."""
    os.environ["TRACKER_LANG"] = "en"
    made = {"man/man1/tracker.1": manual(), **{path: completion(shell) for shell, path in COMPLETIONS.items()}}
    old = [name for name, text in made.items() if not _holds(SHARE / name, text)]
    for name in old:
        if "--check" in sys.argv[1:]:
            print(f"share/{name} is not up to date: python .ci/manual.py")
            continue
        (SHARE / name).parent.mkdir(parents=True, exist_ok=True)
        (SHARE / name).write_text(made[name], encoding="utf-8")
    return int(bool(old) and "--check" in sys.argv[1:])


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
