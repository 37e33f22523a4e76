"""A review made again at the board says what it takes the place of."""

from agent_tui.i18n import t
from agent_tui.ui.board.queue import QueueScreen
from tests.company import Company
from tests.ui.board.keys import at_board

WEEK = "2026-W48"


async def test_a_second_review_says_which_it_replaces(company: Company) -> None:
    company.join("A017", "张敏")
    company.boss.supervisor.review("A017", WEEK, 2, "还要练")
    async with at_board(company, size=(120, 30)) as keys:
        book = keys.book
        keys.shell.push_screen(QueueScreen(book, "week"))
        await keys.sees("A017")
        await keys.press("enter", "1")
        await keys.sees("S001 陈静 gave 2 on 11-23 14:32")
        await keys.sees("takes its place")
        await keys.fill("4", "")
        review = book.read.week("A017", WEEK).review
        assert review
        assert (review.rating, review.text) == (4, "还要练")


async def test_the_summary_is_read_where_the_week_is_rated(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.agent.summary(WEEK, "开发五家,两家约了拜访")
    company.sync()
    async with at_board(company) as keys:
        keys.shell.push_screen(QueueScreen(keys.book, "week"))
        await keys.sees("A017")
        await keys.press("enter", "4")
        await keys.sees("开发五家,两家约了拜访")
        await keys.press("escape")
        await keys.sees("not rated")


async def test_a_plan_is_approved_in_the_words_in_which_it_was_sent(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.agent.plan(WEEK, companies=120, grades=2, trades="机械", text="先打老客户")
    company.sync()
    async with at_board(company) as keys:
        keys.shell.push_screen(QueueScreen(keys.book, "week"))
        await keys.sees("A017")
        await keys.press("enter", "2")
        await keys.sees("Approve the plan")
        for name in ("companies", "grades", "trades", "text"):
            await keys.sees(t(f"week.{name}"))
        await keys.press("enter", "enter", "enter", "enter")
        await keys.sees("plan approved")
        await keys.press("enter")
        await keys.sees("approved: 120 companies")
