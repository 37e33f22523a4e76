"""Reading CSV as people have it, and writing back the rows that were refused."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.errors import Problem
from agent_tui.i18n import LANGUAGES, set_language, t
from agent_tui.imports.refused import write_refused
from agent_tui.imports.rows import Row, Table
from agent_tui.imports.table import read_table

TEXT = "电话,结果,备注\r\n13800138000,有效沟通,要报价\r\n,,\r\n\r\n13900139000,拒绝,贵\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_gives_the_same_table(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "calls.csv"
    file.write_bytes(TEXT.encode(encoding))
    table = read_table(file)
    assert table.headings == ("电话", "结果", "备注")
    assert [row.cells for row in table.rows] == [
        ("13800138000", "有效沟通", "要报价"),
        ("13900139000", "拒绝", "贵"),
    ]
    assert [row.line for row in table.rows] == [2, 5]


def test_a_byte_of_zero_does_not_make_a_file_another_one(tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_bytes(TEXT.replace("贵", "\0").encode())
    assert read_table(file).headings == ("电话", "结果", "备注")
    file.write_bytes("一,电话\r\n一一一,13800138000\r\n".encode("utf-16-le"))
    assert read_table(file).headings == ("一", "电话")


def test_a_spreadsheets_unicode_text_is_read_and_its_refused_rows_open_in_one(tmp_path: Path) -> None:
    file = tmp_path / "calls.txt"
    file.write_bytes(b"\xfe\xff" + "电话\t备注\r\n13800138000\t要报价,急\r\n".encode("utf-16-be"))
    table = read_table(file)
    assert [row.cells for row in table.rows] == [("13800138000", "要报价,急")]
    refused = write_refused(file, table, [(row, "why") for row in table.rows])
    assert refused.read_bytes().startswith(b"\xef\xbb\xbf")
    assert list(read_table(refused).rows) == [Row(2, ("13800138000", "要报价,急"))]


@pytest.mark.parametrize("between", ["\t", ";"])
def test_cells_may_stand_between_tabs_or_semicolons(tmp_path: Path, between: str) -> None:
    file = tmp_path / "calls.txt"
    file.write_text(f"\n电话{between}备注\n13800138000{between}要报价,急\n", encoding="gb18030")
    table = read_table(file)
    assert table.headings == ("电话", "备注")
    assert [row.cells for row in table.rows] == [("13800138000", "要报价,急")]


def test_a_quoted_cell_may_hold_commas_and_lines(tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_bytes(b'phone,note\n1,"a, ""b""\nc"\n2,d\n')
    assert tuple(read_table(file).rows) == (Row(3, ("1", 'a, "b"\nc')), Row(4, ("2", "d")))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "imports.empty"),
        (b"\r\n,,\r\n", "imports.empty"),
        (b"PK\x03\x04rest", "imports.not_xlsx"),
        (b"\xd0\xcf\x11\xe0rest", "imports.old_workbook"),
        ("电话".encode("utf-16")[:-1], "imports.encoding"),
        (b"\xef\xbb\xbf\r\n<table><tr><td>1380</td></tr></table>", "imports.web_page"),
        ("<html>电话".encode("utf-16"), "imports.web_page"),
        (b"phone\xff\xff,x\n", "imports.encoding"),
        (b'phone,note\n1,"open\n', "imports.not_csv"),
        (b"phone\n" + b"1" * (1024 * 1024 + 1), "imports.not_csv"),
    ],
)
def test_what_is_no_table_is_said_in_one_line(tmp_path: Path, data: bytes, name: str) -> None:
    file = tmp_path / "calls.csv"
    file.write_bytes(data)
    with pytest.raises(Problem) as problem:
        list(read_table(file).rows)
    assert problem.value.name == name
    for language in LANGUAGES:
        set_language(language)
        assert "\n" not in str(problem.value)
        assert str(file) in str(problem.value)


@pytest.mark.parametrize("name", ["nothing.csv", ".", "nul\0.csv"])
def test_a_file_that_cannot_be_opened(tmp_path: Path, name: str) -> None:
    with pytest.raises(Problem) as problem:
        read_table(tmp_path / name)
    assert problem.value.name == "imports.unreadable"


CELL = st.text(alphabet=st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["=1+1", "'=1", "''@x", "+86 138", "-", "'", "'quoted'", '"', "\t=1", "\r\n"]
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_refused_rows_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, encoding: str) -> None:
    folder = tmp_path_factory.mktemp("refused")

    @given(st.lists(st.lists(CELL, min_size=1, max_size=4).filter(lambda row: any(cell.strip() for cell in row))))
    def round_trip(rows: list[list[str]]) -> None:
        table = Table(encoding, ("电话", "备注"), ())
        file = write_refused(folder / "a.csv", table, [(Row(2, tuple(row)), "reason") for row in rows])
        again = read_table(file)
        assert again.headings == table.headings
        assert [row.cells for row in again.rows] == [tuple(row) for row in rows]
        file.unlink()

    round_trip()


@pytest.mark.parametrize(
    ("encoding", "headings", "cells"),
    [
        ("gb18030", ("电话", "备注"), ("\0", "00\0", "00\0")),  # looks like UTF-16
        ("gb18030", ("模", "x"), ("1", "2")),  # is UTF-8 as well, of other characters
        ("utf-16-le", ("电话", "备注"), ("宏达" * 400, "宏达" * 400)),  # not enough ASCII to look like UTF-16
    ],
)
def test_refused_rows_that_look_otherwise_than_the_whole_are_read_again(
    tmp_path: Path, encoding: str, headings: tuple[str, ...], cells: tuple[str, ...]
) -> None:
    table = Table(encoding, headings, ())
    again = read_table(write_refused(tmp_path / "a.csv", table, [(Row(2, cells), "reason")]))
    assert (again.headings, [row.cells for row in again.rows]) == (headings, [cells])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes of that kind on Windows")
def test_a_pipe_is_no_file_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    for path in (tmp_path / "a.csv", Path("/dev/zero")):
        with pytest.raises(Problem) as problem:
            read_table(path)
        assert t("system.ESPIPE") in str(problem.value)


def test_no_cell_of_the_refused_file_is_a_formula(tmp_path: Path) -> None:
    table = Table("utf-8", ("=x", "y"), ())
    file = write_refused(tmp_path / "a.csv", table, [(Row(2, ("=HYPERLINK(1)", "@SUM")), "why")])
    assert file.name == "a.refused.csv"
    assert file.read_text(encoding="utf-8").splitlines()[1:] == ["why,'=HYPERLINK(1),'@SUM"]


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    original, table = tmp_path / "a.csv", Table("utf-8", ("phone",), ())
    first = write_refused(original, table, [(Row(2, ("1",)), "why")])
    assert write_refused(original, table, [(Row(2, ("1",)), "why")]) == first
    second = write_refused(original, table, [(Row(2, ("2",)), "why")])
    assert [first.name, second.name] == ["a.refused.csv", "a.refused-2.csv"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.refused-2.csv", "a.refused.csv"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Problem) as problem:
        write_refused(tmp_path / "no" / "a.csv", Table("utf-8", ("phone",), ()), [(Row(2, ("1",)), "why")])
    assert problem.value.name == "imports.refused_unwritten"


TITLED = "2026年11月客户名单\n制表,张敏\n\n序号,单位名称,联系电话\n1,华泰,13800138000\n"


@pytest.mark.parametrize("between", [",", "\t", ";"])
def test_rows_above_the_headings_are_no_part_of_the_table(tmp_path: Path, between: str) -> None:
    file = tmp_path / "leads.csv"
    file.write_text(TITLED.replace(",", between), encoding="utf-8")
    table = read_table(file)
    assert table.headings == ("序号", "单位名称", "联系电话")
    assert list(table.rows) == list(table.rows) == [Row(5, ("1", "华泰", "13800138000"))]


def test_a_row_with_a_number_in_it_is_no_row_of_headings(tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_text("打给谁,种类\n13800138000,手机\n", encoding="utf-8")
    assert read_table(file).headings == ("打给谁", "种类")


def test_headings_far_below_are_not_looked_for(tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_text("第一行\n" + "一行\n" * 9 + "电话\n", encoding="utf-8")
    assert read_table(file).headings == ("第一行",)


def test_refused_rows_below_a_title_can_be_mended_and_brought_again(tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_text(TITLED, encoding="utf-8")
    table = read_table(file)
    beside = write_refused(file, table, [(row, "号码不对") for row in table.rows])
    again = read_table(beside)
    assert again.headings == table.headings
    assert [row.cells for row in again.rows] == [row.cells for row in table.rows]
