"""The doctor: what of terminal, machine and share it finds, and that every finding has its mend."""

import os
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from agent_tui.doctor import Finding, share, system
from agent_tui.doctor import terminal as terminal_room
from agent_tui.doctor.system import by_clock, by_home, by_settings
from agent_tui.doctor.terminal import by_environment, by_size, judged
from agent_tui.i18n import set_language
from agent_tui.store.odds import Odds
from tests.commands.running import Machine, Machines, environment
from tests.waiting import PATIENCE_S

UTF8 = {"TERM": "xterm-256color", "LANG": "zh_CN.UTF-8"}


# The program, which gives a terminal that answers so many seconds for it.
PATIENT = """
import sys
from agent_tui.doctor import terminal
terminal._PATIENCE_S = float(sys.argv.pop(1))
from agent_tui.__main__ import main
main()
"""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Disk and share are quick enough however busy this machine is: what is found does not change between two looks."""
    monkeypatch.setattr(system, "_SLOW_S", PATIENCE_S)
    monkeypatch.setattr(share, "_SLOW_S", PATIENCE_S)
    monkeypatch.setattr(share, "_PATIENCE_S", PATIENCE_S)


def keys(found: list[Finding], *states: str) -> set[str]:
    return {one.key for one in found if one.state in (states or ("note", "trouble"))}


@pytest.mark.parametrize(
    ("changed", "system", "expected"),
    [
        ({}, "linux", set()),
        ({"TERM": "dumb"}, "linux", {"no_term"}),
        ({"TERM": ""}, "linux", {"no_term"}),
        ({"TERM": ""}, "win32", {"old_console"}),
        ({"WT_SESSION": "1"}, "win32", {"windows_terminal"}),
        ({"LANG": "zh_CN.GBK"}, "linux", {"not_utf8"}),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "linux", {"not_utf8"}),
        ({"TEXTUAL_ALLOW_SIGNALS": "1"}, "linux", {"signals"}),
        ({"TERM_PROGRAM": "vscode"}, "linux", {"vscode"}),
        ({"TERM_PROGRAM": "iTerm.app"}, "darwin", set()),
        ({"TERM_PROGRAM": "iTerm.app", "TEXTUAL_DISABLE_KITTY_KEY": "0"}, "darwin", {"kitty"}),
        ({"TERM_PROGRAM": "iTerm.app", "TEXTUAL_DISABLE_KITTY_KEY": "1"}, "darwin", set()),
        ({"TMUX": "/tmp/x", "SSH_TTY": "/dev/pts/1"}, "linux", {"tmux", "ssh"}),
        ({"STY": "1", "NO_COLOR": "1"}, "linux", {"screen", "no_colour"}),
        ({"XDG_CURRENT_DESKTOP": "ubuntu:GNOME", "XMODIFIERS": "@im=ibus"}, "linux", {"gnome", "input_method"}),
    ],
)
def test_what_the_environment_tells(changed: dict[str, str], system: str, expected: set[str]) -> None:
    assert keys(by_environment({**UTF8, **changed}, system)) == expected


def test_size_and_widths() -> None:
    assert by_size(80, 24).state == "ok"
    assert by_size(79, 24).state == by_size(80, 23).state == "trouble"
    assert keys(judged({"─": 1, "…": 1, "中": 2})) == set()
    assert keys(judged({"─": 2, "…": 1, "中": 2})) == {"ambiguous"}
    assert keys(judged({"─": 1, "…": 1, "中": 1})) == {"narrow_hanzi"}


def test_the_clock_must_not_stand_before_the_last_record() -> None:
    now = datetime(2026, 11, 23, 14, 32).astimezone()
    assert by_clock(now, None).state == by_clock(now, now).state == "ok"
    assert by_clock(now, now + timedelta(hours=1)).key == "clock_back"


def test_a_home_in_a_synced_folder_or_open_to_others_is_named(tmp_path: Path) -> None:
    home = tmp_path / "OneDrive - 公司" / "agent"
    assert "home_synced" in keys(by_home(home))
    home.mkdir(parents=True, mode=0o755)
    if os.name == "posix":
        home.chmod(0o755)
        assert "home_open" in keys(by_home(home), "trouble")
        home.chmod(0o700)
    assert "home_open" not in keys(by_home(home))
    assert list(home.iterdir()) == []


def test_typos_in_settings_are_named(tmp_path: Path) -> None:
    path = tmp_path / "odds.json"
    assert by_settings(path) == []
    Odds(path).put("settings", "look.them", "x")
    (found,) = by_settings(path)
    assert "look.them" in found.text


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_every_finding_says_how_it_is_and_what_to_do(spoken: str) -> None:
    set_language(spoken)  # type: ignore[arg-type]
    try:
        everything = {**UTF8, "TERM": "dumb", "TEXTUAL_ALLOW_SIGNALS": "1", "TMUX": "1", "STY": "1", "NO_COLOR": "",
                      "TERM_PROGRAM": "vscode", "TEXTUAL_DISABLE_KITTY_KEY": "0", "LANG": "C", "SSH_TTY": "1",
                      "XDG_CURRENT_DESKTOP": "GNOME", "XMODIFIERS": "@im=fcitx", "WT_SESSION": "1"}  # fmt: skip
        for one in by_environment(everything, "linux"):
            assert one.text
            assert one.mend
    finally:
        set_language("en")


def test_it_looks_at_a_machine_alone(machine: Machine) -> None:
    found = {one["what"]: one for one in machine.json("doctor")}
    assert found["no_team"]["area"] == "share"
    assert not machine.home.exists()


def test_it_looks_at_the_share(machines: Machines) -> None:
    machines.team("A017")
    agent = machines["A017"]
    assert {one["what"] for one in agent.json("doctor") if one["area"] == "share"} == {"there"}
    agent("log", "--phone", "13800138000", "--outcome", "no_answer").done()
    assert {one["what"] for one in agent.json("doctor") if one["area"] == "share"} == {"there", "pending"}
    # As Explorer names the copy of a file.
    (machines.share / "team - 副本.json").write_bytes(b"")
    assert {one["what"] for one in agent.json("doctor") if one["area"] == "share"} == {"there", "pending", "conflicts"}
    (machines.share / "team - 副本.json").unlink()
    away = machines.share.with_name("away")
    machines.share.rename(away)
    gone = next(one for one in agent.json("doctor") if one["area"] == "share")
    assert (gone["what"], gone["state"]) == ("gone", "trouble")
    assert gone["mend"]
    printed = agent("doctor").done().out
    assert gone["mend"] in printed
    wrong = sum(one["state"] == "trouble" for one in agent.json("doctor"))
    assert f"{wrong} to mend" in printed


def test_another_teams_folder_is_named(machines: Machines, tmp_path: Path) -> None:
    machines.team("A017")
    other = tmp_path / "other"
    other.mkdir()
    machines["S009"]("init", str(other), "--team", "二组", "--id", "S009", "--name", "周强").done()
    found = machines["A017"].json("doctor", "--share", str(other))
    assert [one["what"] for one in found if one["area"] == "share"] == ["other_team"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminal")
@pytest.mark.parametrize(("wide", "expected"), [(1, "ok"), (2, "two cells wide"), (None, "")])
def test_it_asks_the_terminal_how_wide_it_draws(tmp_path: Path, wide: int | None, expected: str) -> None:
    """A terminal answers where its cursor is, drawing lines so wide; one that answers nothing is not waited for."""
    import pty  # Windows has none

    master, slave = pty.openpty()
    heard = bytearray()

    def terminal() -> None:
        while True:
            try:
                heard.extend(part := os.read(master, 4096))
            except OSError:
                return
            if b"\x1b[6n" in part and wide is not None:
                cells = 2 if "中".encode() in part else wide
                os.write(master, f"\x1b[1;{cells + 1}R".encode())

    reader = threading.Thread(target=terminal, daemon=True)
    reader.start()
    patience = terminal_room._PATIENCE_S if wide is None else PATIENCE_S
    process = subprocess.Popen(
        [sys.executable, "-c", PATIENT, str(patience), "--home", str(tmp_path / "home"), "--lang", "en", "doctor"],
        stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
        env=environment(TERM="xterm-256color", LC_ALL="C.UTF-8"),
    )  # fmt: skip
    os.close(slave)
    assert process.wait(PATIENCE_S) == 0
    reader.join(PATIENCE_S)
    os.close(master)
    printed = heard.decode()
    if wide == 1:
        assert "as wide as they should be" in printed
    elif wide == 2:
        assert "--ascii" in printed
    else:
        assert "wide as they should be" not in printed
    assert expected in printed


@pytest.mark.parametrize("name", ["file", "n" * 300])
def test_a_data_directory_that_cannot_be_is_told_and_is_no_fault(machine: Machine, name: str) -> None:
    machine.home.parent.joinpath("file").write_bytes(b"")
    machine.home = machine.home.parent / name
    found = {one["what"]: one for one in machine.json("doctor")}
    (told,) = found.keys() & {"no_flush", "no_book"}
    assert found[told]["state"] == "trouble"
    assert found[told]["mend"]


def test_who_only_asks_makes_no_data_directory(machine: Machine) -> None:
    for command in ("status", "check", "doctor", "locate", "members"):
        machine(command)
        assert not machine.home.exists(), command
    # In a folder that was named by mistake nothing is left either.
    machine.home.mkdir()
    machine("status").wrong()
    assert list(machine.home.iterdir()) == []
