"""The first run: a desk, a team made or joined, from the answers of setup."""

from pathlib import Path

import pytest
from textual.widgets import Input

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.i18n import Language, language, set_language
from agent_tui.ui import commands
from agent_tui.ui.app import Shell
from agent_tui.ui.board.screen import BoardScreen
from agent_tui.ui.desk.screen import DeskScreen
from agent_tui.ui.help import HelpScreen
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.setup import SetupScreen
from tests.company import NOW, ZONE
from tests.ui.golden import check_golden, screen_text, settle, type_text
from tests.ui.shells import CLOCK, comes, opens, solo


@pytest.fixture(autouse=True)
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The login name that setup offers."""
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, "min")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_enter_through_the_defaults_gives_a_working_desk(tmp_path: Path, language: Language) -> None:
    set_language(language)
    shell = Shell(tmp_path / "home", CLOCK, ascii=True)
    shell.open_book()
    async with shell.run_test() as pilot:
        await settle(pilot)
        check_golden(shell, f"setup/{language}-80x24")
        await pilot.press(*["enter"] * 6)
        assert await opens(pilot, DeskScreen)
        assert shell.book is not None
        me = shell.book.identity
        assert (me.agent, me.name, me.hired, me.zone, me.solo) == ("A001", "min", NOW.date(), ZONE, True)
    shell.close_book()
    assert teams.has_team(tmp_path / "home")


async def test_a_message_of_two_rows_is_seen_whole(tmp_path: Path) -> None:
    set_language("zh")
    shell = Shell(tmp_path / "home", CLOCK)
    async with shell.run_test() as pilot:
        await settle(pilot)
        text = "".join(chr(ord("一") + number) for number in range(70))
        shell.say(text, "error")
        await settle(pilot)
        assert text in "".join(screen_text(shell).split())
    shell.close_book()


async def test_the_language_is_chosen_on_the_first_run_and_kept(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home", CLOCK)
    async with shell.run_test() as pilot:
        await settle(pilot)
        await pilot.press("１")
        await settle(pilot)
        assert "第一次使用" in screen_text(shell)
        await pilot.press(*["enter"] * 6)
        assert await opens(pilot, DeskScreen)
    shell.close_book()
    set_language("en")
    again = Shell(tmp_path / "home", CLOCK)
    again.open_book()
    again.close_book()
    assert language() == "zh"
    asked = Shell(tmp_path / "home", CLOCK, language="en")
    set_language("en")
    asked.open_book()
    asked.close_book()
    assert language() == "en"


async def test_a_wrong_answer_is_said_before_the_next_one_is_typed(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home", CLOCK)
    async with shell.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter", "2", "enter")
        shell.screen.query_one("#field-share", Input).focus()
        await type_text(pilot, "sales")
        await pilot.press("enter")
        assert await comes(pilot, "'sales'")
        assert shell.focused is shell.screen.query_one("#field-share")
        await type_text(pilot, "/mnt/sales")
        await pilot.press("enter")
        await settle(pilot)
        assert shell.focused is shell.screen.query_one("#field-id"), "what was wrong was selected, and replaced"
        assert shell.screen.query_one("#field-share", Input).value == "/mnt/sales"
    shell.close_book()


async def test_a_wrong_answer_is_said_in_one_line_and_nothing_is_made(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home", CLOCK)
    async with shell.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter", "enter", "enter", "enter")
        await type_text(pilot, "someday")
        await pilot.press("enter", "enter")
        assert await comes(pilot, "'someday' is not a day; write it like 2026-11-09")
        await pilot.press("up", "up")
        await type_text(pilot, "A/../1")
        await pilot.press("down", "down")
        await type_text(pilot, "2026-11-09")
        await pilot.press("down", "enter")
        assert await comes(pilot, "A/../1")
        assert isinstance(shell.screen, SetupScreen)
    assert not teams.has_team(tmp_path / "home")


async def test_a_folder_that_is_no_whole_path_founds_no_team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shell = Shell(tmp_path / "home", CLOCK)
    async with shell.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter", "3")
        await type_text(pilot, "sales")
        await pilot.press(*["enter"] * 5)
        assert await comes(pilot, "'sales' is not a full path")
        assert shell.focused is shell.screen.query_one("#field-share")
    assert not teams.has_team(tmp_path / "home")
    assert not (tmp_path / "sales").exists()


@pytest.mark.parametrize("blank", ["", "  "])
async def test_enter_does_not_leave_an_empty_field(tmp_path: Path, blank: str) -> None:
    shell = Shell(tmp_path / "home", CLOCK)
    async with shell.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter", "2")
        await type_text(pilot, blank)
        await pilot.press("enter")
        assert await comes(pilot, "shared folder: needed")
        await type_text(pilot, "/mnt/sales")
        await settle(pilot)
        assert shell.screen.query_one("#field-share", Input).value.strip() == "/mnt/sales"
        assert "needed" not in screen_text(shell)
        await pilot.press("enter")
        await settle(pilot)
        assert shell.focused is shell.screen.query_one("#field-id")
    assert not teams.has_team(tmp_path / "home")


async def test_a_team_is_created_and_its_code_must_be_seen(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    shell = Shell(tmp_path / "home", CLOCK)
    async with shell.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter", "3")
        await type_text(pilot, str(share))
        await pilot.press(*["enter"] * 5)
        assert await comes(pilot, "recovery code")
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert "recovery code" in screen_text(shell)
        # Killed here, it is shown by `init` later.
        (unseen,) = (tmp_path / "home").rglob("code-unseen")
        await pilot.press("8")
        assert await opens(pilot, BoardScreen)
        assert not unseen.exists()
        assert shell.book is not None
        assert (shell.book.identity.agent, shell.book.identity.role) == ("S001", "supervisor")
        await pilot.press("ctrl+g")
        await settle(pilot)
        assert "desk" not in screen_text(shell)
    shell.close_book()
    assert (share / "team.json").exists()


async def test_a_desk_asks_to_join_later_and_shows_the_words_of_the_board(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    teams.init_team(tmp_path / "boss", share, "一组", "S001", "陈静", ZONE, CLOCK)
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await opens(pilot, DeskScreen)
        shell.action_team()
        await settle(pilot)
        await pilot.press("enter", "enter")
        await type_text(pilot, str(share / "nowhere"))
        await pilot.press(*["enter"] * 4)
        assert await comes(pilot, "nowhere")
        focused = shell.focused
        assert focused is not None
        assert focused.id == "field-share", "what is typed now takes the place of what was wrong"
        await type_text(pilot, str(share))
        assert shell.screen.query_one(StatusLine).kind is None, "what was wrong is being mended"
        await pilot.press(*["enter"] * 4)
        assert await comes(pilot, "Asked to join")
        told = screen_text(shell)
        assert "one moment" not in told, "nothing is waited for but Enter"
        await pilot.press("enter")
        assert await opens(pilot, DeskScreen)
        assert shell.book is not None
        assert shell.book.identity.waiting == "一组"
        shell.action_team()
        assert await opens(pilot, SetupScreen)
        assert "Enter starts" not in screen_text(shell), "there is nothing to start"
        assert "waits for a supervisor" in screen_text(shell)
        boss = Book.open(tmp_path / "boss", CLOCK)
        boss.sync_once()
        (waiting,) = [member for member in boss.members.all(words=True) if member.state == "waiting"]
        boss.members.approve(waiting.writer)
        boss.sync_once()
        boss.close()
        assert await comes(pilot, "belongs to the team 一组"), "the page that waits hears of the approval"
        assert "waits for a supervisor" not in screen_text(shell)
    shell.close_book()
    assert "  ".join(waiting.words) in told


async def test_the_help_of_the_first_run_names_no_key_that_does_nothing_there(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home", CLOCK)
    async with shell.run_test() as pilot:
        await settle(pilot)
        assert "F1 help" in screen_text(shell)
        await pilot.press("f1")
        assert await opens(pilot, HelpScreen)
        shown = screen_text(shell)
        assert commands.command("ui.quit").sentence[:20] in shown
        for id in ("ui.settings", "ui.rules", "ui.customers", "ui.team", "ui.board", "ui.desk"):
            assert commands.command(id).sentence[:20] not in shown
