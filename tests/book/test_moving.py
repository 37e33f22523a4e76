"""A payment moved to another agent takes with it the refunds that would be left without it."""

from datetime import timedelta

import pytest

from agent_tui.book import Book
from tests.book.acting import NUMBER, refuse
from tests.book.world import DAY
from tests.company import Company


@pytest.fixture
def boss(company: Company) -> Book:
    company.join("A017", "张敏")
    company.join("A018", "李强")
    return company.boss


def pay(boss: Book, amount: str, *, day: int = 0, agent: str = "A017") -> str:
    return boss.supervisor.payment(NUMBER, amount, DAY - timedelta(days=day), agent=agent).id


def paid(boss: Book, *agents: str) -> list[list[int]]:
    """What the customer paid each agent, in yuan, in order."""
    found = boss.read.payments(NUMBER)
    return [sorted(one.fen // 100 for one in found if one.agent == agent) for agent in agents]


def test_a_refund_goes_with_its_payment_and_back_again(boss: Book) -> None:
    first = pay(boss, "1000", day=1)
    pay(boss, "-400")
    assert [one.refund for one in boss.read.payments(NUMBER)] == [0, -40_000]
    moved = boss.supervisor.move_payment(NUMBER, first, "A018").id
    assert paid(boss, "A017", "A018") == [[], [-400, 1000]]
    boss.supervisor.move_payment(NUMBER, moved, "A017")
    assert paid(boss, "A017", "A018") == [[-400, 1000], []]


def test_a_refund_that_other_payments_cover_stays(boss: Book) -> None:
    pay(boss, "500", day=2)
    second = pay(boss, "1000", day=1)
    pay(boss, "-400")
    boss.supervisor.move_payment(NUMBER, second, "A018")
    assert paid(boss, "A017", "A018") == [[-400, 500], [1000]]


def test_a_refund_of_another_payment_stays(boss: Book) -> None:
    # Paid to A017, the customer was given to A018, who paid back; what the customer pays since is no part of that.
    pay(boss, "1000", day=2)
    pay(boss, "-400", day=1, agent="A018")
    later = pay(boss, "300", agent="A018")
    boss.supervisor.move_payment(NUMBER, later, "A017")
    assert paid(boss, "A017", "A018") == [[300, 1000], [-400]]


def test_a_refund_of_several_payments_is_divided_first(boss: Book) -> None:
    pay(boss, "500", day=2)
    second = pay(boss, "1000", day=1)
    refund = pay(boss, "-1200")
    refuse(boss, lambda: boss.supervisor.move_payment(NUMBER, second, "A018"), "1,200.00 yuan on .* withdraw it")
    boss.supervisor.withdraw(refund)
    pay(boss, "-1000")
    boss.supervisor.move_payment(NUMBER, second, "A018")
    assert paid(boss, "A017", "A018") == [[500], [-1000, 1000]]
