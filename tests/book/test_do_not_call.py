"""The do-not-call list: every machine tells which of the calls it shows were to a listed number."""

from datetime import timedelta

from msgspec.structs import replace

from agent_tui import teams
from agent_tui.book import Book
from tests.book.world import DAY, TALKED
from tests.ui.company import Company


def test_a_machine_let_in_after_the_listing_tells_listed_numbers_when_it_starts_again(company: Company) -> None:
    colleague, desk = company.join("A017", "张敏"), company.join("A018", "李强")
    # A start reads day by day: something about the agent, then the listing, then who the machine is.
    company.boss.supervisor.time_away("A018", "visit", DAY, 60)
    company.clock._start += timedelta(days=1)
    colleague.own.log(replace(TALKED, outcome="do_not_call"))
    company.sync()
    company.clock._start += timedelta(days=1)
    home = company.folder / "second"
    teams.ask_to_join(home, company.share, "A018", "李强", DAY, company.clock)
    second = company.desks["second"] = Book.open(home, company.clock)
    second.sync_once()
    company.boss.sync_once()
    (waiting,) = [one for one in company.boss.members.all() if one.state == "waiting"]
    company.boss.members.approve(waiting.writer)
    company.sync()
    second.sync_once()
    second.own.log(TALKED)
    company.sync()
    desk.sync_once()
    second.close()
    again = company.desks["second"] = Book.open(home, company.clock)
    for book in (desk, again, company.boss):
        (call,) = book.calls("A018", DAY + timedelta(days=2))
        assert call.why_not == "do_not_call"
