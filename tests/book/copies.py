"""Two desks on copies of one home, for the tests of keys that live twice."""

import shutil
from datetime import date

from agent_tui import teams
from agent_tui.book import Book
from tests.book.world import DAY, approve
from tests.company import Company, talk


def copied(company: Company, id: str, name: str = "copy") -> tuple[Book, Book]:
    """The desk of `id` and one on a copy of its home's files."""
    company.desks.pop(id).close()
    shutil.copytree(company.folder / id, company.folder / name)
    for each in (id, name):
        company.desks[each] = Book.open(company.folder / each, company.clock)
    return company.desks[id], company.desks[name]


def backed_up(company: Company, id: str) -> Book:
    """The desk of `id` again, after a copy of its home as it was has been laid aside for `restored`."""
    company.desks[id].close()
    shutil.copytree(company.folder / id, company.folder / "backup")
    company.desks[id] = Book.open(company.folder / id, company.clock)
    return company.desks[id]


def restored(company: Company, id: str) -> Book:
    """The desk of `id` on the home that was laid aside, in the place of what it became since."""
    company.desks[id].close()
    shutil.rmtree(company.folder / id)
    (company.folder / "backup").rename(company.folder / id)
    company.desks[id] = Book.open(company.folder / id, company.clock)
    return company.desks[id]


def forked(company: Company) -> tuple[Book, Book]:
    """Two desks on copies of A017's home that have both published: the second found the first's records under its key,
    and asks for a new one.
    """
    company.join("A017", "张敏")
    one, other = copied(company, "A017")
    talk(one, 1)
    one.sync_once()
    talk(other, 2)
    other.sync_once()
    return one, other


def numbers(book: Book, agent: str = "A017") -> list[str]:
    """The customers' numbers of the calls that stand, as this device reads them."""
    return sorted(call.customer.phone[-4:] if call.customer else "?" for call in book.calls(agent, DAY))


def settle(company: Company) -> None:
    """Approve whoever asks and sync, until nobody asks any more."""
    for _ in range(4):
        company.sync()
        approve(company)
    company.sync()
    company.sync()
    assert not [one for one in company.boss.members.all() if one.state == "waiting"]


def second_device(company: Company, id: str, name: str, home: str) -> Book:
    """Another machine of the same person, let in."""
    teams.ask_to_join(company.folder / home, company.share, id, name, date(2026, 1, 5), company.clock)
    book = company.desks[home] = Book.open(company.folder / home, company.clock)
    book.sync_once()
    approve(company)
    book.sync_once()
    return book
