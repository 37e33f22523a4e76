"""`why ID` as a command, and its texts: complete in both languages."""

import re
from pathlib import Path

from agent_tui.texts.why import TEXTS
from shared_rules.policies.policy import builtin
from tests.commands.running import Machine, Machines
from tests.commands.teaming import PHONE, TALKED, Team

RULES = Path(__file__).resolve().parents[2] / "shared_rules"


def test_a_figure_a_call_and_a_line_of_a_team_of_one(machines: Machines) -> None:
    desk: Machine = machines["A017"]
    desk("join", str(machines.share), "--id", "A017", "--name", "张敏", "--hired", "2026-11-09").wrong()
    boss = machines["S001"]
    boss("init", str(machines.share), "--team", "一组", "--id", "S001", "--name", "陈强").done()
    desk("join", str(machines.share), "--id", "A017", "--name", "张敏", "--hired", "2026-11-09").done()
    call = desk.json(*TALKED)
    why = desk.json("why", call["id"])
    assert (why["subject"], why["value"], why["entered"]["by"]) == ("call", "valid", "A017")
    assert {"id", "title", "clause", "status", "policy", "digest", "from"} == set(why["rules"][0])
    assert (why["rules"][0]["id"], why["rules"][0]["digest"]) == ("validity", builtin().digest)
    figure = desk.json("why", "day:A017:2026-11-23:valid")
    assert (figure["value"], [record["id"] for record in figure["records"]]) == ("1", [call["id"]])
    printed = desk("why", "day:A017:2026-11-23:quota", "--lang", "zh").done().out
    assert "新员工第 15 天:80" in printed
    assert "参加公司不足半个月" in printed
    assert desk.json("why", "pay:A017:2026-11:pay.valid_calls")["value"] == "0.50"
    points = "pay:A017:2026-11:pay.points"
    assert (
        desk("why", points).done().out.startswith("A017 张敏 2026-11  Points bonus or penalty: 0.00 yuan (estimate)\n")
    )
    assert desk("why", points, "--lang", "zh").done().out.startswith("A017 张敏 2026-11 积分奖惩:0.00 元(估算)\n")
    assert "day:A017:2026-11-23:luck" in desk("why", "day:A017:2026-11-23:luck").wrong()


def test_what_is_asked_of_agents_alone_is_explained_of_no_supervisor(machines: Machines) -> None:
    boss = machines.team("A017")
    for figure in ("quota", "quota_leads", "pace", "pace_leads", "shortfall"):
        assert "S001 is a supervisor" in boss("why", f"day:S001:2026-11-23:{figure}").wrong()
    assert boss.json("why", "day:S001:2026-11-23:valid")["value"] == "0"
    assert "S001 was no agent" in boss("why", "points:S001:2026-11").wrong()
    assert "was no agent" in boss("why", "points:A017:2026-09").wrong()
    assert "has not begun" in boss("why", "points:A017:2026-12").wrong()
    assert "is still to come" in boss("why", "pay:A017:2026-12:total").wrong()


def test_every_term_has_its_words() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (RULES / "why").glob("*.py"))
    plain = set(re.findall(r'Term\(\s*"([a-z_]+)"', code)) | set(re.findall(r'"(raised|signed|paid|refunded)"', code))
    assert plain
    assert {f"term_{code}" for code in plain} <= TEXTS.keys()
    for key, (english, chinese) in TEXTS.items():
        fields = [set(re.findall(r"\{(\w+)[:}]", text)) for text in (english, chinese)]
        assert fields[0] == fields[1], key


def test_amounts_and_people_are_told_as_everywhere_else(team: Team) -> None:
    team.agent(*TALKED, "--interest", "intent").done()
    team.sync()
    paid = team.boss.json("payment", PHONE, "123456.78", "--on", "2026-11-23")["id"]
    points = ("points", "--agent", "A017", "--on", "2026-11-23", "--rule")
    entry = team.boss.json(*points, "conduct.private_call")["id"]

    def told(id: str) -> list[str]:
        return team.boss("why", id).done().out.splitlines()

    payments = told("pay:A017:2026-11:pay.payments")
    assert payments[0] == "A017 张敏 2026-11  Payments received: 1,234.57 yuan (estimate)"
    assert f"  2026-11-23: paid 123,456.78  [{paid}]" in payments
    assert "  123,456.78 x 1% = 1,234.57" in payments
    assert "  1 x 1,000.00 = 1,000.00" in told("pay:A017:2026-11:pay.base")
    assert "  1 x 0.50 = 0.50" in told("pay:A017:2026-11:pay.valid_calls")
    assert told("pay:A017:2026-11:total")[0].startswith("A017 张敏 2026-11  total: 2,")
    assert "fine 100.00 yuan" in told(entry)[1]
    # A machine reads them plain.
    why = team.boss.json("why", "pay:A017:2026-11:pay.payments")
    assert (why["value"], why["arithmetic"][-1]["values"]["sum"]) == ("1234.57", "123456.78")


def test_a_record_of_the_team_is_said_to_be_one(team: Team) -> None:
    lines = "".join(path.read_text(encoding="utf-8") for path in team.boss.home.rglob("journal/*.jsonl"))
    found = re.search(r'"id":"([0-9a-f-]{36})","kind":"member"', lines)
    assert found, lines[:400]
    for id, english, chinese in (
        (found[1], "member", "成员"),
        (team.boss.json("notice", "t")["id"], "notice", "通知"),
    ):
        said = team.boss("why", id).wrong()
        assert said.startswith(f"agent-tui: {id} is a record of the whole team ({english})")
        assert "cannot be read" not in said
        assert f"全队的记录({chinese})" in team.boss("why", id, "--lang", "zh").wrong()
