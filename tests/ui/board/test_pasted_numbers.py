"""A number that is pasted brings blanks along that nobody sees; it is the number all the same."""

import pytest

from agent_tui.ui.board.queue import QueueScreen
from tests.company import Company
from tests.ui.board.keys import MONDAY, at_board

# No blanks to Python: U+2800 is drawn as one, U+3164 comes with Korean texts.
BLANKS = ("\u2800", "\u3164")
WEEK = "2026-W48"


@pytest.mark.parametrize("blank", BLANKS)
async def test_the_minutes_and_leads_of_leave(company: Company, blank: str) -> None:
    company.join("A017", "张敏")
    async with at_board(company) as boss:
        book = boss.book
        await boss.press("5", "8")
        await boss.fill("2026-11-23", f"60{blank}", f"{blank}2", "")
        await boss.sees("60 min")
        await boss.press("enter")
        await boss.sees("approved: A017 张敏, 2026-11-23, 60 min")
        quota = book.day("A017", MONDAY).quota
        assert quota
        assert (quota.calls, quota.leads) == (103, 2)


@pytest.mark.parametrize("blank", BLANKS)
async def test_the_rating_of_a_week_and_the_numbers_of_its_plan(company: Company, blank: str) -> None:
    company.join("A017", "张敏")
    async with at_board(company, size=(120, 30)) as boss:
        book = boss.book
        boss.shell.push_screen(QueueScreen(book, "week"))
        await boss.sees("A017")
        await boss.press("enter", "1")
        await boss.fill(f"4{blank}", "")
        await boss.sees("rated")
        await boss.press("enter", "2")
        await boss.fill(f"10{blank}", f"{blank}3", "", "")
        await boss.sees("plan")
        week = book.read.week("A017", WEEK)
        assert week.review and week.plan
        assert (week.review.rating, week.plan.companies, week.plan.grades) == (4, 10, 3)
