"""A team by commands alone: made, joined, approved, synced, read on the board."""

import json
from pathlib import Path

import pytest

from tests.commands.running import Machine, Machines
from tests.commands.teaming import STATUS, TALKED


def test_every_command_goes_the_other_way_to_the_folder(machines: Machines, tmp_path: Path) -> None:
    boss = machines.team("A017")
    there = machines.share.rename(tmp_path / "there")
    for command in (["members"], ["status"], ["team"], ["erase", "13800138000"]):
        assert "is not there" in boss(*command).done().err
        assert boss(*command, "--share", str(there)).done().err == ""
    other = tmp_path / "other"
    other.mkdir()
    machines["S009"]("init", str(other), "--team", "二组", "--id", "S009", "--name", "李").done()
    assert f"{other} now holds another team" in boss("sync", "--once", "--share", str(other)).err


def test_a_team_is_made_in_an_empty_folder(machines: Machines) -> None:
    made = machines["S001"].json("init", str(machines.share), "--team", "一组", "--id", "S001", "--name", "陈强")
    assert (made["name"], made["zone"], made["id"], made["share"]) == (
        "一组",
        "Asia/Shanghai",
        "S001",
        str(machines.share),
    )
    assert len(made["recovery_code"]) > 20
    assert {"team.json", "README.txt"} <= {path.name for path in machines.share.iterdir()}
    second = machines["S002"]("init", str(machines.share), "--team", "二组", "--id", "S002", "--name", "李").wrong()
    assert str(machines.share) in second
    assert "agent-tui join" in machines["S002"]("status").wrong()


@pytest.mark.parametrize("changed", [{"--zone": "Mars/Olympus"}, {"--id": "no good"}, {"--id": "../x"}], ids=str)
def test_a_team_that_cannot_be_made_leaves_the_folder_empty(machines: Machines, changed: dict[str, str]) -> None:
    options = {"--team": "一组", "--id": "S001", "--name": "陈强", **changed}
    machines["S001"]("init", str(machines.share), *(word for pair in options.items() for word in pair)).wrong(2)
    assert list(machines.share.iterdir()) == []


def test_joining_what_is_no_team_is_said(machines: Machines, tmp_path: Path) -> None:
    for folder in (machines.share, tmp_path / "nowhere"):
        line = machines["A017"]("join", str(folder), "--id", "A017", "--name", "n", "--hired", "2026-11-09").wrong()
        assert str(folder) in line


def test_a_home_and_a_share_never_overlap(machines: Machines) -> None:
    inside = machines.share / "home"
    machines["S001"].home = inside
    machines["S001"]("init", str(machines.share), "--team", "t", "--id", "S001", "--name", "n").wrong()
    assert not inside.exists()


def test_from_asking_to_the_board(machines: Machines) -> None:
    boss = machines["S001"]
    boss("init", str(machines.share), "--team", "一组", "--id", "S001", "--name", "陈强").done()
    asked = machines["A017"].json(
        "join", str(machines.share), "--id", "A017", "--name", "张敏", "--hired", "2026-11-09"
    )
    assert len(asked["words"]) == 4
    assert asked["waiting"] == "一组"
    machines["A017"](*TALKED).done()
    boss("sync", "--once").done()
    (waiting,) = [member for member in boss.json("members") if member["state"] == "waiting"]
    assert set(waiting) == {"writer", "id", "name", "role", "hired", "state", "words", "asked"}
    assert waiting["words"] == asked["words"]
    assert (waiting["id"], waiting["name"], waiting["hired"]) == ("A017", "张敏", "2026-11-09")
    assert " ".join(asked["words"]) in boss("members").done().out
    approved = boss.json("members", "approve", waiting["writer"])
    assert (approved["state"], approved["role"]) == ("approved", "agent")
    boss("sync", "--once").done()
    machines["A017"]("sync", "--once").done()
    boss("sync", "--once").done()
    board = boss.json("team")
    assert set(board) == {"team", "day", "agents", "totals"}
    (agent,) = [one for one in board["agents"] if one["agent"] == "A017"]
    assert set(agent) == STATUS | {"state", "data_age_s", "must_stay", "suspects"}
    assert (agent["valid"], agent["dials"], agent["new_hire_day"]) == (1, 1, 15)
    assert board["totals"]["valid"] == 1
    mine = machines["A017"].json("status")
    assert {name: mine[name] for name in STATUS - {"sync"}} == {name: agent[name] for name in STATUS - {"sync"}}
    assert mine["sync"]["pending"] == 0
    assert mine["sync"]["error"] is None
    printed = boss("team", "--lang", "zh").done().out
    assert "张敏" in printed
    assert "1/80" in printed


def test_a_supervisor_asks_without_a_hire_date_and_who_gave_one_needs_to_give_it_no_more(machines: Machines) -> None:
    boss, other = machines["S001"], machines["S002"]
    boss("init", str(machines.share), "--team", "一组", "--id", "S001", "--name", "陈强").done()
    asks = "join", str(machines.share), "--id", "S002", "--name", "周丽"
    first = other(*asks).done()
    assert "hired on 2026-11-23" in first.err
    again = other(*asks, "--now", "2026-11-24T09:00:00+08:00").done()
    assert "hired on 2026-11-23" in again.err
    assert again.out == first.out, "it is the same request"
    right = other(*asks, "--hired", "2026-11-09").done()
    assert (right.err, right.out != first.out) == ("", True)
    assert "hired on 2026-11-09" in other(*asks).done().err


def test_an_import_says_which_days_were_confirmed_before_it(machines: Machines, tmp_path: Path) -> None:
    boss, desk = machines.team("A017"), machines["A017"]
    boss("confirm", "--agent", "A017", "--day", "2026-11-23").done()
    boss("sync", "--once").done()
    desk("sync", "--once").done()
    file = tmp_path / "calls.csv"
    rows = "13800138000,拒绝,2026-11-23 9:00\n13800138001,拒绝,2026-11-20 9:00\n"
    file.write_text(f"电话,结果,开始时间\n{rows}", encoding="utf-8")
    assert desk("import", "calls", str(file), "--dry-run").done().err == ""
    said = desk("import", "calls", str(file)).done().err
    assert said.count("\n") == 1
    assert "2026-11-23" in said
    assert "2026-11-20" not in said


def test_points_reach_the_ledger_of_the_agent(machines: Machines) -> None:
    boss = machines.team("A017")
    entry = boss.json("points", "--agent", "A017", "--rule", "att.late", "--on", "2026-11-23", "--note", "09:12")
    assert set(entry) == {"id", "at", "on", "rule", "points", "yuan", "by", "note", "evidence", "state", "repeats"}
    assert (entry["points"], entry["yuan"], entry["by"], entry["state"]) == (-2, "-10.00", "S001", "standing")
    boss("sync", "--once").done()
    machines["A017"]("sync", "--once").done()
    ledger = machines["A017"].json("ledger")
    assert (ledger["balance"], ledger["entries"]) == (98, [entry])
    assert "att.late" in machines["A017"]("ledger").done().out
    assert machines["A017"].json("status")["estimate"]["fines"] == "10.00"
    assert boss.json("ledger", "--agent", "A017") == ledger
    assert "--agent" in boss("ledger").wrong()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--rule", "att.lat", "--on", "2026-11-23"), "att.late"),
        (("--rule", "att.late", "--on", "2026-11-24"), "2026-11-24"),
        (("--rule", "att.late", "--on", "2026-11-23", "--points", "-5"), "-2"),
        (("--rule", "award.excellent", "--on", "2026-11-23"), "20"),
        (("--rule", "award.excellent", "--on", "2026-11-23", "--points", "21"), "20"),
        (("--rule", "att.late", "--on", "2026-11-23", "--agent", "A099"), "A099"),
        (("--rule", "att.late", "--on", "2026-11-23", "--agent", "S001"), "supervisor"),
    ],
)
def test_a_wrong_entry_is_refused_in_one_line(machines: Machines, options: tuple[str, ...], said: str) -> None:
    boss = machines.team("A017")
    assert said in boss("points", "--agent", "A017", *options).wrong()
    assert boss.json("ledger", "--agent", "A017")["entries"] == []


def test_a_folder_that_is_away_is_told_by_what_only_reads(machines: Machines, tmp_path: Path) -> None:
    boss = machines.team("A017")
    assert boss.json("status")["sync"]["error"] is None
    machines.share.rename(tmp_path / "unplugged")
    for command in ("status", "team"):
        ran = boss(command, "--json").done()
        assert f"{machines.share} is not there" in ran.err
    assert f"{machines.share} is not there" in boss.json("status")["sync"]["error"]
    machines.share.mkdir()
    assert "is empty" in boss.json("status")["sync"]["error"]
    machines.share.rmdir()
    (tmp_path / "unplugged").rename(machines.share)
    assert boss.json("status")["sync"]["error"] is None


def test_the_status_of_a_supervisor_shows_what_applies_to_one(machines: Machines) -> None:
    boss = machines.team("A017")
    boss(*TALKED).done()
    status = boss.json("status")
    assert (status["valid"], status["quota"], status["pace"]) == (1, None, None)
    assert (status["points"], status["estimate"]) == (None, None)
    said = boss("status").done().out
    assert "points" not in said
    assert "estimate" not in said
    assert machines["A017"].json("status")["points"]["balance"] == 100


def test_an_agent_does_nothing_of_a_supervisor(machines: Machines) -> None:
    machines.team("A017")
    agent = machines["A017"]
    agent("points", "--agent", "A017", "--rule", "att.late", "--on", "2026-11-23").wrong()
    agent("members", "leave", "S001", "--on", "2026-11-23").wrong()
    agent("members", "approve", "abcdefgh").wrong()


def test_a_desk_tells_nothing_of_colleagues_that_is_sealed_to_it(machines: Machines) -> None:
    boss = machines.team("A017", "A018")
    machines["A018"](*TALKED).done()
    machines["A018"]("sync", "--once").done()
    boss("sync", "--once").done()
    boss("points", "--agent", "A018", "--rule", "att.late", "--on", "2026-11-23").done()
    boss("leave", "--agent", "A018", "--on", "2026-11-23", "--minutes", "60").done()
    boss("sync", "--once").done()
    desk = machines["A017"]
    desk("sync", "--once").done()
    for command in (["ledger"], ["pay"], ["requests"], ["proposals"]):
        assert "only a supervisor's device" in desk(*command, "--agent", "A018").wrong()
    mine, other = sorted(desk.json("team")["agents"], key=lambda one: one["agent"])
    assert (mine["quota"]["calls"], mine["points"]["balance"], mine["state"]) == (80, 100, "open")
    assert [other[key] for key in ("quota", "pace", "points", "estimate", "state")] == [None] * 5
    assert (other["dials"], other["must_stay"]) == (1, False)
    row = next(line for line in desk("team").done().out.splitlines() if line.startswith("A018"))
    assert row.split() == ["A018", "张敏", "1", "0", "0s", "new"]
    assert next(one for one in boss.json("team")["agents"] if one["agent"] == "A018")["points"]["balance"] == 98


def test_leaving_ends_what_counts(machines: Machines) -> None:
    boss = machines.team("A017")
    agent = machines["A017"]
    agent(*TALKED).done()
    agent("sync", "--once").done()
    boss("sync", "--once").done()
    left = boss.json("members", "leave", "A017", "--on", "2026-11-23")
    assert left["state"] == "left"
    boss("sync", "--once").done()
    agent("log", "--phone", "13900139000", *TALKED[3:]).done()
    agent("sync", "--once")
    boss("sync", "--once").done()
    (row,) = [one for one in boss.json("team")["agents"] if one["agent"] == "A017"]
    assert row["dials"] == 1


def test_a_share_that_is_away_is_one_line_and_nothing_is_lost(machines: Machines) -> None:
    boss = machines.team("A017")
    agent = machines["A017"]
    away = machines.share.rename(machines.share.with_name("away"))
    agent(*TALKED).done()
    ran = agent("sync", "--once")
    assert (ran.status, len(ran.err.splitlines())) == (1, 1)
    assert agent.json("status")["sync"]["pending"] == 1
    away.rename(machines.share)
    agent("sync", "--once").done()
    boss("sync", "--once").done()
    assert boss.json("team")["totals"]["valid"] == 1


def test_a_desk_without_a_folder_cannot_sync(machine: Machine) -> None:
    from datetime import date

    from agent_tui.clock import SystemClock
    from agent_tui.teams import create_solo

    create_solo(machine.home, "A017", "张敏", date(2026, 11, 9), "Asia/Shanghai", SystemClock())
    assert "join" in machine("sync").wrong()
    assert machine.json(*TALKED)["valid"]


DATA = Path(__file__).parents[3] / "shared" / "data"


def test_the_sample_data_comes_in_as_expected(machines: Machines) -> None:
    """Where the data lies beside the repository: one agent's rows, through the command, as the data says."""
    if not DATA.is_dir():
        return
    machines.team("A003")
    agent = machines["A003"]
    report = agent.json("import", "calls", str(DATA / "calls.csv"))
    assert (report["read"], report["imported"], report["other_agent"], report["refused"]) == (4119, 519, 3600, 0)
    assert agent.json("import", "calls", str(DATA / "calls.csv"))["already"] == 519
    expected = json.loads((DATA / "calls.expected.json").read_text(encoding="utf-8"))
    for key, figures in expected.items():
        person, day = key.split()
        if person == "A003":
            agent.now = f"{day}T18:00:00+08:00"
            assert {name: agent.json("status")[name] for name in figures} == figures


def test_an_agent_is_told_that_of_colleagues_the_calls_alone_are_read(machines: Machines) -> None:
    boss, desk, other = machines.team("A017", "A018"), machines["A017"], machines["A018"]
    other(*TALKED).done()
    other("sync", "--once").done()
    boss("sync", "--once").done()
    boss("confirm", "--agent", "A018", "--day", "2026-11-23").done()
    other("log", "--phone", "13800138009", *TALKED[3:]).done()
    for machine in (boss, other, boss, desk):
        machine("sync", "--once").done()
    told = "of colleagues this machine reads the calls alone"
    assert [one["valid"] for one in boss.json("team")["agents"]] == [0, 1]
    assert [one["valid"] for one in desk.json("team")["agents"]] == [0, 2]
    assert told in desk("team").done().out
    assert told not in boss("team").done().out
