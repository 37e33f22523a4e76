"""`init SHARE --recover`: the code comes from standard input."""

import io
import shutil

import pytest

from tests.commands.running import Machine, Machines


def test_a_team_is_taken_over_with_its_recovery_code(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    boss = machines["S001"]
    share = str(machines.share)
    made = boss.json("init", share, "--team", "一组", "--id", "S001", "--name", "陈强")
    shutil.rmtree(boss.home)
    new = machines["new"]
    who = ("--id", "S001", "--name", "陈强")
    monkeypatch.setattr("sys.stdin", io.StringIO("nonsense\n"))
    assert "recovery code" in new("init", share, "--recover", *who).wrong()
    monkeypatch.setattr("sys.stdin", io.StringIO(made["recovery_code"] + "\n"))
    told = new.json("init", share, "--recover", *who)
    assert (told["team"], told["id"]) == (made["team"], "S001")
    assert told["writer"] != made["writer"]
    assert made["recovery_code"] not in str(told)
    new("sync", "--once").done()
    assert [(one["id"], one["role"]) for one in new.json("members")] == [("S001", "supervisor")] * 2
    new("members", "leave", made["writer"], "--on", "2026-11-23").done()
    assert sorted(one["state"] for one in new.json("members")) == ["approved", "left"]
    assert "one of" in new("init", share, *who).wrong(2)


def test_the_owners_key_comes_to_no_agents_machine_and_to_none_that_was_ended(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    boss, share = machines["S001"], str(machines.share)
    code = boss.json("init", share, "--team", "一组", "--id", "S001", "--name", "陈强")["recovery_code"] + "\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(code))
    machines["new"]("init", share, "--recover", "--id", "S002", "--name", "林芳").done()
    machines.join("A017")
    machines["new"]("sync", "--once").done()
    machines["S001"]("sync", "--once").done()
    listed = {one["id"]: one["writer"] for one in boss.json("members")}
    boss("members", "approve", listed["A017"]).done()
    machines["A017"]("sync", "--once").done()
    machines["new"]("members", "leave", listed["S001"], "--on", "2026-11-23").done()
    machines["new"]("sync", "--once").done()
    for home, id, name in (("A017", "A017", "张敏"), ("S001", "S001", "陈强")):
        before = owners_keys(machines[home])
        monkeypatch.setattr("sys.stdin", io.StringIO(code))
        said = machines[home]("init", share, "--recover", "--id", id, "--name", name).wrong()
        assert f"this machine is {id}'s" in said
        assert "--home" in said
        assert owners_keys(machines[home]) == before


def owners_keys(machine: Machine) -> list[str]:
    """The places of a home in which an owner's key lies."""
    return sorted(path.parent.name for path in machine.home.glob("teams/*/owner.key"))
