"""Points by commands: verdicts, appeals, proposals."""

from pathlib import Path

from tests.commands.teaming import TALKED, Team, refused


def test_a_false_call_is_found_and_the_verdict_is_taken_back(team: Team) -> None:
    call = team.agent.json(*TALKED)
    team.sync()
    assert "--text" in refused(team.boss, "verify", call["id"], "--false", status=2)
    refused(team.boss, "verify", call["id"], status=2)
    found = team.boss.json("verify", call["id"], "--false", "--text", "机主说没接过")
    assert (found["false"], found["counts"], found["why_not"]) == (True, {"valid": False, "lead": False}, "false")
    team.sync()
    assert team.agent.json("status")["valid"] == 0
    true = team.boss.json("verify", call["id"], "--true", "--text", "又问了一次")
    assert true["counts"]["valid"]
    assert (true["before"]["id"], true["before"]["text"]) == (found["id"], "机主说没接过")


def test_points_are_appealed_against_and_ruled_on(team: Team) -> None:
    entry = team.boss.json("points", "--agent", "A017", "--rule", "att.late", "--on", "2026-11-23")
    team.sync()
    appeal = team.agent.json("appeal", entry["id"], "--text", "地铁停运")
    assert appeal["about"]["id"] == entry["id"]
    assert "once" in refused(team.agent, "appeal", entry["id"], "--text", "再来")
    assert "supervisor" in refused(team.agent, "rule-on", entry["id"], "--withdrawn", "--text", "自己撤")
    team.sync()
    first = team.boss.json("rule-on", entry["id"], "--withdrawn", "--text", "有证明")
    assert (first["upheld"], first["before"]) == (False, None)
    second = team.boss.json("rule-on", entry["id"], "--upheld", "--text", "证明是假的")
    assert second["before"] == {"id": first["id"], "by": "S001", "at": first["at"], "upheld": False, "text": "有证明"}
    said = team.boss("rule-on", entry["id"], "--withdrawn", "--text", "查错了").done().out
    assert "in place of what stood before: upheld, by S001 陈强 on 2026-11-23 14:32 (证明是假的)" in said


def test_nobody_is_absent_on_a_day_off(team: Team) -> None:
    team.at("2026-11-30T09:00:00+08:00")
    absent = ("points", "--agent", "A017", "--rule", "att.absent", "--on")
    said = refused(team.boss, *absent, "2026-11-28")
    assert said == "agent-tui: 2026-11-28 is not a workday: nobody is absent on it"
    assert refused(team.boss, "--lang", "zh", *absent, "2026-11-28") == "agent-tui: 2026-11-28 不是工作日,不算旷工"
    assert team.boss.json(*absent, "2026-11-27")["points"] == -10


def test_meetings_punches_flags_and_taking_back(team: Team) -> None:
    call = team.agent.json(*TALKED)
    flagged = team.agent.json("flag", call["id"], "--text", "请教")
    team.sync()
    assert team.boss.json("coach", call["id"], "--text", "先问需求")["about"]["id"] == call["id"]
    day = ("--agent", "A017", "--on", "2026-11-23")
    missed = team.boss.json("attend", *day, "--meeting", "daily", "--state", "missed")
    team.boss("check-punch", "--agent", "A017", "--day", "2026-11-23", "--side", "in", "--text", "机器坏").done()
    assert "A017" in refused(team.boss, "withdraw", flagged["id"])
    assert team.boss.json("withdraw", missed["id"])["kind_of"] == "attendance"
    assert "withdrawn already" in refused(team.boss, "withdraw", missed["id"])
    team.agent("withdraw", flagged["id"]).done()


def test_a_call_found_false_again_can_be_appealed_again(team: Team) -> None:
    call = team.agent.json(*TALKED)
    team.sync()
    for time in ("15:00", "16:00"):
        team.at(f"2026-11-23T{time}:00+08:00")
        team.boss("verify", call["id"], "--false", "--text", "没打").done()
        team.sync()
        entry = next(one for one in team.agent.json("ledger")["entries"] if one["state"] == "standing")
        team.agent("appeal", entry["id"], "--text", "打了").done()
        team.sync()
        team.boss("rule-on", entry["id"], "--withdrawn", "--text", "有录音").done()
        team.sync()
    assert [one["state"] for one in team.agent.json("ledger")["entries"]] == ["withdrawn", "withdrawn"]


def test_what_the_program_proposes_is_accepted_or_dismissed(team: Team) -> None:
    day = ("--agent", "A017", "--meeting", "daily")
    team.boss("attend", *day, "--on", "2026-11-23", "--state", "missed").done()
    team.boss("attend", *day, "--on", "2026-11-20", "--state", "late").done()
    missed, late = sorted(team.boss.json("proposals"), key=lambda one: one["on"], reverse=True)
    assert (missed["rule"], missed["points"], missed["yuan"], missed["state"]) == ("meet.missed", -2, "0.00", "open")
    assert late["reason"] == "meeting_late"
    assert team.boss.json("ledger", "--agent", "A017")["entries"] == []
    accepted = team.boss.json("proposals", "--accept", missed["id"])
    assert accepted["entry"]["points"] == -2
    assert "decided" in refused(team.boss, "proposals", "--accept", missed["id"])
    assert "--text" in refused(team.boss, "proposals", "--dismiss", late["id"], status=2)
    team.boss("proposals", "--dismiss", late["id"], "--text", "在接客户电话").done()
    assert team.boss.json("proposals") == []
    assert "proposals" in refused(team.boss, "proposals", "--accept", "A017:nothing")
    assert "supervisor" in refused(team.agent, "proposals", "--accept", missed["id"])
    assert len(team.boss.json("ledger", "--agent", "A017")["entries"]) == 1


def test_points_that_two_supervisors_entered_are_said_to_be_in_question(team: Team, tmp_path: Path) -> None:
    other = team.machines["S002"]
    team.machines.join("S002")
    team.boss("sync", "--once").done()
    writer = next(one["writer"] for one in team.boss.json("members") if one["state"] == "waiting")
    team.boss("members", "approve", writer, "--role", "supervisor").done()
    team.sync()
    other("sync", "--once").done()
    entered = ("points", "--agent", "A017", "--rule", "att.late", "--on", "2026-11-23")
    first = team.boss.json(*entered)
    other.now = "2026-11-23T15:00:00+08:00"
    second = other.json(*entered, "--note", "堵车")
    assert second["repeats"] is None
    other("sync", "--once").done()
    team.sync()
    for machine in (team.boss, team.agent):
        ledger = machine.json("ledger", "--agent", "A017")
        found = {one["id"]: one["repeats"] for one in ledger["entries"]}
        assert found == {first["id"]: None, second["id"]: first["id"]}
        said = machine("ledger", "--agent", "A017").done().out
        assert "in question" in said
        assert f"rule-on {second['id']} --withdrawn" in said
        (doubt,) = machine.json("pay", "--agent", "A017")["doubts"]
        assert (doubt["id"], doubt["kind"], doubt["rule"]) == (second["id"], "points", "att.late")
        assert (doubt["reason"], doubt["record"], doubt["yuan"]) == ("twice", first["id"], "-10.00")
        said = machine("pay", "--agent", "A017").done().out
        marked = [line for line in said.splitlines() if "in question: 1" in line]
        assert len(marked) == 2
        assert any(second["id"] in line for line in marked)
        assert f"rule-on {second['id']} --withdrawn" in said
        assert "likely entered twice" in machine("why", second["id"]).done().out
    to = tmp_path / "month.csv"
    team.boss("export", "report", "--month", "2026-11", "--to", str(to)).done()
    assert "likely entered twice" in (tmp_path / "month-ledger.csv").read_text(encoding="utf-8-sig")
    team.boss("rule-on", second["id"], "--withdrawn", "--text", "重复").done()
    assert team.boss.json("pay", "--agent", "A017")["doubts"] == []
    assert "in question" not in team.boss("ledger", "--agent", "A017").done().out


def test_who_is_told_of_is_named_and_a_rule_has_its_title(team: Team) -> None:
    late = ("points", "--agent", "A017", "--rule", "att.late", "--on", "2026-11-23")
    entered = team.boss(*late).done().out
    assert entered.startswith("A017 张敏: Late (att.late) on 2026-11-23, -2 points, -10.00 yuan; balance 98; entry ")
    assert (
        team.boss("--lang", "zh", *late, "--note", "下午").done().out.startswith("A017 张敏:2026-11-23 迟到(att.late)")
    )
    meeting = ("attend", "--agent", "A017", "--meeting", "daily", "--on", "2026-11-23", "--state")
    team.boss(*meeting, "missed").done()
    said = team.boss(*meeting, "late").done().out
    assert said.startswith("A017 张敏: daily meeting on 2026-11-23, late; record ")
    assert "in place of what stood before: missed, by S001 陈强 on 2026-11-23 14:32" in said
