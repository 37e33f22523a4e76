"""`init SHARE --recover`: the code comes from standard input."""

import io
import shutil

import pytest

from tests.commands.running import Machines


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
