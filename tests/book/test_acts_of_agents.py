"""What is asked of agents alone: no act makes a supervisor an agent, neither their own nor another supervisor's."""

from tests.book.acting import ABOUT_AN_AGENT, TALKED, refuse
from tests.book.world import DAY
from tests.company import Company

SAID = "S00. is a supervisor"


def test_no_act_about_an_agents_days_points_and_weeks_takes_a_supervisor(company: Company) -> None:
    company.second_supervisor()
    for act in ABOUT_AN_AGENT:
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
