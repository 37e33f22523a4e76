"""`export report`: the two forms, what is in their cells, and targets that cannot be."""

import csv
import io
import json
import re
import zipfile
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.reports.export import export
from agent_tui.reports.scope import of_day
from tests.commands.running import Machine, Machines
from tests.reports.office import convert, needs_office

DATA = Path(__file__).parents[3] / "shared" / "data"
DAILY = [
    "日期", "工号", "姓名", "拨打", "接通", "完整", "有效电话", "意向客户", "家数", "电话定额", "意向定额", "缺电话",
    "缺意向", "积分变动", "状态",
]  # fmt: skip
RECORDS = [
    "日期", "时间", "工号", "姓名", "单位名称", "联系人", "职务", "部门", "电话", "人数", "信息化现状", "结果", "意向",
    "拟级别", "跟进内容", "下次跟进", "计入有效", "计入意向", "缺项",
]  # fmt: skip


def small(machines: Machines) -> Machine:
    """A team of two on a Monday; the supervisor's machine."""
    boss = machines.team("A017", "A018")
    desk = machines["A017"]
    log = ("log", "--outcome", "talked", "--contact", "王", "--title", "采购经理", "--started-at")
    full = ("--note", '=HYPERLINK("http://x")', "--interest", "intent", "--grade", "B")
    desk(*log, "2026-11-23T09:05", "--phone", "138 0013 8000 转 8", "--company", "+宏达", *full).done()
    desk(*log, "2026-11-23T09:15", "--phone", "0574 87654321", "--company", "鑫源", "--note", " @两行\n说明").done()
    desk(*log, "2026-11-23T09:25", "--phone", "13800138001", "--follow-up", "2026-11-24T15:00").done()
    desk("sync", "--once").done()
    boss("sync", "--once").done()
    boss("points", "--agent", "A017", "--rule", "att.late", "--on", "2026-11-23", "--note", "堵车").done()
    return boss


def table(file: Path) -> list[list[str]]:
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def cells(sheet: Worksheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_two_forms_have_the_columns_of_the_handbook_and_typed_cells(machines: Machines, tmp_path: Path) -> None:
    boss, to = small(machines), tmp_path / "day.xlsx"
    written = boss.json("export", "report", "--day", "2026-11-23", "--to", str(to), "--lang", "zh")
    assert written["files"] == [str(to)]
    book = load_workbook(to)
    assert book.sheetnames[:2] == ["电话销售日报表", "客户记录日报表"]
    daily, records = (cells(book[name]) for name in book.sheetnames[:2])
    assert daily[0] == DAILY
    assert daily[1] == [
        datetime(2026, 11, 23), "A017", "张敏", 3, 3, 2, 2, 1, 2, 80, 15, 78, 14, -2, "未交、新人第15天",
    ]  # fmt: skip
    assert daily[2][3:14] == [0, 0, 0, 0, 0, 0, 80, 15, 80, 15, 0]
    assert daily[3][2:14] == ["合计", 3, 3, 2, 2, 1, 2, 160, 30, 158, 29, -2]
    assert records[0] == RECORDS
    assert records[1] == [
        datetime(2026, 11, 23), time(9, 5), "A017", "张敏", "+宏达", "王", "采购经理", None, "13800138000 x8", None,
        None, "有效沟通", "意向", "拟B", '=HYPERLINK("http://x")', None, "是", "是", None,
    ]  # fmt: skip
    assert records[2][8] == "0574-87654321"
    assert records[2][14] == "@两行 说明"
    assert records[3][15:] == [datetime(2026, 11, 24, 15), "否", "否", "单位名称、跟进内容"]
    note = book["客户记录日报表"]["O2"]
    assert (note.data_type, note.number_format) == ("s", "@")


def test_the_pages_are_ready_to_print_and_hold_no_formula(machines: Machines, tmp_path: Path) -> None:
    boss, to = small(machines), tmp_path / "day.xlsx"
    boss("export", "report", "--day", "2026-11-23", "--to", str(to)).done()
    with zipfile.ZipFile(to) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    assert not [name for name, part in parts.items() if "<f>" in part or "hyperlink" in name]
    book = load_workbook(to)
    assert book.sheetnames[:2] == ["Daily report", "Customer records"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "一组" in (sheet.oddHeader.left.text or "")
        assert all(one.customWidth for one in sheet.column_dimensions.values())


def test_how_far_a_report_is_goes_up_to_its_end_and_no_further(machines: Machines, tmp_path: Path) -> None:
    boss = small(machines)
    told: list[str] = []
    with closing(Book.open(boss.home, SetClock(datetime.fromisoformat(boss.now)))) as book:
        export(book, of_day(date(2026, 11, 23), None), tmp_path / "day.xlsx", told.append)
    rows = [(int(found[1]), int(found[2])) for text in told if (found := re.search(r"row (\d+) of (\d+)", text))]
    assert [done for done, _ in rows] == list(range(1, len(rows) + 1))
    assert {of for _, of in rows} == {len(rows)}


def test_csv_is_a_table_a_file_and_harmless(machines: Machines, tmp_path: Path) -> None:
    boss, to = small(machines), tmp_path / "day.csv"
    written = boss.json("export", "report", "--day", "2026-11-23", "--to", str(to), "--lang", "zh")
    assert written["files"][:2] == [str(to), str(tmp_path / "day-records.csv")]
    daily, records = table(to), table(tmp_path / "day-records.csv")
    assert daily[0] == DAILY
    assert daily[1][:5] == ["2026-11-23", "A017", "张敏", "3", "3"]
    assert daily[1][13] == "-2", "a number is no formula"
    assert records[0] == RECORDS
    assert records[1][4] == "'+宏达"
    assert records[1][14] == '\'=HYPERLINK("http://x")'
    assert records[2][14] == "'@两行 说明"
    assert records[3][15] == "2026-11-24 15:00"


def test_a_month_one_agent_and_an_agents_own(machines: Machines, tmp_path: Path) -> None:
    boss = small(machines)
    month, own = tmp_path / "month.csv", tmp_path / "own.csv"
    boss("export", "report", "--month", "2026-11", "--agent", "A017", "--to", str(month)).done()
    rows = table(month)
    assert {row[1] for row in rows[1:-1]} == {"A017"}
    assert rows[-1][2] == "total"
    machines["A017"]("export", "report", "--day", "2026-11-23", "--to", str(own)).done()
    assert [row[1] for row in table(own)[1:-1]] == ["A017"]
    refused = machines["A017"]("export", "report", "--day", "2026-11-23", "--agent", "A018", "--to", str(own)).wrong()
    assert "only a supervisor" in refused
    assert (
        "A999 is not in this team"
        in boss("export", "report", "--day", "2026-11-23", "--agent", "A999", "--to", str(own)).wrong()
    )


def test_a_month_has_its_statement_ledger_and_weeks(machines: Machines, tmp_path: Path) -> None:
    boss, to = small(machines), tmp_path / "month.xlsx"
    boss.now = "2026-11-25T10:00:00+08:00"
    boss("confirm", "--agent", "A017", "--day", "2026-11-23").done()
    boss("payment", "13800138000", "80000", "--on", "2026-11-23", "--agent", "A017").done()
    written = boss.json("export", "report", "--month", "2026-11", "--to", str(to))
    assert list(written["rows"]) == ["daily", "records", "statement", "ledger", "weeks"]
    book = load_workbook(to)
    rows = [row for row in cells(book["Statement"])[1:] if row[0] == "A017"]
    amounts = {row[3]: row[7] for row in rows if row[8] != "quota.shortfall"}
    assert [row[5:8] for row in rows if row[8] == "pay.payments"] == [[80000, 0.01, 800]]
    (share,) = [
        row[6] for row in book["Statement"].iter_rows() if (row[0].value, row[8].value) == ("A017", "pay.payments")
    ]
    assert share.number_format == "0%"
    pay = boss.json("pay", "--agent", "A017", "--month", "2026-11")
    assert f"{amounts['total']:.2f}" == pay["total"]
    assert f"{amounts['may not be deducted']:.2f}" == pay["limits"]["not_deductible"]
    assert f"{amounts['left to pay']:.2f}" == pay["limits"]["payable"]
    fines = [row for row in rows if row[8] == "quota.shortfall"]
    assert sum(-row[7] for row in fines if row[4] == datetime(2026, 11, 23)) == 78 * 5 + 14 * 5
    (entry,) = cells(book["Points ledger"])[1:]
    assert entry[:8] == [datetime(2026, 11, 23), "A017", "张敏", "Late", "att.late", -2, -10, "S001 陈强"]
    boss("export", "report", "--month", "2026-11", "--to", str(tmp_path / "month.csv")).done()
    paid = [row for row in table(tmp_path / "month-statement.csv") if row[8] == "pay.payments" and row[0] == "A017"]
    assert [row[5:8] for row in paid] == [["80000.00", "1%", "800.00"]]
    weeks = [row for row in cells(book["Weekly review"])[1:] if row[:2] == ["2026-W48", "A017"]]
    assert [row[4] for row in weeks] == [2]


def test_a_call_of_a_month_before_the_hire_date_stops_no_report(machines: Machines, tmp_path: Path) -> None:
    boss, to = machines.team("A017"), tmp_path / "month.csv"
    log = ("log", "--outcome", "refused", "--phone", "13800138000", "--started-at")
    machines["A017"](*log, "2026-10-30T09:05").done()
    for machine in (machines["A017"], boss):
        machine("sync", "--once").done()
        boss("sync", "--once").done()
        machine("export", "report", "--month", "2026-10", "--to", str(to)).done()
        assert [row[3] for row in table(to)[1:-1]] == ["1"]
        assert not (tmp_path / "month-statement.csv").exists()


def test_the_daily_form_says_why_what_is_short_costs_nothing_and_adds_up_what_was_due(
    machines: Machines, tmp_path: Path
) -> None:
    boss, desk, to = machines.team("A017"), machines["A017"], tmp_path / "month.csv"
    boss.now = desk.now = "2026-11-28T10:00:00+08:00"
    log = ("log", "--outcome", "refused", "--phone", "13800138000", "--started-at")
    desk(*log, "2026-11-28T09:05").done()
    boss("excuse", "--agent", "A017", "--day", "2026-11-23", "--reason", "停电").done()
    boss("confirm", "--agent", "A017", "--day", "2026-11-24").done()
    desk(*log, "2026-11-24T09:05").done()
    desk("sync", "--once").done()
    boss("sync", "--once").done()
    boss("export", "report", "--month", "2026-11", "--to", str(to)).done()
    head, *rows, totals = table(to)
    states = {row[0]: row[head.index("state")] for row in rows}
    assert "excused" in states["2026-11-23"]
    assert "1 to confirm again" in states["2026-11-24"]
    # On Saturday the quota is shown, nothing is due.
    quotas = [int(row[head.index("call quota")]) for row in rows]
    assert (len(quotas), totals[head.index("call quota")]) == (6, str(sum(quotas[:5])))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_customer_form_comes_in_again_and_nobody_takes_anothers_rows(
    machines: Machines, tmp_path: Path, lang: str
) -> None:
    boss = small(machines)
    other = machines["A018"]
    other("log", "--outcome", "refused", "--phone", "13800138009").done()
    for machine in (other, boss):
        machine("sync", "--once").done()
    boss("export", "report", "--month", "2026-11", "--to", str(tmp_path / "m.csv"), "--lang", lang).done()
    fresh = machines["fresh"]
    fresh("join", str(machines.share), "--id", "A017", "--name", "张敏", "--hired", "2026-11-09").done()
    report = fresh.json("import", "calls", str(tmp_path / "m-records.csv"), "--lang", lang)
    assert (report["imported"], report["refused"], report["other_agent"]) == (3, 0, 1)
    there, again = machines["A017"].json("status"), fresh.json("status")
    counts = ("dials", "connected", "complete", "valid", "leads", "companies")
    assert [there[name] for name in counts] == [again[name] for name in counts]


def test_a_week_before_somebody_came_has_no_row(machines: Machines, tmp_path: Path) -> None:
    boss = small(machines)
    boss("export", "report", "--month", "2026-11", "--to", str(tmp_path / "month.csv")).done()
    weeks = table(tmp_path / "month-weeks.csv")[1:]
    assert [row[:2] for row in weeks] == [["2026-W48", "A017"], ["2026-W48", "A018"]]


def test_a_company_of_two_days_counts_once_in_the_total_of_a_month(machines: Machines, tmp_path: Path) -> None:
    boss, desk, to = small(machines), machines["A017"], tmp_path / "month.csv"
    log = ("log", "--outcome", "talked", "--contact", "王", "--title", "采购经理", "--note", "再谈", "--started-at")
    for number, company in enumerate(("+宏达", "天成")):
        desk(*log, "2026-11-20T09:05", "--phone", f"1390013900{number}", "--company", company).done()
    desk("sync", "--once").done()
    boss("sync", "--once").done()
    boss("export", "report", "--month", "2026-11", "--to", str(to), "--lang", "zh").done()
    head, *rows, totals = table(to)
    place = head.index("家数")
    assert [int(row[place]) for row in rows if row[1] == "A017" and int(row[place])] == [2, 2]
    assert totals[place] == "3"


@pytest.mark.parametrize(
    "when", [("--month", "2025-01"), ("--day", "2025-01-01"), ("--month", "2027-01"), ("--day", "2026-11-24")]
)
def test_nothing_to_report_is_said_in_a_line(machines: Machines, tmp_path: Path, when: tuple[str, str]) -> None:
    boss, to = small(machines), tmp_path / "r.xlsx"
    to.write_text("an older report", encoding="utf-8")
    assert f"nothing to report for {when[1]}" in boss("export", "report", *when, "--to", str(to)).wrong()
    assert to.read_text(encoding="utf-8") == "an older report"
    assert not list(tmp_path.glob(".*"))


def test_targets_that_cannot_be(machines: Machines, tmp_path: Path) -> None:
    boss = machines.team("A017")

    def refused(to: Path, status: int = 1) -> str:
        line = boss("export", "report", "--day", "2026-11-23", "--to", str(to)).wrong(status)
        assert not [path for path in tmp_path.rglob("*.part") if path.is_file()]
        return line

    assert "ends in neither" in refused(tmp_path / "report.pdf", 2)
    assert "--to: this must not be empty" in boss("export", "report", "--day", "2026-11-23", "--to", "").wrong(2)
    assert "there is no folder" in refused(tmp_path / "nowhere" / "r.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    assert "is not a file" in refused(tmp_path / "folder.xlsx")
    assert "in a team's shared folder" in refused(machines.share / "r.csv")
    # That of another team too, and the own one while it is wiped.
    (other := tmp_path / "other").mkdir()
    machines["S009"]("init", str(other), "--team", "二组", "--id", "S009", "--name", "李").done()
    assert "in a team's shared folder" in refused(other / "roster" / ".." / "r.csv")
    team = (machines.share / "team.json").rename(tmp_path / "team.json")
    assert "in a team's shared folder" in refused(machines.share / "r.csv")
    team.rename(machines.share / "team.json")
    marked = tmp_path / "kept.csv"
    marked.write_text("kept", encoding="utf-8")
    marked.chmod(0o444)
    assert "marked read-only" in refused(marked)
    assert marked.read_text(encoding="utf-8") == "kept"
    opened = tmp_path / "open.xlsx"
    opened.write_bytes(b"kept")
    (tmp_path / ".~lock.open.xlsx#").touch()
    assert "another program has it open" in refused(opened)
    assert opened.read_bytes() == b"kept"
    assert "the name is too long" in refused(tmp_path / f"{'a' * 300}.csv")
    assert "the name is too long" in refused(tmp_path / f"{'a' * 245}.csv")
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / ".r.csv.part").mkdir()
    assert "cannot be written" in refused(blocked / "r.csv")


def test_of_several_files_none_is_left_when_one_cannot_be_put_in_place(machines: Machines, tmp_path: Path) -> None:
    boss, to = small(machines), tmp_path / "day.csv"
    (tmp_path / "day-records.csv").mkdir()
    assert "is not a file" in boss("export", "report", "--day", "2026-11-23", "--to", str(to)).wrong()
    assert not to.exists()
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.skipif(not DATA.exists(), reason="the real call log lies beside the project, not in it")
@needs_office
def test_the_real_team_in_a_real_spreadsheet_program(machines: Machines, tmp_path: Path) -> None:
    with (DATA / "calls.expected.json").open(encoding="utf-8") as file:
        expected = json.load(file)
    agents = sorted({key.split()[0] for key in expected})
    boss = machines.team(*agents)
    for agent in agents:
        machines[agent]("import", "calls", str(DATA / "calls.csv")).done()
        machines[agent]("sync", "--once").done()
    boss("sync", "--once").done()
    to = tmp_path / "team.xlsx"
    boss("export", "report", "--month", "2026-11", "--to", str(to)).done()

    # 76 is UTF-8; -1 writes every sheet into a file of its own.
    found = convert(to, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", tmp_path)
    (daily,) = [path for path in found if "Daily report" in path.name]
    (records,) = [path for path in found if "Customer records" in path.name]
    with daily.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {"dials": "dials", "connected": "spoke", "complete": "complete", "valid": "valid calls", "leads": "leads",
             "companies": "companies"}  # fmt: skip
    shown = {
        f"{row['agent']} {row['day']}": {name: int(row[heading]) for name, heading in names.items()}
        for row in rows
        if row["agent"] and int(row["dials"])
    }
    assert shown == expected
    with records.open(encoding="utf-8", newline="") as file:
        calls = list(csv.DictReader(file))
    assert len(calls) == 4119
    assert sum(row["valid"] == "yes" for row in calls) == sum(one["valid"] for one in expected.values())
    assert not [row for row in calls if re.fullmatch(r"#[A-Z/0]+[!?]?|Err:\d+", row["note"])]
    (pdf,) = [path for path in convert(to, "pdf", tmp_path) if path.suffix == ".pdf"]
    assert pdf.read_bytes().startswith(b"%PDF")
