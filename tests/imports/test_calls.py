"""Which column is which, and one row into one call or a reason."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.errors import Problem
from agent_tui.imports.calls import CallRows, layout
from agent_tui.words.outcomes import outcome_names
from shared_rules.policies.policy import builtin

ZONE = ZoneInfo("Asia/Shanghai")
FILE = Path("may.csv")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)


def split(text: str) -> list[str]:
    return text.split(",")


ENGLISH = split(
    "agent,started_at,duration_s,phone,company,contact,title,department,headcount,it_status,outcome,interest,note,"
    "next_follow_up"
)
CHINESE = split(
    "日期,时间,工号,姓名,单位名称,联系人,职务,部门,电话,人数,信息化现状,结果,意向,拟级别,跟进内容,下次跟进,"
    "计入有效,计入意向,缺项"
)


GRADED = split("开始时间,电话,结果,意向,拟级别")


def reader(headings: list[str]) -> CallRows:
    return CallRows(layout(FILE, headings), lambda _: outcome_names(builtin("handbook")), ZONE, NOW)


def row(**cells: str) -> list[str]:
    base = {"agent": "A001", "started_at": "2026-11-02T09:00:36+08:00", "phone": "13800138000", "outcome": "talked"}
    return [{**base, **cells}.get(name, "") for name in ENGLISH]


def test_a_row_of_the_sample_data_is_a_call() -> None:
    cells = split(
        "A001,2026-11-02T09:14:57+08:00,227,19149886149,太原固博食品有限责任公司,郑刚磊,厂长,总经办,201-500,手工,callback,"
        "developable,想看演示,2026-11-05T15:00:00+08:00"
    )
    entry = reader(ENGLISH).entry(cells)
    assert reader(ENGLISH).agent(cells) == "A001"
    assert entry.started_at == datetime(2026, 11, 2, 9, 14, 57, tzinfo=ZONE)
    assert entry.follow_up == datetime(2026, 11, 5, 15, 0, tzinfo=ZONE)
    assert (entry.phone, entry.duration_s, entry.outcome) == ("19149886149", 227, "callback")
    assert (entry.interest, entry.grade, entry.imported) == ("developable", None, True)
    assert (entry.company, entry.contact, entry.title) == ("太原固博食品有限责任公司", "郑刚磊", "厂长")
    assert (entry.department, entry.headcount, entry.it_status, entry.note) == ("总经办", "201-500", "手工", "想看演示")


def test_a_row_of_our_own_report_is_a_call() -> None:
    cells = split(
        "2026-11-02,14:31,A001,张敏,宏达科技,王,采购经理,采购部,138 0013 8000,51-200,有系统,有效沟通,意向,B,要报价,"
        "2026-11-03 15:00,是,是,"
    )
    entry = reader(CHINESE).entry(cells)
    assert reader(CHINESE).agent(cells) == "A001"
    assert entry.started_at == datetime(2026, 11, 2, 14, 31, tzinfo=ZONE)
    assert (entry.outcome, entry.interest, entry.grade, entry.contact) == ("talked", "intent", "B", "王")


@pytest.mark.parametrize(
    ("day", "time", "hour"),
    [
        ("2026-11-02", "下午 2:10", 14),
        ("2026-11-02", "PM 2:10", 14),
        ("2026-11-02", "2:10 PM", 14),
        ("2026/11/2 星期一", "1899-12-30 14:10:00", 14),
        ("2026-11-02 00:00:00", "上午 9:10", 9),
        ("2026-11-02 09:10:00", "", 9),
    ],
)
def test_a_day_and_a_time_are_two_cells(day: str, time: str, hour: int) -> None:
    cells = [{"日期": day, "时间": time, "电话": "1", "结果": "拒绝"}.get(name, "") for name in CHINESE]
    assert reader(CHINESE).entry(cells).started_at == datetime(2026, 11, 2, hour, 10, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "id"),
    [("talked", "talked"), ("有效沟通", "talked"), ("占线/挂断", "busy"), ("占线", "busy"), ("NO_ANSWER", "no_answer")],
)
def test_an_outcome_goes_by_its_id_or_its_title(text: str, id: str) -> None:
    assert reader(ENGLISH).entry(row(outcome=text)).outcome == id


@pytest.mark.parametrize(
    ("interest", "grade", "read"),
    [
        ("", "A", ("intent", "A")),
        ("意向", "拟B", ("intent", "B")),
        ("拟A", "", ("intent", "A")),
        ("可发展", "", ("developable", None)),
        ("", "", (None, None)),
    ],
)
def test_a_proposed_grade_is_an_interest(interest: str, grade: str, read: tuple[str | None, str | None]) -> None:
    cells = [
        {"开始时间": "2026-11-02 9:00", "电话": "1", "结果": "拒绝", "意向": interest, "拟级别": grade}[name]
        for name in GRADED
    ]
    entry = reader(GRADED).entry(cells)
    assert (entry.interest, entry.grade) == read


@pytest.mark.parametrize("interest", ["无", "可发展", "none"])
def test_a_grade_without_an_interest_is_refused(interest: str) -> None:
    with pytest.raises(Problem) as problem:
        reader(GRADED).entry(["2026-11-02 9:00", "1", "拒绝", interest, "A"])
    assert problem.value.name == "imports.grade_alone"


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({"outcome": ""}, "errors.no_outcome"),
        ({"outcome": "sold"}, "errors.no_outcome"),
        ({"interest": "maybe"}, "imports.interest"),
        ({"started_at": ""}, "imports.start"),
        ({"started_at": "2026-11-02"}, "imports.start"),
        ({"started_at": "2026-11-23T12:00:01+08:00"}, "imports.to_come"),
        ({"duration_s": "long"}, "imports.duration"),
        ({"next_follow_up": "someday maybe"}, "imports.follow_up"),
        ({"company": "长" * 201}, "imports.too_long"),
        ({"note": "长" * 4001}, "imports.too_long"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(cells: dict[str, str], name: str) -> None:
    with pytest.raises(Problem) as problem:
        reader(ENGLISH).entry(row(**cells))
    assert problem.value.name == name
    assert "\n" not in str(problem.value)


def test_a_call_is_never_refused_for_its_number() -> None:
    assert reader(ENGLISH).entry(row(phone="内线 12")).phone == "内线 12"
    assert reader(ENGLISH).entry(row(phone="")).phone == ""


def test_short_rows_are_blank_at_their_end_and_long_ones_are_refused() -> None:
    cells = row()
    assert reader(ENGLISH).entry(cells[:11]).note == ""
    assert reader(ENGLISH).entry([*cells, " ", ""]).outcome == "talked"
    with pytest.raises(Problem) as problem:
        reader(ENGLISH).entry([*cells, "广州"])
    assert problem.value.name == "imports.too_many_cells"


@pytest.mark.parametrize("headings", ["phone,outcome", "phone,started_at", "outcome,started_at", "a,b"])
def test_a_needed_column_is_missed(headings: str) -> None:
    with pytest.raises(Problem) as problem:
        layout(FILE, headings.split(","))
    assert problem.value.name == "imports.no_column"
    assert str(FILE) in str(problem.value)
    # What was taken for the headings may be a title above them.
    assert all(heading in str(problem.value) for heading in headings.split(","))


@pytest.mark.parametrize("heading", ["日期", "时间"])
def test_a_start_may_stand_in_the_column_of_the_day_or_of_the_time_alone(heading: str) -> None:
    entry = reader([heading, "电话", "结果"]).entry(["2026-11-02 09:10", "1", "拒绝"])
    assert entry.started_at == datetime(2026, 11, 2, 9, 10, tzinfo=ZONE)


def test_two_headings_of_one_column_are_refused() -> None:
    with pytest.raises(Problem) as problem:
        layout(FILE, ["电话", "手机", "结果", "开始时间"])
    assert problem.value.name == "imports.column_twice"
    assert str(FILE) in str(problem.value)


def test_what_else_a_call_log_has_of_numbers_is_left_alone() -> None:
    found = layout(FILE, ["主叫号码", "电话", "联系方式", "客户号码", "结果", "开始时间"])
    assert found.places == {"phone": 1, "outcome": 4, "started_at": 5}


def test_headings_may_carry_units_blanks_and_full_width() -> None:
    found = layout(FILE, [" 时长(秒)", "电话 ", "結果", "结果", "Started_At", "PHONE BILL"])
    assert found.places == {"duration": 0, "phone": 1, "outcome": 3, "started_at": 4}


@given(st.lists(st.text(max_size=30), max_size=16))
def test_any_row_is_a_call_or_a_problem(cells: list[str]) -> None:
    read = reader(ENGLISH)
    try:
        entry = read.entry(cells)
    except Problem as problem:
        assert str(problem)
    else:
        assert entry.started_at is not None
