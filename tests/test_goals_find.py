"""Which goals.toml is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tracker.errors import Unreachable
from tracker.goals.find import find_goals

if TYPE_CHECKING:
    from pathlib import Path


def test_a_named_file_holds_before_the_variable_and_both_before_the_search(tmp_path: Path) -> None:
    """--goals, then TRACKER_GOALS, then the folder; an empty variable is none."""
    (tmp_path / "goals.toml").touch()
    env = {"TRACKER_GOALS": "theirs.toml"}
    assert find_goals("mine.toml", env, str(tmp_path)) == "mine.toml"
    assert find_goals(None, env, str(tmp_path)) == "theirs.toml"
    assert find_goals(None, {"TRACKER_GOALS": ""}, str(tmp_path)) == str(tmp_path / "goals.toml")


def test_the_nearest_file_upward_is_found_and_named_shortly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder called goals.toml is not the file; from the current folder the path is relative to it."""
    inner = tmp_path / "a" / "b"
    (inner / "goals.toml").mkdir(parents=True)
    (tmp_path / "goals.toml").touch()
    monkeypatch.chdir(inner)
    assert find_goals(None, {}, ".") == "../../goals.toml"
    (tmp_path / "a" / "goals.toml").touch()
    assert find_goals(None, {}, str(inner)) == "../goals.toml"
    monkeypatch.chdir(tmp_path)
    assert find_goals(None, {}, str(tmp_path)) == "goals.toml"
    assert find_goals(None, {}, str(inner)) == str(tmp_path / "a" / "goals.toml")


def test_no_file_up_to_the_root_is_an_error_that_says_what_to_do() -> None:
    """The exit code is that of a file that cannot be read, and the help names the next step."""
    with pytest.raises(Unreachable) as caught:
        find_goals(None, {}, "/proc")
    assert caught.value.exit_code == 5
    assert "tracker init" in str(caught.value.help)
