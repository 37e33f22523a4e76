"""The layout of a home, and that it stays out of a share."""

import sys
from pathlib import Path

import pytest

from agent_tui.errors import Problem
from agent_tui.i18n import LANGUAGES, set_language
from agent_tui.store.home import Home, home_path, refuse_overlap


def test_a_home_is_made_once_and_lists_its_teams(tmp_path: Path) -> None:
    home = Home(tmp_path / "deep" / "home")
    assert home.teams() == []
    home.make()
    assert home.teams() == []
    place = home.make_team("team-b")
    home.make_team("team-a")
    assert home.make_team("team-b") == place == home.team("team-b")
    assert home.teams() == ["team-a", "team-b"]
    assert place.journal.is_dir()
    assert place.mirror.is_dir()
    assert home.read(place.device_key) is None
    home.write(place.device_key, b"key")
    assert home.read(place.device_key) == b"key"


def test_what_is_kept_comes_back_whole_or_not_at_all(tmp_path: Path) -> None:
    home, path = Home(tmp_path), tmp_path / "cache" / "x"
    assert home.kept(path) is None
    assert home.keep(path, b"figures")
    data = path.read_bytes()
    for place in range(len(data)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :])
        assert home.kept(path) is None
        path.write_bytes(data[:place])
        assert home.kept(path) is None
    path.write_bytes(data)
    assert home.kept(path) == b"figures"
    (tmp_path / "file").write_bytes(b"")
    assert not home.keep(tmp_path / "file" / "x", b"figures")


def test_a_home_that_cannot_be_is_a_problem_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Problem, match="file"):
        Home(tmp_path / "file" / "home").make()


def test_the_home_asked_for_goes_before_the_environment_and_that_before_the_platform(tmp_path: Path) -> None:
    environment = {"AGENT_TUI_HOME": str(tmp_path / "environment")}
    assert home_path(str(tmp_path / "asked"), environment) == tmp_path / "asked"
    assert home_path(None, environment) == tmp_path / "environment"
    assert home_path(None, {}).name == "agent-tui"
    assert home_path("relative", {}).is_absolute()


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_may_lie_in_the_other(tmp_path: Path, language: str) -> None:
    set_language("zh" if language == "zh" else "en")
    try:
        share = tmp_path / "share"
        for home in (share, share / "home", share / "a" / ".." / "home"):
            with pytest.raises(Problem, match="share") as caught:
                refuse_overlap(home, share)
            assert "\n" not in str(caught.value)
        with pytest.raises(Problem, match="share"):
            refuse_overlap(tmp_path, share)
        refuse_overlap(tmp_path / "share2", share)
        refuse_overlap(tmp_path / "home", share)
    finally:
        set_language("en")


if sys.platform != "win32":  # links need a privilege there

    def test_a_home_in_a_share_is_refused_through_a_link_too(tmp_path: Path) -> None:
        (tmp_path / "share").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "share")
        with pytest.raises(Problem):
            refuse_overlap(tmp_path / "link" / "home", tmp_path / "share")
