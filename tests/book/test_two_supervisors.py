"""What two supervisors enter who have not yet seen each other: it is found, and the same on every machine."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from tests.book.acting import NUMBER, TALKED
from tests.book.world import DAY
from tests.company import NOW, Company


@pytest.fixture
def other(company: Company) -> Book:
    """A second supervisor's board, beside the desk A017."""
    company.join("A017", "张敏")
    return company.second_supervisor()


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


@pytest.mark.parametrize("lower_first", [True, False])
def test_of_two_payments_of_one_instant_it_is_the_same_who_knew_of_the_other(
    company: Company, other: Book, lower_first: bool
) -> None:
    """Written at one instant, the writer decides which is the first: it may be the one that knew of the other."""
    desk, boss = company.desks["A017"], company.boss
    desk.own.log(TALKED)
    give_on(company)
    first, second = sorted((boss, other), key=lambda book: book.identity.writer, reverse=not lower_first)
    first.supervisor.payment(NUMBER, "1000", DAY)
    give_on(company)
    second.supervisor.payment(NUMBER, "1000", DAY, note="第二笔")
    give_on(company)
    for book in (boss, other, desk):
        assert twice(book) == []


def test_two_customers_who_pay_the_same_are_not_in_question(company: Company, other: Book) -> None:
    boss = company.boss
    for book, number in ((boss, NUMBER), (other, "13900000001")):
        book.supervisor.payment(number, "1000", DAY, agent="A017")
    give_on(company)
    for book in (boss, other, company.desks["A017"]):
        assert twice(book) == []


@pytest.mark.usefixtures("other")
def test_the_same_payment_entered_a_month_later_is_in_question_after_a_start_too(company: Company) -> None:
    first = company.boss.supervisor.payment(NUMBER, "1000", DAY, agent="A017").id
    company.boss.sync_once()
    homes = company.boss_home, company.folder / "A017", company.folder / "S002"
    company.close()

    def later(home: Path, days: int) -> Book:
        return Book.open(home, SetClock(NOW + timedelta(days=days), ticking=False))

    with closing(later(homes[2], 40)) as book:
        second = book.supervisor.payment(NUMBER, "1000", DAY, agent="A017").id
        book.sync_once()
    for home in homes[:2]:
        with closing(later(home, 80)) as book:
            book.sync_once()
    with closing(later(homes[0], 80)) as book:
        assert {one.id: one.doubts for one in book.read.payments(NUMBER)} == {first: (), second: ("twice",)}
    for home in homes[:2]:
        with closing(later(home, 80)) as book:
            assert twice(book) == [(second, first)]
        with closing(later(home, 80)) as book:
            assert [term.code for term in book.read.why(second).why.terms] == ["paid", "doubt_twice"]


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


# ---- points ----

LATE = "att.late"


def repeats(book: Book) -> dict[str, str]:
    """The entries that are said to be entered twice, each with the one that it repeats."""
    return {one.id: one.repeats for one in book.ledger("A017", "2026-11").entries if one.repeats}


def points_by(*books: Book, notes: tuple[str, ...] = ("", "")) -> list[str]:
    """The ids of the same entry by each: the first first."""
    ids = {
        book.identity.writer: book.supervisor.points("A017", LATE, DAY, note=note).id
        for book, note in zip(books, notes, strict=True)
    }
    return [ids[writer] for writer in sorted(ids)]


def said(book: Book, id: str) -> list[str]:
    return [term.ref for term in book.read.why(id).why.terms if term.code == "entry_repeats"]


@pytest.mark.parametrize("notes", [("", ""), ("堵车", ""), ("堵车", "迟到十分钟")])
@pytest.mark.parametrize("way", ["withdraw", "rule"])
@pytest.mark.parametrize("turned", [False, True])
def test_the_same_points_are_in_question_until_one_is_taken_back(
    company: Company, other: Book, notes: tuple[str, str], way: str, turned: bool
) -> None:
    boss, desk = company.boss, company.desks["A017"]
    first, second = points_by(*((other, boss) if turned else (boss, other)), notes=notes)
    for book in (boss, other):
        assert repeats(book) == {}
    give_on(company)
    for book in (boss, other, desk):
        assert repeats(book) == {second: first}
        assert book.ledger("A017", "2026-11").balance == 96
        assert (said(book, second), said(book, first)) == ([first], [])
        assert said(book, f"pay:A017:2026-11:pay.fines:{second}") == [first]
        assert said(book, "pay:A017:2026-11:pay.points") == said(book, "points:A017:2026-11") == [first]
        assert twice(book) == [(second, first)]
    # Both supervisors do as they are told, again without knowing of each other: one entry stays.
    for book in (boss, other):
        if way == "withdraw":
            book.supervisor.withdraw(second)
        else:
            book.supervisor.rule_on(second, upheld=False, text="重复")
    give_on(company)
    for book in (boss, other, desk):
        assert repeats(book) == {}
        assert twice(book) == []
        assert said(book, second) == []
        assert book.ledger("A017", "2026-11").balance == 98


def test_what_a_supervisor_who_knew_of_both_upholds_is_not_in_question(company: Company, other: Book) -> None:
    boss, desk = company.boss, company.desks["A017"]
    first, second = points_by(boss, other)
    # Upheld by who does not know of the other entry: that decides nothing about the two.
    for book in (boss, other):
        (mine,) = book.ledger("A017", "2026-11").entries
        book.supervisor.rule_on(mine.id, upheld=True, text="属实")
    give_on(company)
    assert repeats(desk) == {second: first}
    # Taken back and put right again, it is where it was.
    boss.supervisor.rule_on(second, upheld=False, text="重复")
    assert repeats(boss) == {}
    boss.supervisor.rule_on(second, upheld=True, text="撤错了")
    assert repeats(boss) == {second: first}
    # That the earlier stands says nothing of the later.
    with pytest.raises(Problem, match="ruled on so already"):
        boss.supervisor.rule_on(first, upheld=True, text="属实")
    boss.supervisor.rule_on(second, upheld=True, text="确有两次")
    give_on(company)
    for book in (boss, other, desk):
        assert repeats(book) == {}
        assert book.ledger("A017", "2026-11").balance == 96
    with pytest.raises(Problem, match="ruled on so already"):
        other.supervisor.rule_on(second, upheld=True, text="确有两次")


def test_points_told_apart_on_purpose_are_not_in_question(company: Company, other: Book) -> None:
    boss, desk = company.boss, company.desks["A017"]
    calls = [desk.own.log(TALKED).id for _ in range(2)]
    give_on(company)
    boss.supervisor.points("A017", LATE, DAY)
    give_on(company)
    other.supervisor.points("A017", LATE, DAY, note="午后又迟到")
    # Two calls are two insults, whoever entered them; another day or another rule is another default.
    for book, call, day in ((boss, calls[0], DAY), (other, calls[1], DAY - timedelta(days=3))):
        book.supervisor.points("A017", "conduct.abuse", DAY, evidence=call)
        book.supervisor.points("A017", "duty.desk", day)
    give_on(company)
    for book in (boss, other, desk):
        assert repeats(book) == {}


def test_one_proposal_accepted_twice_is_one_entry_and_one_by_hand_beside_it_is_in_question(
    company: Company, other: Book
) -> None:
    boss, desk = company.boss, company.desks["A017"]
    boss.supervisor.attendance("A017", "daily", DAY, "missed")
    give_on(company)
    proposal = f"A017:meeting:{DAY}:daily"
    by_writer = {book.identity.writer: book.supervisor.accept(proposal).id for book in (boss, other)}
    accepted, again = (by_writer[writer] for writer in sorted(by_writer))
    give_on(company)
    for book in (boss, other, desk):
        (entry,) = book.ledger("A017", "2026-11").entries
        assert (entry.id, entry.repeats, entry.points) == (accepted, None, -2)
        assert book.ledger("A017", "2026-11").balance == 98
    # Taken back, it is taken back whole: what the other supervisor accepted is the same entry.
    boss.supervisor.withdraw(accepted)
    give_on(company)
    for book in (boss, other, desk):
        assert [one.state for one in book.ledger("A017", "2026-11").entries] == ["withdrawn"]
    assert [one.id for one in boss.read.proposals()] == [proposal]
    assert again != accepted
    # By hand here, from the proposal there.
    hand = other.supervisor.points("A017", "meet.missed", DAY, note="缺会").id
    taken = boss.supervisor.accept(proposal).id
    give_on(company)
    for book in (boss, other, desk):
        assert repeats(book) in ({hand: taken}, {taken: hand})
