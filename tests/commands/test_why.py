"""`why ID` as a command, and its texts: complete in both languages."""

import re
from pathlib import Path

from agent_tui.texts.why import TEXTS
from shared_rules.policies.policy import builtin
from tests.commands.running import Machine, Machines
from tests.commands.teaming import TALKED

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
    assert desk("why", points).done().out.startswith("A017 2026-11  Points bonus or penalty: 0.00 yuan (estimate)\n")
    assert desk("why", points, "--lang", "zh").done().out.startswith("A017 2026-11 积分奖惩:0.00 元(估算)\n")
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
