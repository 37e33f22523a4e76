"""What is asked before a day changes says how it will stand; a decision of any day is withdrawn by a key."""

import re
from datetime import timedelta

from agent_tui.clock import SetClock
from tests.company import NOW, Company, talk
from tests.ui.board.keys import MONDAY, Supervisor, at_board
from tests.ui.golden import screen_text


async def choose(boss: Supervisor, what: str) -> None:
    """The decision that is told so, among those that may be withdrawn: of one instant they stand in any order."""
    await boss.press("0")
    digit = next(
        found[1] for row in screen_text(boss.pilot.app).splitlines() if (found := re.search(rf"\| (\d) {what}", row))
    )
    await boss.press(digit)


async def test_a_decision_of_an_earlier_run_is_withdrawn_on_the_page_of_the_day(company: Company) -> None:
    company.join("A017", "张敏")
    company.boss.supervisor.excuse("A017", MONDAY, "停电")
    company.boss.supervisor.points("A017", "att.late", MONDAY)
    company.boss.supervisor.confirm("A017", MONDAY)
    company.clock = SetClock(NOW + timedelta(days=1), ticking=False)
    async with at_board(company) as boss:
        book = boss.book
        await boss.press("enter")
        await boss.ready()
        await boss.press("0")
        await boss.sees("Nothing about 2026-11-24 Tue can be withdrawn here.")
        await boss.press("left")
        await boss.ready()
        await choose(boss, "excused 停电")
        await boss.sees("short 120 calls, 25 leads: 725 yuan")
        await boss.press("enter")
        await boss.sees("withdrawn: A017 张敏, 2026-11-23 excused 停电")
        assert not book.day("A017", MONDAY).excused
        await choose(boss, "confirmed")
        await boss.sees("the day is not confirmed then")
        await boss.press("enter")
        await boss.sees("withdrawn: A017 张敏, 2026-11-23 confirmed")
        assert book.day("A017", MONDAY).state == "open"
        await choose(boss, "points Late")
        await boss.press("escape")
        assert book.ledger("A017", "2026-11").balance == 98, "Esc withdraws nothing"


async def test_what_was_withdrawn_so_is_not_what_undo_takes_back(company: Company) -> None:
    company.join("A017", "张敏")
    async with at_board(company) as boss:
        book = boss.book
        await boss.press("3")
        await boss.fill("", "停电")
        await boss.press("enter")
        await boss.sees("excused: A017")
        await boss.press("enter")
        await boss.ready()
        await boss.press("0", "1", "enter")
        assert not book.day("A017", MONDAY).excused
        await boss.press("ctrl+z")
        await boss.sees("Nothing was done here that can be taken back.")


async def test_leave_is_approved_with_the_quota_that_follows(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.agent.ask("leave", MONDAY + timedelta(days=1), 60, "看牙")
    company.sync()
    async with at_board(company) as boss:
        await boss.press("5", "1", "1")
        await boss.sees("quota 120 calls, 25 leads -> 103 calls, 25 leads")
        await boss.press("escape", "5", "8")
        await boss.fill("", "420", "", "")
        await boss.sees("quota 120 calls, 25 leads -> 0 calls, 0 leads")


async def test_a_day_confirmed_again_is_asked_with_the_figures_it_will_have(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, lead=True)
    company.sync()
    company.boss.supervisor.confirm("A017", MONDAY)
    for number in (2, 3):
        talk(desk, number)
    company.sync()
    async with at_board(company) as boss:
        book = boss.book
        await boss.press("4")
        await boss.sees("valid 3/120  leads 1/25")
        shown = screen_text(boss.shell)
        assert "short 117 calls, 24 leads: 705 yuan" in shown
        assert "confirmed before with valid 1/120  leads 1/25" in shown
        assert "records since the last confirmation, counted here: 2" in shown
        assert book.day("A017", MONDAY).figures.valid == 1, "asking writes nothing"
        await boss.press("enter")
        await boss.sees("confirmed: A017")
        assert book.day("A017", MONDAY).figures.valid == 3


async def test_of_two_confirmations_it_is_said_that_the_day_stays_confirmed(company: Company) -> None:
    desk = company.join("A017", "张敏")
    company.boss.supervisor.points("A017", "att.late", MONDAY)
    company.boss.supervisor.confirm("A017", MONDAY)
    talk(desk, 1)
    company.sync()
    company.boss.supervisor.confirm("A017", MONDAY)
    async with at_board(company) as boss:
        book = boss.book
        await boss.press("enter")
        await boss.ready()
        for state in ("confirmed", "open"):
            await choose(boss, "confirmed")
            await boss.sees("stays confirmed" if state == "confirmed" else "is not confirmed then")
            await boss.press("enter")
            await boss.sees("withdrawn:")
            assert book.day("A017", MONDAY).state == state
        await choose(boss, "points Late")
        await boss.sees("points of the month 98 -> 100")
