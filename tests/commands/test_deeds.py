"""What supervisors decide and agents ask, by commands alone; every result has a line, every odd value a refusal."""

from agent_tui.texts.deeds import TEXTS
from tests.commands.teaming import PHONE, TALKED, Team, refused


def test_a_customer_is_assigned_and_a_proposal_made(team: Team) -> None:
    assert team.agent.json("propose", PHONE, "--grade", "B")["grade"] == "B"
    assert "already" in refused(team.agent, "propose", PHONE, "--grade", "B")
    given = team.boss.json("assign", PHONE, "--agent", "A017", "--swap")
    assert (given["gained"], given["swap"], given["on"]) == (True, True, "2026-11-23")
    assert "already" in refused(team.boss, "assign", PHONE, "--agent", "A017")
    assert team.boss.json("visit-report", PHONE, "--text", "谈得好", "--by", "周强")["agent"] == "A017"


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


def test_odd_values_are_refused_in_one_line_without_a_fault(team: Team) -> None:
    who = ("--agent", "A017")
    for day in ("0001-01-01", "9999-12-31"):
        for machine, *arguments in (
            (team.boss, "excuse", *who, "--day", day, "--reason", "r"),
            (team.boss, "confirm", *who, "--day", day),
            (team.agent, "hand-in", "--day", day),
            (team.boss, "payment", PHONE, "5", "--on", day, *who),
            (team.boss, "assign", PHONE, *who, "--on", day),
        ):
            assert "is not a day" in refused(machine, *arguments, status=2)
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
            assert "unexpected" not in refused(machine, *arguments, status=1 if id else 2)
    for week in ("9999-W52", "2026-W54", "２０２６-W54"):
        assert "not a week" in refused(team.agent, "plan", "--week", week, "--companies", "5", status=2)
        assert "not a week" in refused(team.boss, "review", *who, "--week", week, "--rating", "3", status=2)
    for text, status in (("长" * 5000, 1), (" \u3000", 2)):
        refused(team.agent, "summary", "--week", "2026-W48", "--text", text, status=status)
        refused(team.boss, "notice", text, status=status)
    for phone in ("", "123", "x" * 300):
        refused(team.boss, "dnc", "lift", phone, status=2)
        refused(team.agent, "propose", phone, "--grade", "A", status=2)
