"""What is refused or left at the board writes nothing."""

import asyncio
from datetime import timedelta

from agent_tui.ui.board.queue import QueueScreen
from agent_tui.ui.board.screen import BoardScreen
from tests.company import Company, talk
from tests.ui.board.keys import MONDAY, at_board


async def test_what_cannot_be_done_is_said_in_a_line_and_nothing_is_written(company: Company) -> None:
    gone, there = company.join("A017", "张敏"), company.join("A018", "李强")
    talk(gone, 1)
    talk(there, 2)
    company.sync()
    company.boss.supervisor.confirm("A018", MONDAY)
    async with at_board(company) as boss:
        await boss.on("A017")
        await boss.press("2", "1")
        await boss.fill("", "")
        boss.book.members.leave("A017", MONDAY - timedelta(days=1))
        before = boss.book.session.place.journal.last_seq
        await boss.press("enter")
        await boss.sees("is after A017 left on 2026-11-22")
        await boss.on("A018")
        await boss.press("4")
        await boss.sees("already")
        await boss.press("8")
        await boss.sees("is confirmed")
        assert boss.book.session.place.journal.last_seq == before
        await boss.press("f9", "6")
        await boss.sees("No list yet.")
        await boss.press("enter")
        await boss.ready()
        assert not isinstance(boss.shell.screen, QueueScreen)


async def test_a_customer_that_is_the_agents_already_is_not_asked_about(company: Company) -> None:
    owner = company.join("A017", "张敏")
    company.join("A018", "李强")
    talk(owner, 1, lead=True)
    company.sync()
    async with at_board(company) as boss:
        before = boss.book.session.place.journal.last_seq
        await boss.on("A018")
        await boss.press("6", "0")
        await boss.fill("13800000001")
        await boss.press("7", "1")
        await boss.sees("already")
        assert isinstance(boss.shell.screen, BoardScreen), "no question was asked"
        assert boss.book.session.place.journal.last_seq == before


async def test_nothing_is_written_when_esc_leaves_any_question(company: Company) -> None:
    company.join("A017", "张敏")
    async with at_board(company) as boss:
        before = boss.book.session.place.journal.last_seq
        for keys in ("3", "4", "5", "6", "8"):
            await boss.press(keys, "escape")
        await boss.press("escape")
        await boss.press("9", "escape", "f3", "escape", "x", "escape")
        await asyncio.sleep(0)
        assert boss.book.session.place.journal.last_seq == before
        assert isinstance(boss.shell.screen, BoardScreen)
