"""Who was erased, and can be read in what came after: that is told, and erasing once more clears it."""

from datetime import timedelta

from msgspec.structs import replace

from agent_tui.book import Book, CallEntry
from agent_tui.sync.findings import Finding
from tests.book.world import DAY, TALKED, approve
from tests.company import Company

WRONG = "13900000009"


def told(company: Company) -> list[Finding]:
    return company.boss.upkeep.check().findings


def names(book: Book, agent: str) -> list[str]:
    """The company that each call of an agent told of first."""
    found = []
    for call in book.calls(agent, DAY):
        fact = book.session.folds.fold(agent).fact(agent, call.id)
        customer = book.session.customers.of(fact) if fact else None
        found.append(customer.company if customer else "")
    return found


def test_a_correction_that_comes_after_the_erasure_is_told_until_the_customer_is_erased_once_more(
    company: Company,
) -> None:
    desk = company.join("A017", "张敏")
    call = desk.own.log(replace(TALKED, phone=WRONG))
    company.sync()
    company.boss.erasures.erase(TALKED.phone)
    desk.own.correct(call.id, TALKED)
    assert told(company) == []
    company.sync()
    company.sync()
    assert names(company.boss, "A017") == [TALKED.company]
    assert [(one.code, one.where, one.detail) for one in told(company)] == [("unerased", call.id, "A017")]
    company.boss.erasures.look()
    assert any(call.id in note for note in company.boss.upkeep.notes())
    company.boss.erasures.erase(WRONG)
    company.sync()
    assert names(company.boss, "A017") == [""]
    assert told(company) == []
    assert not any(call.id in note for note in company.boss.upkeep.notes())


def test_who_calls_again_after_the_erasure_or_had_anothers_number_is_not_told(company: Company) -> None:
    desk = company.join("A017", "张敏")
    anothers = desk.own.log(replace(TALKED, phone=WRONG))
    desk.own.log(replace(TALKED, phone=WRONG, company="华泰"))
    company.sync()
    company.boss.erasures.erase(TALKED.phone)
    desk.own.correct(anothers.id, TALKED)
    company.sync()
    company.sync()
    company.clock._start += timedelta(hours=1)
    again = desk.own.log(replace(TALKED, phone="13900000008"))
    desk.own.correct(again.id, TALKED)
    company.sync()
    assert told(company) == []


def test_a_desk_that_another_supervisor_let_in_meanwhile_is_told(company: Company) -> None:
    company.second_supervisor()
    second = company.desks["S002"]
    desk = company.ask("A017", "张敏")
    call = desk.own.log(TALKED)
    second.sync_once()
    (writer,) = (one.writer for one in second.members.all() if one.state == "waiting")
    second.members.approve(writer)
    company.boss.erasures.erase(TALKED.phone)
    company.sync()
    company.sync()
    assert names(company.boss, "A017") == [TALKED.company]
    assert [(one.code, one.where, one.detail) for one in told(company)] == [("unerased", call.id, "A017")]
    company.boss.erasures.erase(TALKED.phone)
    company.sync()
    assert names(company.boss, "A017") == [""]
    assert told(company) == []
    approve(company)


def test_a_board_that_is_open_hears_of_a_correction_without_being_asked(company: Company) -> None:
    desk = company.join("A017", "张敏")
    call = desk.own.log(replace(TALKED, phone=WRONG))
    company.sync()
    company.boss.erasures.erase(TALKED.phone)
    company.boss.erasures.look()
    desk.own.correct(call.id, TALKED)
    company.sync()
    assert any(call.id in note for note in company.boss.upkeep.notes())


def test_an_erased_call_that_says_nothing_of_its_customer_any_more_is_not_told_when_it_is_corrected(
    company: Company,
) -> None:
    desk = company.join("A017", "张敏")
    call = desk.own.log(replace(TALKED, phone=WRONG))
    company.sync()
    desk.own.correct(call.id, TALKED)
    company.sync()
    company.boss.erasures.erase(TALKED.phone)
    company.sync()
    company.sync()
    assert names(company.boss, "A017") == [""]
    desk.own.correct(call.id, CallEntry(phone="", outcome="no_answer"))
    company.sync()
    company.sync()
    assert [one.outcome for one in company.boss.calls("A017", DAY)] == ["no_answer"]
    assert told(company) == []
