"""Machines let in and ended by commands: what holds of a person, and what a date does."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from agent_tui.trust.documents import build_join
from agent_tui.trust.keys import DeviceKey
from tests.commands.running import Machine, Machines
from tests.commands.teaming import TALKED


def ask(machines: Machines, home: str, *, name: str = "张敏", hired: str = "2026-11-09") -> str:
    """A machine more asks to join as A017; its device, as the supervisor lists it."""
    machines[home]("join", str(machines.share), "--id", "A017", "--name", name, "--hired", hired).done()
    machines["S001"]("sync", "--once").done()
    return waiting(machines["S001"])


def waiting(boss: Machine) -> str:
    (writer,) = [member["writer"] for member in boss.json("members") if member["state"] == "waiting"]
    return str(writer)


def test_who_asks_beside_the_desk_is_seen_and_let_in_by_two_commands(machines: Machines) -> None:
    boss, desk = machines.team(), machines["A017"]
    machines.join("A017")
    desk(*TALKED).done()
    boss("members", "approve", waiting(boss)).done()
    desk("sync", "--once").done()
    assert desk.json("sync", "--once")["error"] is None
    assert [one["state"] for one in desk.json("members")] == ["approved", "approved"]
    assert dials(desk, "2026-11-23") == 1


def test_who_is_in_already_or_was_ended_is_said_to_be(machines: Machines) -> None:
    boss = machines.team("A017")
    (device,) = [one["writer"] for one in boss.json("members") if one["id"] == "A017"]
    for command in ("approve", "ignore"):
        assert f"{device} is A017 张敏 and in the team as agent already" in boss("members", command, device).wrong()
    boss("members", "leave", "A017", "--on", "2026-11-23").done()
    assert f"{device} of A017 张敏 was ended" in boss("members", "approve", device).wrong()


def test_members_are_listed_and_the_folder_named_while_it_is_away(machines: Machines) -> None:
    boss = machines.team("A017")
    machines.share.rename(machines.share.with_name("away"))
    listed = boss("members", "--json").done()
    assert {one["id"] for one in listed.json} == {"S001", "A017"}
    assert listed.err.count("\n") == 1
    assert str(machines.share) in listed.err


def test_of_many_requests_it_is_said_how_many_words_are_still_to_be_worked_out(machines: Machines) -> None:
    boss = machines.team()
    team = json.loads((machines.share / "team.json").read_text("utf-8"))["team"]
    (machines.share / "join").mkdir(exist_ok=True)
    for number in range(22):
        key = DeviceKey.generate()
        made = build_join(key, team, id=f"X{number}", name="无", hired=date(2026, 11, 9), at=datetime.now(UTC))
        (machines.share / "join" / f"{key.writer}.json").write_bytes(made)
    boss("sync", "--once").done()
    listed = boss("members").done().out
    assert "the four words of 2 more" in listed
    assert "Compare the four words" in listed


def test_a_second_machine_changes_no_hire_date(machines: Machines) -> None:
    boss = machines.team("A017")
    before, paid = boss.json("team"), boss.json("pay", "--agent", "A017")
    assert before["agents"][0]["new_hire_day"] == 15
    let_in = boss("members", "approve", ask(machines, "home", hired="2026-11-20"), "--json").done()
    assert (let_in.json["state"], let_in.json["hired"]) == ("approved", "2026-11-09")
    assert let_in.err.count("\n") == 1
    assert "stays hired on 2026-11-09" in let_in.err
    assert "2026-11-20" in let_in.err
    assert {member["hired"] for member in boss.json("members") if member["id"] == "A017"} == {"2026-11-09"}
    boss("sync", "--once").done()
    machines["home"]("sync", "--once").done()
    assert (boss.json("team"), boss.json("pay", "--agent", "A017")) == (before, paid)
    assert machines["home"].json("status")["new_hire_day"] == 15


def test_the_four_words_and_another_hire_date_are_in_the_document_too_and_an_agent_is_told_to_approve_nobody(
    machines: Machines,
) -> None:
    boss, desk = machines.team("A018"), machines["A018"]
    words = machines.join("A017").out.splitlines()[-1].partition(": ")[2].split()
    (waits,) = [one for one in boss.json("members") if one["state"] == "waiting"]
    assert (waits["words"], waits["asked"]) == (words, None)
    assert "members approve" in boss("members").done().out
    assert " ".join(words) in machines["A017"]("sync", "--once").done().out
    desk("sync", "--once").done()
    assert " ".join(words) in desk("members").done().out
    assert "members approve" not in desk("members").done().out
    boss("members", "approve", waits["writer"]).done()
    ask(machines, "home", hired="2026-11-20")
    assert boss.json("members")[0]["asked"] == "2026-11-20"


def test_a_request_that_is_ignored_waits_no_more_and_can_still_be_let_in(machines: Machines) -> None:
    boss, desk = machines.team("A018"), machines["A018"]
    words = machines.join("A017").out.splitlines()[-1].partition(": ")[2].split()
    writer = waiting(boss)
    assert "awaiting approval: 1" in boss("team").done().out
    desk("sync", "--once").done()
    assert "supervisor" in desk("members", "ignore", writer).wrong()
    assert "A017 张敏" in boss("members", "ignore", writer).done().out
    assert "awaiting approval" not in boss("team").done().out
    # It stands last, with its words, and is ignored again without a word more.
    (last,) = [one for one in boss.json("members") if one["state"] == "ignored"]
    assert (last["writer"], last["words"]) == (writer, words)
    assert boss.json("members")[-1] == last
    assert " ".join(words) in boss("members").done().out
    boss("members", "ignore", writer).done()
    assert f"no device {'a' * 16}" in boss("members", "ignore", "a" * 16).wrong()
    # Who really is there asks again, or is let in all the same.
    machines.join("A017")
    assert [one["state"] for one in boss.json("members") if one["id"] == "A017"] == ["ignored"]
    assert boss.json("members", "approve", writer)["state"] == "approved"
    machines["A017"]("sync", "--once").done()
    assert {one["state"] for one in boss.json("members")} == {"approved"}


def test_a_second_machine_with_the_same_date_is_let_in_without_a_word(machines: Machines) -> None:
    boss = machines.team("A017")
    assert boss("members", "approve", ask(machines, "home")).done().err == ""


def test_a_second_machine_with_another_name_is_refused_in_one_line(machines: Machines) -> None:
    boss = machines.team("A017")
    writer = ask(machines, "home", name="李强")
    assert "A017 is 张敏" in boss("members", "approve", writer).wrong()
    assert waiting(boss) == writer


def test_who_asked_with_a_number_that_is_taken_asks_again_with_another(machines: Machines) -> None:
    boss, desk = machines.team("A017"), machines["home"]
    taken = ask(machines, "home", name="李强")
    boss("members", "approve", taken).wrong()
    desk("join", str(machines.share), "--id", "A019", "--name", "李强", "--hired", "2026-11-09").done()
    boss("sync", "--once").done()
    (writer,) = [one["writer"] for one in boss.json("members") if one["id"] == "A019"]
    boss("members", "approve", writer).done()
    sync(boss, desk)
    assert desk.json("status")["agent"] == "A019"


def test_who_asked_with_a_wrong_date_or_name_asks_again_and_what_was_logged_comes_along(machines: Machines) -> None:
    boss, desk = machines.team("A018"), machines["A017"]
    join = ("join", str(machines.share), "--id", "A017")
    wrong = desk.json(*join, "--name", "张民", "--hired", "2026-11-23")
    desk(*TALKED).done()
    right = desk.json(*join, "--name", "张敏", "--hired", "2026-11-09")
    assert wrong["words"] != right["words"]
    assert desk.json(*join, "--name", "张敏", "--hired", "2026-11-09")["words"] == right["words"]
    boss("sync", "--once").done()
    asked = {one["name"]: one for one in boss.json("members") if one["state"] == "waiting"}
    assert (asked["张敏"]["id"], asked["张敏"]["hired"]) == ("A017", "2026-11-09")
    boss("members", "approve", asked["张敏"]["writer"]).done()
    sync(boss, desk, boss)
    assert dials(boss, "2026-11-23") == dials(desk, "2026-11-23") == 1
    assert desk.json("status")["new_hire_day"] == 15
    # The request that was wrong is refused in a line, and stays no hire date of anybody.
    assert "A017 is 张敏" in boss("members", "approve", asked["张民"]["writer"]).wrong()


def test_a_last_day_to_come_is_refused_and_the_desk_goes_on(machines: Machines) -> None:
    boss, desk = machines.team("A017"), machines["A017"]
    (writer,) = [member["writer"] for member in boss.json("members") if member["id"] == "A017"]
    for who in ("A017", writer):
        said = boss("members", "leave", who, "--on", "2026-11-24").wrong()
        assert "2026-11-24 is still to come" in said
        assert "repeat this on 2026-11-24" in said
    desk(*TALKED).done()
    sync(desk, boss)
    assert dials(boss, "2026-11-23") == 1
    boss.now = "2026-11-24T00:10:00+08:00"
    assert boss.json("members", "leave", "A017", "--on", "2026-11-24")["state"] == "left"


def test_what_was_written_after_the_last_day_counts_no_more(machines: Machines) -> None:
    boss, _ = two_days(machines)
    boss("members", "leave", "A017", "--on", "2026-11-23").done()
    assert (dials(boss, "2026-11-23"), dials(boss, "2026-11-24")) == (1, 0)


def test_a_last_day_can_be_moved_both_ways(machines: Machines) -> None:
    boss, desk = two_days(machines)
    boss("members", "leave", "A017", "--on", "2026-11-24").done()
    said = boss("members", "leave", "A017", "--on", "2026-11-23").done().out
    assert "2026-11-23, before 2026-11-24" in said
    assert "-1" in said
    assert (dials(boss, "2026-11-23"), dials(boss, "2026-11-24")) == (1, 0)
    note = ("points", "--agent", "A017", "--rule", "att.late", "--on", "2026-11-24")
    assert "left on 2026-11-23" in boss(*note).wrong()
    said = boss("members", "leave", "A017", "--on", "2026-11-24").done().out
    assert "2026-11-24, before 2026-11-23" in said
    assert "+1" in said
    boss(*note).done()
    sync(boss, desk)
    for machine in (boss, desk):
        assert (dials(machine, "2026-11-23"), dials(machine, "2026-11-24")) == (1, 1)


def test_with_today_as_the_last_day_all_that_is_here_counts_whatever_its_clock_said(machines: Machines) -> None:
    boss, desk = machines.team("A017"), machines["A017"]
    desk.now = "2026-11-26T10:00:00+08:00"
    desk(*TALKED).done()
    sync(desk, boss)
    boss("members", "leave", "A017", "--on", "2026-11-23").done()
    assert dials(boss, "2026-11-26") == 1


def test_a_number_that_differs_in_capitals_alone_is_nobody_new(machines: Machines) -> None:
    boss = machines.team("A017")
    machines.join("a017")
    boss("sync", "--once").done()
    (waiting,) = [one for one in boss.json("members") if one["state"] == "waiting"]
    said = boss("members", "approve", waiting["writer"]).wrong()
    assert "a017" in said
    assert "A017" in said
    assert [one["agent"] for one in boss.json("team")["agents"]] == ["A017"]


def test_who_writes_on_a_device_that_was_ended_is_told_that_it_does_not_count(machines: Machines) -> None:
    boss, desk = machines.team("A017"), machines["A017"]
    assert desk(*TALKED).done().err == ""
    sync(desk, boss)
    boss("members", "leave", "A017", "--on", "2026-11-23").done()
    boss("sync", "--once").done()
    assert "ended this device" in desk("sync", "--once").err
    for command in (TALKED, ["punch", "in"], ["hand-in"]):
        said = desk(*command).done().err
        assert said.count("\n") == 1
        assert "does not count" in said
        assert "agent-tui join" in said
    # What it shows may count there alone: that is said beside each figure, once.
    for figures in (["ledger"], ["pay"], ["status"], ["why", "day:A017:2026-11-23:valid"], ["members"], ["team"]):
        assert desk(*figures).done().err.count("ended this device") == 1, figures
    assert desk("sync", "--once").err.count("ended this device") == 1


def test_late_honest_work_is_taken_in_by_saying_it_again(machines: Machines) -> None:
    boss, desk = machines.team("A017"), machines["A017"]
    desk(*TALKED).done()
    boss.now = desk.now = "2026-11-24T09:00:00+08:00"
    leave = ("members", "leave", "A017", "--on", "2026-11-23")
    boss(*leave).done()
    sync(boss, desk, boss)
    assert dials(boss, "2026-11-23") == 0
    assert "+1" in boss(*leave).done().out
    sync(boss, desk)
    assert dials(boss, "2026-11-23") == dials(desk, "2026-11-23") == 1
    written = journal(boss)
    assert "nothing changed" in boss(*leave).done().out
    assert journal(boss) == written


def test_a_lost_machine_counts_up_to_its_day_and_its_end_can_be_moved(machines: Machines) -> None:
    boss, _ = two_days(machines)
    (writer,) = [member["writer"] for member in boss.json("members") if member["id"] == "A017"]
    boss("members", "leave", writer, "--on", "2026-11-23").done()
    assert (dials(boss, "2026-11-23"), dials(boss, "2026-11-24")) == (1, 0)
    assert "+1" in boss("members", "leave", writer, "--on", "2026-11-24").done().out
    assert "nothing changed" in boss("members", "leave", writer, "--on", "2026-11-24").done().out
    assert (dials(boss, "2026-11-23"), dials(boss, "2026-11-24")) == (1, 1)
    # The person stays: the day is judged.
    boss("points", "--agent", "A017", "--rule", "att.late", "--on", "2026-11-24").done()


def test_an_end_tells_whose_machine_it_is_and_what_counts_no_more(machines: Machines) -> None:
    boss, desk = two_days(machines)
    (writer,) = [member["writer"] for member in boss.json("members") if member["id"] == "A017"]
    boss("confirm", "--agent", "A017", "--day", "2026-11-24").done()
    said = boss("members", "leave", writer, "--on", "2026-11-23").done().out
    assert f"that machine of A017 张敏 ({writer})" in said
    assert "count no more: 1" in said
    assert "confirmed and change: 2026-11-24" in said
    # It is in the folder already, and the day says so on each machine.
    assert "ended this device" in desk("sync", "--once").err
    boss.now = "2026-11-24T11:00:00+08:00"
    assert "1 of the records that the confirmation read" in boss("why", "day:A017:2026-11-24:valid").done().out
    assert "ended this device" in desk("why", "day:A017:2026-11-24:valid").done().err
    said = boss("members", "leave", writer, "--on", "2026-11-24").done().out
    assert "+1" in said
    assert "confirmed and change: 2026-11-24" in said
    told = boss.json("members", "leave", writer, "--on", "2026-11-23")
    assert (told["records"], told["confirmed"]) == (-1, ["2026-11-24"])
    boss("members", "leave", writer, "--on", "2026-11-24").done()
    assert "of the records that the confirmation read" not in boss("why", "day:A017:2026-11-24:valid").done().out


def test_an_end_is_set_by_what_lies_in_the_folder_and_with_it_away_by_what_is_here(machines: Machines) -> None:
    boss, desk = machines.team("A017"), machines["A017"]
    desk(*TALKED).done()
    desk("sync", "--once").done()
    said = boss("members", "leave", "A017", "--on", "2026-11-23").done()
    assert "count no more" not in said.out
    assert (dials(boss, "2026-11-23"), said.err) == (1, "")
    machines.share.rename(machines.share.with_name("away"))
    said = boss("members", "leave", "A017", "--on", "2026-11-22").done()
    assert "-1" in said.out
    assert str(machines.share) in said.err


def test_the_end_of_a_machine_leaves_the_day_its_person_left(machines: Machines) -> None:
    boss, _ = two_days(machines)
    (writer,) = [member["writer"] for member in boss.json("members") if member["id"] == "A017"]
    boss("members", "leave", "A017", "--on", "2026-11-23").done()
    boss("members", "leave", writer, "--on", "2026-11-24").done()
    note = ("points", "--agent", "A017", "--rule", "att.late", "--on", "2026-11-24")
    assert "left on 2026-11-23" in boss(*note).wrong()


def two_days(machines: Machines) -> tuple[Machine, Machine]:
    """A017 called on 11-23 and on 11-24, and the supervisor has both."""
    boss, desk = machines.team("A017"), machines["A017"]
    desk(*TALKED).done()
    boss.now = desk.now = "2026-11-24T10:00:00+08:00"
    desk(*TALKED).done()
    sync(desk, boss)
    return boss, desk


def dials(machine: Machine, day: str) -> int:
    """What counts of A017 on a day."""
    found = machine.json("team", "--day", day)["agents"]
    return sum(one["dials"] for one in found if one["agent"] == "A017")


def journal(machine: Machine) -> int:
    """The bytes this machine has written."""
    return sum(path.stat().st_size for path in machine.home.glob("teams/*/journal/*.jsonl"))


def sync(*machines: Machine) -> None:
    """One round on each; on a machine that was ended it says so, and ends with 1."""
    for machine in machines:
        assert machine("sync", "--once").status in (0, 1)


def test_a_hire_date_that_was_approved_wrong_is_put_right(machines: Machines) -> None:
    boss, desk = machines.team("A017"), machines["A017"]
    assert boss.json("team")["agents"][0]["new_hire_day"] == 15
    said = boss("members", "hired", "A017", "2026-11-16").done().out
    assert "no longer 2026-11-09" in said
    record = said.split()[-1]
    sync(boss, desk)
    assert boss.json("team")["agents"][0]["new_hire_day"] == desk.json("status")["new_hire_day"] == 8
    assert {member["hired"] for member in boss.json("members") if member["id"] == "A017"} == {"2026-11-16"}
    why = desk("why", "day:A017:2026-11-23:quota").done().out
    assert "put right by S001 陈强: 2026-11-16" in why
    assert "2026-11-09 -> 2026-11-16" in desk("why", record).done().out
    (writer,) = [member["writer"] for member in boss.json("members") if member["id"] == "A017"]
    assert boss.json("members", "hired", writer, "2026-11-12")["was"] == "2026-11-16"
    assert "hired on 2026-11-12 already" in boss("members", "hired", "A017", "2026-11-12").wrong()
    assert "supervisor" in desk("members", "hired", "A017", "2026-11-09").wrong()


def test_calls_before_the_hire_date_are_kept_and_said_so(machines: Machines, tmp_path: Path) -> None:
    boss, desk = machines.team("A017"), machines["A017"]
    early = desk(*TALKED, "--started-at", "2026-11-06T10:00:00").done().err
    assert "before the hire date 2026-11-09: kept" in early
    file = tmp_path / "calls.csv"
    file.write_text(
        "phone,outcome,started_at,company,contact,title,note\n"
        "13800138001,talked,2026-11-06 9:00,宏达,王,经理,要报价\n"
        "13800138001,talked,2026-11-20 9:00,宏达,王,经理,要报价\n",
        encoding="utf-8",
    )
    for options in (["--dry-run"], []):
        brought = desk("import", "calls", str(file), *options, "--json").done()
        assert (brought.json["imported"], brought.json["refused"]) == (2, 0)
        assert "before the hire date 2026-11-09: 1" in brought.err
    sync(desk, boss)
    pay = {line["rule"]: line["quantity"] for line in boss.json("pay", "--agent", "A017")["lines"]}
    assert pay["pay.valid_calls"] == 1
