"""A hire date put right: what is confirmed stands as it was, all else follows, the same on every machine."""

from contextlib import closing
from datetime import date, timedelta

import pytest

from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from tests.book.world import DAY
from tests.company import NOW, Company, talk

WRONG, RIGHT = date(2025, 11, 9), date(2026, 11, 9)
FRIDAY = date(2026, 11, 20)


def give_on(company: Company) -> None:
    """Bring what everybody wrote to everybody."""
    company.sync()
    company.sync()


def asked(book: Book, day: date = DAY) -> int:
    quota = book.day("A017", day).quota
    assert quota
    return quota.calls


def terms(book: Book, id: str) -> list[str]:
    return [term.code for term in book.read.why(id).why.terms]


def test_days_that_are_open_follow_and_a_confirmed_one_stands(company: Company) -> None:
    desk, boss = company.join("A017", "张敏", WRONG), company.boss
    talk(desk, 1, minutes_ago=3 * 24 * 60)
    give_on(company)
    boss.supervisor.confirm("A017", FRIDAY)
    assert (asked(boss), asked(boss, FRIDAY)) == (120, 120)
    written = boss.supervisor.hired("A017", RIGHT)
    give_on(company)
    for book in (boss, desk):
        assert (asked(book), asked(book, FRIDAY)) == (80, 120)
        assert book.day("A017", DAY).new_hire_day == 15
        assert terms(book, f"day:A017:{DAY}:quota") == ["quota_new_hire", "hired_corrected", "first_judged"]
        assert terms(book, f"day:A017:{FRIDAY}:quota")[:2] == ["quota_standard", "hired_confirmed"]
        assert terms(book, written.id) == ["hired_changed", "hired_holds"]
    assert desk.identity.hired == RIGHT
    assert {member.hired for member in boss.members.all() if member.id == "A017"} == {RIGHT}
    # Confirmed again, the day is judged by the date as it is now.
    boss.supervisor.confirm("A017", FRIDAY)
    give_on(company)
    assert asked(boss, FRIDAY) == asked(desk, FRIDAY) == 80
    with pytest.raises(Problem, match="confirmed"):
        boss.supervisor.confirm("A017", FRIDAY)


def test_it_is_taken_back_and_corrected_again(company: Company) -> None:
    desk, boss = company.join("A017", "张敏", WRONG), company.boss
    first = boss.supervisor.hired("A017", RIGHT)
    second = boss.supervisor.hired("A017", RIGHT + timedelta(days=2))
    assert boss.day("A017", DAY).new_hire_day == 13
    assert terms(boss, first.id) == ["hired_changed", "hired_replaced"]
    boss.supervisor.withdraw(second.id)
    give_on(company)
    assert boss.day("A017", DAY).new_hire_day == desk.day("A017", DAY).new_hire_day == 15
    boss.supervisor.withdraw(first.id)
    give_on(company)
    assert boss.day("A017", DAY).new_hire_day is desk.day("A017", DAY).new_hire_day is None
    assert desk.identity.hired == WRONG


def test_it_holds_in_the_months_after_it_and_after_a_start(company: Company) -> None:
    desk, boss = company.join("A017", "张敏", WRONG), company.boss
    boss.supervisor.hired("A017", date(2026, 11, 23))
    give_on(company)
    # A later month folds no segment of the day it was written on.
    later = SetClock(NOW + timedelta(days=10))
    with closing(Book.open(desk.session.place.home.path, later)) as again:
        assert asked(again, date(2026, 12, 3)) == 80
        assert again.identity.hired == date(2026, 11, 23)


def test_of_two_supervisors_the_later_holds_on_every_machine(company: Company) -> None:
    desk, boss = company.join("A017", "张敏", WRONG), company.boss
    other = company.ask("S002", "李强")
    boss.sync_once()
    boss.members.approve(other.sharing.waiting.place.writer if other.sharing.waiting else "", "supervisor")
    give_on(company)
    other.supervisor.hired("A017", RIGHT)
    boss.supervisor.hired("A017", date(2026, 11, 16))
    give_on(company)
    # Written at one instant without seeing each other: the writer decides.
    holds = RIGHT if boss.identity.writer < other.identity.writer else date(2026, 11, 16)
    assert [book.day("A017", DAY).new_hire_day for book in (boss, other, desk)] == 3 * [(DAY - holds).days + 1]


def test_nothing_is_asked_before_the_day_somebody_was_hired(company: Company) -> None:
    company.join("A017", "张敏", date(2026, 11, 2))
    company.close()
    later = SetClock(NOW + timedelta(days=1), ticking=False)
    with closing(Book.open(company.boss_home, later)) as boss:
        assert boss.day("A017", DAY).judged
        boss.supervisor.hired("A017", date(2026, 11, 24))
        assert not boss.day("A017", DAY).judged
        assert boss.day("A017", DAY).shortfall is None
        assert terms(boss, f"day:A017:{DAY}:quota")[-1] == "not_judged"
        assert boss.day("A017", date(2026, 11, 24)).judged


@pytest.mark.parametrize(
    ("who", "day", "said"),
    [
        ("A017", WRONG, "already"),
        ("A017", date(2026, 11, 24), "still to come"),
        ("S001", RIGHT, "about|supervisor"),
        ("A099", RIGHT, "A099"),
    ],
)
def test_what_cannot_be_is_refused(company: Company, who: str, day: date, said: str) -> None:
    company.join("A017", "张敏", WRONG)
    with pytest.raises(Problem, match=said):
        company.boss.supervisor.hired(who, day)


def test_only_a_supervisor_may(company: Company) -> None:
    desk = company.join("A017", "张敏", WRONG)
    with pytest.raises(Problem, match="supervisor"):
        desk.supervisor.hired("A017", RIGHT)


def test_a_call_before_the_hire_date_is_kept_and_not_paid_for(company: Company) -> None:
    desk, boss = company.join("A017", "张敏", DAY), company.boss
    talk(desk, 1, minutes_ago=3 * 24 * 60, lead=True)
    talk(desk, 2, lead=True)
    give_on(company)
    for book in (desk, boss):
        # What was done is told as it was.
        assert book.day("A017", FRIDAY).figures.valid == 1
        assert not book.day("A017", FRIDAY).judged
        assert paid_calls(book) == 1
        assert terms(book, "pay:A017:2026-11:pay.valid_calls") == ["not_hired_yet", "on_day", "times"]
    written = boss.supervisor.hired("A017", FRIDAY)
    give_on(company)
    assert [paid_calls(book) for book in (desk, boss)] == [2, 2]
    boss.supervisor.withdraw(written.id)
    give_on(company)
    assert [paid_calls(book) for book in (desk, boss)] == [1, 1]


def test_a_confirmed_day_is_paid_for_whatever_the_date_becomes(company: Company) -> None:
    desk, boss = company.join("A017", "张敏", RIGHT), company.boss
    talk(desk, 1, minutes_ago=3 * 24 * 60)
    company.sync()
    confirmed = boss.supervisor.confirm("A017", FRIDAY)
    boss.supervisor.hired("A017", DAY)
    give_on(company)
    assert [paid_calls(book) for book in (desk, boss)] == [1, 1]
    boss.supervisor.withdraw(confirmed.id)
    give_on(company)
    assert [paid_calls(book) for book in (desk, boss)] == [0, 0]


def paid_calls(book: Book) -> int:
    statement = book.read.statement("A017", "2026-11")
    assert statement
    return next(one.line.quantity for one in statement.lines if one.line.rule == "pay.valid_calls")
