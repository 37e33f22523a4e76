"""Every golden number of the handbook's section 7, through the book alone."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from agent_tui.book import Book
from shared_rules.money import yuan
from shared_rules.policies.policy import builtin_text
from tests.book.month import ZONE, Month, a_day, conversation

HIRED = date(2026, 11, 9)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
SUNDAY = date(2026, 11, 22)


OLD = date(2020, 1, 1)
# Each test has agents of its own; a team is made once, which takes its time.
AGENTS = {"A017": HIRED, "N060": HIRED, "N037": HIRED, **dict.fromkeys(("V180", "D108", "F001", "T120"), OLD)}
ENTRIES: dict[str, list[tuple[str, int | None]]] = {
    "P121": [("award.excellent", 20), ("award.excellent", 1)],
    "P120": [("award.excellent", 20)],
    "P080": [("conduct.harm", None), ("conduct.harm", None)],
    "P079": [("conduct.harm", None), ("conduct.harm", None), ("award.excellent", 1), ("meet.missed", None)],
}


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    made = Month(tmp_path_factory.mktemp("golden"), SUNDAY, {**AGENTS, **dict.fromkeys(ENTRIES, OLD)})
    yield made
    made.close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Month]:
    made = Month(tmp_path, SUNDAY, {"A017": HIRED, "A001": OLD})
    yield made
    made.close()


def quota(book: Book, agent: str, day: date) -> tuple[int, int, int | None]:
    view = book.day(agent, day)
    assert view.quota is not None
    return view.quota.calls, view.quota.leads, view.new_hire_day


def lines(book: Book, agent: str, name: str) -> dict[str, int]:
    statement = book.read.statement(agent, name)
    assert statement is not None
    return {one.id.split(":", 3)[3]: one.line.fen for one in statement.lines if one.line.fen}


def test_day_15_and_day_16(month: Month) -> None:
    desk = month.desks["A017"]
    assert quota(desk, "A017", MONDAY) == quota(month.boss, "A017", MONDAY) == (80, 15, 15)
    assert quota(desk, "A017", TUESDAY) == quota(month.boss, "A017", TUESDAY) == (120, 25, None)


def test_visits_and_leave_lower_the_calls(month: Month) -> None:
    month.boss.supervisor.time_away("V180", "visit", MONDAY, 180)
    month.boss.supervisor.time_away("N060", "leave", MONDAY, 60)
    month.sync()
    for book, agent, calls, leads in ((month.desks["V180"], "V180", 69, 25), (month.desks["N060"], "N060", 69, 15)):
        assert quota(book, agent, MONDAY)[:2] == quota(month.boss, agent, MONDAY)[:2] == (calls, leads)


def test_108_of_120_and_23_of_25(month: Month) -> None:
    month.clock.set(MONDAY, 17)
    desk = month.desks["D108"]
    desk.own.log_many(a_day(MONDAY, 108, 23))
    month.clock.set(TUESDAY, 8)
    month.sync()
    for book in (desk, month.boss):
        view = book.day("D108", MONDAY)
        assert view.shortfall is not None
        assert yuan(view.shortfall.fen) == "70.00"
        assert lines(book, "D108", "2026-11") == {
            "pay.base": 100_000,
            "pay.valid_calls": 5_400,
            "pay.fines:quota.shortfall:2026-11-23:calls": -6_000,
            "pay.fines:quota.shortfall:2026-11-23:leads": -1_000,
        }
    month.boss.supervisor.excuse("D108", MONDAY, "停电")
    month.sync()
    assert "pay.fines:quota.shortfall:2026-11-23:calls" not in lines(desk, "D108", "2026-11")


def test_no_call_at_all_with_the_leads_half_on_and_off(small: Month) -> None:
    # From Tuesday on missing leads are not fined.
    off = builtin_text("handbook").replace('leads_status = "disputed"', 'leads_status = "disabled"')
    small.boss.supervisor.publish_policy(off, "off.toml", TUESDAY)
    small.clock.set(TUESDAY + timedelta(days=1), 8)
    small.sync()
    for book in (small.desks["A001"], small.boss):
        fines = [book.day("A001", day).shortfall for day in (MONDAY, TUESDAY)]
        assert [yuan(one.fen) for one in fines if one] == ["725.00", "600.00"]


def test_30_and_31_minutes_late(small: Month) -> None:
    punches = builtin_text("handbook")
    start = punches.index("[day.punches]")
    end = punches.index("[day.stay_late]")
    punches = punches[:start] + punches[start:end].replace('"disabled"', '"plain"') + punches[end:]
    small.boss.supervisor.publish_policy(punches, "punches.toml", MONDAY)
    small.sync()
    for agent, minute in (("A001", 30), ("A017", 31)):
        small.clock.set(MONDAY, 9, minute)
        small.desks[agent].agent.punch("in")
        small.clock.set(MONDAY, 18)
        small.desks[agent].agent.punch("out")
    small.clock.set(TUESDAY, 8)
    small.sync()
    proposed = small.boss.read.proposals()
    assert [(one.agent, one.what.rule) for one in proposed] == [("A001", "att.late"), ("A017", "att.half_day")]
    assert small.boss.ledger("A001", "2026-11").balance == 100  # no points without a person
    for one in proposed:
        small.boss.supervisor.accept(one.id)
    small.sync()
    for agent, balance, fen in (("A001", 98, 1000), ("A017", 95, 0)):
        view = small.desks[agent].ledger(agent, "2026-11")
        assert (view.balance, [entry.fen for entry in view.entries]) == (balance, [fen])


def test_the_points_of_a_month(month: Month) -> None:
    month.clock.set(SUNDAY, 9)
    for agent, entries in ENTRIES.items():
        for number, (rule, points) in enumerate(entries):
            month.boss.supervisor.points(agent, rule, SUNDAY, points=points, note=f"第 {number} 次")
    month.sync()
    expected = {"P121": (121, 20_000), "P120": (120, 0), "P080": (80, 0), "P079": (79, -20_000)}
    for agent, (balance, fen) in expected.items():
        for book in (month.desks[agent], month.boss):
            assert book.ledger(agent, "2026-11").balance == balance
            assert lines(book, agent, "2026-11").get("pay.points", 0) == fen
            codes = {term.code for term in book.read.why(f"pay:{agent}:2026-11:pay.points").why.terms}
            assert ("points_over" if fen > 0 else "points_under" if fen < 0 else "points_between") in codes


def test_the_golden_month(tmp_path: Path) -> None:
    """2,640 valid calls, 3 A, 5 B, ¥80,000 received, two lates, 12 calls short once: ¥3,590 and 96 points."""
    month = Month(tmp_path, date(2026, 11, 1), {"A001": date(2020, 1, 1)})
    desk = month.desks["A001"]
    workdays = [day for day in (date(2026, 11, 1) + timedelta(days=n) for n in range(30)) if day.isoweekday() <= 5]
    assert len(workdays) == 21
    # 12 short on the first, then 12 days of 127 and 8 of 126.
    counts = [108, *[127] * 12, *[126] * 8]
    assert sum(counts) == 2640
    for number, (day, count) in enumerate(zip(workdays, counts, strict=True)):
        month.clock.set(day, 17)
        desk.own.log_many(a_day(day, count, 25, first=number * 1000))
    month.clock.set(date(2026, 11, 30), 23, 59)
    month.sync()
    boss = month.boss.supervisor
    for number in range(8):
        phone = f"138{number:08}"
        for step in ("visited", "file", "signed"):
            boss.grade_step(phone, step, "A" if number < 3 else "B", by="老王", on=date(2026, 11, 27))
    boss.payment("13800000000", "80,000", date(2026, 11, 27))
    for day in workdays[:2]:
        boss.points("A001", "att.late", day)
    month.clock.set(date(2026, 12, 1), 8)
    month.sync()
    for book in (desk, month.boss):
        statement = book.read.statement("A001", "2026-11")
        assert statement is not None
        assert yuan(statement.total) == "3590.00"
        assert book.ledger("A001", "2026-11").balance == 96
        amounts = sorted(one.line.fen for one in statement.lines if one.line.fen)
        assert amounts == sorted([100_000, 132_000, 30_000, 25_000, 80_000, -1_000, -1_000, -6_000])
    month.close()


def test_b_in_october_raised_to_a_in_november(tmp_path: Path) -> None:
    month = Month(tmp_path, date(2026, 10, 19), {"A001": date(2020, 1, 1)})
    boss, october, november = month.boss.supervisor, date(2026, 10, 30), date(2026, 11, 2)
    month.clock.set(october, 12)
    month.desks["A001"].own.log(conversation(1, month.clock.at - timedelta(hours=1), lead=True))
    month.sync()
    for step in ("visited", "file", "signed"):
        boss.grade_step("13800000001", step, "B", by="老王", on=october)
    month.clock.set(november, 12)
    boss.grade_step("13800000001", "signed", "A", by="老王", on=november)
    month.sync()
    fresh = Book.open(tmp_path / "A001", month.clock)
    for book in (month.boss, fresh):
        assert lines(book, "A001", "2026-10")["pay.grade_b"] == 5_000
        assert lines(book, "A001", "2026-11")["pay.grade_a:raised"] == 5_000
    fresh.close()
    month.close()


def test_a_valid_call_found_false(month: Month) -> None:
    month.clock.set(MONDAY, 17)
    desk = month.desks["F001"]
    desk.own.log_many(a_day(MONDAY, 121, 26))
    again = desk.own.log(conversation(1, datetime(2026, 11, 23, 16, tzinfo=ZONE)))
    month.sync()
    calls = {call.customer.phone: call for call in desk.calls("F001", MONDAY) if call.customer}
    boss = month.boss.supervisor

    def figures() -> tuple[int, int, int]:
        month.sync()
        view = desk.day("F001", MONDAY)
        assert view.figures == month.boss.day("F001", MONDAY).figures
        assert view.shortfall is not None
        return view.figures.valid, view.figures.leads, view.shortfall.fen

    assert figures() == (121, 26, 0)
    # Another complete call to that number takes its place; it is no lead.
    boss.verify(calls["+8613800000001"].id, True, "未通话")
    assert figures() == (121, 25, 0)
    boss.verify(calls["+8613800000002"].id, True, "未通话")
    boss.verify(calls["+8613800000099"].id, True, "未通话")
    assert figures() == (119, 24, 1_000)
    boss.verify(again.id, True, "未通话")
    assert figures() == (118, 24, 1_500)
    ledger = desk.ledger("F001", "2026-11")
    assert [(entry.rule, entry.fen, entry.points) for entry in ledger.entries] == [("report.false", 5_000, 0)] * 4
    found = next(entry for entry in ledger.entries if entry.evidence == calls["+8613800000099"].id)
    boss.rule_on(found.id, upheld=False, text="属实")
    assert figures() == (119, 24, 1_000)


def test_at_14_32_with_37_of_80(month: Month) -> None:
    month.clock.set(MONDAY, 14, 32)
    desk = month.desks["N037"]
    desk.own.log_many(a_day(MONDAY, 37, 0))
    month.sync()
    for book in (desk, month.boss):
        pace = book.day("N037", MONDAY).pace
        assert pace is not None
        assert (pace.due_calls, pace.gap_calls) == (52, -15)
        assert pace.forecast_calls is not None
        assert f"{pace.forecast_calls:%H:%M}" == "20:48"
        elapsed = book.read.why(f"day:N037:{MONDAY}:pace").why.terms[0]
        assert elapsed.values["n"] == 272


def test_the_same_number_twice_and_the_number_to_verify(month: Month) -> None:
    month.clock.set(MONDAY, 17)
    desk = month.desks["T120"]
    desk.own.log_many([*a_day(MONDAY, 120, 25), conversation(5, datetime(2026, 11, 23, 16, tzinfo=ZONE))])
    month.sync()
    assert desk.day("T120", MONDAY).figures.valid == 120
    number = month.boss.read.suspects("T120", MONDAY).number
    assert number is not None
    assert (number.calls, float(number.share)) == (14, 0.11)
