"""Reading XLSX as people have it."""

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from agent_tui.errors import Problem
from agent_tui.imports.refused import write_refused
from agent_tui.imports.table import read_table
from tests.imports.workbooks import book


def test_cells_are_read_as_a_person_reads_them(tmp_path: Path) -> None:
    file = book(
        tmp_path / "a.xlsx",
        ["电话", "人数", "时间", "日期", "时长", "备注", "价"],
        [13800138000, 200, datetime(2026, 11, 23, 14, 30), date(2026, 11, 23), time(0, 1, 27), "[VIP]李四", 1.5],
        [None, None, None, None, None, None, None],
        ["０１３９", 51.0, datetime(2026, 11, 23), None, timedelta(seconds=90), True, "=1+1"],
    )
    table = read_table(file)
    assert table.headings == ("电话", "人数", "时间", "日期", "时长", "备注", "价")
    first, second = table.rows
    assert first.cells == ("13800138000", "200", "2026-11-23 14:30:00", "2026-11-23", "00:01:27", "[VIP]李四", "1.5")
    assert (first.line, second.line) == (2, 4)
    # Of a formula that is read what it last came to: here nothing has worked it out.
    assert second.cells == ("０１３９", "51", "2026-11-23 00:00:00", "", "00:01:30", "TRUE", "0")


def test_the_first_sheet_with_anything_in_it_is_read(tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", ["电话"], ["1"], before="封面")
    assert [row.cells for row in read_table(file).rows] == [("1",)]


@pytest.mark.parametrize("hide", ["hide", "very_hidden"])
def test_a_hidden_sheet_is_not_read(tmp_path: Path, hide: str) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"in_memory": True}) as made:
        draft, shown = made.add_worksheet(), made.add_worksheet()
        draft.write_column(0, 0, ["电话", 13900000001])
        shown.write_column(0, 0, ["电话", 13800138000])
        shown.activate()
        shown.set_first_sheet()
        getattr(draft, hide)()
    assert [row.cells for row in read_table(path).rows] == [("13800138000",)]


def test_rows_can_be_gone_through_again(tmp_path: Path) -> None:
    table = read_table(book(tmp_path / "a.xlsx", ["电话"], ["1"], ["2"]))
    assert list(table.rows) == list(table.rows)


def test_refused_rows_of_a_workbook_are_csv_that_a_spreadsheet_opens(tmp_path: Path) -> None:
    file = book(tmp_path / "名单.xlsx", ["电话", "备注"], ["12", "没有"])
    table = read_table(file)
    beside = write_refused(file, table, [(row, "号码不对") for row in table.rows])
    assert beside.name == "名单.refused.csv"
    assert beside.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [row.cells for row in read_table(beside).rows] == [("12", "没有")]


def damaged(path: Path, name: str) -> None:
    """A workbook of which one part is something else."""
    good = book(path.with_name("good.xlsx"), ["电话"], ["1"])
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w") as target:
        for part in source.namelist():
            target.writestr(part, b"<rubbish" if part == name else source.read(part))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_damaged_workbook_is_said_in_a_line(tmp_path: Path, part: str) -> None:
    damaged(tmp_path / "bad.xlsx", part)
    with pytest.raises(Problem) as problem:
        list(read_table(tmp_path / "bad.xlsx").rows)
    assert problem.value.name == "imports.not_xlsx"


@pytest.mark.parametrize("data", [b"", "电话\n13800138000\n".encode(), b"PK\x03\x04", b"\x00" * 100])
def test_what_is_called_xlsx_and_is_none(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(data)
    with pytest.raises(Problem) as problem:
        read_table(file)
    assert problem.value.name == "imports.not_xlsx"
    assert str(file) in str(problem.value)


@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "xl/worksheets/words.xml"])
def test_a_workbook_that_unpacks_to_more_than_memory_is_refused(tmp_path: Path, name: str) -> None:
    """The texts of all cells may be called anything: under another name they were read, however many."""
    good, file = book(tmp_path / "good.xlsx", ["电话"], ["1"]), tmp_path / "bomb.xlsx"
    words = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for part in source.namelist():
            text = source.read(part).decode()
            if part == "[Content_Types].xml":
                text = text.replace("</Types>", f'<Override PartName="/{name}" ContentType="{words}"/></Types>')
            if part != name:
                package.writestr(part, text)
        with package.open(name, "w") as stream:
            for _ in range(130):
                stream.write(b"\0" * 1024 * 1024)
    with pytest.raises(Problem) as problem:
        read_table(file)
    assert problem.value.name == "imports.too_large"


def test_an_entity_that_grows_without_end_is_refused(tmp_path: Path) -> None:
    good = book(tmp_path / "good.xlsx", ["电话"], ["1"])
    bomb = '<!DOCTYPE a [<!ENTITY b "' + "x" * 1000 + '"><!ENTITY c "' + "&b;" * 1000 + '">]>'
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as target:
        for part in source.namelist():
            text = source.read(part).decode()
            if part == "xl/worksheets/sheet1.xml":
                text = bomb + text.replace("<sheetData>", "<sheetData>&c;")
            target.writestr(part, text)
    with pytest.raises(Problem) as problem:
        list(read_table(tmp_path / "bad.xlsx").rows)
    assert problem.value.name == "imports.not_xlsx"


def test_a_title_above_the_headings_is_passed_over(tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", ["11月名单", None], [None, None], ["单位", "手机号码"], ["华泰", 13800138000])
    table = read_table(file)
    assert table.headings == ("单位", "手机号码")
    assert [(row.line, row.cells) for row in table.rows] == [(4, ("华泰", "13800138000"))]
