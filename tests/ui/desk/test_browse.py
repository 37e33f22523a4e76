"""The lists under the hands: any day, a call's past, withdrawing, copying, jumping; callbacks that ring."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from agent_tui.book import Book, CallEntry
from agent_tui.clock import SetClock
from agent_tui.ui.desk.past import Past
from agent_tui.ui.desk.reminders import Reminders, told
from agent_tui.ui.kit.clipboard import native
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Table
from agent_tui.views import Callback
from shared_rules.records.parts import Customer
from tests.ui.desk.bench import DAY, NOW, Hands, at_desk, make_home
from tests.ui.golden import check_golden, screen_lines, screen_text, type_text

FRIDAY = NOW - timedelta(days=3)


def home_with_friday(folder: Path) -> Path:
    """A home with an incomplete call of last Friday, and three of today."""
    home = make_home(folder, calls=3)
    book = Book.open(home, SetClock(NOW, ticking=False))
    book.own.log(
        CallEntry(phone="13700137000", outcome="talked", company="宏达", contact="王", note="要报价", started_at=FRIDAY)
    )
    book.close()
    return home


async def to_friday(hands: Hands) -> None:
    await hands.press("ctrl+l")
    for _ in range(3):
        await hands.press("left")
    await hands.until(lambda: "周五 11-20 1 通" in screen_text(hands.app))


async def test_a_call_of_another_day_is_completed_from_the_list_and_counts_on_its_own_day(tmp_path: Path) -> None:
    async with at_desk(home_with_friday(tmp_path)) as hands:
        await to_friday(hands)
        assert "缺职务" in screen_lines(hands.app)[17]
        assert "→后一天" in screen_lines(hands.app)[-1]
        await hands.press("enter")
        assert "更正 周五 11-20 14:32 的电话" in screen_text(hands.app)
        assert hands.focus == "title"
        await hands.press("3", "ctrl+s")
        (call,) = hands.book.calls("A017", FRIDAY.date())
        assert (call.valid, call.corrected, call.day) == (True, True, FRIDAY.date())
        assert hands.book.day("A017", FRIDAY.date()).figures.valid == 1
        assert hands.book.day("A017", DAY).figures.valid == 2
        await hands.until(lambda: "今天 3 通" in screen_text(hands.app))


async def test_the_longest_outcome_stands_whole_in_the_list_of_a_narrow_window(tmp_path: Path) -> None:
    home = make_home(tmp_path, calls=8)
    book = Book.open(home, SetClock(NOW, ticking=False))
    book.own.log(
        CallEntry(
            phone="13700137000",
            outcome="not_decider",
            company="宁波宏达",
            contact="王小明",
            title="经理",
            note="要报价",
        )
    )
    book.close()
    async with at_desk(home, (80, 24), language="en") as hands:
        assert "王小明 Not the decider counts" in screen_text(hands.app)


async def test_a_correction_tells_before_it_is_saved_whether_its_number_is_counted_already(tmp_path: Path) -> None:
    home = make_home(tmp_path, calls=3)
    book = Book.open(home, SetClock(NOW, ticking=False))
    book.own.log(CallEntry(phone="13900000002", outcome="talked", company="宏达", note="要报价", started_at=NOW))
    book.close()
    async with at_desk(home) as hands:
        await hands.press("ctrl+l", "enter", "1", "1")
        assert "不计有效:该号今天已计" in screen_lines(hands.app)[7]
        await hands.press("ctrl+s")
        assert "不计有效:该号今天已计" in screen_lines(hands.app)[15]
        await hands.press("ctrl+l", "down", "enter")
        assert "计入有效" in screen_lines(hands.app)[7]


async def test_the_list_goes_no_earlier_than_the_first_day_of_work_and_back_to_today(tmp_path: Path) -> None:
    async with at_desk(home_with_friday(tmp_path)) as hands:
        await to_friday(hands)
        for _ in range(11):
            await hands.press("left")
        await hands.until(lambda: "周一 11-09 0 通" in screen_text(hands.app))
        await hands.press("left")
        assert "入职以前" in hands.app.screen.query_one(StatusLine).text
        await hands.press("right")
        await hands.until(lambda: "周二 11-10 0 通" in screen_text(hands.app))
        await hands.press("escape")
        await hands.until(lambda: "今天 3 通" in screen_text(hands.app))


async def test_the_keys_of_a_row_are_named_when_the_first_row_comes(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path), language="en") as hands:
        await hands.press("ctrl+l")
        assert "Space look" not in screen_text(hands.app)
        hands.book.own.log(CallEntry(phone="13900001234", outcome="no_answer", contact="张总", started_at=NOW))
        await hands.until(lambda: "张总" in screen_text(hands.app))
        assert "Space look" in screen_text(hands.app)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_call_shows_all_that_was_done_to_it(tmp_path: Path, language: str) -> None:
    home = home_with_friday(tmp_path)
    async with at_desk(home, language=language, ascii=True) as hands:  # type: ignore[arg-type]
        (call,) = hands.book.calls("A017", FRIDAY.date())
        entry = CallEntry(
            phone="13700137000 转 8", outcome="refused", company="宏达[/]", contact="王", title="厂长", note="",
            started_at=call.started_at,
        )  # fmt: skip
        hands.book.own.correct(call.id, entry)
        hands.book.own.void(call.id, "号码打错\x1b[31m")
        await hands.press("ctrl+l", "left", "left", "left")
        await hands.until(lambda: "11-20" in screen_lines(hands.app)[16])
        await hands.press("space")
        await hands.until(lambda: isinstance(hands.app.screen, Past))
        check_golden(hands.app, f"desk/past-{language}-80x24", last=-1)
        await hands.press("space")
        assert isinstance(hands.app.focused, Table)


async def test_a_withdrawn_call_keeps_its_reason(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=3)) as hands:
        await hands.press("ctrl+l", "backspace")
        await type_text(hands.pilot, "客户打错")
        await hands.press("enter")
        await hands.until(lambda: hands.calls()[0].why_not == "void")
        await hands.press("space")
        await hands.until(lambda: isinstance(hands.app.screen, Past))
        assert "作废:客户打错" in screen_text(hands.app)


async def test_a_withdrawn_call_is_not_opened_to_be_put_right(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=3)) as hands:
        hands.book.own.void(hands.calls()[0].id)
        await hands.until(lambda: "作废" in screen_lines(hands.app)[17])
        await hands.press("ctrl+l", "enter")
        assert "要计入,请重新记一通" in hands.app.screen.query_one(StatusLine).text
        assert "记一通电话" in screen_text(hands.app)


async def test_what_is_changed_on_a_confirmed_day_is_said_to_wait_for_the_next_confirmation(tmp_path: Path) -> None:
    home = home_with_friday(tmp_path)
    book = Book.open(home, SetClock(NOW, ticking=False))
    book.supervisor.confirm("A017", FRIDAY.date())
    book.close()
    async with at_desk(home) as hands:
        await to_friday(hands)
        await hands.press("enter", "3", "ctrl+s")
        assert "主管再次确认当天后才计" in hands.app.screen.query_one(StatusLine).text
        await to_friday(hands)
        assert "待确认" in screen_lines(hands.app)[17]
        await hands.press("space")
        await hands.until(lambda: isinstance(hands.app.screen, Past))
        assert "计入     待确认" in screen_text(hands.app)
        await hands.press("escape", "delete", "enter")
        await hands.until(lambda: "主管再次确认当天后" in hands.app.screen.query_one(StatusLine).text)
        await hands.press("enter")
        assert "要计入,请重新记一通" in hands.app.screen.query_one(StatusLine).text


async def test_a_call_withdrawn_from_the_list_stands_not_in_the_way_of_taking_back_the_save_before(
    tmp_path: Path,
) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137000", "enter", "3", *"13700137001", "enter", "3")
        await hands.press("ctrl+l", "delete", "enter")
        await hands.until(lambda: hands.calls()[0].why_not == "void")
        await hands.press("ctrl+l", "ctrl+l", "ctrl+z")
        assert "已撤回上一次保存" in hands.app.screen.query_one(StatusLine).text
        assert [call.why_not for call in hands.calls()] == ["void", "void"]


async def test_the_number_of_form_or_row_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/0")
    async with at_desk(make_home(tmp_path, calls=3)) as hands:
        await hands.press("ctrl+y")
        assert "没有号码" in hands.app.screen.query_one(StatusLine).text
        await hands.press(*"138 0013 8000", "enter", "ctrl+y")
        await hands.until(lambda: "13800138000" in hands.app.screen.query_one(StatusLine).text)
        assert hands.app.clipboard == "13800138000", "as a telephone or a chat takes it"
        await hands.press("ctrl+l", "ctrl+y")
        await hands.until(lambda: hands.app.clipboard == "13900000002")


@pytest.mark.skipif(sys.platform == "win32", reason="a file is no program there by its mode")
def test_the_clipboard_is_that_of_the_system_in_use(tmp_path: Path) -> None:
    for tool in ("pbcopy", "wl-copy", "xclip", "clip.exe"):
        (tmp_path / tool).touch(mode=0o755)
    path = {"PATH": str(tmp_path)}
    assert native(path, "darwin") == ["pbcopy"]
    assert native({**path, "WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux") == ["wl-copy"]
    assert native({**path, "DISPLAY": ":0"}, "linux") == ["xclip", "-selection", "clipboard"]
    assert native({**path, "WSL_DISTRO_NAME": "Ubuntu"}, "linux") == ["clip.exe"]
    assert native(path, "linux") is None
    assert native({**path, "DISPLAY": ":0", "SSH_TTY": "/dev/pts/0"}, "linux") is None


async def test_the_jump_key_twice_and_a_digit_goes_to_a_field(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137000", "enter", "1", "ctrl+g")
        assert "^G 到某一栏" in screen_text(hands.app)
        await hands.press("ctrl+g", "９")
        assert hands.focus == "note"
        await hands.press("ctrl+l", "ctrl+g", "ctrl+g", "2")
        assert (hands.view.has_focus, hands.focus) == (True, "company")
        await hands.press("ctrl+g", "ctrl+g", "escape")
        assert hands.focus == "company"


async def test_the_jump_list_names_the_key_that_a_screen_has_for_a_place(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press("ctrl+g")
        assert "3 客户    F3" in screen_text(hands.app)


async def test_whom_to_call_back_is_named_in_full_where_the_call_is_due(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    book = Book.open(home, SetClock(NOW, ticking=False))
    before = NOW - timedelta(minutes=10)
    book.own.log(
        CallEntry(
            phone="13700137000",
            outcome="talked",
            company="宁波丰永印刷厂",
            contact="沈莹兰",
            started_at=before,
            follow_up=before,
        )
    )
    book.close()
    async with at_desk(home) as hands:
        assert "宁波丰永 沈莹兰 过期" in screen_text(hands.app)


async def test_undo_of_do_not_call_says_that_the_number_stays_listed(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137000", "enter", "9", "enter", "ctrl+z")
        assert "要由主管解除" in hands.app.screen.query_one(StatusLine).text
        assert "勿再拨名单" in screen_text(hands.app)


# ---- callbacks ring ----


class Bells:
    """Counts what the terminal was told to ring."""

    def __init__(self, hands: Hands) -> None:
        self.rung = 0
        hands.app.bell = self._ring  # type: ignore[method-assign]

    def _ring(self) -> None:
        self.rung += 1


@pytest.mark.parametrize("bell", [True, False])
async def test_a_callback_rings_and_moves_nothing(tmp_path: Path, bell: bool) -> None:
    home = make_home(tmp_path, calls=10)
    async with at_desk(home) as hands:
        hands.app.prefer("desk.bell", bell)
        bells = Bells(hands)
        await hands.press("escape", "ctrl+o", *"13700137000", "enter", "1", *"宏达")
        before = (hands.value("phone"), hands.value("company"), hands.focus, hands.app.focused)
        hands.app.turned.at = NOW + timedelta(hours=2)
        await hands.until(lambda: "回访到点 16:32" in hands.app.screen.query_one(StatusLine).text)
        assert "按 F9 接" in hands.app.screen.query_one(StatusLine).text
        assert "回访 2" in screen_lines(hands.app)[0]
        assert (hands.value("phone"), hands.value("company"), hands.focus, hands.app.focused) == before
        assert bells.rung == int(bell)


async def test_a_callback_that_comes_due_under_a_page_rings_and_is_told_when_the_desk_is_seen(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=10)) as hands:
        hands.app.prefer("desk.bell", True)
        bells = Bells(hands)
        await hands.press("f4")
        hands.app.turned.at = NOW + timedelta(hours=2)
        await hands.until(lambda: bells.rung == 1)
        assert "回访到点" not in screen_text(hands.app)
        await hands.press("escape")
        await hands.until(lambda: "回访到点 16:32" in hands.app.screen.query_one(StatusLine).text)
        assert bells.rung == 1


async def test_a_callback_that_comes_due_right_after_the_start_rings_too(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=10)) as hands:
        hands.app.turned.at = NOW + timedelta(hours=2)
        await hands.until(lambda: "回访到点 16:32" in hands.app.screen.query_one(StatusLine).text)


def callback(name: str, due: datetime) -> Callback:
    return Callback(due, Customer(phone=f"1390000000{name}", company=f"公司{name}"), name)


def test_each_callback_is_told_once_and_none_that_was_due_before() -> None:
    reminders = Reminders()
    old, soon, later = callback("1", NOW), callback("2", NOW + timedelta(minutes=1)), callback("3", NOW)
    reminders.look([old, soon], NOW, frozenset())
    assert not reminders.take()
    reminders.look([old, soon], NOW + timedelta(minutes=2), frozenset())
    reminders.look([old, soon, later], NOW + timedelta(minutes=2), frozenset())
    found = reminders.take()
    assert found == [soon, later]
    text = told(found, NOW, "F9")
    assert "另有 1 个" in text or "+1 more" in text
    assert " 14:33 " in text
    assert " Mon 11-23 14:33 " in told(found, NOW + timedelta(days=1), "F9"), "it came due while the machine slept"
    reminders.look([old, soon, later], NOW + timedelta(minutes=3), frozenset())
    assert not reminders.take()
    read_late = callback("4", NOW - timedelta(days=8))
    reminders.look([read_late, old, soon, later], NOW + timedelta(minutes=3), frozenset())
    assert not reminders.take(), "of a day that was read after the first look"


def test_a_desk_opened_under_a_clock_that_was_ahead_tells_what_comes_due_when_it_was_put_right() -> None:
    reminders, ahead = Reminders(), NOW + timedelta(days=2)
    soon, later = callback("1", NOW + timedelta(minutes=1)), callback("2", NOW + timedelta(days=1))
    reminders.look([soon, later], ahead, frozenset())
    reminders.look([soon, later], NOW, frozenset())
    assert not reminders.take()
    reminders.look([soon, later], NOW + timedelta(minutes=2), frozenset())
    assert reminders.take() == [soon]


def test_a_callback_in_hand_or_done_meanwhile_is_not_told() -> None:
    reminders = Reminders()
    reminders.look([], NOW, frozenset())
    one, two = callback("1", NOW), callback("2", NOW)
    reminders.look([one, two], NOW, frozenset({"+8613900000001"}))
    reminders.look([], NOW, frozenset())
    assert not reminders.take()
