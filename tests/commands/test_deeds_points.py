"""Points by commands: verdicts, appeals, proposals."""

from tests.commands.teaming import Team, refused
from tests.commands.test_desk_commands import TALKED


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
    assert "in place of what stood before: upheld, by S001 on 2026-11-23 14:32 (证明是假的)" in said


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
