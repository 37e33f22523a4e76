"""Rings that a supervisor's machine could not hand on when it was time: it does so later."""

from datetime import date

import pytest

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.errors import Problem
from tests.book.copies import numbers
from tests.company import Company, talk


@pytest.mark.parametrize("restart", [False, True])
def test_a_new_machine_reads_what_was_before_though_the_disk_refused_as_it_was_let_in(
    company: Company, restart: bool
) -> None:
    talk(company.join("A017", "张敏"), 1)
    company.sync()
    teams.ask_to_join(company.folder / "new", company.share, "A017", "张敏", date(2026, 1, 5), company.clock)
    new = company.desks["new"] = Book.open(company.folder / "new", company.clock)
    new.sync_once()
    company.boss.sync_once()
    writer = next(member.writer for member in company.boss.members.all() if member.state == "waiting")
    lock = company.boss.session.place.where.path / "rings.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    with pytest.raises(Problem):
        company.boss.members.approve(writer)
    lock.rmdir()
    if restart:
        company.boss.close()
        company.boss = Book.open(company.boss_home, company.clock)
    company.boss.sync_once()
    new.sync_once()
    assert new.identity.waiting is None  # it was let in all the same
    assert numbers(new) == ["0001"]
