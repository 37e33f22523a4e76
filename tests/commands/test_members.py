"""Machines let in and ended by commands: what holds of a person, and what a date does."""

from typing import Any

from tests.commands.running import Machine, Machines
from tests.commands.test_desk_commands import TALKED


def ask(machines: Machines, home: str, *, name: str = "张敏", hired: str = "2026-11-09") -> str:
    """A machine more asks to join as A017; its device, as the supervisor lists it."""
    machines[home]("join", str(machines.share), "--id", "A017", "--name", name, "--hired", hired).done()
    machines["S001"]("sync", "--once").done()
    return waiting(machines["S001"])


def waiting(boss: Machine) -> str:
    (writer,) = [member["writer"] for member in boss.json("members") if member["state"] == "waiting"]
    return str(writer)


def test_a_second_machine_changes_no_hire_date(machines: Machines) -> None:
    boss = machines.team("A017")
    before, paid = boss.json("team"), boss.json("pay", "--agent", "A017")
    assert before["agents"][0]["new_hire_day"] == 15
    let_in = boss("members", "approve", ask(machines, "home", hired="2026-11-20"), "--json").done()
    assert (let_in.json["state"], let_in.json["hired"]) == ("approved", "2026-11-09")
    assert let_in.err.count("\n") == 1
    assert "stays hired on 2026-11-09" in let_in.err
    assert "2026-11-20" in let_in.err
    assert {member["hired"] for member in boss.json("members") if member["id"] == "A017"} == {"2026-11-09"}
    boss("sync", "--once").done()
    machines["home"]("sync", "--once").done()
    assert (boss.json("team"), boss.json("pay", "--agent", "A017")) == (before, paid)
    assert machines["home"].json("status")["new_hire_day"] == 15


def test_a_second_machine_with_the_same_date_is_let_in_without_a_word(machines: Machines) -> None:
    boss = machines.team("A017")
    assert boss("members", "approve", ask(machines, "home")).done().err == ""


def test_a_second_machine_with_another_name_is_refused_in_one_line(machines: Machines) -> None:
    boss = machines.team("A017")
    writer = ask(machines, "home", name="李强")
    assert "A017 is 张敏" in boss("members", "approve", writer).wrong()
    assert waiting(boss) == writer


def test_a_last_day_to_come_is_refused_and_the_desk_goes_on(machines: Machines) -> None:
    boss, desk = machines.team("A017"), machines["A017"]
    (writer,) = [member["writer"] for member in boss.json("members") if member["id"] == "A017"]
    for who in ("A017", writer):
        said = boss("members", "leave", who, "--on", "2026-11-24").wrong()
        assert "2026-11-24 is still to come" in said
        assert "repeat this on 2026-11-24" in said
    desk(*TALKED).done()
    sync(desk, boss)
    assert row(boss)["dials"] == 1
    boss.now = "2026-11-24T00:10:00+08:00"
    assert boss.json("members", "leave", "A017", "--on", "2026-11-24")["state"] == "left"


def sync(*machines: Machine) -> None:
    for machine in machines:
        machine("sync", "--once").done()


def row(boss: Machine) -> dict[str, Any]:
    """A017 on the board of today."""
    (found,) = [one for one in boss.json("team")["agents"] if one["agent"] == "A017"]
    return dict(found)
