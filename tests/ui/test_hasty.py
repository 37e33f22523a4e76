"""Keys faster than the screens: what was typed ahead of an answer closes nothing else, and never the program."""

from pathlib import Path

import pytest
from textual import events, work
from textual.app import ComposeResult
from textual.css.query import NoMatches
from textual.widgets import OptionList

from agent_tui.ui.app import Shell
from agent_tui.ui.desk.screen import DeskScreen
from agent_tui.ui.help import HelpScreen
from agent_tui.ui.kit.dialogs import Choice, Choose
from agent_tui.ui.kit.page import Page
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.settings.screen import SettingsScreen
from tests.ui.golden import settle
from tests.ui.shells import opens, solo

QUESTION = "Which?"


def send(shell: Shell, *keys: str) -> None:
    """Keys that are there before the first of them is looked at."""
    driver = shell._driver
    assert driver is not None
    for key in keys:
        driver.send_message(events.Key(key, key if len(key) == 1 else None))


class Asking(Page):
    """A page whose question comes when it was left already: as where Esc follows at once on the key that asks."""

    scope = "ui"
    BINDINGS = [("a", "ask")]  # noqa: RUF012 - Textual types it so

    def compose(self) -> ComposeResult:
        yield StatusLine()

    @work
    async def action_ask(self) -> None:
        self.app.pop_screen()
        await self.app.push_screen_wait(Choose(QUESTION, [Choice("1", "one", digit="1")]))


class Looking(Page):
    """A page whose act still runs when it was left, or fails."""

    scope = "ui"
    BINDINGS = [("a", "act"), ("b", "fail")]  # noqa: RUF012 - as above

    def compose(self) -> ComposeResult:
        yield StatusLine()

    @work
    async def action_act(self) -> None:
        self.app.pop_screen()
        self.query_one("#gone")

    @work
    async def action_fail(self) -> None:
        self.query_one("#gone")


async def test_a_digit_that_is_held_or_a_double_click_answers_once(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")
    answers: list[str | None] = []
    async with shell.run_test() as pilot:
        assert await opens(pilot, DeskScreen)
        await pilot.press("f1")
        assert await opens(pilot, HelpScreen)
        shell.push_screen(Choose(QUESTION, [Choice("1", "one", digit="1")]), answers.append)
        assert await opens(pilot, Choose)
        send(shell, *"1111")
        await settle(pilot)
        assert isinstance(shell.screen, HelpScreen)
        assert answers == ["1"]
        shell.push_screen(Choose(QUESTION, [Choice("1", "one", digit="1")]), answers.append)
        assert await opens(pilot, Choose)
        options = shell.screen.query_one(OptionList)
        for _ in range(2):  # as a double click does
            options.action_select()
        await settle(pilot)
        assert isinstance(shell.screen, HelpScreen)
        assert answers == ["1", "1"]
    shell.close_book()


async def test_no_palette_opens_over_a_question(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await opens(pilot, DeskScreen)
        await pilot.press("ctrl+p")
        assert await opens(pilot, Choose)
        await pilot.press("ctrl+p")
        await settle(pilot)
        assert isinstance(shell.screen, Choose)
    shell.close_book()


async def test_a_page_left_before_its_question_came_asks_no_more(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await opens(pilot, DeskScreen)
        shell.push_screen(Asking())
        assert await opens(pilot, Asking)
        send(shell, "a")
        assert await opens(pilot, DeskScreen)
        await pilot.press("f1")
        assert await opens(pilot, HelpScreen)
    shell.close_book()


async def test_settings_left_while_they_are_drawn_anew_are_left(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await opens(pilot, DeskScreen)
        for digit in "232":
            await pilot.press("f2")
            assert await opens(pilot, SettingsScreen)
            send(shell, digit, "escape")
            assert await opens(pilot, DeskScreen)
    shell.close_book()


async def test_a_desk_replaced_while_it_was_to_be_drawn_is_not_missed(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await opens(pilot, DeskScreen)
        for _ in range(10):
            shell.screen.call_after_refresh(shell.screen.query_one, "#gone")
            shell.draw_anew()
            assert await opens(pilot, DeskScreen)
        assert shell.is_running
    shell.close_book()


async def test_a_widget_that_is_missing_where_one_looks_is_an_error(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")
    with pytest.raises(NoMatches):
        async with shell.run_test() as pilot:
            assert await opens(pilot, DeskScreen)
            shell.screen.call_later(shell.screen.query_one, "#gone")
            await settle(pilot)
    shell.close_book()


async def test_what_an_act_of_a_page_that_was_left_still_says_is_not_missed(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await opens(pilot, DeskScreen)
        shell.push_screen(Looking())
        assert await opens(pilot, Looking)
        await pilot.press("a")
        await pilot.press("f1")
        assert await opens(pilot, HelpScreen)
    shell.close_book()


async def test_the_report_of_an_act_that_fails_says_where(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")
    with pytest.raises(NoMatches):
        async with shell.run_test() as pilot:
            assert await opens(pilot, DeskScreen)
            shell.push_screen(Looking())
            assert await opens(pilot, Looking)
            await pilot.press("b")
            await settle(pilot)
    assert shell.report is not None
    assert "action_fail" in shell.report.read_text(encoding="utf-8")
    shell.close_book()
