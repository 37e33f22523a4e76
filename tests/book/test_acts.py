"""Who may act, about whom and on which day; what is refused records nothing."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from agent_tui.book import Book
from tests.book.acting import ABOUT_AN_AGENT, TALKED, ActAbout, refuse
from tests.book.world import DAY
from tests.company import Company

FRIDAY = date(2026, 11, 20)


def test_every_act_of_a_supervisor_is_refused_to_an_agent_and_about_oneself(company: Company) -> None:
    desk = company.join("A001", "刘洋")
    call = desk.own.log(TALKED)
    request = desk.agent.ask("leave", DAY, 60, "看病")
    company.sync()
    acts: list[ActAbout] = [
        *ABOUT_AN_AGENT,
        lambda book, who: book.supervisor.payment("13800138000", "5", DAY, agent=who),
        lambda book, who: book.supervisor.grade_step("13800138000", "visited", "A", agent=who),
        lambda book, who: book.supervisor.visit_report("13800138000", "谈了", agent=who),
    ]
    for act in acts:
        refuse(desk, lambda act=act: act(desk, "A001"), "only a supervisor")  # type: ignore[misc]
        refuse(company.boss, lambda act=act: act(company.boss, "S001"), "themselves|S001 is a supervisor")  # type: ignore[misc]
        refuse(company.boss, lambda act=act: act(company.boss, "A099"), "A099")  # type: ignore[misc]
    for alone in (
        lambda: desk.supervisor.verify(call.id, True, "没打"),
        lambda: desk.supervisor.rule_on(call.id, upheld=True, text="维持"),
        lambda: desk.supervisor.approve(request.id),
        lambda: desk.supervisor.refuse(request.id, "不行"),
        lambda: desk.supervisor.coaching(call.id, "慢一点"),
        lambda: desk.supervisor.flag(call.id),
        lambda: desk.supervisor.lift("13800138000"),
        lambda: desk.supervisor.notice("开会"),
        lambda: desk.supervisor.publish_card("税改", DAY, "贵", "划算", "何时方便?"),
    ):
        refuse(desk, alone, "only a supervisor")


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2026, 11, 24), "to come"), (date(2026, 1, 4), "2026-01-05"), (date(2026, 11, 23), "2026-11-20")],
)
def test_a_day_that_cannot_be_is_refused(company: Company, day: date, said: str) -> None:
    company.join("A001", "刘洋")
    if said == "2026-11-20":
        company.boss.members.leave("A001", FRIDAY)
    boss = company.boss
    for act in (
        lambda: boss.supervisor.points("A001", "att.late", day),
        lambda: boss.supervisor.excuse("A001", day, "停电"),
        lambda: boss.supervisor.release("A001", day),
        lambda: boss.supervisor.confirm("A001", day),
        lambda: boss.supervisor.punch_check("A001", day, "in"),
        lambda: boss.supervisor.attendance("A001", "daily", day, "missed"),
        lambda: boss.supervisor.payment("13800138000", "100", day, agent="A001"),
        lambda: boss.supervisor.grade_step("13800138000", "file", "B", on=day, agent="A001"),
    ):
        refuse(boss, act, said)


def test_a_trial_refuses_what_the_act_would_and_writes_nothing(company: Company) -> None:
    company.join("A001", "刘洋")
    boss = company.boss
    before = boss.session.place.journal.last_seq
    boss.supervisor.trial.release("A001", DAY)
    boss.supervisor.trial.confirm("A001", DAY)
    assert boss.session.place.journal.last_seq == before
    assert boss.day("A001", DAY).state == "open"
    boss.supervisor.confirm("A001", DAY)
    refuse(boss, lambda: boss.supervisor.trial.confirm("A001", DAY), "already")
    refuse(boss, lambda: boss.supervisor.trial.release("A001", DAY), "confirmed")


def test_a_team_of_one_is_both(tmp_path: Path) -> None:
    from agent_tui.clock import SetClock
    from agent_tui.teams import create_solo
    from tests.company import NOW, ZONE

    clock = SetClock(NOW)
    create_solo(tmp_path / "solo", "A001", "刘洋", date(2026, 1, 5), ZONE, clock)
    book = Book.open(tmp_path / "solo", clock)
    call = book.own.log(TALKED)
    request = book.agent.ask("leave", DAY, 60, "看病")
    book.supervisor.approve(request.id)
    assert book.supervisor.payment("13800138000", "500", DAY).agent == "A001"
    entry = book.supervisor.points("A001", "att.late", DAY)
    book.agent.appeal(entry.id, "地铁")
    book.supervisor.rule_on(entry.id, upheld=False, text="算了")
    book.supervisor.verify(call.id, True, "按错")
    confirmed = book.supervisor.confirm("A001", DAY)
    assert len(confirmed.content["segments"]) == 1
    book.close()


def test_what_was_handed_in_and_asked_while_waiting_is_brought_over(company: Company) -> None:
    desk = company.ask("A001", "刘洋")
    desk.agent.punch("in")
    asked = desk.agent.ask("leave", DAY + timedelta(days=1), 60, "看病")
    left = desk.agent.ask("visit", DAY + timedelta(days=1), 90, "拜访")
    desk.agent.withdraw(left.id)
    desk.agent.plan("2026-W48", companies=9)
    desk.agent.summary("2026-W48", "第一周")
    desk.agent.hand_in()
    company.boss.sync_once()
    (waiting,) = (one for one in company.boss.members.all() if one.state == "waiting")
    company.boss.members.approve(waiting.writer)
    company.boss.sync_once()
    desk.sync_once()
    company.sync()
    states = {one.id: one.state for one in company.boss.read.requests("A001")}
    assert states == {asked.id: "open", left.id: "withdrawn"}
    week = company.boss.read.week("A001", "2026-W48")
    assert week.plan is not None
    assert (week.plan.companies, week.plan.approved, week.summary_state) == (9, False, "handed_in")
    assert company.boss.day("A001", DAY).state == "handed_in"
    assert [one.kind for one in company.boss.read.day_records("A001", DAY) if one.kind == "punch"] == ["punch"]
