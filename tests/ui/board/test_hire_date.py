"""A hire date put right on the page of the devices, and taken back there."""

from datetime import date

from agent_tui.ui.board.devices import DevicesScreen
from tests.ui.board.keys import MONDAY, Supervisor, book_of
from tests.ui.board.test_board import board, ready
from tests.ui.company import Company
from tests.ui.golden import screen_text


async def test_a_hire_date_is_put_right_and_that_taken_back(company: Company) -> None:
    company.join("A017", "张敏", date(2025, 11, 9))
    company.ask("A018", "李强")
    company.boss.sync_once()
    shell = board(company)
    async with shell.run_test(size=(120, 30)) as pilot:
        await ready(pilot)
        book, keys = book_of(shell), Supervisor(pilot)
        shell.push_screen(DevicesScreen(book))
        await keys.sees("2025-11-09")
        await keys.press("home", "2")
        await keys.sees("let the device in first")
        await keys.press("down", "2")
        await keys.fill("2026-11-09")
        await keys.sees("2025-11-09")
        await keys.sees("days stay as they are")
        await keys.press("enter")
        await keys.sees("A017 张敏 was hired on 2026-11-09")
        assert book.day("A017", MONDAY).new_hire_day == 15
        await keys.press("ctrl+z", "enter")
        await keys.sees("taken back")
        assert book.day("A017", MONDAY).new_hire_day is None, screen_text(shell)
