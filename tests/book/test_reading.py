"""What the book reads beyond a day: requests, appeals, who stays late, the statement."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from agent_tui.words.team_words import states
from shared_rules.policies.policy import builtin_text
from tests.book.month import Month, a_day
from tests.company import NOW, ZONE, Company, talk

DAY = date(2026, 11, 23)
EVENING = datetime(2026, 11, 23, 18, 30, tzinfo=ZoneInfo(ZONE))


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path, EVENING)
    yield made
    made.close()


def both(company: Company) -> None:
    company.sync()
    for desk in company.desks.values():
        desk.sync_once()


def test_a_request_for_a_day_to_come_is_found_by_who_starts_on_that_day(company: Company) -> None:
    desk = company.join("A017", "张敏")
    tomorrow = DAY + timedelta(days=42)
    asked = desk.agent.ask("leave", tomorrow, 180, "看病", sick=True)
    both(company)
    (view,) = company.boss.read.requests(open_only=True)
    assert (view.id, view.agent, view.name, view.on, view.minutes, view.state) == (
        asked.id, "A017", "张敏", tomorrow, 180, "open",
    )  # fmt: skip
    assert view.faults == ("no_note",)
    company.boss.supervisor.approve(asked.id)
    both(company)
    # Weeks later a fresh start reads no segment of the month it was written in, and knows the leave.
    later = SetClock(EVENING + timedelta(days=42), ticking=False)
    for home in (company.boss_home, company.folder / "A017"):
        book = Book.open(home, later)
        assert book.day("A017", tomorrow).leave_minutes == 180
        assert [one.state for one in book.read.requests()] == ["approved"]
        book.close()
    assert company.boss.read.requests(open_only=True) == []


def test_an_appeal_waits_until_it_is_ruled_on(company: Company) -> None:
    desk = company.join("A017", "张敏")
    entry = company.boss.supervisor.points("A017", "att.late", DAY)
    both(company)
    desk.agent.appeal(entry.id, "地铁故障")
    both(company)
    (waits,) = company.boss.read.appeals()
    assert (waits.agent, waits.name, waits.entry.id) == ("A017", "张敏", entry.id)
    assert waits.entry.appeal is not None
    assert waits.entry.appeal.text == "地铁故障"
    company.boss.supervisor.rule_on(entry.id, upheld=False, text="属实")
    assert company.boss.read.appeals() == []
    both(company)
    assert desk.day("A017", DAY).points is not None
    assert [one.state for one in desk.ledger("A017", "2026-11").entries] == ["withdrawn"]
    assert desk.ledger("A017", "2026-11").balance == 100


def test_an_appeal_against_an_entry_of_long_ago_waits_too(tmp_path: Path) -> None:
    month = Month(tmp_path, date(2026, 8, 3), {"A1": date(2020, 1, 1)})
    entry = month.boss.supervisor.points("A1", "att.late", date(2026, 8, 3))
    month.down()
    month.clock.set(DAY, 9)
    month.desks["A1"].agent.appeal(entry.id, "当天请过假")
    month.up()
    fresh = Book.open(tmp_path / "boss", month.clock)
    (waits,) = fresh.read.appeals()
    assert (waits.entry.id, waits.entry.on) == (entry.id, date(2026, 8, 3))
    fresh.supervisor.rule_on(entry.id, upheld=True, text="无记录")
    assert fresh.read.appeals() == []
    fresh.close()
    month.close()


def test_who_stays_late_and_is_let_go(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, minutes_ago=300)
    both(company)
    (stay,) = company.boss.read.stay_late(DAY)
    assert (stay.agent, stay.valid, stay.quota, stay.missing, stay.day_minutes) == ("A017", 1, 120, 119, 30)
    assert (stay.usual_minutes, stay.most_minutes, stay.most_month_minutes) == (60, 180, 2160)
    assert not stay.tonight, "at this rate it would take weeks"
    assert desk.read.stays("A017", DAY) == stay
    company.boss.supervisor.release("A017", DAY)
    both(company)
    view = desk.day("A017", DAY)
    assert (view.must_stay, view.released) == (False, True)
    (stay,) = company.boss.read.stay_late(DAY)
    assert stay.released is not None
    assert stay.released.by == "S001"


def test_a_confirmed_day_keeps_nobody_and_the_total_counts_the_rows_that_say_so(company: Company) -> None:
    desks = [company.join("A017", "张敏"), company.join("A018", "李强")]
    for desk in desks:
        talk(desk, 1, minutes_ago=300)
    both(company)

    def told() -> tuple[int, list[str]]:
        team = company.boss.team(DAY)
        return team.totals.must_stay, [one.agent for one in team.agents if "stay" in states(one, one.data_age_s)]

    assert told() == (2, ["A017", "A018"])
    desks[0].agent.hand_in(DAY)
    both(company)
    assert told() == (2, ["A017", "A018"])
    company.boss.supervisor.confirm("A017", DAY)
    both(company)
    assert told() == (1, ["A018"])
    assert not desks[0].day("A017", DAY).must_stay
    assert [one.agent for one in company.boss.read.stay_late(DAY)] == ["A018"]


def test_who_is_absent_or_on_leave_all_day_is_not_kept_late(company: Company) -> None:
    for agent, name in (("A017", "张敏"), ("A018", "李强"), ("A019", "王芳")):
        company.join(agent, name)
    company.boss.supervisor.time_away("A018", "leave", DAY, 420)
    absence = company.boss.supervisor.points("A019", "att.absent", DAY, note="没来")
    assert [one.agent for one in company.boss.read.stay_late(DAY)] == ["A017"]
    assert company.boss.team(DAY).totals.must_stay == 1
    company.boss.supervisor.withdraw(absence.id)
    assert [one.agent for one in company.boss.read.stay_late(DAY)] == ["A017", "A019"]


def test_a_desk_that_was_not_used_since_yesterday_is_not_silent_before_work(company: Company) -> None:
    talk(company.join("A017", "张敏"), 1)
    both(company)
    company.close()

    def told(hour: int, minute: int) -> list[str]:
        at = SetClock(NOW.replace(day=24, hour=hour, minute=minute), ticking=False)
        with closing(Book.open(company.boss_home, at)) as boss:
            (row,) = boss.team(at.now(boss.session.place.zone).date()).agents
            assert row.data_age_s is not None
            assert row.data_age_s > 40_000
            return states(row, row.data_age_s)

    assert [told(8, 30), told(9, 1)] == [["not_begun"], ["not_begun"]]
    assert told(9, 30) == ["behind", "stale"]


def test_the_statement_of_a_month_line_by_line(company: Company) -> None:
    desk = company.join("A017", "张敏")
    for number in range(3):
        talk(desk, number, minutes_ago=10, lead=number == 0)
    both(company)
    boss = company.boss.supervisor
    boss.points("A017", "att.late", DAY)
    boss.payment("13800000000", "80000", DAY)
    for step in ("visited", "file", "signed"):
        boss.grade_step("13800000000", step, "B", by="老王", on=DAY)
    both(company)
    statement = desk.read.statement("A017", "2026-11")
    assert statement == company.boss.read.statement("A017", "2026-11")
    assert statement is not None
    amounts = {one.id: one.line.fen for one in statement.lines if one.line.fen}
    entry = desk.ledger("A017", "2026-11").entries[0].id
    assert amounts == {
        "pay:A017:2026-11:pay.base": 100_000,
        "pay:A017:2026-11:pay.valid_calls": 150,
        "pay:A017:2026-11:pay.grade_b": 5_000,
        "pay:A017:2026-11:pay.payments": 80_000,
        f"pay:A017:2026-11:pay.fines:{entry}": -1_000,
    }
    assert statement.total == sum(amounts.values())
    fine = next(one for one in statement.lines if one.line.cause == "att.late")
    assert fine.cause_title is not None
    assert (fine.title.zh, fine.cause_title.zh) == ("罚款", "迟到")
    view = desk.day("A017", DAY)
    assert view.estimate is not None
    assert view.estimate.total == statement.total


def test_a_desk_reads_of_others_nothing(company: Company) -> None:
    desk = company.join("A017", "张敏")
    company.join("A018", "李强")
    company.boss.supervisor.points("A018", "att.late", DAY)
    both(company)
    assert [person.agent for person in company.boss.team(DAY).agents] == ["A017", "A018"]
    assert desk.read.requests() == []
    assert desk.session.folds.unopened == {}


def test_a_missed_meeting_is_proposed_and_a_week_is_read(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    call = desk.calls("A017", DAY)[0]
    desk.agent.flag(call.id, "客户问价格")
    desk.agent.plan("2026-W49", companies=60, grades=3, text="制造业")
    desk.agent.summary("2026-W48", "本周有进步")
    both(company)
    boss = company.boss
    boss.supervisor.attendance("A017", "daily", DAY, "missed")
    boss.supervisor.coaching(call.id, "先问预算")
    boss.supervisor.review("A017", "2026-W48", 4, "稳")
    both(company)
    (proposed,) = boss.read.proposals()
    assert boss.read.proposed("A017") == 1
    assert (proposed.id, proposed.what.rule) == ("A017:meeting:2026-11-23:daily", "meet.missed")
    assert boss.read.proposal(proposed.id) == proposed
    with pytest.raises(Problem, match="A017:meeting:2026-11-24:daily"):
        boss.read.proposal("A017:meeting:2026-11-24:daily")
    assert [(one.meeting, one.state) for one in desk.read.attendance(DAY)] == [("daily", "missed")]
    for book in (boss, desk):
        week = book.read.week("A017", "2026-W48")
        assert (week.figures.valid, week.figures.companies, week.summary_state) == (1, 1, "handed_in")
        assert week.review is not None
        assert week.review.rating == 4
        assert week.plan is None
        plan = book.read.week("A017", "2026-W49").plan
        assert plan is not None
        assert (plan.companies, plan.grades, plan.approved, plan.late) == (60, 3, False, False)
        (item,) = book.read.meeting(DAY)
        assert (item.call_id, [flag.text for flag in item.flags], [note.text for note in item.notes]) == (
            call.id, ["客户问价格"], ["先问预算"],
        )  # fmt: skip
        assert [one.call_id for one in book.read.notes("A017", DAY)] == [call.id]
    kinds = [one.kind for one in desk.read.day_records("A017", DAY)]
    assert sorted(kinds) == ["attendance", "coaching", "flag"]


def test_what_is_to_be_sent_is_told_from_the_last_workday_before_it_is_due(tmp_path: Path) -> None:
    thursday = datetime(2026, 11, 26, 23, 59, tzinfo=ZoneInfo(ZONE))
    company = Company(tmp_path, thursday)
    company.join("A017", "张敏")
    company.close()

    def told(at: datetime) -> list[tuple[str, str, str]]:
        with closing(Book.open(tmp_path / "A017", SetClock(at, ticking=False))) as desk:
            return [(one.what, one.week, f"{one.due:%a %H:%M}") for one in desk.read.to_send("A017")]

    assert told(thursday) == []
    both_due = [("plan", "2026-W49", "Sat 18:00"), ("summary", "2026-W48", "Sun 23:59")]
    assert told(thursday + timedelta(minutes=1)) == both_due
    sunday = thursday + timedelta(days=3)
    assert told(sunday) == both_due, "the plan is late, and can be sent"
    with closing(Book.open(tmp_path / "A017", SetClock(sunday, ticking=False))) as desk:
        desk.agent.plan("2026-W49", companies=100)
        assert [one.what for one in desk.read.to_send("A017")] == ["summary"]
        desk.agent.summary("2026-W48", "本周")
        assert desk.read.to_send("A017") == []


def test_suspects_are_read_with_their_customers_and_the_number_to_verify(company: Company) -> None:
    desk = company.join("A017", "张敏")
    for number in range(12):
        talk(desk, number * 31, minutes_ago=100 - number * 5)
    talk(desk, 31, minutes_ago=10)
    both(company)
    view = company.boss.read.suspects("A017", DAY)
    assert [(one.call.customer.phone if one.call.customer else "", one.reasons[0].code) for one in view.suspects] == [
        ("+8613800000031", "repeat"),
        ("+8613800000031", "repeat"),
    ]
    assert view.number is not None
    assert (view.number.calls, view.number.valid, view.done) == (2, 12, 0)
    # A suspect that counts, then another that nobody can foresee.
    first = view.suspects[0].call.id
    assert view.to_verify[0] == first
    assert len(view.to_verify) == 2
    assert company.boss.read.suspects("A017", DAY) is view
    company.boss.supervisor.verify(first, False)
    view = company.boss.read.suspects("A017", DAY)
    assert (view.done, len(view.to_verify)) == (1, 1)
    assert first not in view.to_verify
    assert [one.agent for one in company.boss.read.team_suspects(DAY)] == ["A017"]


def test_what_is_proposed_is_counted_anew_when_something_was_written(company: Company) -> None:
    desk, boss = company.join("A017", "张敏"), company.boss
    assert boss.read.proposed("A017") == 0
    boss.supervisor.attendance("A017", "daily", DAY, "missed")
    assert boss.read.proposed("A017") == 1
    talk(desk, 1)
    both(company)
    assert boss.read.proposed("A017") == 1
    boss.supervisor.dismiss("A017:meeting:2026-11-23:daily", "已请假")
    assert boss.read.proposed("A017") == 0


def test_quotas_made_exactly_are_seen_across_the_end_of_a_month(tmp_path: Path) -> None:
    month = Month(tmp_path, date(2026, 10, 26), {"A1": date(2020, 1, 1)})
    small = builtin_text("handbook").replace("calls = 120\nleads = 25", "calls = 3\nleads = 1")
    month.boss.supervisor.publish_policy(small, "small.toml", date(2026, 10, 26))
    month.down()
    days = [date(2026, 10, 29), date(2026, 10, 30), date(2026, 11, 2)]
    for number, day in enumerate(days):
        month.clock.set(day, 17)
        month.desks["A1"].own.log_many(a_day(day, 3, 1, first=number * 10))
    month.sync()
    (suspect,) = month.boss.read.suspects("A1", days[-1]).suspects
    assert [(one.code, one.n) for one in suspect.reasons] == [("exact_quota", 3)]
    # Under rules that look for none nothing further back is asked for.
    unverified = small[: small.index("[verify.suspects]")] + small[small.index("[[outcomes]]") :]
    month.boss.supervisor.publish_policy(unverified, "none.toml", days[-1])
    assert month.boss.read.suspects("A1", days[-1]).suspects == ()
    month.close()


def test_the_estimate_beside_a_day_to_come_is_that_of_today(company: Company) -> None:
    company.join("A017", "张敏")
    both(company)
    today, later = (company.boss.day("A017", day).estimate for day in (DAY, DAY + timedelta(days=7)))
    assert today is not None
    assert (later, today.fines) == (today, 0)
    assert company.boss.day("A017", DAY + timedelta(days=8)).estimate is None  # December has earned nothing yet


def test_a_month_before_joining_has_a_statement_and_one_between_leaving_and_coming_back_has_none(
    tmp_path: Path,
) -> None:
    month = Month(tmp_path, date(2026, 6, 15), {"A1": date(2026, 5, 4)})
    boss = month.boss
    month.clock.set(date(2026, 8, 20), 9)
    boss.members.leave("A1", date(2026, 8, 19))
    month.clock.set(date(2026, 10, 12), 9)
    teams.ask_to_join(tmp_path / "again", tmp_path / "share", "A1", "业务员A1", date(2026, 10, 12), month.clock)
    with closing(Book.open(tmp_path / "again", month.clock)) as desk:
        desk.sync_once()
    boss.sync_once()
    (waiting,) = (one for one in boss.members.all() if one.state == "waiting")
    boss.members.approve(waiting.writer, "agent")
    months = [f"2026-{number:02}" for number in range(4, 11)]
    there = ["2026-05", "2026-06", "2026-07", "2026-08", "2026-10"]
    assert [name for name in months if boss.read.owed("A1", name)] == there
    # What another policy would have made of a month is told of the months that have a statement.
    assert [name for name in months if boss.read.replay(boss.policy(), name)] == there
    month.close()
