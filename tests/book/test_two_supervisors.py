"""What two supervisors enter who have not yet seen each other: it is found, and the same on every machine."""

import pytest

from agent_tui.book import Book
from tests.book.acting import NUMBER, TALKED
from tests.book.world import DAY
from tests.ui.company import Company


@pytest.fixture
def other(company: Company) -> Book:
    """A second supervisor's board, beside the desk A017."""
    company.join("A017", "张敏")
    asked = company.ask("S002", "周丽")
    company.boss.sync_once()
    writer = next(one.writer for one in company.boss.members.all() if one.state == "waiting")
    company.boss.members.approve(writer, "supervisor")
    company.boss.sync_once()
    asked.sync_once()
    return asked


def give_on(company: Company) -> None:
    company.sync()
    company.sync()


def test_the_same_leave_counts_once(company: Company, other: Book) -> None:
    boss, desk = company.boss, company.desks["A017"]
    written = [(book.identity, book.supervisor.time_away("A017", "leave", DAY, 60)) for book in (boss, other)]
    # Written at one instant: the writer decides which is the first.
    (chief, first), (_, second) = sorted(written, key=lambda one: one[0].writer)
    give_on(company)
    for book in (boss, other, desk):
        quota = book.day("A017", DAY).quota
        assert quota
        assert quota.reduced_minutes == 60
        told = {one.id: one.replaced for one in book.read.day_records("A017", DAY)}
        assert told == {first.id: False, second.id: True}
        (term,) = [one for one in book.read.why(second.id).why.terms if one.code == "counted_once"]
        assert (term.ref, term.values["by"]) == (first.id, chief.agent)
    # Either can be taken back; the other then counts.
    other.supervisor.withdraw(first.id)
    give_on(company)
    for book in (boss, other, desk):
        assert [one.id for one in book.read.day_records("A017", DAY) if one.kind == "time_away" and one.replaced] == []
        quota = book.day("A017", DAY).quota
        assert quota
        assert quota.reduced_minutes == 60


def twice(book: Book, agent: str = "A017") -> list[tuple[str, str]]:
    """The payments of the month that are said to be entered twice, each with the one that it tells again."""
    statement = book.read.statement(agent, "2026-11")
    assert statement
    return [(one.id, one.record) for one in statement.doubts if one.reason == "twice"]


def entered(*books: Book, agent: str | None = None, notes: tuple[str, ...] = ("", "")) -> list[str]:
    """The ids of the same payment, entered by each: the first first. Written at one instant, the writer decides."""
    ids = {
        book.identity.writer: book.supervisor.payment(NUMBER, "1000", DAY, agent=agent, note=note).id
        for book, note in zip(books, notes, strict=True)
    }
    return [ids[writer] for writer in sorted(ids)]


@pytest.mark.parametrize("notes", [("", ""), ("首付", ""), ("首付", "定金")])
def test_the_same_payment_is_in_question_until_one_is_taken_back(
    company: Company, other: Book, notes: tuple[str, str]
) -> None:
    boss, desk = company.boss, company.desks["A017"]
    desk.own.log(TALKED)
    give_on(company)
    first, second = entered(boss, other, notes=notes)
    give_on(company)
    for book in (boss, other, desk):
        assert twice(book) == [(second, first)]
        assert [term.code for term in book.read.why(second).why.terms] == ["paid", "rests_on", "doubt_twice"]
        assert [term.code for term in book.read.why(first).why.terms] == ["paid", "rests_on"]
    assert {one.id: one.doubts for one in boss.read.payments(NUMBER)} == {first: (), second: ("twice",)}
    # Both supervisors do as they are told, again without knowing of each other: one payment stays.
    for book in (boss, other):
        book.supervisor.withdraw(second)
    give_on(company)
    for book in (boss, other, desk):
        assert twice(book) == []
    assert [one.id for one in other.read.payments(NUMBER)] == [first]


def test_the_same_payment_for_two_agents_is_seen_by_the_supervisors(company: Company, other: Book) -> None:
    desk, boss = company.desks["A017"], company.boss
    company.join("A018", "李强")
    desk.own.log(TALKED)
    give_on(company)
    mine = boss.supervisor.payment(NUMBER, "1000", DAY).id
    theirs = other.supervisor.payment(NUMBER, "1000", DAY, agent="A018").id
    boss.supervisor.payment("13900000001", "1000", DAY, agent="A018")
    give_on(company)
    for book in (boss, other):
        assert twice(book) + twice(book, "A018") in ([(mine, theirs)], [(theirs, mine)])
    moved = boss.supervisor.move_payment(NUMBER, theirs, "A017").id
    give_on(company)
    for book in (boss, other, desk):
        assert twice(book) in ([(mine, moved)], [(moved, mine)])


def test_a_second_payment_that_knew_of_the_first_is_not_in_question(company: Company, other: Book) -> None:
    desk, boss = company.desks["A017"], company.boss
    company.join("A018", "李强")
    desk.own.log(TALKED)
    give_on(company)
    first = boss.supervisor.payment(NUMBER, "1000", DAY).id
    give_on(company)
    other.supervisor.payment(NUMBER, "1000", DAY, note="第二笔")
    other.supervisor.payment(NUMBER, "1200", DAY)
    give_on(company)
    moved = boss.supervisor.move_payment(NUMBER, first, "A018").id
    boss.supervisor.move_payment(NUMBER, moved, "A017")
    give_on(company)
    for book in (boss, other, desk):
        assert twice(book) == []
