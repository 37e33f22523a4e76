"""The desk on the real book: what is typed is recorded, what is recorded is counted, nothing is lost."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual import events

from agent_tui.book import Book, CallEntry
from agent_tui.clock import SetClock
from agent_tui.ui.desk.form import FormView
from agent_tui.ui.desk.screen import DeskScreen
from agent_tui.ui.kit.dialogs import Ask
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Table
from agent_tui.ui.kit.text import width
from agent_tui.ui.points.screen import PointsScreen
from tests.company import Company
from tests.ui.desk.bench import CALLBACK, DAY, NOW, Hands, at_desk, make_home
from tests.ui.golden import paste, screen_lines, screen_text, type_text
from tests.waiting import happens


async def test_a_new_customer_in_fifty_keys_is_recorded_and_counted(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137000", "enter", "1")
        await type_text(hands.pilot, "ningbo hongda keji yxgs ltd")
        await hands.press("enter", *"33231125", "enter")
        [call] = hands.calls()
        assert call.valid
        assert call.customer is not None
        assert (call.customer.phone, call.customer.contact) == ("+8613700137000", "张")
        assert (call.customer.company, call.customer.headcount) == ("ningbo hongda keji yxgs ltd", "51-200")
        assert call.follow_up == NOW + timedelta(days=7)
        lines = screen_lines(hands.app)
        assert "1 / 80" in lines[2]
        assert "张经理" in lines[17]
        assert "已保存 张经理 有效沟通,计入有效" in lines[15]


async def test_a_desk_whose_device_was_ended_says_so_with_each_call(tmp_path: Path) -> None:
    company = Company(tmp_path)
    desk = company.join("A017", "张敏")
    company.boss.members.leave(desk.identity.writer, company.boss.today())
    company.sync()
    desk.sync_once()
    company.close()
    async with at_desk(tmp_path / "A017") as hands:
        await hands.press(*"13700137000", "enter", "3")
        assert "已保存 137 0013 7000 无人接,但主管已停用本机,不计入" in screen_text(hands.app)
        assert "本机已停用:^P 团队" in screen_lines(hands.app)[0]
        hands.app.action_team()
        # It names a path: its lines may break anywhere.
        told = "主管已停用本机;此后记的不计入。请用新密钥重新申请:agent-tuijoin"
        await hands.until(lambda: told in "".join(screen_text(hands.app).replace("│", "").split()))


async def test_a_call_begun_before_midnight_is_said_to_count_on_its_day(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137000", "enter")
        hands.app.turned.at = NOW + timedelta(hours=10)
        await hands.press("2", "ctrl+s")
        assert [call.outcome for call in hands.book.calls("A017", NOW.date())] == ["refused"]
        assert "已保存 137 0013 7000 拒绝,周一 11-23 " in screen_text(hands.app)


async def test_keys_that_come_in_one_burst_keep_their_order(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        driver = hands.app._driver
        assert driver is not None
        for key in [*"13700137000", "enter", "1", *"宁波宏达", "enter", *"33231121"]:
            driver.send_message(events.Key(key, key if len(key) == 1 else None))
        await hands.until(lambda: hands.value("follow_up") == "1")
        assert (hands.value("company"), hands.value("contact")) == ("宁波宏达", "张")
        assert (hands.value("interest"), hands.value("note")) == ("intentA", "发资料")


async def test_a_due_callback_is_loaded_at_start_and_one_key_records_it(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=10)) as hands:
        assert hands.value("phone").endswith(CALLBACK)
        assert hands.focus == "outcome"
        assert "回访 1" in screen_lines(hands.app)[0]
        await hands.press("3")
        assert hands.calls()[0].outcome == "no_answer"
        assert hands.book.own.callbacks()[0].customer.phone.endswith("9")
        assert (hands.focus, hands.value("phone")) == ("phone", "")


async def test_a_stray_digit_right_after_the_start_records_nothing(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=10)) as hands:
        before = len(hands.calls())
        await hands.pilot.press("3", "3", "3")
        await hands.pilot.pause()
        assert len(hands.calls()) == before
        assert "松开按键" in screen_text(hands.app)


async def test_a_known_number_fills_in_the_customer(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=3)) as hands:
        await hands.press(*"13900000002", "enter")
        assert (hands.value("company"), hands.value("title")) == ("华泰机械股份有限公司", "厂长")
        assert "今天 14:28 打过" in screen_text(hands.app)


async def test_undo_of_a_save_withdraws_it_and_brings_the_entry_back(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137000", "enter", "2", "enter", "1", "enter", "enter", "enter", "enter", "1", "enter")
        assert [call.outcome for call in hands.calls()] == ["refused"]
        await hands.press("ctrl+z")
        assert hands.calls()[0].why_not == "void"
        assert (hands.value("contact"), hands.value("note"), hands.focus) == ("王", "要报价", "note")
        assert "0 / 80" in screen_lines(hands.app)[2]
        assert "作废" in screen_lines(hands.app)[17]


async def test_an_incomplete_call_is_kept_and_counts_when_it_is_completed_from_the_list(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137000", "enter", "2", "ctrl+s")
        assert "不计有效:缺 单位、联系人等4项" in screen_lines(hands.app)[15]
        assert "缺4项" in screen_lines(hands.app)[17]
        await hands.press("ctrl+l", "enter")
        assert hands.focus == "company"
        await type_text(hands.pilot, "宏达")
        await hands.press("enter", "1", "1", "enter", "enter", "enter", "1", "enter")
        [call] = hands.calls()
        assert (call.valid, call.corrected) == (True, True)
        assert "1 / 80" in screen_lines(hands.app)[2]


async def test_what_is_unfinished_outlives_the_program(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    async with at_desk(home) as hands:
        await hands.press(*"13700137000", "enter", "1")
        await type_text(hands.pilot, "说到一半")
        await hands.press("ctrl+q")
    async with at_desk(home) as hands:
        assert (hands.value("phone"), hands.value("company")) == ("13700137000", "说到一半")
        assert hands.focus == "outcome"
        assert hands.calls() == []


async def test_a_number_out_of_a_draft_is_known_again(tmp_path: Path) -> None:
    home = make_home(tmp_path, calls=3)
    async with at_desk(home) as hands:
        await hands.press(*"13900000002", "enter", "ctrl+q")
    async with at_desk(home, (140, 40)) as hands:
        assert hands.value("company") == "华泰机械股份有限公司"
        shown = screen_text(hands.app)
        assert "今天 14:28 打过" in shown
        assert "打过 1 次" in shown


async def test_what_a_withdrawn_save_brought_back_outlives_the_program(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    async with at_desk(home) as hands:
        await hands.press(*"13700137000", "enter", "1")
        await type_text(hands.pilot, "说到一半")
        await hands.press("ctrl+s", "ctrl+z")
        assert (hands.value("company"), hands.calls()[0].why_not) == ("说到一半", "void")
        await hands.press("ctrl+q")
    async with at_desk(home) as hands:
        assert (hands.value("phone"), hands.value("company")) == ("13700137000", "说到一半")


async def test_the_newest_call_is_on_top_of_a_full_list(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=9)) as hands:
        table = hands.app.screen.query_one("#today-rows", Table)
        for digit in "45":
            await hands.press("ctrl+o", *f"1370013700{digit}", "enter", digit)
            assert f"1370013700{digit}" in screen_lines(hands.app)[17]
            assert table.cursor_key == hands.calls()[0].id
        # Who moved in the list finds the newest row again after the next save, and by ^L.
        await hands.press("ctrl+l", "end")
        assert "13700137005" not in screen_text(hands.app)
        await hands.press("escape", "ctrl+o", *"13700137003", "enter", "3")
        assert "13700137003" in screen_lines(hands.app)[17]
        await hands.press("ctrl+l", "end", "escape", "ctrl+l")
        assert table.cursor_key == hands.calls()[0].id
        assert "13700137003" in screen_lines(hands.app)[17]


async def test_a_number_that_must_be_cut_in_the_list_keeps_its_last_digits(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        hands.book.own.log(CallEntry(phone="13900001234", outcome="no_answer", contact="张总", started_at=NOW))
        await hands.until(lambda: "张总" in screen_lines(hands.app)[17])
        assert "..0001234 张总" in screen_lines(hands.app)[17]


async def test_a_call_recorded_elsewhere_leaves_the_cursor_of_who_is_in_the_list(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=9)) as hands:
        table = hands.app.screen.query_one("#today-rows", Table)
        await hands.press("ctrl+l", "down", "down")
        before = table.cursor_key
        hands.book.own.log(CallEntry(phone="13700137000", outcome="no_answer", started_at=NOW))
        await hands.until(lambda: len(table.rows) == 10)
        assert table.cursor_key == before


async def test_a_message_goes_with_the_next_answer(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137000", "enter", "9", "escape")
        assert "未列入" in hands.app.screen.query_one(StatusLine).text
        await hands.press("1")
        assert "未列入" not in hands.app.screen.query_one(StatusLine).text


async def test_what_was_saved_is_said_while_the_next_number_is_typed(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137000", "enter", "3")
        assert hands.app.screen.query_one(StatusLine).text.strip() == "已保存 137 0013 7000 无人接"
        await hands.press("1", "3")
        assert "已保存" in hands.app.screen.query_one(StatusLine).text


async def test_a_draft_of_what_was_saved_does_not_come_back(tmp_path: Path) -> None:
    """Killed between the save and the draft that follows it."""
    home = make_home(tmp_path)
    async with at_desk(home) as hands:
        await hands.press(*"13700137000", "enter", "1", "ctrl+q")
    book = Book.open(home, SetClock(NOW, ticking=False))
    assert len(book.machine.drafts()) == 1
    book.own.log(CallEntry(phone="13700137000", outcome="talked", started_at=NOW))
    book.close()
    async with at_desk(home) as hands:
        assert (hands.focus, hands.value("phone")) == ("phone", "")
        assert len(hands.calls()) == 1


async def test_a_save_that_fails_says_why_and_brings_the_entry_back(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    async with at_desk(home) as hands:
        await hands.press(*"13700137000", "enter")
        [journal] = (home / "teams").glob("*/journal")
        journal.rename(journal.with_name("gone"))
        journal.write_text("", encoding="utf-8")
        await hands.press("3")
        assert "未保存" in hands.app.screen.query_one(StatusLine).text
        assert (hands.value("phone"), hands.focus) == ("13700137000", "outcome")
        journal.unlink()
        journal.with_name("gone").rename(journal)
        await hands.press("3")
        assert [call.outcome for call in hands.calls()] == ["no_answer"]


async def test_what_comes_while_a_save_is_under_way_is_shown_though_the_save_fails(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    async with at_desk(home) as hands:
        await hands.press(*"13700137000", "enter")
        with hands.book.writing:
            # As if from another screen; the save waits for it, and then finds no disk.
            hands.send("3")
            assert await happens(lambda: hands.view.form.busy is not None)
            hands.book.own.log(CallEntry(phone="13900001234", outcome="no_answer", contact="张总", started_at=NOW))
            await hands.pilot._wait_for_screen()
            [journal] = (home / "teams").glob("*/journal")
            journal.rename(journal.with_name("gone"))
            journal.write_text("", encoding="utf-8")
        await hands.until(lambda: "未保存" in hands.app.screen.query_one(StatusLine).text)
        await hands.until(lambda: "张总" in screen_lines(hands.app)[17])


async def test_a_callback_in_the_list_is_taken_by_enter(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=10)) as hands:
        await hands.press("ctrl+l", "ctrl+l", "down", "enter")
        assert hands.value("phone").endswith("9")
        assert "约好的回访" in screen_text(hands.app)


async def test_a_call_is_withdrawn_from_the_list_after_a_confirmation(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=3)) as hands:
        await hands.press("ctrl+l", "delete")
        assert isinstance(hands.app.screen, Ask)
        await hands.press("escape")
        assert hands.calls()[0].valid
        await hands.press("delete", "enter")
        await hands.until(lambda: hands.calls()[0].why_not == "void")
        await hands.until(lambda: "作废" in screen_lines(hands.app)[17])


async def test_escape_returns_from_the_lists_to_the_form(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=3)) as hands:
        await hands.press("ctrl+l")
        assert isinstance(hands.app.focused, Table)
        await hands.press("escape")
        assert hands.view.has_focus


async def test_points_open_and_close(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=1)) as hands:
        await hands.press("f4")
        assert isinstance(hands.app.screen, PointsScreen)
        assert "迟到" in screen_text(hands.app)
        await hands.press("escape")
        assert isinstance(hands.app.screen, DeskScreen)


async def test_a_click_is_the_digit_or_the_focus(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137000", "enter")
        await hands.pilot.click(offset=(9, 12))
        assert hands.value("outcome") == "talked"
        await hands.pilot.click(offset=(45, 9))
        assert hands.focus == "headcount"


async def test_a_pasted_line_fills_the_form(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await paste(hands.pilot, "张总 13700137000 宁波宏达科技有限公司")
        assert (hands.value("contact"), hands.value("company")) == ("张总", "宁波宏达科技有限公司")


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (60, 20), (200, 60)])
async def test_hostile_text_is_shown_as_it_is_and_the_screen_keeps_its_shape(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    hostile = "[/][VIP]李四\u202e\x1b[31m<b>👩‍👩‍👧" + "长" * 90
    home = make_home(tmp_path)
    book = Book.open(home, SetClock(NOW, ticking=False))
    texts: dict[str, Any] = dict.fromkeys(
        ("company", "contact", "title", "department", "headcount", "it_status"), hostile
    )
    book.own.log(CallEntry(phone="13700137000", outcome="talked", note=hostile, follow_up=NOW, **texts))
    book.close()
    async with at_desk(home, size) as hands:
        for key in ("1", *["tab"] * 9):
            await hands.press(key)
            shown = screen_text(hands.app)
            assert "\x1b" not in shown
            assert "\u202e" not in shown
            assert "[/][VIP]李四" in shown
            assert all(width(row) <= size[0] for row in screen_lines(hands.app))


async def test_the_wide_desk_shows_the_customer_beside_the_form(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=10), (140, 40)) as hands:
        shown = screen_text(hands.app)
        assert "这位客户" in shown
        assert "打过 1 次" in shown


async def test_a_terminal_made_narrow_gives_the_form_all_its_room_and_wide_again_shows_the_customer(
    tmp_path: Path,
) -> None:
    def form(hands: Hands) -> str:
        return next(row for row in screen_lines(hands.app) if "记一通电话" in row)

    async with at_desk(make_home(tmp_path, calls=10), (140, 40)) as hands:
        for cells in (80, 140, 80):
            await hands.pilot.resize_terminal(cells, 40)
            wide = cells > 100
            await hands.until(lambda wide=wide: ("这位客户" in form(hands)) == wide)  # type: ignore[misc]
            assert hands.app.screen.query_one(FormView).size.width > 70


async def test_the_customer_shown_is_that_of_the_entry_which_undo_brought_back(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=10), (140, 40)) as hands:
        await hands.press("3", *"13900000002", "enter")
        assert "139 0000 0002  打过" in screen_text(hands.app)
        await hands.press("ctrl+z", "ctrl+z")
        assert hands.value("phone").endswith(CALLBACK)
        shown = screen_text(hands.app)
        assert "139 0000 0002  打过" not in shown
        assert f"{CALLBACK[-4:]}  打过" in shown


async def test_another_language_keeps_the_entry(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137000", "enter", "1")
        await hands.app.run_action("app.language")
        await hands.until(lambda: "Valid calls" in screen_text(hands.app))
        assert (hands.value("phone"), hands.value("outcome")) == ("13700137000", "talked")


async def test_what_was_saved_can_be_taken_back_after_another_place_was_opened(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137000", "enter", "3")
        for place in ("board", "desk", "language", "desk"):
            await hands.app.run_action(f"app.{place}")
            await hands.pilot.pause()
        await hands.until(lambda: isinstance(hands.app.screen, DeskScreen) and hands.app.screen.ready)
        await hands.press("ctrl+z")
        assert hands.calls()[0].why_not == "void"
        assert hands.value("phone") == "13700137000"


async def test_the_day_is_empty_again_on_the_next_start_of_another_day(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=2)) as hands:
        assert "今天 2 通" in screen_text(hands.app)
        assert hands.book.calls("A017", DAY - timedelta(days=1)) == []


async def test_what_an_entry_lacks_is_named_or_counted_but_never_cut(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path), language="en") as hands:
        await hands.press(*"13700137000", "enter", "1")
        assert "lacks 4 fields" in screen_text(hands.app)
        await type_text(hands.pilot, "Hongda")
        await hands.press("enter", "1", "1")
        assert "lacks Note" in screen_text(hands.app)
