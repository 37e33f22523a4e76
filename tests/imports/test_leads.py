"""Which column is which in a lead list, and one row into one customer or a reason."""

from pathlib import Path

import pytest

from agent_tui.errors import Problem
from agent_tui.i18n import LANGUAGES, set_language
from agent_tui.imports.leads import LeadRows, layout
from shared_rules.records.parts import Customer

FILE = Path("may.csv")
SAMPLE = ["序号", "单位名称", "联系人", "职务", "部门", "联系电话", "人数", "信息化现状", "备注"]


def rows(headings: list[str]) -> LeadRows:
    return LeadRows(layout(FILE, headings))


def test_a_row_of_the_sample_data_is_a_customer() -> None:
    cells = ["1", "淮北丰禾", "姜先生", "副总", "生产部", "024-49083016转803", "1-20", "无", "=HYPERLINK(1)"]
    assert rows(SAMPLE).customer(cells) == Customer(
        phone="+862449083016",
        extension="803",
        company="淮北丰禾",
        contact="姜先生",
        title="副总",
        department="生产部",
        headcount="1-20",
        it_status="无",
        note="=HYPERLINK(1)",
    )


@pytest.mark.parametrize(
    "headings",
    [
        ["Company", "Name", "Mobile", "Remarks"],
        ["企业名称", "负责人", "手机号码", "说明"],
        ["单位全称", "联系人姓名", "联系方式*", "备注(可空)"],
        ["客户", "姓名", "电 话", "备注"],
    ],
)
def test_headings_as_people_write_them(headings: list[str]) -> None:
    customer = rows(headings).customer(["宏达", "王", "13800138000", "急"])
    assert customer == Customer(phone="+8613800138000", company="宏达", contact="王", note="急")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("", "imports.phone_none"),
        ("   ", "imports.phone_none"),
        ("暂无电话", "imports.phone_letters"),
        ("138001380OO", "imports.phone_letters"),
        ("138001380001", "imports.phone_digits"),
        ("1380013800", "imports.phone_digits"),
        ("12800138000", "imports.phone_digits"),
        ("=1+1", "imports.phone_digits"),
        ("1.38E+10", "imports.phone_rounded"),
        ("1.38001e10", "imports.phone_rounded"),
        ("62345678", "imports.phone_digits"),
    ],
)
def test_a_row_without_a_usable_number_is_refused_and_says_why(written: str, name: str) -> None:
    with pytest.raises(Problem) as problem:
        rows(["电话"]).customer([written])
    assert problem.value.name == name
    for language in LANGUAGES:
        set_language(language)
        assert "\n" not in str(problem.value)


def test_a_twelve_digit_mobile_is_told_its_length() -> None:
    set_language("zh")
    with pytest.raises(Problem, match="共 12 位"):
        rows(["电话"]).customer(["138001380001"])


def test_cells_past_the_headings_are_refused() -> None:
    with pytest.raises(Problem) as problem:
        rows(["电话"]).customer(["13800138000", "slipped"])
    assert problem.value.name == "imports.too_many_cells"


def test_without_a_column_of_numbers_nothing_is_taken() -> None:
    with pytest.raises(Problem) as problem:
        layout(FILE, ["单位", "备注"])
    assert problem.value.name == "imports.no_phone_column"
    assert str(FILE) in str(problem.value)
    assert "单位、备注" in str(problem.value)


def test_a_row_of_a_company_register_is_a_customer() -> None:
    headings = ["企业名称", "登记状态", "法定代表人", "电话", "更多电话", "所属省份"]
    customer = rows(headings).customer(["宁波宏达", "存续", "王五", "-", "0574-87654321；13800138000", "浙江"])
    assert customer == Customer(phone="+8657487654321", company="宁波宏达", contact="王五")


@pytest.mark.parametrize(
    ("mobile", "other", "number"),
    [
        ("13800138000", "0571-88886666", "+8613800138000"),
        ("", "0571-88886666", "+8657188886666"),
        ("12345", "(0571) 88886666", "+8657188886666"),
        ("139-0000-0001/13900000002", "", "+8613900000001"),
        ("13900000001、0571-88886666", "", "+8613900000001"),
        ("总机／13900000002", "", "+8613900000002"),
    ],
)
def test_of_several_numbers_the_first_usable_one_counts(mobile: str, other: str, number: str) -> None:
    assert rows(["手机", "电话"]).customer([mobile, other]).phone == number


def test_three_columns_of_numbers_are_one_too_many() -> None:
    with pytest.raises(Problem) as problem:
        layout(FILE, ["手机", "电话", "座机"])
    assert problem.value.name == "imports.column_twice"
    assert str(FILE) in str(problem.value)


def test_of_two_numbers_neither_usable_the_first_is_told() -> None:
    set_language("en")
    with pytest.raises(Problem, match="'12345'"):
        rows(["手机", "电话"]).customer(["12345", "678"])
