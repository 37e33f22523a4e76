"""The queue of the month's end at the keys: who left, what changed since, days confirmed and taken back together."""

from datetime import timedelta
from pathlib import Path

from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.ui.board.queue_items import items
from tests.company import NOW, Company, talk
from tests.ui.board.keys import MONDAY, at_board


def test_who_left_in_the_month_is_in_the_queue_of_its_end(tmp_path: Path) -> None:
    company = Company(tmp_path, NOW)
    for id, name in (("A017", "张敏"), ("A018", "李强")):
        company.join(id, name)
    company.sync()
    company.boss.members.leave("A018", NOW.date())
    company.boss.close()
    company.boss = Book.open(company.boss_home, SetClock(NOW + timedelta(days=8), ticking=False))
    found = {item.key: item for item in items(company.boss, "month", "")}
    assert set(found) == {"A017", "A018"}
    who = found["A018"].who
    assert who is not None
    assert (found["A018"].kind, who.day) == ("unconfirmed", NOW.date())
    company.close()


async def test_a_confirmed_day_that_changed_since_waits_at_the_months_end_and_all_are_confirmed_at_their_new_cost(
    tmp_path: Path,
) -> None:
    company = Company(tmp_path, NOW)
    desk = company.join("A017", "张敏")
    for number in (1, 2, 3):
        talk(desk, number)
    company.sync()
    company.boss.supervisor.confirm("A017", MONDAY)
    company.sync()
    desk.own.void(desk.own.states(MONDAY)[0].id)
    company.sync()
    (item,) = items(company.boss, "month", "")
    assert (item.kind, item.detail) == ("unconfirmed", "1 to confirm again")
    company.clock = SetClock(NOW + timedelta(days=2), ticking=False)
    async with at_board(company, size=(100, 30)) as boss:
        await boss.press("f9", "5")
        await boss.sees("1 to confirm, 1 to confirm again")
        await boss.press("enter", "3")
        await boss.sees("2 days, 2026-11-23 to 2026-11-24")
        # 118 and 25 short after the withdrawal, 120 and 25 on a day without calls.
        await boss.sees("fines together 1,440 yuan")
        await boss.sees("1 day of them not handed in")
        await boss.sees("records since the last confirmation, counted here: 1")
        await boss.press("enter")
        await boss.sees("confirmed: A017 张敏, 2 days  (^Z takes it back)")
        assert boss.book.day("A017", MONDAY).figures.valid == 2
    company.close()


async def test_days_that_were_confirmed_together_are_taken_back_together(company: Company) -> None:
    company.join("A017", "张敏")
    company.clock = SetClock(NOW + timedelta(days=3), ticking=False)
    days = [MONDAY + timedelta(days=number) for number in range(3)]
    async with at_board(company, size=(100, 30)) as boss:
        await boss.press("f9", "5", "enter", "3")
        await boss.sees("3 days, 2026-11-23 to 2026-11-25")
        await boss.press("enter")
        await boss.sees("confirmed: A017 张敏, 3 days  (^Z takes it back)")
        assert [boss.book.day("A017", day).state for day in days] == ["confirmed"] * 3
        await boss.press("ctrl+z")
        await boss.sees("Take this back?")
        await boss.press("enter")
        await boss.sees("taken back: confirmed: A017 张敏, 3 days")
        assert [boss.book.day("A017", day).state for day in days] == ["open"] * 3
        await boss.press("ctrl+z")
        await boss.sees("Nothing was done here that can be taken back.")
