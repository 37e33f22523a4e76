"""Erasing a customer: who may, what stays, what may come again."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from agent_tui import teams
from agent_tui.book import Book, CallEntry
from agent_tui.book.place.pen import Draft
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from agent_tui.ids import uuid7
from agent_tui.ui.desk.sheet import Sheet
from shared_rules.records.entries import Payment, PaymentSecret
from shared_rules.records.kinds import Erase, ErasedTag
from tests.company import NOW, ZONE, Company

DAY = date(2026, 11, 23)
TALKED = CallEntry(
    phone="138 0013 8000",
    outcome="talked",
    interest="intent",
    company="宏达",
    contact="王",
    title="经理",
    note="要报价",
)
OTHER = replace(TALKED, phone="13900000001", company="华泰")


def customers(book: Book, agent: str = "A017") -> list[str | None]:
    return [call.customer.company if call.customer else None for call in book.calls(agent, DAY)]


def test_the_figures_stand_and_the_customer_is_shown_as_erased_everywhere(company: Company) -> None:
    desk = company.join("A017", "张敏")
    call = desk.own.log(replace(TALKED, started_at=NOW - timedelta(minutes=5)))
    desk.own.log(OTHER)
    company.sync()
    before = company.boss.day("A017", DAY).figures
    company.boss.erasures.erase(TALKED.phone, "客户要求删除")
    company.sync()
    company.sync()
    for book in (desk, company.boss):
        assert customers(book) == ["华泰", None]
        assert [one.erased for one in book.calls("A017", DAY)] == [False, True]
        assert book.day("A017", DAY).figures == before
        assert book.record(call.id)["customer"] is None
        assert book.own.customer(TALKED.phone) is None
    assert desk.own.preview(TALKED).repeat
    assert company.boss.upkeep.check().findings == []


def test_an_agent_may_not_and_a_forged_record_counts_nothing(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    with pytest.raises(Problem) as refused:
        desk.erasures.erase(TALKED.phone)
    assert refused.value.name == "errors.supervisors_only"
    keys = desk.session.place.tag_keys()
    assert keys is not None
    tag = keys.phone("+8613800138000")
    desk.write([Draft(uuid7(NOW), "", Erase(tags=(ErasedTag(agent="A017", tag=tag),)))], NOW)
    company.sync()
    assert customers(company.boss) == customers(desk) == ["宏达"]
    assert [one.why for one in company.boss.session.folds.left_out.values()] == ["supervisors_only"]


@pytest.mark.parametrize(
    ("phone", "reason", "name"),
    [("12", "", "errors.no_number"), ("13800138000", "删除 138-0013-8000", "errors.names_customer")],
)
def test_what_cannot_be_erased_is_told(company: Company, phone: str, reason: str, name: str) -> None:
    with pytest.raises(Problem) as refused:
        company.boss.erasures.erase(phone, reason)
    assert refused.value.name == name


def test_a_customer_who_calls_again_is_recorded_again_and_can_be_erased_again(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log(replace(TALKED, started_at=NOW - timedelta(hours=1)))
    company.sync()
    company.boss.erasures.erase(TALKED.phone)
    company.sync()
    company.sync()
    company.clock._start += timedelta(minutes=1)
    desk.own.log(TALKED)
    desk.own.log(OTHER)
    company.sync()
    assert customers(company.boss) == customers(desk) == ["华泰", "宏达", None]
    company.boss.erasures.erase(TALKED.phone)
    company.sync()
    company.sync()
    assert customers(company.boss) == customers(desk) == ["华泰", None, None]


def test_a_list_from_before_brings_nobody_back(company: Company) -> None:
    desk = company.join("A017", "张敏")
    old = replace(TALKED, started_at=NOW - timedelta(hours=3), imported=True)
    desk.own.log_many([old])
    company.sync()
    company.boss.erasures.erase(TALKED.phone)
    company.sync()
    company.sync()
    figures = desk.day("A017", DAY).figures
    assert desk.own.log_many([old]) == 0
    assert desk.own.log_many([replace(old, started_at=NOW - timedelta(hours=2))]) == 1
    company.sync()
    assert customers(desk) == customers(company.boss) == [None, None]
    assert desk.day("A017", DAY).figures.dials == figures.dials + 1


def test_a_row_of_a_call_that_was_logged_by_hand_is_there_already_when_its_customer_was_erased(
    company: Company,
) -> None:
    desk = company.join("A017", "张敏")
    logged = replace(TALKED, started_at=NOW - timedelta(hours=3))
    desk.own.log(logged)
    company.sync()
    company.boss.erasures.erase(TALKED.phone)
    company.sync()
    company.sync()
    other = replace(OTHER, started_at=logged.started_at)
    assert desk.own.log_many([replace(one, imported=True) for one in (logged, other)]) == 1
    assert desk.day("A017", DAY).figures.dials == 2


def test_a_do_not_call_number_stays_on_the_list(company: Company) -> None:
    desk = company.join("A017", "张敏")
    colleague = company.join("A018", "李强")
    desk.own.log(replace(TALKED, outcome="do_not_call"))
    company.sync()
    company.sync()
    company.clock._start += timedelta(minutes=1)
    desk.own.log(TALKED)
    colleague.own.log(TALKED)
    company.sync()
    before = [company.boss.day(agent, DAY).figures for agent in ("A017", "A018")]
    company.boss.erasures.erase(TALKED.phone)
    company.sync()
    company.sync()
    assert [company.boss.day(agent, DAY).figures for agent in ("A017", "A018")] == before
    assert before[0].valid == before[1].valid == 0
    for book in (company.boss, desk, colleague):
        assert book.lists.listed(TALKED.phone) is not None


def test_a_file_from_before_that_tells_do_not_call_lists_the_number_and_brings_nobody_back(company: Company) -> None:
    desk = company.join("A017", "张敏")
    colleague = company.join("A018", "李强")
    company.boss.erasures.erase(TALKED.phone)
    company.sync()
    company.sync()
    company.clock._start += timedelta(minutes=1)
    desk.own.log_many([replace(TALKED, outcome="do_not_call", started_at=NOW - timedelta(hours=3), imported=True)])
    company.clock._start += timedelta(minutes=1)
    newcomer = company.join("A019", "赵刚")
    company.sync()
    company.sync()
    assert customers(desk) == [None]
    for book in (company.boss, desk, colleague, newcomer):
        assert book.lists.listed(TALKED.phone) is not None
    for caller in (desk, colleague, newcomer):
        caller.own.log(TALKED)
    company.sync()
    company.sync()
    agents = {"A017": desk, "A018": colleague, "A019": newcomer}
    assert [book.day(agent, DAY).figures.valid for agent, book in agents.items()] == [0, 0, 0]
    assert [company.boss.day(agent, DAY).figures.valid for agent in agents] == [0, 0, 0]


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
def test_a_listed_number_that_was_erased_counts_no_more_for_who_came_later_either(
    company: Company, *, late: bool
) -> None:
    """`late`: the listing is heard of after the calls it makes count no more."""
    desk = company.join("A017", "张敏")
    desk.own.log(replace(TALKED, outcome="do_not_call"))
    if not late:
        company.sync()
    company.boss.erasures.erase(TALKED.phone)
    company.boss.sync_once()
    company.clock._start += timedelta(minutes=1)
    newcomer = company.join("A018", "李强")
    for entry in (OTHER, TALKED):
        newcomer.own.log(entry)
    newcomer.sync_once()
    company.boss.sync_once()
    assert company.boss.day("A018", DAY).figures.valid == 1 + late
    company.sync()
    company.sync()
    company.boss.close()
    again = Book.open(company.boss_home, company.clock)
    for book in (newcomer, company.boss, again):
        assert {call.why_not for call in book.calls("A018", DAY)} == {"do_not_call", None}, book.identity
        assert book.day("A018", DAY).figures.valid == 1
    again.close()


def test_what_makes_pay_stays(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    company.sync()
    keys = desk.session.place.tag_keys()
    assert keys is not None
    body = Payment(phone_tag=keys.phone("+8613800138000"))
    company.boss.write([Draft(uuid7(NOW), "A017", body, PaymentSecret(fen=10_000, on=DAY))], NOW)
    company.boss.erasures.erase(TALKED.phone)
    company.sync()
    company.sync()
    for book in (desk, company.boss):
        book.session.refold()
        book.load_month(DAY)
        book.day("A017", DAY)
        assert [one.body.fen for one in book.session.folds.fold("A017").facts("payment")] == [10_000]


def test_a_team_of_one_erases_too_and_so_does_a_desk_open_beside_the_command(tmp_path: Path) -> None:
    clock = SetClock(NOW)
    teams.create_solo(tmp_path, "A017", "张敏", DAY, ZONE, clock)
    desk = Book.open(tmp_path, clock)
    desk.own.log(TALKED)
    command = Book.open(tmp_path, clock)
    assert command.erasures.erase(TALKED.phone).records == 1
    desk.sharing._take_own()
    assert customers(desk) == customers(Book.open(tmp_path, clock)) == [None]


def test_a_draft_that_names_the_customer_goes_and_the_others_stay(company: Company) -> None:
    desk = company.join("A017", "张敏")
    typed = Sheet().put("note", "x")
    # The number is looked up when its field is left: until then it stands in the field alone.
    left = typed.put("phone", "138 0013 8000")
    looked_up = replace(typed, number="+8613800138000", started_at=desk.now())
    others = [replace(typed, number="+8613900000001", started_at=desk.now()), typed.put("phone", "13900000002"), typed]
    desk.machine.keep_draft({"entries": [left.draft(), looked_up.draft()]})
    company.boss.erasures.erase(TALKED.phone)
    company.boss.sync_once()
    desk.sync_once()
    assert not desk.machine.drafts()
    desk.machine.keep_draft({"entries": [one.draft() for one in (left, *others, looked_up)]})
    company.boss.erasures.erase(TALKED.phone)
    company.boss.sync_once()
    desk.sync_once()
    assert list(desk.machine.drafts().values()) == [{"entries": [one.draft() for one in others]}]


def test_a_draft_of_a_customer_who_calls_again_after_the_erasure_stays(company: Company) -> None:
    desk = company.join("A017", "张敏")
    company.boss.erasures.erase(TALKED.phone)
    company.boss.sync_once()
    desk.sync_once()
    again = Sheet(number="+8613800138000", started_at=desk.now() + timedelta(minutes=1)).put("note", "x")
    draft = {"entries": [again.put("phone", TALKED.phone).draft()]}
    desk.machine.keep_draft(draft)
    desk.close()
    desk = Book.open(company.folder / "A017", company.clock)
    desk.erasures.obey()
    assert list(desk.machine.drafts().values()) == [draft]


def test_a_damaged_file_whose_drafts_name_the_customer_goes_and_another_stays(company: Company) -> None:
    """The boxes in it open as before, whatever else of it is damaged."""
    desk = company.join("A017", "张敏")
    odds, home = company.folder / "A017" / "odds.json", company.folder / "A017"
    for phone in ("138 0013 8000", "13900000001"):
        desk.machine.keep_draft({"phone": phone})
        odds.write_bytes(odds.read_bytes() + b"}")
        assert desk.machine.drafts() == {}
    assert {path.name for path in home.glob("odds.json.*-*")} == {"odds.json.damaged-1", "odds.json.damaged-2"}
    company.boss.erasures.erase(TALKED.phone)
    company.boss.sync_once()
    desk.sync_once()
    assert {path.name for path in home.glob("odds.json.*-*")} == {"odds.json.damaged-2"}


def test_who_has_yet_to_follow_is_told_until_they_did(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    company.sync()
    assert company.boss.erasures.erase(TALKED.phone).waiting == ("A017 张敏",)
    company.boss.sync_once()
    desk.sync_once()
    company.boss.sync_once()
    assert company.boss.erasures.obey() == ()
    assert company.boss.erasures.erase(TALKED.phone).waiting == ("A017 张敏",)  # a new erasure is to be followed anew


def test_what_a_kill_left_half_written_among_the_own_documents_is_passed_over(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    place = desk.session.place
    for path in [*(place.where.path / "own").rglob("*.json")]:
        path.with_name(path.name + ".tmp").write_bytes(b'{"format":1,')
    desk.sync_once()
    company.boss.sync_once()
    assert customers(company.boss) == ["宏达"]
    company.boss.erasures.erase(TALKED.phone)
    company.sync()
    company.sync()
    assert customers(desk) == [None]


def test_lists_and_reports_show_that_the_customer_was_erased(company: Company) -> None:
    from agent_tui.i18n import set_language
    from agent_tui.reports.csv_file import csv_bytes
    from agent_tui.reports.export import papers
    from agent_tui.reports.scope import Scope
    from agent_tui.ui.desk.lists import call_rows

    set_language("en")
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    company.sync()
    company.boss.erasures.erase(TALKED.phone)
    company.sync()
    company.sync()
    (call,) = desk.calls("A017", DAY)
    (row,) = call_rows([call], desk.policy(DAY), "en")
    assert row.cells["company"] == ("(erased)", "muted")
    scope = Scope((DAY,), None, None)
    told = b"".join(csv_bytes(sheet) for _, sheet in papers(company.boss, scope, lambda *_: None)).decode()
    assert "(erased)" in told
    assert "宏达" not in told
