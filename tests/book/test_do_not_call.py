"""The do-not-call list: every machine tells which of the calls it shows were to a listed number."""

from datetime import timedelta
from functools import partial

from msgspec.structs import replace

from agent_tui import teams
from agent_tui.book import Book, CallEntry
from tests.book.world import DAY, TALKED
from tests.company import Company
from tests.effort import effort


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


def test_an_erased_listed_number_counts_no_more_after_a_start_that_reads_the_erasure_last(company: Company) -> None:
    colleague, desk = company.join("A017", "张敏"), company.join("A018", "李强")
    second = company.second_supervisor()
    company.boss.supervisor.time_away("A018", "visit", DAY, 60)
    company.clock._start += timedelta(days=1)
    colleague.own.log(replace(TALKED, outcome="do_not_call"))
    desk.own.log(replace(TALKED, outcome="no_answer"))
    company.sync()
    # A start reads what is so long ago only as far as it concerns every day.
    company.clock._start += timedelta(days=90)
    assert TALKED.phone
    second.erasures.erase(TALKED.phone)
    company.sync()
    desk.own.log(TALKED)
    company.sync()
    company.boss.close()
    company.boss = Book.open(company.boss_home, company.clock)
    (call,) = company.boss.calls("A018", DAY + timedelta(days=91))
    assert call.why_not == "do_not_call"


def test_a_number_lifted_after_the_day_was_confirmed_is_told_with_the_days_calls(company: Company) -> None:
    colleague, desk = company.join("A017", "张敏"), company.join("A018", "李强")
    colleague.own.log(replace(TALKED, outcome="do_not_call"))
    company.clock._start += timedelta(minutes=5)
    desk.own.log(TALKED)
    company.sync()
    boss = company.boss
    boss.supervisor.confirm("A018", DAY)
    assert apart(boss) == []
    boss.supervisor.lift(str(TALKED.phone))
    company.sync()
    desk.sync_once()
    for book in (boss, desk):
        assert book.day("A018", DAY).figures.valid == 1
        assert apart(book) == [("lifted", "S001")]
    # Confirmed as it is now, the day has nothing beside it.
    boss.supervisor.confirm("A018", DAY)
    assert apart(boss) == []


def apart(book: Book) -> list[tuple[str, object]]:
    """What `why` says became of records that the confirmation of the day read."""
    terms = book.read.why(f"day:A018:{DAY}:valid").why.terms
    return [(term.code, term.values.get("by")) for term in terms if term.code in ("lifted", "gone")]


def test_a_start_costs_what_there_are_listed_numbers_and_not_their_square(company: Company) -> None:
    desk, *others = (company.join(f"A01{number}", "张敏") for number in (7, 8, 9))
    for other in others:
        other.own.log(TALKED)
    numbers = iter(range(1000))
    efforts = []
    for count in (0, 100, 200):
        desk.own.log_many(
            [CallEntry(phone=f"139{next(numbers):08}", outcome="do_not_call", note="") for _ in range(count)]
        )
        company.sync()
        company.boss.close()

        def started() -> None:
            company.boss = Book.open(company.boss_home, company.clock)
            company.boss.load_month(DAY)

        efforts.append(effort(started))
    none, first, all_of_them = efforts
    assert all_of_them - none < 3.5 * (first - none)


def test_a_long_list_is_recorded_in_a_time_that_grows_with_it_alone(company: Company) -> None:
    desk, costs = company.join("A017", "张敏"), []
    for first, count in ((0, 50), (50, 200)):
        entries = [
            CallEntry(phone=f"139{number:08}", outcome="do_not_call", started_at=desk.now())
            for number in range(first, first + count)
        ]
        costs.append(effort(partial(desk.own.log_many, entries)))
    assert costs[1] < 5 * costs[0]


def test_a_start_takes_a_listing_once(company: Company) -> None:
    desk, costs = company.join("A017", "张敏"), []
    for first, count in ((0, 20), (20, 100)):
        desk.own.log_many(
            [
                CallEntry(phone=f"139{number:08}", outcome="do_not_call", started_at=desk.now())
                for number in range(first, first + count)
            ]
        )
        company.sync()
        session = Book.open(company.boss_home, company.clock).session
        costs.append(effort(partial(session.load_segments, {held.name for held in session.segments.held()})))
        session.place.close()
    assert (costs[1] - costs[0]) / 100 < 60
