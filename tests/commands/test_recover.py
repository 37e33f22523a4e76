"""`init SHARE --recover`: the code comes from standard input."""

import io
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.commands.running import Machine, Machines, command_line, environment


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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_code_that_was_never_shown_is_told_of_and_shown_although_records_were_made_since(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    boss = machines["S001"]
    make = ("init", str(machines.share), "--team", "一组", "--id", "S001", "--name", "陈强")
    command = command_line("--home", str(boss.home), "--now", boss.now, "--lang", "en", *make)
    with Path("/dev/full").open("wb") as full:
        assert subprocess.run(
            command, stdout=full, stderr=subprocess.DEVNULL, env=environment(), check=False
        ).returncode
    machines.join("A017")
    (waiting,) = (one["writer"] for one in boss.json("members") if one["state"] == "waiting")
    ran = boss("members", "approve", waiting).done()
    (told,) = (line for line in ran.err.splitlines() if "recovery code" in line)
    assert shlex.split(told.partition("this shows it: ")[2]) == ["agent-tui", *make]
    code = boss.json(*make)["recovery_code"]
    # From then on nobody is shown it again, and nothing is said.
    assert "already in the team" in boss(*make).wrong()
    assert boss("members").done().err == ""
    monkeypatch.setattr("sys.stdin", io.StringIO(code + "\n"))
    machines["new"]("init", str(machines.share), "--recover", "--id", "S001", "--name", "陈强").done()
