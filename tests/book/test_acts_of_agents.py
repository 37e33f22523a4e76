"""What is asked of agents alone: no act makes a supervisor an agent, neither their own nor another supervisor's."""

from collections.abc import Callable

from agent_tui.book import Book
from tests.book.acting import TALKED, refuse
from tests.book.world import DAY
from tests.company import Company

SAID = "S00. is a supervisor"


def test_no_act_about_an_agents_days_points_and_weeks_takes_a_supervisor(company: Company) -> None:
    company.second_supervisor()
    acts: list[Callable[[Book, str], object]] = [
        lambda book, who: book.supervisor.points(who, "att.late", DAY),
        lambda book, who: book.supervisor.excuse(who, DAY, "停电"),
        lambda book, who: book.supervisor.time_away(who, "visit", DAY, 60),
        lambda book, who: book.supervisor.release(who, DAY),
        lambda book, who: book.supervisor.confirm(who, DAY),
        lambda book, who: book.supervisor.punch_check(who, DAY, "in"),
        lambda book, who: book.supervisor.attendance(who, "daily", DAY, "missed"),
        lambda book, who: book.supervisor.plan(who, "2026-W49", companies=5),
        lambda book, who: book.supervisor.review(who, "2026-W48", 4),
        lambda book, who: book.supervisor.assign("13800138000", who),
    ]
    for act in acts:
        for who in ("S001", "S002"):
            refuse(company.boss, lambda act=act, who=who: act(company.boss, who), SAID)  # type: ignore[misc]


def test_a_supervisor_hands_in_and_asks_nothing(company: Company) -> None:
    company.boss.own.log(TALKED)
    agent = company.boss.agent
    for act in (
        agent.hand_in,
        lambda: agent.ask("leave", DAY, 60, "看病"),
        lambda: agent.punch("in"),
        lambda: agent.plan("2026-W49", companies=5),
        lambda: agent.summary("2026-W48", "很好"),
    ):
        refuse(company.boss, act, SAID)


def test_what_a_supervisor_called_is_verified_and_coached_as_anybodys(company: Company) -> None:
    other = company.second_supervisor()
    call = other.own.log(TALKED)
    company.sync()
    assert company.boss.supervisor.verify(call.id, False).agent == "S002"
    assert company.boss.supervisor.coaching(call.id, "慢一点").agent == "S002"
    refuse(company.boss, lambda: company.boss.supervisor.coaching(call.id, " 慢一点 "), "given this note")
    assert company.boss.supervisor.coaching(call.id, "再慢一点").agent == "S002"
