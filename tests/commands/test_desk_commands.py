"""What an agent does without the desk: log, import, show, status, ledger."""

import re
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from agent_tui.i18n import texts
from shared_rules.records.kinds import BODIES
from tests.commands.running import Machine, Machines
from tests.commands.teaming import STATUS, TALKED


@pytest.fixture
def desk(machines: Machines) -> Machine:
    """A desk that asked to join and works in its team of one meanwhile."""
    machines["S001"]("init", str(machines.share), "--team", "一组", "--id", "S001", "--name", "陈强").done()
    machines.join("A017")
    return machines["A017"]


def test_nothing_works_before_there_is_a_team(machine: Machine) -> None:
    for command in (TALKED, ["status"], ["members"], ["show", "x"], ["ledger"], ["sync"], ["team"]):
        assert "agent-tui join" in machine(*command).wrong()
    assert not list(machine.home.rglob("*.jsonl")) + list(machine.home.rglob("*.key"))


def test_a_call_is_logged_and_counted(desk: Machine) -> None:
    logged = desk.json(
        *TALKED, "--interest", "intent", "--grade", "B", "--duration", "87", "--follow-up", "tomorrow 3pm"
    )
    assert (logged["valid"], logged["lead"], logged["missing"], logged["why_not"]) == (True, True, [], None)
    assert logged["started_at"].startswith("2026-11-23T14:32:0")
    assert logged["customer"]["phone"] == "+8613800138000"
    assert logged["follow_up"] == "2026-11-24T15:00:00+08:00"
    status = desk.json("status")
    assert set(status) == STATUS
    assert (status["agent"], status["day"], status["new_hire_day"]) == ("A017", "2026-11-23", 15)
    assert status["quota"] == {"calls": 80, "leads": 15, "reduced_minutes": 0}
    assert [
        status[name] for name in ("dials", "connected", "complete", "incomplete", "valid", "leads", "companies")
    ] == [*(1, 1, 1, 0, 1, 1, 1)]
    assert set(status["pace"]) == {"due_calls", "gap_calls", "forecast_made_at"}
    assert (status["pace"]["due_calls"], status["pace"]["gap_calls"]) == (52, -51)
    assert status["points"] == {"balance": 100, "to_bonus": 21, "to_penalty": 21}
    assert status["estimate"] == {"total": "1000.50", "fines": "0.00"}
    assert set(status["sync"]) == {"pending", "last_ok", "error"}


def test_an_incomplete_call_says_what_is_missing(desk: Machine) -> None:
    logged = desk.json("log", "--phone", "13800138000", "--outcome", "有效沟通", "--contact", "王", "--title", "无")
    assert (logged["outcome"], logged["valid"], logged["why_not"]) == ("talked", False, "incomplete")
    assert set(logged["missing"]) == {"company", "note"}
    printed = desk("log", "--phone", "12", "--outcome", "talked").done().out
    assert "company" in printed
    assert "usable phone" in printed
    assert "不计" in desk("log", "--phone", "12", "--outcome", "busy", "--lang", "zh").done().out


def test_a_second_call_to_a_number_does_not_count_again(desk: Machine) -> None:
    desk(*TALKED).done()
    again = desk.json(*TALKED)
    assert (again["valid"], again["why_not"]) == (False, "repeat")


def test_a_late_entry_counts_on_the_day_of_its_call(desk: Machine) -> None:
    logged = desk.json(*TALKED, "--started-at", "2026-11-20T10:00")
    assert (logged["day"], logged["started_at"], logged["late"]) == ("2026-11-20", "2026-11-20T10:00:00+08:00", True)
    desk.now = "2026-11-20T18:00:00+08:00"
    assert desk.json("status")["dials"] == 1


@pytest.mark.parametrize(
    ("option", "value", "said", "status"),
    [
        ("--outcome", "sold", "talked", 1),
        ("--follow-up", "someday maybe", "someday", 2),
        ("--note", "x" * 4001, "4000", 1),
    ],
)
def test_a_wrong_value_writes_nothing(desk: Machine, option: str, value: str, said: str, status: int) -> None:
    assert said in desk(*TALKED, option, value).wrong(status)
    assert desk.json("status")["dials"] == 0


def test_a_record_is_shown(desk: Machine) -> None:
    id = desk.json(*TALKED)["id"]
    shown = desk.json("show", id)
    assert (shown["id"], shown["kind"], shown["customer"]["company"]) == (id, "call", "宁波宏达科技有限公司")
    assert "宁波宏达科技有限公司" in desk("show", id).done().out
    assert "nothing-like-it" in desk("show", "nothing-like-it").wrong()


def test_a_record_is_shown_in_chinese_words_and_its_json_as_ever(desk: Machine) -> None:
    id = desk.json("log", "--phone", "13800138000", "--outcome", "talked", "--company", "宏达", "--contact", "王")["id"]
    desk("correct", id, "--title", "经理").done()
    lines = desk("show", id, "--lang", "zh").done().out.splitlines()
    assert not [line for line in lines if re.match(r" *[a-z]", line)]
    for line in (
        "种类: 通话",
        "  结果: 有效沟通",
        "  单位名称: 宏达",
        "缺项: 跟进内容",
        "不计的原因: 信息不全",
        "更正过: 是",
    ):
        assert line in lines
    assert desk("show", id, "--lang", "zh", "--json").done().json == desk.json("show", id)
    assert "record 通话" not in desk("withdraw", id).wrong()
    assert "通话" in desk("withdraw", id, "--lang", "zh").wrong()


def test_every_member_and_kind_of_a_record_has_a_name() -> None:
    known = texts("record")
    for kind, body in BODIES.items():
        assert f"kind_{kind}" in texts("why")
        models: list[Any] = [one for one in (body, body.sealed) if one is not None]
        while models:
            for field in msgspec.structs.fields(models.pop()):
                assert f"key_{field.name}" in known, (kind, field.name)
                models += [one for one in (field.type, *get_args(field.type)) if hasattr(one, "__struct_fields__")]


def test_escapes_never_reach_the_terminal(desk: Machine) -> None:
    call = [*TALKED, "--note", "a\x1b[2Jb\u202ec\x9bd", "--department", "一\n二"]
    logged = desk(*call, "--json").done()
    shown = desk("show", logged.json["id"]).done()
    for printed in (logged.out, shown.out):
        assert "2Jb" in printed
        assert not set("\x1b\u202e\x9b") & set(printed)


CALLS = """agent,started_at,duration_s,phone,company,contact,title,department,headcount,it_status,outcome,interest,note
A017,2026-11-20T09:00:00+08:00,87,13800138000,宏达,王,经理,采购部,1-20,无,talked,intent,要报价
A017,2026-11-20T09:05:00+08:00,12,13800138001,,,,,,,no_answer,,

A018,2026-11-20T09:00:00+08:00,87,13800138002,宏达,王,经理,采购部,1-20,无,talked,intent,要报价
A017,2026-11-20T09:00:00+08:00,87,138-0013-8000,宏达,王,经理,采购部,1-20,无,talked,intent,要报价
A017,2026-11-20T09:10:00+08:00,87,13800138003,宏达,王,经理,采购部,1-20,无,sold,intent,要报价
A017,yesterday,87,13800138004,宏达,王,经理,采购部,1-20,无,talked,intent,=HYPERLINK(1)
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_past_calls_come_in_once(desk: Machine, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "calls.csv"
    file.write_bytes(CALLS.encode(encoding))
    refused = str(tmp_path / "calls.refused.csv")
    counts = {"read": 6, "imported": 2, "already": 1, "refused": 2, "other_agent": 1}
    assert desk.json("import", "calls", str(file), "--dry-run") == {**counts, "refused_file": None}
    assert not Path(refused).exists()
    assert desk.json("import", "calls", str(file)) == {**counts, "refused_file": refused}
    again = {**counts, "imported": 0, "already": 3}
    assert desk.json("import", "calls", str(file), "--dry-run") == {**again, "refused_file": None}
    assert desk.json("import", "calls", str(file)) == {**again, "refused_file": refused}
    desk.now = "2026-11-20T18:00:00+08:00"
    status = desk.json("status")
    assert [status[name] for name in ("dials", "connected", "valid", "leads")] == [2, 1, 1, 1]
    text = Path(refused).read_text(encoding=encoding)
    assert "sold" in text
    assert "'=HYPERLINK(1)" in text
    assert "A018" not in text


def test_the_mended_refused_file_can_be_imported(desk: Machine, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(CALLS, encoding="utf-8")
    refused = Path(desk.json("import", "calls", str(file))["refused_file"])
    mended = refused.read_text(encoding="utf-8").replace(",sold,", ",talked,").replace("yesterday", "2026-11-20 9:30")
    refused.write_text(mended, encoding="utf-8")
    report = desk.json("import", "calls", str(refused))
    assert (report["read"], report["imported"], report["refused"], report["refused_file"]) == (2, 2, 0, None)


def test_a_logged_call_is_not_imported_again(desk: Machine, tmp_path: Path) -> None:
    logged = desk.json(*TALKED, "--started-at", "2026-11-23T10:00")
    file = tmp_path / "calls.csv"
    file.write_text(f"电话,结果,开始时间\n13800138000,拒绝,{logged['started_at']}\n", encoding="utf-8")
    assert desk.json("import", "calls", str(file))["already"] == 1


@pytest.mark.parametrize("offset", ["-04:00", "-05:00"])
def test_a_call_of_the_hour_that_comes_twice_in_autumn_is_not_imported_again(
    machine: Machine, tmp_path: Path, offset: str
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    machine("init", str(share), "--team", "T", "--zone", "America/New_York", "--id", "S001", "--name", "Bo").done()
    logged = machine.json(*TALKED, "--started-at", f"2026-11-01T01:30:00{offset}")
    file = tmp_path / "calls.csv"
    file.write_text(f"电话,结果,开始时间\n13800138000,拒绝,{logged['started_at']}\n", encoding="utf-8")
    assert machine.json("import", "calls", str(file))["already"] == 1


def test_calls_of_an_erased_customer_are_known_to_a_dry_run_as_to_the_import(desk: Machine, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(CALLS, encoding="utf-8")
    desk("import", "calls", str(file)).done()
    desk("erase", "13800138000").done()
    for more in (["--dry-run"], []):
        report = desk.json("import", "calls", str(file), *more)
        assert (report["imported"], report["already"]) == (0, 3)


def test_a_proposed_grade_is_an_interest(desk: Machine) -> None:
    graded = desk.json(*TALKED, "--grade", "A")
    assert (graded["interest"], graded["grade"], graded["lead"]) == ("intent", "A", True)
    cooled = desk.json("correct", graded["id"], "--interest", "none")
    assert (cooled["interest"], cooled["grade"], cooled["lead"]) == (None, None, False)
    again = desk.json("correct", graded["id"], "--grade", "B")
    assert (again["interest"], again["grade"], again["lead"]) == ("intent", "B", True)
    kept = desk.json("correct", graded["id"], "--note", "要发资料")
    assert (kept["interest"], kept["grade"]) == ("intent", "B")
    plain = desk.json("correct", graded["id"], "--grade", "none")
    assert (plain["interest"], plain["grade"]) == ("intent", None)
    for interest in ("none", "developable"):
        for command in ([*TALKED], ["correct", graded["id"]]):
            said = desk(*command, "--grade", "A", "--interest", interest).wrong(2)
            assert "--grade A" in said
            assert f"--interest {interest}" in said


def test_a_row_still_to_come_is_refused_and_the_others_are_taken(desk: Machine, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    rows = "13800138000,拒绝,2026-11-23 14:31\n13800138001,拒绝,2026-11-23 14:33\n13800138002,拒绝,2026-11-24 09:00\n"
    file.write_text(f"电话,结果,开始时间\n{rows}", encoding="utf-8")
    for more in (["--dry-run"], []):
        report = desk.json("import", "calls", str(file), *more)
        assert (report["read"], report["imported"], report["refused"]) == (3, 1, 2)
    assert "2026-11-24 09:00" in (tmp_path / "calls.refused.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "text"), [("none.csv", None), ("columns.csv", "a,b\n1,2\n"), ("empty.csv", "")])
def test_a_file_that_cannot_be_taken_imports_nothing(
    desk: Machine, tmp_path: Path, name: str, text: str | None
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    desk("import", "calls", str(tmp_path / name)).wrong()
    assert desk.json("status")["dials"] == 0


def test_refused_rows_are_named_and_a_lost_file_is_said(desk: Machine, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    rows = "".join(f"{number},sold,2026-11-20 9:00\n" for number in range(8))
    file.write_text(f"phone,outcome,started_at\n{rows}", encoding="utf-8")
    ran = desk("import", "calls", str(file), "--dry-run").done()
    assert "line 2" in ran.err
    assert "3 more" in ran.err
    assert len(ran.err.splitlines()) == 6


def test_the_own_ledger_is_the_default(desk: Machine) -> None:
    assert desk.json("ledger") == {"agent": "A017", "month": "2026-11", "balance": 100, "entries": []}
    assert desk.json("ledger", "--month", "2026-11")["month"] == "2026-11"
    assert "A099" in desk("ledger", "--agent", "A099").wrong()


def test_a_month_to_come_has_no_points_yet(desk: Machine) -> None:
    said = desk("ledger", "--month", "2026-12").wrong()
    assert "2026-12 has not begun" in said
    assert "2026-12" in desk("ledger", "--month", "2026-12", "--json").wrong()
    assert desk.json("ledger", "--month", "2026-11")["balance"] == 100


def test_a_month_without_the_agent_has_no_points(desk: Machine) -> None:
    said = desk("ledger", "--month", "2025-12").wrong()
    assert "in 2025-12 A017 was no agent of the team: there are no points" in said
