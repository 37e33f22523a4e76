"""Points that two supervisors entered without knowing of each other: in the morning's queue and the month's end."""

import pytest

from agent_tui.ui.board.queue import QueueScreen
from tests.company import Company, talk
from tests.ui.board.keys import MONDAY, at_board


@pytest.mark.parametrize("upheld", [False, True])
async def test_points_that_two_entered_are_withdrawn_or_upheld_from_the_mornings_queue(
    company: Company, upheld: bool
) -> None:
    talk(company.join("A017", "张敏"), 1)
    other = company.second_supervisor()
    for book in (company.boss, other):
        book.supervisor.points("A017", "att.late", MONDAY)
    company.sync()
    company.sync()
    async with at_board(company, size=(120, 34)) as keys:
        book = keys.book
        keys.shell.push_screen(QueueScreen(book, "month"))
        await keys.sees("in question: 1")
        await keys.board()
        await keys.on("A017")
        await keys.press("f4")
        (later,) = book.read.repeats()
        await keys.on(later.entry.id)
        await keys.sees("in question: likely entered twice, as record")
        await keys.board()
        await keys.press("f9", "1")
        await keys.sees("Late -2 points -10 yuan, likely entered twice")
        await keys.press("enter", "2" if upheld else "1")
        if upheld:
            await keys.fill("was late again at noon")
            await keys.sees("reason: was late again at noon")
        else:
            await keys.fill("")
            await keys.sees("reason: entered twice")
        await keys.press("enter")
        await keys.sees("Nobody waits and nobody is missing.")
        assert book.ledger("A017", "2026-11").balance == (96 if upheld else 98)
        assert book.read.repeats() == []
        if not upheld:
            await keys.press("ctrl+z", "enter")
            await keys.sees("likely entered twice")
