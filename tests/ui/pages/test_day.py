"""One's own day, on the real program."""

from datetime import date, timedelta
from pathlib import Path

from agent_tui.book import Book
from agent_tui.readings import DayRecord
from agent_tui.ui.kit.dialogs import Confirm
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Table
from tests.ui.board.keys import book_of
from tests.ui.desk.bench import DAY, at_desk
from tests.ui.golden import screen_text, type_text
from tests.ui.pages.bench import fetched, rows, with_punches
from tests.ui.shells import comes, solo


async def test_the_day_is_handed_in_after_what_is_left_was_shown(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f8")
        await fetched(hands)
        await hands.press("1")
        assert isinstance(hands.app.screen, Confirm)
        assert "缺电话 66" in screen_text(hands.app)
        await hands.press("enter")
        await hands.until(lambda: hands.book.day("A017", DAY).state == "handed_in")
        await fetched(hands)
        assert "已上交" in screen_text(hands.app)
        await hands.press("1", "enter")
        await hands.until(lambda: "没有新的记录" in hands.app.screen.query_one(StatusLine).text)


async def test_what_cannot_be_made_up_before_midnight_is_not_counted_in_minutes(home: Path) -> None:
    async with at_desk(home) as hands:
        hands.app.turned.at += timedelta(hours=4)
        await hands.press("f8")
        await fetched(hands)
        assert "按今天速度,今晚补不完" in screen_text(hands.app)


async def test_leave_is_asked_for_and_taken_back_on_the_page(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f8")
        await fetched(hands)
        before = len(hands.book.read.requests("A017"))
        await hands.press("4", "3")
        assert "- 请假:病假(有病假单) -" in screen_text(hands.app).replace("─", "-")
        await type_text(hands.pilot, "11-27")
        await hands.press("enter")
        await type_text(hands.pilot, "１２０")
        await hands.press("enter", "enter")
        assert "请写明事由" in screen_text(hands.app)
        await type_text(hands.pilot, "复查")
        await hands.press("enter")
        await hands.until(lambda: len(hands.book.read.requests("A017")) == before + 1)
        asked = next(one for one in hands.book.read.requests("A017") if one.minutes == 120)
        assert (asked.on, asked.minutes, asked.sick, asked.note) == (date(2026, 11, 27), 120, True, True)
        await fetched(hands)
        assert (rows(hands)[0]["type"], rows(hands)[0]["state"]) == ("病假", "待批")
        await hands.press("home", "6")
        assert "2026-11-27 病假 120 分钟" in screen_text(hands.app)
        await hands.press("enter")
        await hands.until(lambda: rows(hands)[0]["state"] == "已撤回")


async def test_leave_of_several_days_is_taken_back_at_once_or_a_day_alone(home: Path) -> None:
    async with at_desk(home) as hands:
        hands.book.agent.ask("leave", date(2026, 11, 30), 420, "搬家", until=date(2026, 12, 4))
        await hands.press("f8")
        await fetched(hands)

        def states() -> list[str]:
            return [row["state"] for row in rows(hands) if row["text"].startswith("搬家")]

        await hands.press("home", "6")
        assert "待批的 5 天全部撤回:11-30 至 12-04" in screen_text(hands.app)
        await hands.press("escape", "6", "2")
        assert "2026-12-04 请假 420 分钟" in screen_text(hands.app)
        await hands.press("enter")
        await hands.until(lambda: states() == ["已撤回"] + ["待批"] * 4)
        await fetched(hands)
        await hands.press("home", "down", "6", "1")
        assert "2026-11-30 至 12-03,4 天请假,每天 420 分钟" in screen_text(hands.app)
        await hands.press("enter")
        await hands.until(lambda: states() == ["已撤回"] * 5)


async def test_a_day_that_leave_takes_whole_has_no_quota_that_would_be_made(home: Path) -> None:
    async with at_desk(home) as hands:
        hands.book.supervisor.time_away("A017", "leave", DAY, 420)
        await hands.press("f8")
        await fetched(hands)
        assert "今天没有定额" in screen_text(hands.app)
        assert "定额已完成" not in screen_text(hands.app)


async def test_all_that_is_unfinished_at_the_desk_is_told_on_the_page(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press(*"13700137000", "enter", "1", "ctrl+o", *"13700137001", "enter", "2", "f8")
        await fetched(hands)
        assert "没记完的 2 条" in screen_text(hands.app)


async def test_a_note_of_the_supervisor_names_its_call(home: Path) -> None:
    async with at_desk(home, (140, 40)) as hands:
        await hands.press("f8")
        await fetched(hands)
        assert "11-23 A017 张敏 讲评 11-23 14:28 宁波宏达科技 欧阳:先问现在用什么系统" in screen_text(hands.app)


async def test_all_that_a_supervisor_wrote_is_read_to_its_end(home: Path) -> None:
    async with at_desk(home) as hands:
        call = hands.book.calls("A017", DAY)[0]
        hands.book.supervisor.coaching(call.id, "先问需求,再报价格," * 30)
        hands.book.supervisor.coaching(call.id, "讲评到此")
        await hands.press("f8")
        await fetched(hands)
        assert "讲评到此" not in screen_text(hands.app)
        assert "Tab 到文字,上下键 翻看" in screen_text(hands.app)
        await hands.press("shift+tab", "end")
        await hands.until(lambda: "讲评到此" in screen_text(hands.app))
        await hands.press("tab", "6")
        assert isinstance(hands.app.focused, Table)


async def test_the_answer_to_a_request_is_read_in_full(home: Path) -> None:
    async with at_desk(home) as hands:
        asked = hands.book.agent.ask("visit", DAY, 60, "拜访三家老客户")
        hands.book.supervisor.refuse(asked.id, "今天名单还没打完,先把名单打完,明天上午九点以后再去,路上注意安全")
        await hands.press("f8")
        await fetched(hands)
        assert "路上注意安全" not in screen_text(hands.app)
        await hands.press("end")
        await hands.until(lambda: "路上注意安全" in screen_text(hands.app))


async def test_other_minutes_than_were_asked_for_are_told_beside_the_request(home: Path) -> None:
    async with at_desk(home) as hands:
        asked = hands.book.agent.ask("leave", DAY + timedelta(days=2), 420, "搬家")
        hands.book.supervisor.approve(asked.id, minutes=210)
        await hands.press("f8")
        await fetched(hands)
        await hands.until(lambda: any(row["text"].startswith("批准 210 分钟  搬家") for row in rows(hands)))


async def test_leave_asked_for_on_a_friday_is_for_monday_and_a_whole_day_is_told(home: Path) -> None:
    async with at_desk(home) as hands:
        hands.app.turned.at += timedelta(days=4)
        await hands.press("f8")
        await fetched(hands)
        await hands.press("4", "1")
        await hands.until(lambda: "2026-11-30" in screen_text(hands.app))
        assert "全天是 420 分钟" in screen_text(hands.app)


async def test_on_a_friday_the_plan_and_the_summary_are_told_before_the_day_is_handed_in(home: Path) -> None:
    async with at_desk(home) as hands:
        hands.app.turned.at += timedelta(days=4)
        await hands.press("f8")
        await fetched(hands)
        told = "周六 18:00 前(F6)", "周日 24:00 前(F6)"
        assert all(one in screen_text(hands.app) for one in told)
        await hands.press("1")
        assert isinstance(hands.app.screen, Confirm)
        assert all(one in screen_text(hands.app) for one in told)


async def test_leave_of_half_a_day_is_asked_for_in_words(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f8")
        await fetched(hands)
        await hands.press("4", "1", "enter")
        await type_text(hands.pilot, "半天")
        await hands.press("enter")
        await type_text(hands.pilot, "搬家")
        await hands.press("enter")
        await hands.until(lambda: any(one.text == "搬家" for one in hands.book.read.requests("A017")))
        assert [one.minutes for one in hands.book.read.requests("A017") if one.text == "搬家"] == [210]


async def test_leave_of_several_days_is_asked_for_at_once_a_request_for_each_workday(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f8")
        await fetched(hands)
        await hands.press("4", "1")
        assert "请几天" in screen_text(hands.app)
        await type_text(hands.pilot, "11-27 至 12-1")
        await hands.press("enter")
        await type_text(hands.pilot, "全天")
        await hands.press("enter")
        await type_text(hands.pilot, "回老家")
        await hands.press("enter")
        await hands.until(lambda: any(one.text == "回老家" for one in hands.book.read.requests("A017")))
        asked = [one for one in hands.book.read.requests("A017") if one.text == "回老家"]
        assert [(f"{one.on:%m-%d}", one.minutes) for one in asked] == [("11-27", 420), ("11-30", 420), ("12-01", 420)]


async def test_a_visit_beyond_the_day_is_refused_and_nothing_typed_is_lost(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f8")
        await fetched(hands)
        await hands.press("5", "enter", "enter", "enter")
        assert "多久:写分钟数" in screen_text(hands.app)
        await type_text(hands.pilot, "421")
        await hands.press("enter")
        await type_text(hands.pilot, "拜访")
        await hands.press("enter")
        await hands.until(lambda: all(one in screen_text(hands.app) for one in ("420", "421", "拜访")))
        before = len(hands.book.read.requests("A017"))
        await hands.press("home", "shift+end", "delete", *"420", "enter", "enter")
        await hands.until(lambda: len(hands.book.read.requests("A017")) == before + 1)
        assert 420 in [one.minutes for one in hands.book.read.requests("A017") if one.text == "拜访"]


def punches(book: Book) -> list[DayRecord]:
    return [one for one in book.read.day_records("A017", date(2026, 11, 23)) if one.kind == "punch"]


async def test_punches_are_in_turn_and_the_last_one_is_asked_for(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f8")
        await fetched(hands)
        await hands.press("2")
        assert "上班卡" not in screen_text(hands.app), "the policy has no punches"
        await hands.press("escape")
        hands.book.supervisor.publish_policy(with_punches(), "punches.toml", date(2026, 11, 23))
        await hands.press("f8")
        await fetched(hands)
        await hands.press("2")
        await hands.until(lambda: "14:32" in hands.app.screen.query_one(StatusLine).text)
        await hands.press("３")
        await hands.until(lambda: "现在 14:32 打下班卡?" in screen_text(hands.app))
        await hands.press("escape")
        await hands.until(lambda: "下班卡?" not in screen_text(hands.app))
        assert [one.content["side"] for one in punches(hands.book)] == ["in"], "a mistaken digit ends no day"
        await hands.press("３", "enter")
        await hands.until(lambda: "下班 14:32" in screen_text(hands.app))
        await hands.press("３")
        await hands.until(lambda: "您已于 14:32 打下班卡" in hands.app.screen.query_one(StatusLine).text)
        assert sorted(str(one.content["side"]) for one in punches(hands.book)) == ["in", "out"], "of one instant"


async def test_where_nothing_is_asked_for_no_columns_stand_over_nothing(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await comes(pilot, "A017")
        await pilot.press("f8")
        assert await comes(pilot, "No request for leave or a visit")
        assert not shell.screen.query_one(Table).display
        book_of(shell).agent.ask("visit", book_of(shell).today(), 60, "拜访")
        assert await comes(pilot, "拜访")
        assert isinstance(shell.focused, Table)
    shell.close_book()


async def test_who_came_late_in_the_day_is_told_that_it_is_judged(home: Path) -> None:
    async with at_desk(home) as hands:
        hands.book.supervisor.hired("A017", DAY)
        await hands.press("f8")
        await fetched(hands)
        assert "考核的第一天" in screen_text(hands.app)
        hands.book.supervisor.excuse("A017", DAY, "下午才来")
        await hands.until(lambda: "考核的第一天" not in screen_text(hands.app))
