"""Whom to call next, and finding a customer, on the real screen over a real home."""

from datetime import timedelta
from pathlib import Path

import pytest

from agent_tui.book import Book, CallEntry
from agent_tui.clock import SetClock
from agent_tui.i18n import Language
from agent_tui.ui.desk.screen import DeskScreen
from agent_tui.ui.desk.source import BookWorld
from agent_tui.ui.kit.status import StatusLine
from tests.effort import effort
from tests.ui.desk.bench import CALLBACK, NOW, Hands, at_desk, known, make_home, with_list
from tests.ui.golden import check_golden, screen_text, settle, type_text


async def test_the_callbacks_come_first_and_then_the_list(tmp_path: Path) -> None:
    async with at_desk(with_list(make_home(tmp_path, calls=12)), (80, 24)) as hands:
        await known(hands)
        assert hands.value("phone").endswith(CALLBACK)
        assert "回访" in screen_text(hands.app)
        await hands.press("3")
        # What is known of the number comes off the loop.
        await hands.until(lambda: hands.value("company") == "宁波海天0电器有限公司")
        assert (hands.value("phone"), hands.focus) == ("13700137000", "outcome")
        await hands.press("3")
        await hands.until(lambda: hands.book.customers.up_to_date)
        assert hands.value("phone") == "13700137001"
        await hands.until(lambda: "名单剩 2" in _status(hands))
        await hands.press("ctrl+n")
        assert hands.value("phone") == "13700137002"
        await hands.press("3")
        # The skipped one was not called: it is offered again when the desk is opened anew.
        assert (hands.value("phone"), hands.focus) == ("", "phone")


async def test_a_due_callback_costs_the_same_however_many_entries_lie_aside(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    book = Book.open(home, SetClock(NOW, ticking=False))
    for number in range(20):
        entry = CallEntry(phone=f"136{number:08}", outcome="talked", follow_up=NOW - timedelta(minutes=number + 1))
        book.own.log(entry)
    book.close()
    async with at_desk(home, (80, 24)) as hands:
        screen = hands.app.screen
        assert isinstance(screen, DeskScreen)
        before = effort(screen.next_up)
        for number in range(10):
            await hands.press("ctrl+o")
            await type_text(hands.pilot, f"135{number:08}")
            await hands.press("enter")
        assert len(hands.view.form.parked) == 10
        aside = effort(lambda: hands.view.form.taken)
        assert effort(screen.next_up) <= before + aside


def test_a_lead_is_known_while_the_index_has_not_heard_of_the_last_call(tmp_path: Path) -> None:
    book = Book.open(with_list(make_home(tmp_path)), SetClock(NOW, ticking=False))
    book.customers.build()
    book.own.log(CallEntry(phone="13700137000", outcome="no_answer"))
    assert not book.customers.up_to_date
    world = BookWorld(book, lambda: 0.0, lambda _: None, lambda _: None)
    known = world.look_up("13700137001")
    assert known is not None
    assert known.customer.company == "宁波海天1电器有限公司"
    called = world.look_up("13700137000")
    assert called is not None
    assert (called.customer.company, called.called_today) == ("宁波海天0电器有限公司", NOW)
    book.close()


async def test_a_started_desk_has_the_first_number_of_the_list_loaded(tmp_path: Path) -> None:
    async with at_desk(with_list(make_home(tmp_path)), (80, 24)) as hands:
        await hands.until(lambda: hands.value("phone") != "")
        assert (hands.value("phone"), hands.focus) == ("13700137000", "outcome")
        assert "名单剩 3" in _status(hands)


async def test_a_number_begun_is_not_overtaken_by_the_list(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    async with at_desk(home, (80, 24)) as hands:
        await known(hands)
        await hands.press("1", "3", "8")
        with_list(home, 2)
        hands.book.sync_view()
        await hands.until(lambda: hands.book.lists.left() == 2)
        await settle(hands.pilot)
        assert (hands.value("phone"), hands.focus) == ("138", "phone")


async def test_a_list_that_grows_is_told_alike_over_the_calls_and_on_the_status_line(tmp_path: Path) -> None:
    home = with_list(make_home(tmp_path), 2)
    async with at_desk(home, (80, 24)) as hands:
        await known(hands)
        assert "名单剩 2" in screen_text(hands.app)
        with_list(home, 3)
        hands.book.sync_view()
        await hands.until(lambda: "名单剩 3" in _status(hands))
        await settle(hands.pilot)
        assert "名单剩 2" not in screen_text(hands.app)


async def test_f9_takes_callbacks_alone(tmp_path: Path) -> None:
    async with at_desk(with_list(make_home(tmp_path)), (80, 24)) as hands:
        await hands.until(lambda: hands.value("phone") != "")
        await hands.press("f9")
        assert "没有到期的回访" in screen_text(hands.app)


async def test_a_customer_is_found_while_one_types(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=24), (80, 24)) as hands:
        await known(hands)
        await hands.press("ctrl+o")
        await type_text(hands.pilot, "hthg")
        assert hands.view.form.finding.matches == ()
        await hands.press(*["backspace"] * 4)
        await type_text(hands.pilot, "htjx")
        assert "华泰机械 王厂长" in screen_text(hands.app)
        await hands.press("enter")
        assert (hands.value("company"), hands.focus) == ("华泰机械股份有限公司", "outcome")
        assert "打过" in screen_text(hands.app)
        await hands.press("ctrl+o")
        await hands.press("0", "0", "0", "7")
        await hands.press("down", "enter")
        assert hands.value("phone") == "13900000007"


async def test_a_company_is_offered_and_taken_by_down_enter(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=24), (80, 24)) as hands:
        await known(hands)
        await hands.press("ctrl+o", *"13800138111", "enter", "1")
        assert hands.focus == "company"
        await type_text(hands.pilot, "宏达")
        await hands.press("down", "enter")
        assert (hands.value("company"), hands.focus) == ("宁波宏达科技有限公司", "contact")


async def test_each_digit_of_putting_off_is_told(tmp_path: Path) -> None:
    async with at_desk(with_list(make_home(tmp_path)), (80, 24), language="en") as hands:
        await hands.until(lambda: hands.value("phone") != "")
        await hands.app.screen.run_action("postpone")
        await settle(hands.pilot)
        for told in ("1 in an hour", "4 in three days", "6 next month", "Enter done"):
            assert told in screen_text(hands.app)


@pytest.mark.parametrize(("typed", "told"), [("明天10点", "11-24 10:00\n"), ("周六10点", "11-28 10:00 (休息日)")])
async def test_a_number_is_put_off(tmp_path: Path, typed: str, told: str) -> None:
    async with at_desk(with_list(make_home(tmp_path)), (80, 24)) as hands:
        await hands.until(lambda: hands.value("phone") != "")
        await hands.app.screen.run_action("postpone")
        await settle(hands.pilot)
        await type_text(hands.pilot, "x")
        await hands.press("enter")
        assert "看不懂" in screen_text(hands.app)
        await hands.press("backspace")
        await type_text(hands.pilot, typed)
        await hands.press("enter")
        await hands.until(lambda: hands.value("phone") == "13700137001")
        assert f"已延后到 {told}" in screen_text(hands.app)


def _status(hands: Hands) -> str:
    """What the status line rests on, also while it says something else."""
    return hands.app.screen.query_one(StatusLine)._rest.plain


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_what_is_found_is_shown(tmp_path: Path, language: Language, size: tuple[int, int]) -> None:
    home = with_list(make_home(tmp_path, calls=24))
    async with at_desk(home, size, language=language, ascii=size[0] == 80) as hands:
        await known(hands)
        await hands.press("ctrl+o")
        await type_text(hands.pilot, "宁波")
        await hands.press("down")
        name = f"desk/{language}-{size[0]}x{size[1]}"
        check_golden(hands.app, f"{name}-found")
        await hands.press("enter")
        check_golden(hands.app, f"{name}-list")
