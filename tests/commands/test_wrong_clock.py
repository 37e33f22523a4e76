"""A clock that was wrong over the turn of a month: what is about a day counts, whenever its writer thought it was."""

import shutil

import pytest

from tests.commands.running import Machine, Machines
from tests.commands.teaming import TALKED


@pytest.fixture
def told(machines: Machines) -> tuple[Machines, str]:
    """A desk whose clock ran ahead into December logged three calls; put right, it withdrew one. A supervisor whose
    clock was right found another false.
    """
    boss = machines.team("A017")
    agent = machines["A017"]
    agent.now = "2026-12-02T10:00:00+08:00"
    false, gone, _ = (
        agent.json("log", "--phone", f"1380013800{n}", *TALKED[3:], "--interest", "intent")["id"] for n in range(3)
    )
    boss.now = agent.now = "2026-11-28T10:00:00+08:00"
    sync(agent, boss)
    boss("verify", false, "--false", "--text", "没打").done()
    agent("void", gone, "--reason", "记错").done()
    return machines, false


def sync(*machines: Machine) -> None:
    for machine in (*machines, *machines):
        machine("sync", "--once").done()


def books(machine: Machine) -> tuple[int, list[str]]:
    """The valid calls of that day, and the rules of the month's entries."""
    machine.now = "2026-12-02T18:00:00+08:00"
    (day,) = machine.json("team", "--day", "2026-12-02")["agents"]
    return day["valid"], [entry["rule"] for entry in machine.json("ledger", "--agent", "A017")["entries"]]


RIGHT = (1, ["report.false"])


def test_what_was_said_in_november_about_december_counts(told: tuple[Machines, str]) -> None:
    machines, _ = told
    boss, agent = machines["S001"], machines["A017"]
    sync(agent, boss)
    assert books(boss) == books(agent) == RIGHT


def test_it_counts_where_it_arrives_in_december(told: tuple[Machines, str]) -> None:
    machines, _ = told
    boss, agent = machines["S001"], machines["A017"]
    books(boss), books(agent)
    sync(agent, boss)
    assert books(boss) == books(agent) == RIGHT


def test_it_counts_on_a_board_that_never_saw_november(told: tuple[Machines, str]) -> None:
    machines, _ = told
    boss, agent = machines["S001"], machines["A017"]
    sync(agent, boss)
    for machine in (boss, agent):
        shutil.rmtree(machine.home / "cache")
        # The second time what was looked through is not looked through again.
        assert [books(machine), books(machine)] == [RIGHT, RIGHT]


def test_who_sets_the_clock_back_to_fill_a_day_that_is_over_is_told_to_the_supervisor(machines: Machines) -> None:
    boss, agent = machines.team("A017"), machines["A017"]
    log = ("--contact", "王", "--title", "经理", "--company", "宏达", "--note", "要报价", "--outcome", "talked")
    honest = agent.json("log", "--phone", "13800138000", *log)["id"]
    agent.now = "2026-11-24T10:00:00+08:00"
    agent("log", "--phone", "13800138001", *log).done()
    agent.now = "2026-11-23T16:30:00+08:00"
    forged = agent.json("log", "--phone", "13800138003", *log)
    agent.now = "2026-11-24T11:00:00+08:00"
    agent("log", "--phone", "13800138004", *log).done()
    late = agent.json("log", "--phone", "13800138002", *log, "--started-at", "2026-11-23T15:00")
    assert (late["late"], forged["late"]) == (True, False)
    boss.now = "2026-11-24T12:00:00+08:00"
    sync(agent, boss)
    (day,) = boss.json("team", "--day", "2026-11-23")["agents"]
    found = {one["id"]: one["reasons"] for one in day["suspects"]}
    assert "clock" in found[forged["id"]]
    assert all("clock" not in found.get(id, []) for id in (honest, late["id"]))
    assert all("clock" not in one["reasons"] for one in boss.json("team")["agents"][0]["suspects"])


def test_a_clock_that_was_ahead_once_casts_no_suspicion_on_the_days_after(machines: Machines) -> None:
    boss, agent = machines.team("A017"), machines["A017"]
    log = ("--contact", "王", "--title", "经理", "--company", "宏达", "--note", "要报价", "--outcome", "talked")
    agent.now = "2027-11-24T10:00:00+08:00"
    agent("log", "--phone", "13800138001", *log).done()
    agent.now = boss.now = "2026-11-24T10:00:00+08:00"
    agent("log", "--phone", "13800138002", *log).done()
    sync(agent, boss)
    assert boss.json("team")["agents"][0]["suspects"] == []


def test_calls_on_days_to_come_are_told_to_their_agent_and_the_supervisor_until_they_are_put_right(
    machines: Machines,
) -> None:
    boss, agent, other = machines.team("A017", "A018"), machines["A017"], machines["A018"]
    agent.now = "2031-03-03T10:00:00+08:00"
    first, second = (agent.json("log", "--phone", f"1380013800{n}", *TALKED[3:])["id"] for n in range(2))
    everybody = (agent, boss, other)
    for machine in everybody:
        machine.now = "2026-11-24T10:00:00+08:00"
    sync(*everybody)
    for machine in (agent, boss):
        told = machine("team").done().err
        assert "2 calls are dated 2031-03-03 or later" in told and first in told and "A017 " in told
    assert "2031" not in other("team").done().err
    agent("correct", first, "--started-at", "2026-11-24T09:30").done()
    assert second in agent("status").done().err
    agent("void", second, "--reason", "clock").done()
    sync(*everybody)
    assert all("2031" not in machine("team").done().err for machine in everybody)
    assert boss.json("team")["agents"][0]["dials"] == 1
