"""Pay by commands: payments, refunds, grades, the statement."""

from pathlib import Path

from tests.commands.running import Machines
from tests.commands.teaming import PHONE, TALKED, Team, refused


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


def test_a_statement_groups_what_it_counts_as_what_it_pays(team: Team, tmp_path: Path) -> None:
    rows = [
        f"2026-11-23 {9 + n // 3600:02}:{n // 60 % 60:02}:{n % 60:02},138{n:08},talked,宏达{n},王,经理,要报价"
        for n in range(1_002)
    ]
    file = tmp_path / "calls.csv"
    file.write_text("\n".join(["started_at,phone,outcome,company,contact,title,note", *rows]), encoding="utf-8")
    team.agent("import", "calls", str(file)).done()
    assert " 1,002      0.50    501.00" in team.agent("pay").done().out


def test_a_payment_tells_whose_the_customer_is_where_that_is_not_plain(machines: Machines) -> None:
    boss, one, other = machines.team("A017", "A018"), machines["A017"], machines["A018"]
    one(*TALKED, "--interest", "intent").done()
    other.now = "2026-11-23T16:00:00+08:00"
    other(*TALKED, "--interest", "intent", "--started-at", "2026-11-20T10:00").done()
    for machine in (one, other, boss):
        machine("sync", "--once").done()
    paid = boss("payment", PHONE, "1000", "--on", "2026-11-23").done()
    assert "it is A018's by a lead call of 11-20 10:00 that was recorded only on 11-23 16:00; A017's" in paid.err
    paid = boss("payment", PHONE, "1200", "--on", "2026-11-23", "--agent", "A017", "--json").done()
    assert "the customer is A018's, not A017's" in paid.err
    assert paid.json["agent"] == "A017"
    boss("assign", PHONE, "--agent", "A017", "--on", "2026-11-23").done()
    assert boss("payment", PHONE, "1300", "--on", "2026-11-23").done().err == ""


def test_a_refund_is_held_against_what_was_paid_months_ago_to_whomever(machines: Machines) -> None:
    boss = machines.team("A017", "A018")
    boss("payment", PHONE, "300", "--on", "2026-11-23", "--agent", "A017").done()
    taken_back = boss.json("payment", PHONE, "500", "--on", "2026-11-23", "--agent", "A017")
    boss("withdraw", taken_back["id"]).done()
    boss.now = "2027-03-01T10:00:00+08:00"
    boss("payment", PHONE, "200", "--on", "2027-03-01", "--agent", "A018").done()
    refund = ("payment", PHONE, "--on", "2027-03-01", "--agent", "A018")
    assert "500.00" in refused(boss, *refund, "-500.01")
    assert boss(*refund, "-500").done().out.startswith("500.00 yuan paid back, charged to A018 ")


def test_a_month_without_the_person_has_no_statement(team: Team) -> None:
    assert "still to come" in refused(team.agent, "pay", "--month", "2026-12")
    assert "in 2026-08 A017 was no agent" in refused(team.agent, "pay", "--month", "2026-08")
    team.boss("members", "leave", "A017", "--on", "2026-11-23").done()
    team.at("2026-12-06T10:00:00+08:00")
    assert "in 2026-12 A017 was no agent" in refused(team.boss, "pay", "--agent", "A017")
    team.boss("pay", "--agent", "A017", "--month", "2026-11").done()


def test_a_supervisor_who_calls_has_no_statement(team: Team, tmp_path: Path) -> None:
    team.boss(*TALKED).done()
    team.agent(*TALKED).done()
    team.sync()
    assert "S001 was no agent" in refused(team.boss, "pay", "--agent", "S001")
    assert "S001 was no agent" in refused(team.boss, "ledger", "--agent", "S001")
    assert "S001 was no agent" in refused(team.boss, "why", "pay:S001:2026-11:total")
    team.boss("export", "report", "--month", "2026-11", "--to", str(tmp_path / "month.csv")).done()
    daily, statement = ((tmp_path / f"month{part}.csv").read_text(encoding="utf-8") for part in ("", "-statement"))
    assert ("S001" in daily, "S001" in statement, "A017" in statement) == (True, False, True)


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


def test_a_payment_whose_lead_call_was_withdrawn_is_said_to_be_in_question(team: Team) -> None:
    call = team.agent(*TALKED, "--interest", "intent", "--json").done().json
    team.sync()
    paid = team.boss.json("payment", PHONE, "80000", "--on", "2026-11-23")
    assert team.boss.json("pay", "--agent", "A017")["doubts"] == []
    team.agent("void", call["id"], "--reason", "按错").done()
    team.sync()
    (doubt,) = team.boss.json("pay", "--agent", "A017")["doubts"]
    assert (doubt["id"], doubt["record"], doubt["reason"], doubt["yuan"]) == (
        paid["id"],
        call["id"],
        "void",
        "80000.00",
    )
    said = team.boss("pay", "--agent", "A017").done().out
    assert "in question: 1" in said
    assert f"withdraw {paid['id']}" in said
    assert "存疑" in team.boss("pay", "--agent", "A017", "--lang", "zh").done().out


def test_a_customer_whose_owner_left_is_assigned_first(machines: Machines) -> None:
    boss, desk = machines.team("A017", "A018"), machines["A017"]
    desk(*TALKED, "--interest", "intent").done()
    for machine in (desk, boss):
        machine("sync", "--once").done()
    boss("members", "leave", "A017", "--on", "2026-11-23").done()
    boss.now = "2026-11-24T10:00:00+08:00"
    paid = ("payment", PHONE, "100", "--on", "2026-11-24")
    said = boss(*paid).wrong()
    assert "customer of A017, who left on 2026-11-23; assign it to another agent first" in said
    assert "assign" in boss("grade", PHONE, "--step", "visited", "--grade", "B").wrong()
    assert "2026-11-23 离队;请先把客户转给别的电话销售员" in boss(*paid, "--lang", "zh").wrong()
    boss("assign", PHONE, "--agent", "A018").done()
    assert boss.json(*paid)["agent"] == "A018"
