"""What two supervisors enter who have not yet seen each other: it is found, and the same on every machine."""

import pytest

from agent_tui.book import Book
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
