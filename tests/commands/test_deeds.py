"""What supervisors decide and agents ask, by commands alone: a supervisor's and an agent's home on one folder."""

from pathlib import Path

import pytest

from agent_tui.texts.deeds import TEXTS
from tests.commands.running import Machine, Machines
from tests.commands.test_desk_commands import TALKED

PHONE = "13800138000"
CARD = """
event = "个税调整"
on = 2026-11-20
objection = "现在不是时候"
reframe = "现在正是机遇"
question = "周三上午方便吗?"
"""


class Team:
    """A supervisor and an agent, and the folder between them."""

    def __init__(self, machines: Machines) -> None:
        self.machines = machines
        self.boss = machines.team("A017")
        self.agent = machines["A017"]

    def sync(self) -> None:
        for machine in (self.agent, self.boss, self.agent):
            machine("sync", "--once").done()

    def at(self, time: str) -> None:
        self.boss.now = self.agent.now = time


@pytest.fixture
def team(machines: Machines) -> Team:
    return Team(machines)


def lines(machine: Machine) -> int:
    """How many lines this machine's journal has."""
    return sum(path.read_bytes().count(b"\n") for path in machine.home.glob("teams/*/journal/*.jsonl"))


def refused(machine: Machine, *arguments: str, status: int = 1) -> str:
    """The one line of a refusal that recorded nothing."""
    before = lines(machine)
    said = machine(*arguments).wrong(status)
    assert lines(machine) == before
    return said


def test_leave_from_asking_to_the_lowered_quota(team: Team) -> None:
    asked = team.agent.json("ask", "leave", "--on", "2026-11-24", "--minutes", "60", "--text", "看病", "--sick")
    assert (asked["kind"], asked["agent"], asked["minutes"], asked["sick"]) == ("request", "A017", 60, True)
    again = ("ask", "leave", "--on", "2026-11-24", "--minutes", "60", "--text", "看病")
    assert "already" in refused(team.agent, *again)
    team.sync()
    given = team.boss.json("leave", "--agent", "A017", "--on", "2026-11-24", "--minutes", "180", "--leads", "9")
    assert (given["type"], given["minutes"], given["leads"]) == ("leave", 180, 9)
    assert "420" in refused(team.boss, "visit", "--agent", "A017", "--on", "2026-11-24", "--minutes", "421")
    team.sync()
    team.at("2026-11-24T09:30:00+08:00")
    quota = team.agent.json("status")["quota"]
    assert quota == {"calls": 69, "leads": 9, "reduced_minutes": 180}


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


def test_a_payment_and_a_grade_by_their_rules(team: Team) -> None:
    for amount in ("many", "0", "12.345"):
        assert refused(team.boss, "payment", PHONE, amount, "--on", "2026-11-23", "--agent", "A017", status=2)
    assert "lead call" in refused(team.boss, "payment", PHONE, "80000", "--on", "2026-11-23")
    assert "2026-11-24" in refused(team.boss, "payment", PHONE, "80000", "--on", "2026-11-24", "--agent", "A017")
    team.agent(*TALKED, "--interest", "intent").done()
    team.sync()
    paid = team.boss.json("payment", "138 0013 8000", "80000", "--on", "2026-11-23")
    assert (paid["agent"], paid["yuan"]) == ("A017", "80000.00")
    assert team.boss.json("payment", PHONE, "-1200.5", "--on", "2026-11-23")["yuan"] == "-1200.50"
    assert "78,799.50" in refused(team.boss, "payment", PHONE, "-78799.51", "--on", "2026-11-23")
    assert "0.00" in refused(team.boss, "payment", "13800138001", "-1", "--on", "2026-11-23", "--agent", "A017")
    signed = ("grade", PHONE, "--step", "signed", "--grade", "B", "--by", "周强")
    assert "visited" in refused(team.boss, *signed)
    team.boss("grade", PHONE, "--step", "visited", "--grade", "B", "--by", "周强").done()
    team.boss("grade", PHONE, "--step", "file", "--grade", "B").done()
    assert team.boss.json(*signed)["step"] == "signed"
    assert "supervisor" in refused(team.agent, *signed)


def test_a_refund_is_held_against_what_was_paid_months_ago_to_whomever(machines: Machines) -> None:
    boss = machines.team("A017", "A018")
    boss("payment", PHONE, "300", "--on", "2026-11-23", "--agent", "A017").done()
    taken_back = boss.json("payment", PHONE, "500", "--on", "2026-11-23", "--agent", "A017")
    boss("withdraw", taken_back["id"]).done()
    boss.now = "2027-03-01T10:00:00+08:00"
    boss("payment", PHONE, "200", "--on", "2027-03-01", "--agent", "A018").done()
    refund = ("payment", PHONE, "--on", "2027-03-01", "--agent", "A018")
    assert "500.00" in refused(boss, *refund, "-500.01")
    assert boss(*refund, "-500").done().out.startswith("500.00 yuan paid back, A018's")


def test_a_customer_is_assigned_and_a_proposal_made(team: Team) -> None:
    assert team.agent.json("propose", PHONE, "--grade", "B")["grade"] == "B"
    assert "already" in refused(team.agent, "propose", PHONE, "--grade", "B")
    given = team.boss.json("assign", PHONE, "--agent", "A017", "--swap")
    assert (given["gained"], given["swap"], given["on"]) == (True, True, "2026-11-23")
    assert "already" in refused(team.boss, "assign", PHONE, "--agent", "A017")
    assert team.boss.json("visit-report", PHONE, "--text", "谈得好", "--by", "周强")["agent"] == "A017"


def test_the_day_is_handed_in_confirmed_and_locked(team: Team) -> None:
    call = team.agent.json(*TALKED)
    team.agent("punch", "in").done()
    assert "14:32" in refused(team.agent, "punch", "in")
    assert team.agent.json("hand-in")["day"] == "2026-11-23"
    team.sync()
    assert team.boss.json("excuse", "--agent", "A017", "--day", "2026-11-23", "--reason", "停电")["reason"] == "停电"
    team.boss("release", "--agent", "A017", "--day", "2026-11-23").done()
    confirmed = team.boss.json("confirm", "--agent", "A017", "--day", "2026-11-23")
    day = team.boss.json("team", "--day", "2026-11-23")["agents"][0]
    assert (confirmed["valid"], confirmed["leads"]) == (day["valid"], day["leads"])
    assert confirmed["missing_calls"] == day["quota"]["calls"] - day["valid"]
    assert confirmed["fine"] == "0.00"  # excused
    assert confirmed["segments"][0]["last"] == 3
    assert len(confirmed["policy"]) == 64
    assert "nothing has come" in refused(team.boss, "confirm", "--agent", "A017", "--day", "2026-11-23")
    team.sync()
    assert "locked" in refused(team.agent, "hand-in")
    change = ("correct", call["id"], "--note", "要演示", "--interest", "developable")
    beside = team.agent.json(*change)
    assert (beside["pending"], beside["customer"]["note"], beside["lead"]) == (1, "要报价", False)
    assert "beside" in team.agent(*change).done().out
    team.sync()
    team.boss("confirm", "--agent", "A017", "--day", "2026-11-23").done()
    team.sync()
    shown = team.agent.json("show", call["id"])
    assert shown["counts"] == {"valid": True, "lead": True}


def test_a_call_is_corrected_field_by_field_and_withdrawn(team: Team) -> None:
    call = team.agent.json(
        "log", "--phone", "0574-87654321转801", "--outcome", "callback", "--follow-up", "明天下午3点"
    )
    fixed = team.agent.json("correct", call["id"], "--outcome", "有效沟通", "--company", "宏达", "--duration", "90")
    assert (fixed["outcome"], fixed["duration_s"], fixed["customer"]["extension"]) == ("talked", 90, "801")
    assert fixed["follow_up"] == call["follow_up"]
    assert team.agent.json("correct", call["id"], "--follow-up", "none")["follow_up"] is None
    assert team.agent.json("correct", call["id"], "--company", "")["missing"]
    refused(team.agent, "correct", call["id"], "--outcome", "nonsense")
    refused(team.agent, "correct", call["id"], status=2)
    refused(team.boss, "correct", call["id"], "--note", "x")
    assert team.agent.json("void", call["id"], "--reason", "按错")["why_not"] == "void"
    assert "already" in refused(team.agent, "void", call["id"], "--reason", "按错")


def test_what_is_withdrawn_of_a_confirmed_day_stands_beside_it_once(team: Team) -> None:
    call = team.agent.json(*TALKED)
    team.sync()
    team.boss("confirm", "--agent", "A017", "--day", "2026-11-23").done()
    team.sync()
    said = team.agent("void", call["id"], "--reason", "按错").done().out
    assert "confirms again" in said
    assert "counts nothing" not in said
    assert "already" in refused(team.agent, "void", call["id"], "--reason", "按错")
    assert "withdrawn" in refused(team.agent, "correct", call["id"], "--note", "x")
    assert team.agent.json("status")["valid"] == 1
    team.sync()
    team.boss("confirm", "--agent", "A017", "--day", "2026-11-23").done()
    assert team.boss.json("show", call["id"])["why_not"] == "void"


def test_the_week_by_command(team: Team) -> None:
    plan = team.agent.json("plan", "--week", "2026-W49", "--companies", "300", "--grades", "2", "--trades", "机械")
    assert (plan["companies"], plan["grades"], plan["approved"]) == (300, 2, False)
    assert "2026-W49" in refused(team.agent, "plan", "--week", "W49", "--companies", "1", status=2)
    team.agent("summary", "--week", "2026-W48", "--text", "开发五家").done()
    team.sync()
    approved = team.boss.json("plan", "--week", "2026-W49", "--agent", "A017", "--grades", "3")
    assert (approved["companies"], approved["grades"], approved["approved"]) == (300, 3, True)
    team.boss("review", "--agent", "A017", "--week", "2026-W48", "--rating", "4", "--text", "开场白好").done()
    refused(team.boss, "review", "--agent", "A017", "--week", "2026-W48", "--rating", "6", status=2)
    team.sync()
    assert "approved" in refused(team.agent, "plan", "--week", "2026-W49", "--companies", "1")


def test_a_talk_card_reaches_the_desk_and_counts_its_use(team: Team, tmp_path: Path) -> None:
    file = tmp_path / "card.toml"
    file.write_text(CARD, encoding="utf-8")
    card = team.boss.json("card", "publish", str(file))
    assert (card["event"], card["question"]) == ("个税调整", "周三上午方便吗?")
    assert "out already" in refused(team.boss, "card", "publish", str(file))
    other_encoding = tmp_path / "gb.toml"
    other_encoding.write_bytes('event = "个税调整"'.encode("gb18030"))
    assert "not UTF-8" in refused(team.boss, "card", "publish", str(other_encoding))
    team.agent(*TALKED).done()
    team.sync()
    (listed,) = team.agent.json("card", "list")
    assert (listed["id"], listed["used"], listed["without"]) == (
        card["id"],
        {"calls": 0, "leads": 0},
        {"calls": 1, "leads": 0},
    )
    assert "现在正是机遇" in team.agent("card", "list", "--lang", "zh").done().out
    other = (*TALKED, "--phone", "13800138001", "--interest", "intent")
    assert "card list" in refused(team.agent, *other, "--card", "nothing")
    team.agent(*other, "--card", card["id"]).done()
    (listed,) = team.agent.json("card", "list")
    assert (listed["used"], listed["without"]) == ({"calls": 1, "leads": 1}, {"calls": 1, "leads": 0})
    assert "supervisor" in refused(team.agent, "card", "publish", str(file))
    team.boss("card", "take-back", card["id"]).done()
    team.boss("notice", "今天 16:30 开会", "--until", "2026-11-23").done()
    assert team.boss.json("card", "list") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("event = ", "TOML"),
        ("event = 'e'", "objection"),
        (CARD.replace("2026-11-20", '"Friday"'), "date"),
        (CARD + "colour = 'red'", "colour"),
    ],
)
def test_a_card_that_is_none_is_refused(team: Team, tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "card.toml"
    file.write_text(text, encoding="utf-8")
    line = refused(team.boss, "card", "publish", str(file))
    assert said in line
    assert "card.toml" in line
    assert "nowhere" in refused(team.boss, "card", "publish", str(tmp_path / "nowhere.toml"))


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


def test_a_month_without_the_person_has_no_statement(team: Team) -> None:
    assert "still to come" in refused(team.agent, "pay", "--month", "2026-12")
    assert "A017 was not in the team in 2026-08" in refused(team.agent, "pay", "--month", "2026-08")
    team.boss("members", "leave", "A017", "--on", "2026-11-23").done()
    team.at("2026-12-06T10:00:00+08:00")
    assert "A017 was not in the team in 2026-12" in refused(team.boss, "pay", "--agent", "A017")
    team.boss("pay", "--agent", "A017", "--month", "2026-11").done()


def test_a_listed_number_is_lifted(team: Team) -> None:
    team.agent("log", "--phone", PHONE, "--outcome", "do_not_call").done()
    team.sync()
    assert "supervisor" in refused(team.agent, "dnc", "lift", PHONE)
    team.boss("dnc", "lift", PHONE).done()
    assert "not on" in refused(team.boss, "dnc", "lift", PHONE)


def test_a_call_corrected_to_do_not_call_lists_its_number(team: Team) -> None:
    call = team.agent.json("log", "--phone", PHONE, "--outcome", "no_answer")
    team.agent("correct", call["id"], "--outcome", "do_not_call").done()
    team.at("2026-11-23T14:40:00+08:00")
    assert team.agent.json(*TALKED)["why_not"] == "do_not_call"
    # Corrected once more, it is listed still, by one record.
    team.agent("correct", call["id"], "--note", "不要再打").done()
    team.sync()
    team.boss("dnc", "lift", PHONE).done()
    assert "not on" in refused(team.boss, "dnc", "lift", PHONE)


def test_a_withdrawn_call_leaves_its_number_listed_and_says_so(team: Team) -> None:
    call = team.agent.json("log", "--phone", PHONE, "--outcome", "do_not_call")
    said = team.agent("void", call["id"], "--reason", "按错").done().out
    assert "supervisor lifts it" in said
    team.sync()
    team.boss("dnc", "lift", PHONE).done()
    team.sync()
    other = team.agent.json(*TALKED)
    assert "supervisor" not in team.agent("void", other["id"], "--reason", "按错").done().out


def test_every_result_has_a_line_in_both_languages(team: Team) -> None:
    call = team.agent.json(*TALKED, "--interest", "intent")
    team.sync()
    for arguments in (
        ("excuse", "--agent", "A017", "--day", "2026-11-23", "--reason", "停电"),
        ("leave", "--agent", "A017", "--on", "2026-11-23", "--minutes", "30"),
        ("verify", call["id"], "--false", "--text", "没打"),
        ("attend", "--agent", "A017", "--on", "2026-11-23", "--meeting", "training", "--state", "on_leave"),
        ("grade", PHONE, "--step", "file", "--grade", "A", "--agent", "A017"),
        ("payment", PHONE, "5", "--on", "2026-11-23", "--agent", "A017"),
        ("confirm", "--agent", "A017", "--day", "2026-11-23"),
    ):
        said = team.boss(*arguments, "--lang", "zh").done().out
        assert said.count("\n") == 1
        assert any("\u4e00" <= sign <= "\u9fff" for sign in said), said
    assert all(english and chinese for english, chinese in TEXTS.values())


def test_the_statement_line_by_line(team: Team) -> None:
    team.agent(*TALKED, "--interest", "intent").done()
    team.sync()
    team.boss("points", "--agent", "A017", "--rule", "att.late", "--on", "2026-11-23").done()
    team.boss("payment", PHONE, "80000", "--on", "2026-11-23").done()
    team.sync()
    pay = team.agent.json("pay")
    assert set(pay) >= {"agent", "month", "lines", "total", "limits"}
    assert set(pay["limits"]) == {
        "gross", "deductions", "twenty_percent", "minimum_wage", "deductible", "not_deductible", "payable",
    }  # fmt: skip
    lines = {line["rule"]: line for line in pay["lines"]}
    assert {"rule", "title", "quantity", "rate", "amount", "disputed"} <= set(lines["pay.base"])
    assert (lines["pay.valid_calls"]["quantity"], lines["pay.valid_calls"]["rate"]) == (1, "0.5")
    paid = lines["pay.payments"]
    assert (paid["quantity"], paid["rate"], paid["amount"]) == ("80000.00", "0.01", "800.00")
    assert (lines["pay.fines"]["amount"], lines["pay.fines"]["cause"]) == ("-10.00", "att.late")
    assert (pay["total"], pay["limits"]["minimum_wage"]) == ("1790.50", None)
    assert team.boss.json("pay", "--agent", "A017", "--month", "2026-11") == pay
    assert "--agent" in refused(team.boss, "pay")
    for language, word in (("zh", "估算"), ("en", "estimate")):
        shown = team.agent("pay", "--lang", language).done().out
        assert word in shown
        assert "1,790.50" in shown
        assert "1000.00" not in shown.replace("1,000.00", "")


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


def test_requests_are_listed_and_answered(team: Team) -> None:
    first = team.agent.json("ask", "leave", "--on", "2026-11-24", "--minutes", "60", "--text", "看病", "--sick")
    second = team.agent.json("ask", "visit", "--on", "2026-11-25", "--minutes", "90", "--text", "拜访宏达")
    team.sync()
    listed = team.boss.json("requests", "--open")
    assert {one["id"]: (one["state"], one["faults"]) for one in listed} == {
        first["id"]: ("open", ["no_note"]),
        second["id"]: ("open", []),
    }
    given = team.boss.json("requests", "--approve", first["id"], "--minutes", "30", "--text", "准半小时")
    assert (given["minutes"], given["request"]["id"]) == (30, first["id"])
    assert "--text" in refused(team.boss, "requests", "--refuse", second["id"], status=2)
    team.boss("requests", "--refuse", second["id"], "--text", "人手不够").done()
    assert "answered" in refused(team.boss, "requests", "--approve", second["id"])
    team.sync()
    assert sorted(one["state"] for one in team.agent.json("requests")) == ["approved", "refused"]
    assert "人手不够" in str(team.agent.json("requests"))
    assert "visit" in team.agent("requests").done().out


def test_odd_values_are_refused_in_one_line_without_a_fault(team: Team) -> None:
    who = ("--agent", "A017")
    for day in ("0001-01-01", "9999-12-31"):
        refused(team.boss, "excuse", *who, "--day", day, "--reason", "r")
        refused(team.boss, "confirm", *who, "--day", day)
        refused(team.agent, "hand-in", "--day", day)
        refused(team.boss, "payment", PHONE, "5", "--on", day, *who)
        refused(team.boss, "assign", PHONE, *who, "--on", day)
    for id in ("../x", "", "x" * 50, "A017:punch:2026-11-23:in", "pay:A017:2026-11:pay.base"):
        for machine, *arguments in (
            (team.boss, "verify", id, "--true"),
            (team.boss, "rule-on", id, "--upheld", "--text", "t"),
            (team.agent, "appeal", id, "--text", "t"),
            (team.agent, "withdraw", id),
            (team.agent, "correct", id, "--note", "x"),
            (team.boss, "requests", "--approve", id),
            (team.boss, "proposals", "--accept", id),
        ):
            assert "unexpected" not in refused(machine, *arguments)
    for week in ("9999-W52", "2026-W54", "２０２６-W48"):
        assert "no week" in refused(team.agent, "plan", "--week", week, "--companies", "5", status=2)
        assert "no week" in refused(team.boss, "review", *who, "--week", week, "--rating", "3", status=2)
    for text, status in (("长" * 5000, 1), (" \u3000", 2)):
        refused(team.agent, "summary", "--week", "2026-W48", "--text", text, status=status)
        refused(team.boss, "notice", text, status=status)
    for phone in ("", "123", "x" * 300):
        refused(team.boss, "dnc", "lift", phone, status=2)
        refused(team.agent, "propose", phone, "--grade", "A", status=2)
