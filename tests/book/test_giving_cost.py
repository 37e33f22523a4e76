"""Giving a customer to somebody looks for it in all that is here: once, and into the lists only where it is on them."""

from functools import partial
from pathlib import Path

from agent_tui.book.customers.giving import everybodys
from agent_tui.store.files import Files
from shared_rules.records.parts import Customer
from tests.company import Company, talk
from tests.effort import effort

NUMBER = "+8613800000001"


class _Seen(bytes):
    """Bytes that count how often something is looked for in them."""

    looks = 0

    def __contains__(self, part: object) -> bool:
        _Seen.looks += 1
        return super().__contains__(part)  # type: ignore[operator]


class _Looking(Files):
    def read(self, path: Path, offset: int = 0, limit: int | None = None) -> bytes:
        return _Seen(super().read(path, offset, limit))


def looked(company: Company) -> int:
    """How often files are gone through to find the customer at each agent."""
    place = company.boss.session.place
    before, place.home.files = place.home.files, _Looking()
    _Seen.looks = 0
    try:
        assert [known.agent for known in everybodys(company.boss.session, NUMBER)] == ["A017"]
    finally:
        place.home.files = before
    return _Seen.looks


def test_a_file_is_gone_through_once_however_many_agents_there_are(company: Company) -> None:
    talk(company.join("A017", "张敏"), 1)
    company.sync()
    few = looked(company)
    for number in range(4):
        company.join(f"B{number:03}", "李强")
    company.sync()
    # A file more, that of what let them in.
    assert looked(company) <= few + 1


def test_a_customer_on_no_list_is_given_away_at_the_same_cost_with_long_ones(company: Company) -> None:
    for agent in ("A017", "A018"):
        company.join(agent, "张敏")
    boss, costs = company.boss, []
    for begin in (1, 3):
        rows = boss.lists.taking("名单", ["A017"])
        rows.take([(n, "", Customer(phone=f"+86138{n:08}")) for n in range(begin * 100, begin * 300)])
        costs.append(effort(partial(boss.supervisor.assign, f"138{begin:08}", "A018")))
    assert costs[1] - costs[0] <= 200


def test_whose_a_customer_is_costs_the_same_with_many_given_before(company: Company) -> None:
    for agent in ("A017", "A018"):
        company.join(agent, "张敏")
    boss, costs = company.boss, []
    for numbers in (range(5), range(5, 45)):
        for number in numbers:
            boss.supervisor.assign(f"138{number:08}", "A018")
            boss.supervisor.payment(f"138{number:08}", "100", boss.today())
        boss.read.owner(NUMBER, boss.today())
        costs.append(effort(lambda: boss.read.owner(NUMBER, boss.today())))
    assert costs[1] - costs[0] <= 40
