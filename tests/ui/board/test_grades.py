"""What a signature pays is told before it is recorded: by the day typed, and by what the customer is already."""

import re
from datetime import date, timedelta

from agent_tui.book import Book, CallEntry
from agent_tui.ui.kit.dialogs import Ask
from shared_rules.policies.policy import builtin_text
from shared_rules.records.parts import Grade
from tests.company import Company, talk
from tests.ui.board.keys import MONDAY, at_board
from tests.ui.golden import screen_text

PHONE = "+8613800000001"
FRIDAY = date(2026, 11, 20)


def visited(company: Company) -> None:
    """A customer of A017 who was visited and whose file is complete."""
    company.join("A017", "张敏")
    for step in ("visited", "file"):
        company.boss.supervisor.grade_step(PHONE, step, "B", by="周强", on=FRIDAY, agent="A017")


async def test_a_b_customer_raised_to_a_brings_the_difference(company: Company) -> None:
    visited(company)
    company.boss.supervisor.grade_step(PHONE, "signed", "B", by="周强", on=FRIDAY, agent="A017")
    async with at_board(company) as boss:
        await boss.press("6", "0")
        await boss.fill("13800000001")
        await boss.sees("+50 yuan")
        assert screen_text(boss.shell).count(" yuan") == 1, "it is B already"
        await boss.press("3")
        await boss.fill("", "周强")
        await boss.sees("Record this signature?")
        assert "+50 yuan" in screen_text(boss.shell)


async def test_the_steps_that_are_recorded_are_told_before_one_is_chosen(company: Company) -> None:
    visited(company)
    async with at_board(company, size=(80, 24)) as boss:
        await boss.press("6", "0")
        await boss.fill("13800000001")
        await boss.sees("signed as A")
        assert len(re.findall(r"(visited|complete) +recorded for 2026-11-20 Fri", screen_text(boss.shell))) == 2
        await boss.press("3")
        await boss.fill("", "周强")
        await boss.press("enter", "6", "0")
        await boss.fill("13800000001")
        await boss.sees("a salesman visited")
        assert re.search(r"signed as A +recorded for 2026-11-23 Mon", screen_text(boss.shell))


async def test_a_refusal_names_the_number_as_people_type_it(company: Company) -> None:
    visited(company)
    async with at_board(company) as boss:
        await boss.press("6", "0")
        await boss.fill("13800000001")
        await boss.press("1")
        await boss.sees(" 13800000001: 'visited' is recorded already")
        assert not isinstance(boss.shell.screen, Ask), "there is nothing to fill in"
        assert "+86" not in screen_text(boss.shell)


async def test_the_rate_is_that_of_the_day_that_is_typed(company: Company) -> None:
    visited(company)
    dearer = builtin_text("handbook").replace('amount = "100"', 'amount = "130"')
    company.boss.supervisor.publish_policy(dearer, "x.toml", MONDAY)
    async with at_board(company) as boss:
        await boss.press("6", "0")
        await boss.fill("13800000001")
        await boss.sees("+130 yuan")
        await boss.press("3")
        await boss.fill("2026-11-20", "周强")
        await boss.sees("salesman 周强")
        assert "2026-11-20" in screen_text(boss.shell)
        assert "+100 yuan" in screen_text(boss.shell)


async def test_a_typed_number_is_told_with_the_company_that_it_is_known_by(company: Company) -> None:
    desk = company.join("A017", "张敏")
    company.join("A018", "李强")
    talk(desk, 1, lead=True)
    company.sync()
    async with at_board(company) as boss:
        await boss.on("A018")
        await boss.press("6", "0")
        await boss.fill("138-0000-0001")
        await boss.sees("宏达1公司 138 0000 0001")
        await boss.press("escape", "6", "0")
        await boss.fill("13800000002")
        await boss.sees("138 0000 0002")
        assert "宏达" not in screen_text(boss.shell)


async def test_a_step_says_for_which_day_it_was_recorded(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, lead=True, company="宁波宏达")
    company.sync()
    async with at_board(company, size=(120, 34)) as keys:
        await keys.press("6", "1", "1")
        await keys.fill("20", "周强")
        await keys.sees("recorded: A017 张敏")
        assert "a salesman visited, 2026-11-20 Fri" in screen_text(keys.shell)


def lead(desk: Book, number: int, days_ago: int, grade: Grade | None) -> None:
    """A lead of so many days ago, with or without a proposed grade."""
    desk.own.log(
        CallEntry(
            phone=f"138{number:08}",
            outcome="talked",
            interest="intent",
            grade=grade,
            company=f"宏达{number}公司",
            contact="王",
            title="采购经理",
            note="要报价",
            started_at=desk.now() - timedelta(days=days_ago),
        )
    )


async def test_leads_of_the_last_two_weeks_that_wait_for_a_grade_are_offered(company: Company) -> None:
    desk = company.join("A017", "张敏")
    graded: list[tuple[int, int, Grade | None]] = [
        (1, 14, "A"), (2, 13, "B"), (3, 3, None), (4, 3, None), (5, 3, "A"), (6, 0, None), (7, 0, "B"), (8, 3, "A"),
    ]  # fmt: skip
    for number, days_ago, grade in graded:
        lead(desk, number, days_ago, grade)
    company.sync()
    record = company.boss.supervisor.grade_step
    record("13800000004", "visited", "B", by="周强", on=MONDAY, agent="A017")
    for step in ("visited", "file", "signed"):
        record("13800000008", step, "A", by="周强", on=MONDAY, agent="A017")
    async with at_board(company) as boss:
        await boss.press("6")
        await boss.sees("another number")
        offered = re.findall(r"(\d) 宏达(\d)公司", screen_text(boss.shell))
        # What is begun, then A, B and the day's own; not what is signed, what is older, or what nobody proposes.
        assert offered == [("1", "4"), ("2", "5"), ("3", "7"), ("4", "2"), ("5", "6")]
        assert re.search(r"1 宏达4公司 .*王  11-20  visited", screen_text(boss.shell))
        await boss.press("1")
        await boss.sees("宏达4公司 138 0000 0004")
