"""What the panels say of a day: pace, shortfall, points, money, sync."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from agent_tui.i18n import set_language
from agent_tui.ui.desk import panel_lines
from agent_tui.ui.desk.customer import customer_lines
from agent_tui.ui.desk.layout import elapsed, window
from agent_tui.ui.desk.panel_lines import Header, Moment
from agent_tui.ui.kit.names import person
from agent_tui.ui.kit.phone import display_phone
from agent_tui.ui.kit.text import width
from agent_tui.ui.kit.window import too_small
from agent_tui.views import CallView, CustomerView, DayView, Estimate, Identity, LedgerEntry, SyncView
from shared_rules.figures import DayFigures, Pace, PointsBalance, Quota
from shared_rules.phones import parse_phone
from shared_rules.policies.policy import builtin
from shared_rules.records.parts import Customer
from tests.ui.desk.world import START

ME = Identity("A017", "张敏", "agent", date(2026, 11, 9), "w", "t", "一组", "Asia/Shanghai", False, "/s", None)
SYNC = SyncView("/s", 0, START - timedelta(seconds=3), None, None)
BALANCE = PointsBalance(96, 25, 17)
MONEY = Estimate(184250, 41800, 2000)
DAY = DayView(
    agent="A017", name="张敏", day=START.date(), workday=True, judged=True, new_hire_day=15,
    figures=DayFigures(dials=83, connected=60, complete=56, incomplete=4, valid=55, leads=9, companies=50),
    quota=Quota(80, 15, 0, 15),
    pace=Pace(52, 3, 10, -1, START.replace(hour=16, minute=36), START.replace(hour=18, minute=33)),
    points=BALANCE, estimate=MONEY, state="open", must_stay=False,
    data_age_s=0,
)  # fmt: skip


@pytest.fixture(autouse=True)
def chinese() -> None:
    set_language("zh")


def moment(now: datetime = START) -> Moment:
    return Moment(now, builtin("handbook"), "zh")


def texts(rows: panel_lines.Lines) -> list[str]:
    return ["".join(part if isinstance(part, str) else part[0] for part in row) for row in rows]  # type: ignore[misc]


def test_a_note_of_the_customer_runs_on_where_lines_are_left() -> None:
    known = Customer(
        phone="13800138000", company="宏达", contact="王", title="采购经理", note="之前用过同类产品,觉得不好上手"
    )
    call = CallView(
        id="1", author="A017", agent="A017", day=START.date(), started_at=START, at=START, outcome="talked",
        interest=None, grade=None, duration_s=87, follow_up=None, customer=known, missing=(), valid=True, lead=False,
        why_not=None, late=False, corrected=False,
    )  # fmt: skip
    shown = customer_lines(CustomerView("13800138000", known, (call,)), moment(), 30, 4)
    assert texts(shown)[2:] == ["14:32 有效沟通 之前用过同类产", "品,觉得不好上手"]
    two = CustomerView("13800138000", known, (call, replace(call, id="2")))
    assert len(customer_lines(two, moment(), 30, 4)) == 4, "an earlier call before the end of a note"


def counter(day: DayView, what: Any = "calls", now: datetime = START) -> list[str]:
    return texts(panel_lines.progress(day, what, moment(now), 18, ascii=True))


def test_the_counters_as_in_the_capture() -> None:
    assert counter(DAY) == ["55 / 80", "#########..... 68%", "超前 3 预计 16:36"]
    assert counter(DAY, "leads") == ["9 / 15", "########...... 60%", "落后 1 预计 18:33"]


def test_a_made_quota_says_when() -> None:
    made = replace(
        DAY,
        figures=replace(DAY.figures, valid=81),
        pace=replace(DAY.pace, forecast_calls=START - timedelta(minutes=5)),  # type: ignore[type-var]
    )
    assert counter(made) == ["81 / 80", "############# 101%", "已达标 14:27"]


def test_a_short_day_says_after_hours_what_is_missing_and_how_long_it_takes() -> None:
    late = START.replace(hour=18, minute=10)
    day = replace(DAY, must_stay=True, pace=replace(DAY.pace, forecast_calls=late + timedelta(minutes=37, seconds=2)))  # type: ignore[type-var]
    assert counter(day, now=late)[2] == "缺 25 约 38 分钟"


def test_no_forecast_before_the_first_call_or_beyond_midnight() -> None:
    none = replace(DAY.pace, forecast_calls=None, gap_calls=-52)  # type: ignore[type-var]
    assert counter(replace(DAY, figures=DayFigures(), pace=none))[2] == "落后 52"
    assert counter(replace(DAY, pace=none))[2] == "落后 52 需提速"
    early = replace(none, due_calls=0, gap_calls=3)  # type: ignore[type-var]
    assert counter(replace(DAY, pace=early))[2] == "超前 3"


def test_a_day_off_an_unjudged_day_and_a_policy_without_quota_say_so() -> None:
    assert counter(replace(DAY, workday=False, pace=None))[2] == "休息日"
    assert counter(replace(DAY, judged=False, pace=None))[2] == "今天不考核"
    assert counter(replace(DAY, quota=None, pace=None)) == ["55", "", "无定额"]


def test_a_long_pace_gives_up_its_word_not_its_figure() -> None:
    behind = replace(DAY.pace, gap_calls=-115, forecast_calls=START.replace(hour=20, minute=48))  # type: ignore[type-var]
    assert counter(replace(DAY, pace=behind))[2] == "落后 115 20:48"


def test_points_show_the_last_entries() -> None:
    entries = [
        LedgerEntry("1", START, date(2026, 11, 18), "att.late", -2, 1000, "S001", "", "", "standing"),
        LedgerEntry("2", START, date(2026, 11, 20), "week.summary", -5, 0, "S001", "", "", "standing"),
    ]
    rows = texts(panel_lines.points(BALANCE, entries, moment(), 14, 3))
    assert rows[0] == "96 分"
    assert rows[2] == "迟到 -2 11-18"
    assert rows[1] == "未交周总结 -5", "the day gives way, not the name"
    assert all(width(row) <= 14 for row in rows)
    entries.append(LedgerEntry("3", START, date(2026, 11, 22), "att.late", -2, 1000, "S001", "", "", "withdrawn"))
    assert texts(panel_lines.points(BALANCE, entries, moment(), 14, 3)) == rows, "it counts nothing"
    false = LedgerEntry("4", START, date(2026, 11, 22), "report.false", 0, 5000, "S001", "", "", "standing")
    fined, late = (panel_lines.points(BALANCE, [one], moment(), 14, 3)[1] for one in (false, entries[0]))
    assert texts([fined]) == ["虚报 11-22"]
    assert fined[0][1] == late[0][1], "a fine is no good news"
    assert texts(panel_lines.points(BALANCE, [false], moment(), 8, 3))[1] == "虚报"
    assert texts(panel_lines.points(BALANCE, [], moment(), 14, 3))[1:] == ["距奖励 25 分", "距扣罚 17 分"]


def test_money_is_never_cropped_to_another_number() -> None:
    assert texts(panel_lines.estimate(MONEY, 14)) == ["1,842.50 元", "电话 418.00", "罚款 -20.00"]
    assert texts(panel_lines.estimate(Estimate(-1234567, 0, 1300000), 14)) == [
        "-12,345.67 元",
        "电话 0.00",
        "罚款 -13,000",
    ]


@pytest.mark.parametrize(
    ("me", "sync", "expected", "worry"),
    [
        (ME, SYNC, "已同步 3 秒前  待发 0", False),
        (ME, replace(SYNC, pending=3, offline_since=START - timedelta(minutes=5)), "离线 5 分  待发 3", True),
        (ME, replace(SYNC, last_ok=None), "尚未同步  待发 0", False),
        (replace(ME, solo=True), replace(SYNC, share=None), "仅本机", False),
        (replace(ME, waiting="一组"), SYNC, "等待“一组”批准", False),
    ],
)
def test_the_header_tells_the_state_of_sync(me: Identity, sync: SyncView, expected: str, worry: bool) -> None:
    assert Header(me, DAY, sync, 0, START).synced() == (expected, worry)


def test_the_header_fits_and_rings_for_callbacks() -> None:
    content = Header(ME, DAY, SYNC, 2, START).content(78)
    assert "A017 张敏  新人第15天  一组" in content.plain
    assert "14:32  回访 2" in content.plain
    assert content.plain.endswith("已同步 3 秒前  待发 0")
    assert width(content.plain) == 78


def test_team_and_new_hire_day_give_way_before_the_time() -> None:
    set_language("en")
    sync = replace(SYNC, pending=1234, offline_since=START - timedelta(hours=20))
    plain = Header(ME, DAY, sync, 12, START).content(78).plain
    assert plain.startswith("A017 张敏   ")
    assert "Mon 11-23 14:32  due 12" in plain
    assert plain.endswith("1234 to send")


def test_a_window_that_cuts_the_form_says_so_and_still_rings() -> None:
    assert (too_small(80, 23), too_small(140, 40)) == ("", "")
    for columns, rows in ((79, 24), (80, 19), (60, 16)):
        content = Header(ME, DAY, SYNC, 2, START, too_small(columns, rows)).content(columns - 2)
        assert content.plain.startswith("窗口太小,要 80x24  ")
        assert "  回访 2  " in content.plain
        assert content.plain.endswith("待发 0")


def test_the_end_of_a_long_name_gives_way_before_the_time() -> None:
    set_language("en")
    me = replace(ME, name="Bartholomew Christopherson-Featherstonehaugh")
    plain = Header(me, DAY, SYNC, 1, START).content(78).plain
    assert plain.startswith("A017 Bartholomew Christoph")
    assert "  Mon 11-23 14:32  due 1  " in plain
    waiting = Header(replace(ME, waiting="长" * 60), DAY, SYNC, 1, START).content(78).plain
    assert waiting.startswith("A017 张敏")
    assert "Mon 11-23 14:32" in waiting


@pytest.mark.parametrize(
    ("contact", "title", "expected"),
    [
        ("王", "采购经理", "王经理"),
        ("王", "总经理", "王总"),
        ("欧阳", "厂长", "欧阳厂长"),
        ("张总", "总经理", "张总"),
        ("李", "行政", "李"),
        ("王小明", "采购经理", "王小明"),
        ("Smith", "GM", "Smith"),
        ("", "采购经理", ""),
    ],
)
def test_a_person_is_named_as_people_say(contact: str, title: str, expected: str) -> None:
    assert person(Customer(contact=contact, title=title)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13800138000", "138 0013 8000"),
        ("+8613800138000", "138 0013 8000"),
        ("0574 87654321 转 12", "0574-87654321 转 12"),
        ("4001895559", "400-189-5559"),
        ("800 820 8820", "800-820-8820"),
        ("1380013", "1380013"),
    ],
)
def test_a_number_is_shown_as_people_read_it(text: str, expected: str) -> None:
    assert display_phone(text) == expected


def test_the_end_of_an_extension_is_never_cut() -> None:
    long = "0574 87654321 转 8031"
    assert display_phone(long, 21) == "0574-87654321 转 8031"
    assert display_phone(long, 20) == "057487654321x8031"
    read = parse_phone("057487654321x8031")
    assert read and read == parse_phone(long)


def test_the_window_follows_the_cursor() -> None:
    assert window("宁波宏达科技", 6, 7) == ("达科技", 6)
    assert window("宁波宏达科技", 0, 7) == ("宁波宏", 0)
    assert window("ab", 2, 1) == ("", 0)


def test_elapsed_time() -> None:
    assert [elapsed(None), elapsed(41), elapsed(3723)] == ["", "00:41", "1:02:03"]
