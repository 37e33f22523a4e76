"""The day by commands: leave, hand-in, confirmation, requests."""

from tests.commands.teaming import TALKED, Team, refused


def test_leave_from_asking_to_the_lowered_quota(team: Team) -> None:
    asked = team.agent.json("ask", "leave", "--on", "2026-11-24", "--minutes", "60", "--text", "看病", "--sick")
    assert (asked["kind"], asked["agent"], asked["minutes"], asked["sick"]) == ("request", "A017", 60, True)
    again = ("ask", "leave", "--on", "2026-11-24", "--minutes", "60", "--text", "看病")
    assert f"already, on 11-23 14:32; withdraw it, or give other minutes (record {asked['id']})" in refused(
        team.agent, *again
    )
    team.sync()
    given = team.boss.json("leave", "--agent", "A017", "--on", "2026-11-24", "--minutes", "180", "--leads", "9")
    assert (given["type"], given["minutes"], given["leads"]) == ("leave", 180, 9)
    twice = refused(team.boss, "leave", "--agent", "A017", "--on", "2026-11-24", "--minutes", "180")
    assert f"already, by S001 陈强 on 11-23 14:32; withdraw it, or give other minutes (record {given['id']})" in twice
    assert "420" in refused(team.boss, "visit", "--agent", "A017", "--on", "2026-11-24", "--minutes", "421")
    team.sync()
    team.at("2026-11-24T09:30:00+08:00")
    quota = team.agent.json("status")["quota"]
    assert quota == {"calls": 69, "leads": 9, "reduced_minutes": 180}


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
    assert "1 record, by its number" in team.boss("show", confirmed["id"]).done().out
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


def test_a_day_that_is_not_over_is_confirmed_with_a_warning(team: Team) -> None:
    """As the board says it before the question."""
    call = team.agent.json(*TALKED)
    team.sync()
    early = team.boss("confirm", "--agent", "A017", "--day", "2026-11-23").done()
    assert "14:32" in early.err
    assert "confirmed again" in early.err
    assert "segments" not in early.out
    team.at("2026-11-24T09:00:00+08:00")
    team.agent("void", call["id"], "--reason", "按错").done()
    team.sync()
    assert team.boss("confirm", "--agent", "A017", "--day", "2026-11-23").done().err == ""


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
    listed = {one["id"]: (one["state"], one["granted"]) for one in team.agent.json("requests")}
    assert listed == {first["id"]: ("approved", 30), second["id"]: ("refused", 0)}
    assert "30 min approved" in team.agent("requests").done().out
    assert "人手不够" in str(team.agent.json("requests"))
    assert "visit" in team.agent("requests").done().out
    assert "sick leave" in team.agent("requests").done().out


def test_a_doctors_note_is_told_as_one(team: Team) -> None:
    asked = team.agent.json(
        *("ask", "leave", "--on", "2026-11-24", "--minutes", "60", "--text", "看病", "--sick", "--doctors-note")
    )
    assert "doctor's note: yes" in team.agent("show", asked["id"]).done().out


def test_a_request_whose_minutes_were_approved_by_word_of_mouth_is_granted_and_counts_once(team: Team) -> None:
    team.boss("leave", "--agent", "A017", "--on", "2026-11-24", "--minutes", "60", "--leads", "9").done()
    asked = team.agent.json("ask", "leave", "--on", "2026-11-24", "--minutes", "60", "--text", "看病")
    team.sync()
    given = team.boss.json("requests", "--approve", asked["id"])
    assert (given["minutes"], given["leads"]) == (60, 9)
    team.sync()
    assert [one["state"] for one in team.agent.json("requests")] == ["approved"]
    team.at("2026-11-24T09:30:00+08:00")
    quota = team.agent.json("status")["quota"]
    assert (quota["reduced_minutes"], quota["leads"]) == (60, 9)


def test_a_day_off_says_that_nothing_is_due_on_it(team: Team) -> None:
    """The quota is shown, as the handbook has it: it is not asked for."""
    team.at("2026-11-28T10:00:00+08:00")
    assert "day off" in team.agent("status").done().out
    team.at("2026-11-30T10:00:00+08:00")
    assert "day off" not in team.agent("status").done().out


def test_a_confirmed_day_on_which_nothing_was_due_tells_of_no_shortfall(team: Team) -> None:
    team.at("2026-11-28T10:00:00+08:00")
    team.agent(*TALKED).done()
    team.sync()
    confirm = ("confirm", "--agent", "A017", "--day", "2026-11-28")
    said = team.boss(*confirm).done().out
    assert "valid calls 1, leads 0; record" in said
    assert "short" not in said
    assert "fine" not in said
    team.agent("log", "--phone", "13800138001", "--outcome", "busy").done()
    team.sync()
    again = team.boss.json(*confirm)
    assert (again["missing_calls"], again["missing_leads"], again["fine"]) == (None, None, None)


def test_leave_of_several_days_is_a_request_for_each_workday_or_none(team: Team) -> None:
    leave = ("ask", "leave", "--minutes", "420", "--text", "回老家", "--on", "2026-11-26")
    assert "before" in refused(team.agent, *leave, "--until", "2026-11-25")
    assert "100 days" in refused(team.agent, *leave, "--until", "2027-11-26")
    weekend = ("ask", "leave", "--minutes", "420", "--text", "r", "--on", "2026-11-28", "--until", "2026-11-29")
    assert "workday" in refused(team.agent, *weekend)
    assert "2026-11-26 to 2026-11-30" in team.agent(*leave, "--until", "2026-11-30").done().out
    days = [one["on"] for one in team.agent.json("requests")]
    assert days == ["2026-11-26", "2026-11-27", "2026-11-30"]
    # One day that waits already keeps all of them from being asked for again.
    assert "2026-11-30" in refused(team.agent, *leave[:-1], "2026-11-30", "--until", "2026-12-02")
    assert team.agent.json(*leave[:-1], "2026-12-03", "--until", "2026-12-04")["until"] == "2026-12-04"


def test_one_answer_rules_on_the_days_asked_for_in_one_go_and_each_day_can_be_ruled_on_alone(team: Team) -> None:
    leave = ("ask", "leave", "--minutes", "420", "--text", "回老家", "--on", "2026-11-26", "--until", "2026-12-02")
    first = team.agent.json(*leave)["id"]
    team.agent("ask", "leave", "--on", "2026-12-03", "--minutes", "420", "--text", "看病").done()
    team.sync()
    ids = {one["on"]: one["id"] for one in team.boss.json("requests")}
    team.boss("requests", "--refuse", ids["2026-11-30"], "--text", "月末盘点").done()
    assert "before" in refused(team.boss, "requests", "--approve", first, "--until", "2026-11-25")
    assert "--approve" in refused(team.boss, "requests", "--until", "2026-11-27", status=2)
    said = team.boss("requests", "--approve", first, "--until", "2026-12-01").done().out
    assert "2026-11-26 to 2026-12-01" in said
    states = {one["on"]: one["state"] for one in team.boss.json("requests")}
    assert states == {
        "2026-11-26": "approved", "2026-11-27": "approved", "2026-11-30": "refused", "2026-12-01": "approved",
        "2026-12-02": "open", "2026-12-03": "open",
    }  # fmt: skip
    refuse = ("requests", "--refuse", ids["2026-12-02"], "--until", "2026-12-31", "--text", "人手不够")
    assert team.boss.json(*refuse)["until"] == "2026-12-31"
    (left,) = team.boss.json("requests", "--open")
    assert left["on"] == "2026-12-03"


def test_leave_of_several_days_is_taken_back_as_it_was_asked_for(team: Team) -> None:
    span = ("--on", "2026-11-25", "--until", "2026-11-27", "--minutes", "420", "--text", "搬家")
    first = team.agent.json("ask", "leave", *span)
    other = team.agent.json("ask", "visit", "--on", "2026-11-26", "--minutes", "60", "--text", "拜访")
    assert "2026-11-25" in refused(team.agent, "withdraw", first["id"], "--until", "2026-11-24")
    call = team.agent.json(*TALKED)
    assert "not a request" in refused(team.agent, "withdraw", call["id"], "--until", "2026-11-26")
    team.sync()
    team.boss("requests", "--refuse", first["id"], "--text", "先把名单打完").done()
    team.sync()
    days = {one["on"]: one for one in team.agent.json("requests") if one["text"] == "搬家"}
    said = team.agent("withdraw", days["2026-11-26"]["id"], "--until", "2026-11-27").done().out
    assert "up to 2026-11-27" in said
    states = {one["id"]: one["state"] for one in team.agent.json("requests")}
    assert [states[one["id"]] for one in days.values()] == ["refused", "withdrawn", "withdrawn"]
    assert states[other["id"]] == "open"
