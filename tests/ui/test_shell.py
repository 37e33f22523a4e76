"""The program around the screens: palette, jump, help, language, theme, faults, leaving."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import OptionList

from agent_tui import manual
from agent_tui.i18n import Language, language, set_language, t
from agent_tui.ui import commands
from agent_tui.ui.app import Shell
from agent_tui.ui.board.screen import BoardScreen
from agent_tui.ui.day.screen import DayScreen
from agent_tui.ui.desk.screen import DeskScreen
from agent_tui.ui.help import HelpScreen
from agent_tui.ui.settings.screen import SettingsScreen
from tests.ui.golden import check_golden, screen_text, settle, type_text
from tests.ui.shells import CLOCK, comes, opens, solo


async def test_the_palette_runs_what_is_typed(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await opens(pilot, DeskScreen)
        await pilot.press("ctrl+p")
        await settle(pilot)
        await type_text(pilot, "no such thing")
        assert "nothing by that name" in screen_text(shell)
        await pilot.press("enter", "escape", "ctrl+p")
        await type_text(pilot, "desk.new")
        await settle(pilot)
        assert "next save" in screen_text(shell), "the last words of what the list cuts, under it"
        await pilot.press("escape", "ctrl+p")
        await type_text(pilot, "ui.board")
        await pilot.press("enter")
        assert await opens(pilot, BoardScreen)
    shell.close_book()


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("导入", "客户"), ("作废", "列表"), ("申诉", "积分"), ("请假", "收工"), ("kehu", "客户"), ("huash", "话术"),
        ("zuofei", "列表"),
    ],
)  # fmt: skip
async def test_the_palette_finds_what_is_done_on_another_screen(tmp_path: Path, word: str, found: str) -> None:
    set_language("zh")
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await opens(pilot, DeskScreen)
        await pilot.press("ctrl+p")
        await settle(pilot)
        await type_text(pilot, word)
        await settle(pilot)
        told = shell.screen.query_one(OptionList).get_option_at_index(0).prompt
        assert str(told).startswith(found)
    shell.close_book()


async def test_a_digit_after_ctrl_g_opens_screens_help_and_palette(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await opens(pilot, DeskScreen)
        await pilot.press("ctrl+g", "２")
        assert await opens(pilot, SettingsScreen)
        await pilot.press("escape", "ctrl+g", "8")
        assert await opens(pilot, DayScreen), "^G and the digit of the F-key"
        await pilot.press("escape", "ctrl+g", "up", "enter")
        assert await opens(pilot, BoardScreen), "a team of one has a board too, below the digits"
        await pilot.press("ctrl+g", "0")
        assert await opens(pilot, HelpScreen)
        await pilot.press("escape", "ctrl+g", "9")
        assert await comes(pilot, "Commands")
        await pilot.press("escape", "ctrl+g", "1")
        assert await opens(pilot, DeskScreen)
    shell.close_book()


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_help_names_every_key_of_its_screen_and_turns_to_the_manual(tmp_path: Path, language: Language) -> None:
    set_language(language)
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await opens(pilot, DeskScreen)
        shell.action_board()
        assert await opens(pilot, BoardScreen)
        await pilot.press("f1")
        assert await opens(pilot, HelpScreen)
        check_golden(shell, f"help/{language}-80x24", first=1)
        await pilot.resize_terminal(80, 70)
        await settle(pilot)
        rows = screen_text(shell).splitlines()
        for command in commands.commands("board"):
            (row,) = (row for row in rows if command.sentence[:20] in row)
            # What has no key of its own is found by its name.
            assert row.split()[0] == (command.label or "^P")
        await pilot.press("right")
        at = manual.TOPICS.index("board")
        for topic in manual.TOPICS[at:] + manual.TOPICS[:at]:
            assert await comes(pilot, f"  {manual.title(topic, language)} ")
            assert t("ui.help_keys") not in screen_text(shell).splitlines()[0]
            await pilot.press("right")
        await pilot.press("f1")
        assert await opens(pilot, BoardScreen)
    shell.close_book()


async def test_the_page_of_a_screen_comes_after_its_keys(tmp_path: Path) -> None:
    """Nobody looks for it among all of them; the head says that it comes."""
    expected = {
        "ui": "start", "desk": "desk", "board": "board", "board.day": "board", "board.queue": "board",
        "board.charts": "board", "board.devices": "team", "board.wrong": "sync", "cards": "cards",
        "customers": "customers", "customers.file": "customers", "customers.list": "lists", "day": "week", "pay": "pay",
        "points": "points", "rules": "rules", "settings": "desk", "settings.keys": "keys", "week": "week",
        "why": "policy",
    }  # fmt: skip
    assert set(expected) == {command.scope for command in commands.everything()}
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await opens(pilot, DeskScreen)
        for scope, topic in expected.items():
            shell.push_screen(HelpScreen(scope))
            title = manual.title(topic, language())
            assert await comes(pilot, f"> {title} "), scope
            await pilot.press("right")
            assert await comes(pilot, f"Help  {title} "), scope
            await pilot.press("escape")
            assert await opens(pilot, DeskScreen)
    shell.close_book()


async def test_language_and_theme_change_while_running_and_are_kept(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await opens(pilot, DeskScreen)
        await pilot.press("ctrl+p")
        await type_text(pilot, "中文")
        await pilot.press("enter")
        assert await comes(pilot, "有效电话")
        await pilot.press("ctrl+p")
        await type_text(pilot, "ui.theme")
        await pilot.press("enter")
        await settle(pilot)
        await type_text(pilot, "high")
        await pilot.press("enter")
        await settle(pilot)
        assert shell.theme == "high-contrast"
    shell.close_book()
    set_language("en")
    again = Shell(tmp_path / "home", CLOCK)
    again.open_book()
    again.close_book()
    assert (language(), again.theme) == ("zh", "high-contrast")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_has_its_texts_and_no_key_is_given_twice(language: Language) -> None:
    set_language(language)
    app_keys = [key for command in commands.commands("ui") for key in command.keys]
    for scope in (
        "board",
        "board.day",
        "board.devices",
        "desk",
        "points",
        "pay",
        "week",
        "cards",
        "day",
        "rules",
        "why",
    ):
        keys = [key for command in commands.commands(scope) for key in command.keys] + app_keys
        assert len(keys) == len(set(keys)), scope
    for scope in (
        "ui",
        "board",
        "board.day",
        "board.devices",
        "desk",
        "points",
        "pay",
        "week",
        "cards",
        "day",
        "rules",
        "why",
    ):
        for command in commands.commands(scope):
            assert command.title
            assert command.sentence
    for here, there in (("desk", "board"), ("board", "desk")):
        offered = [one for scope in ("ui", here) for one in commands.commands(scope) if one.id != f"ui.{there}"]
        jumps = [one.jump for one in offered if one.jump]
        assert len(jumps) == len(set(jumps))
        for one in offered:
            assert not one.jump or not one.label.startswith("F") or one.label == f"F{one.jump}" or one.id == "ui.help"


async def test_a_fault_leaves_a_report_without_what_was_on_the_screen(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")

    def fails() -> None:
        raise RuntimeError("张敏 13800138000")

    with pytest.raises(RuntimeError):
        async with shell.run_test() as pilot:
            assert await opens(pilot, DeskScreen)
            shell.call_later(fails)
            await settle(pilot)
    shell.close_book()
    assert shell.report is not None
    assert shell.return_code == 1
    report = shell.report.read_text(encoding="utf-8")
    assert "builtins.RuntimeError" in report
    assert "tests/ui/test_shell.py" in report
    for secret in ("张敏", "13800138000", str(tmp_path)):
        assert secret not in report
    if os.name == "posix":
        assert shell.report.stat().st_mode & 0o777 == 0o600


async def test_quitting_leaves_with_nought(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await opens(pilot, DeskScreen)
        await pilot.press("ctrl+q")
        await settle(pilot)
    shell.close_book()
    assert shell.return_code == 0


@pytest.mark.parametrize(
    ("program", "own", "expected"),
    [("iTerm.app", None, "1"), ("vscode", None, "1"), ("vscode", "0", "0"), ("xterm", None, "None")],
)
def test_terminals_that_lose_composed_text_get_no_kitty_keys(program: str, own: str | None, expected: str) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "TEXTUAL_DISABLE_KITTY_KEY"}
    environment |= {"TERM_PROGRAM": program} | ({"TEXTUAL_DISABLE_KITTY_KEY": own} if own else {})
    code = "import os, agent_tui.ui.app; print(os.environ.get('TEXTUAL_DISABLE_KITTY_KEY'))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == expected


@pytest.mark.parametrize(("own", "expected"), [(None, "120"), ("30", "30")])
def test_a_key_waits_for_short_frames_unless_others_were_asked_for(own: str | None, expected: str) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "TEXTUAL_FPS"}
    environment |= {"TEXTUAL_FPS": own} if own else {}
    code = "import agent_tui.ui.app, textual.screen; print(round(1 / textual.screen.UPDATE_PERIOD))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == expected
