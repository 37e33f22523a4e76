"""A lead call recorded late can claim a colleague's customer: whoever enters a payment is told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from agent_tui.book import Book
from agent_tui.errors import Problem
from tests.book.acting import NUMBER, TALKED
from tests.book.world import DAY
from tests.company import NOW, Company

EARLIER = replace(TALKED, started_at=NOW - timedelta(days=3))


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path, ticking=True)
    yield made
    made.close()


@pytest.fixture
def desks(company: Company) -> tuple[Book, Book]:
    return company.join("A017", "张敏"), company.join("A018", "李强")


def claim(company: Company) -> tuple[str | None, str | None]:
    company.sync()
    found = company.boss.read.owner("138 0013 8000", DAY)
    return found.agent, found.before


def test_a_call_recorded_after_a_colleagues_is_said_to_claim_the_customer(
    company: Company, desks: tuple[Book, Book]
) -> None:
    one, other = desks
    one.own.log(TALKED)
    assert claim(company) == ("A017", None)
    other.own.log(EARLIER)
    assert claim(company) == ("A018", "A017")
    found = company.boss.read.owner(NUMBER, DAY)
    assert found.call == EARLIER.started_at
    assert found.then and found.told and NOW < found.then < found.told
    with pytest.raises(Problem, match="supervisor"):
        one.read.owner(NUMBER, DAY)
    # Who is given the customer has it by that.
    company.boss.supervisor.assign(NUMBER, "A017")
    assert claim(company) == ("A017", None)


def test_so_does_a_call_corrected_to_that_number_later(company: Company, desks: tuple[Book, Book]) -> None:
    one, other = desks
    wrong = other.own.log(replace(EARLIER, phone="13900000001"))
    one.own.log(TALKED)
    assert claim(company) == ("A017", None)
    other.own.correct(wrong.id, EARLIER)
    assert claim(company) == ("A018", "A017")


def test_a_late_call_that_nobody_elses_came_before_is_none(company: Company, desks: tuple[Book, Book]) -> None:
    one, other = desks
    other.own.log(EARLIER)
    one.own.log(TALKED)
    assert claim(company) == ("A018", None)
