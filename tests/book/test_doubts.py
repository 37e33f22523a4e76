"""A payment whose lead call is taken away stays with its agent, and is said to be in question."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from agent_tui.book import Book
from agent_tui.errors import Problem
from tests.book.acting import NUMBER, TALKED, refuse
from tests.book.world import DAY
from tests.company import Company

MONTH = "2026-11"


def doubts(book: Book, agent: str = "A017") -> list[tuple[str, str | None]]:
    statement = book.read.statement(agent, MONTH)
    assert statement
    return [(one.reason, one.owner) for one in statement.doubts]


def terms(book: Book, id: str) -> list[str]:
    return [term.code for term in book.read.why(id).why.terms]


@pytest.mark.parametrize(
    ("lost", "taking_away"),
    [
        ("void", lambda books, call: books[1].own.void(call)),
        ("other", lambda books, call: books[1].own.correct(call, replace(TALKED, interest=None))),
        ("other", lambda books, call: books[1].own.correct(call, replace(TALKED, phone="13800138009"))),
        ("false", lambda books, call: books[0].supervisor.verify(call, True, "没有打过")),
    ],
)
def test_a_payment_is_in_question_when_its_lead_call_falls_away(
    company: Company, lost: str, taking_away: Callable[[tuple[Book, Book], str], object]
) -> None:
    desk, boss = company.join("A017", "张敏"), company.boss
    call = desk.own.log(TALKED).id
    company.sync()
    paid = boss.supervisor.payment(NUMBER, "1000", DAY)
    assert terms(boss, paid.id) == ["paid", "rests_on"]
    assert doubts(boss) == []
    taking_away((boss, desk), call)
    company.sync()
    company.sync()
    assert doubts(boss) == doubts(desk) == [(lost, None)]
    for book in (boss, desk):
        assert terms(book, paid.id)[-1] == f"doubt_{lost}"
        assert terms(book, f"pay:A017:{MONTH}:pay.payments")[-1] == f"doubt_{lost}"
        # It stays with its agent until a supervisor moves it.
        statement = book.read.statement("A017", MONTH)
        assert statement
        assert next(one.line.fen for one in statement.lines if one.line.rule == "pay.payments") == 1000
    boss.supervisor.withdraw(paid.id)
    boss.supervisor.payment(NUMBER, "1000", DAY, agent="A017")
    assert doubts(boss) == []


def test_it_says_whose_the_customer_is_now(company: Company) -> None:
    first, second = company.join("A017", "张敏"), company.join("A018", "李强")
    call = first.own.log(TALKED).id
    company.sync()
    company.boss.supervisor.payment(NUMBER, "1000", DAY)
    second.own.log(TALKED)
    first.own.void(call)
    company.sync()
    assert doubts(company.boss) == [("void", "A018")]


def test_another_lead_call_of_the_same_agent_makes_it_good(company: Company) -> None:
    desk = company.join("A017", "张敏")
    call = desk.own.log(TALKED).id
    desk.own.log(TALKED)
    company.sync()
    company.boss.supervisor.payment(NUMBER, "1000", DAY)
    desk.own.void(call)
    company.sync()
    assert doubts(company.boss) == []


def test_what_a_supervisor_named_the_agent_of_rests_on_nothing(company: Company) -> None:
    desk = company.join("A017", "张敏")
    paid = company.boss.supervisor.payment(NUMBER, "1000", DAY, agent="A017")
    desk.own.log(TALKED)
    company.sync()
    assert terms(company.boss, paid.id) == ["paid"]
    assert doubts(company.boss) == []


def test_a_payment_is_moved_to_another_agent(company: Company) -> None:
    desk, boss = company.join("A017", "张敏"), company.boss
    company.join("A018", "李强")
    call = desk.own.log(TALKED).id
    company.sync()
    paid = boss.supervisor.payment(NUMBER, "1000", DAY, note="首付")
    desk.own.void(call)
    company.sync()
    refuse(boss, lambda: boss.supervisor.move_payment(NUMBER, paid.id, "A017"), "already")
    refuse(boss, lambda: boss.supervisor.move_payment("13900000001", paid.id, "A018"), "not a payment")
    refuse(boss, lambda: boss.supervisor.move_payment(NUMBER, paid.id, "S001"), "about|supervisor")
    moved = boss.supervisor.move_payment(NUMBER, paid.id, "A018")
    found = [(one.id, one.agent, one.fen, one.note, one.doubts) for one in boss.read.payments("138 0013 8000")]
    assert found == [(moved.id, "A018", 100_000, "首付", ())]
    refuse(boss, lambda: boss.supervisor.move_payment(NUMBER, paid.id, "A018"), "not a payment")
    assert doubts(boss) == doubts(boss, "A018") == []
    assert "withdrawn" in terms(boss, paid.id)
    with pytest.raises(Problem, match="supervisor"):
        desk.read.payments(NUMBER)
