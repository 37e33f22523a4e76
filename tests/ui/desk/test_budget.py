"""The keystroke budget, replayed key by key through the real screen: the number of keys, and what is recorded."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from agent_tui import teams
from agent_tui.book import Book, CallEntry
from agent_tui.clock import SetClock
from agent_tui.commands.run import run
from agent_tui.ui.desk.screen import DeskScreen
from agent_tui.views import CallView
from tests.commands.running import no_screens
from tests.ui.desk.bench import DAY, NOW, DeskApp, Hands, at_desk
from tests.ui.golden import screen_lines


def new_home(folder: Path) -> Path:
    before = SetClock(NOW - timedelta(days=3), ticking=False)
    teams.create_solo(folder, "A017", "张敏", DAY.replace(day=9), "Asia/Shanghai", before)
    return folder


def home_with_callback(folder: Path) -> Path:
    """A home where a callback is due with a customer spoken to last Friday."""
    home = new_home(folder)
    book = Book.open(home, SetClock(NOW, ticking=False))
    book.own.log(
        CallEntry(
            phone="13800138000", outcome="talked", company="宁波宏达科技有限公司", contact="王", title="采购经理",
            department="采购部", headcount="51-200", it_status="有系统", note="问功能",
            started_at=NOW - timedelta(days=3), follow_up=NOW - timedelta(minutes=1),
        )
    )  # fmt: skip
    book.close()
    return home


def home_with_list(folder: Path) -> Path:
    """A home with a list of one new customer: the number and the company."""
    home, leads = new_home(folder / "home"), folder / "leads.csv"
    leads.write_text("电话,单位名称\n13900139000,华泰机械有限公司\n", encoding="utf-8")
    told = ["--home", str(home), "--now", NOW.isoformat(), "import", "leads", str(leads), "--assign", "A017"]
    assert run(told, no_screens) == 0
    return home


async def loaded(hands: Hands) -> None:
    """Wait for the first number: a list is known a moment after the first figures."""
    await hands.until(lambda: hands.value("phone") != "")
    hands.app.seconds += 1.0


def recorded(hands: Hands) -> CallView:
    """The one call of today."""
    (call,) = hands.calls()
    assert "1 通" in screen_lines(hands.app)[16]
    return call


async def test_a_unanswered_out_of_the_list_is_one_key(tmp_path: Path) -> None:
    async with at_desk(home_with_list(tmp_path)) as hands:
        await loaded(hands)
        await hands.press("3")
        assert hands.keys == 1
        call = recorded(hands)
        assert (call.outcome, call.valid, call.why_not) == ("no_answer", False, "not_spoken")
        assert call.customer
        assert (call.customer.phone, call.customer.company) == ("+8613900139000", "华泰机械有限公司")


async def test_b_known_customer_spoke_is_five_keys_one_after_hanging_up(tmp_path: Path) -> None:
    async with at_desk(home_with_callback(tmp_path)) as hands:
        await hands.press("1", "2", "1", "5")
        assert hands.calls() == []
        await hands.press("enter")
        assert hands.keys == 5
        call = recorded(hands)
        assert (call.outcome, call.interest, call.grade, call.valid, call.lead) == ("talked", "intent", "B", True, True)
        assert call.customer
        assert (call.customer.contact, call.customer.title, call.customer.headcount) == ("王", "采购经理", "51-200")
        # Own use ranks the notes: what was written last Friday comes first.
        assert call.customer.note == "问功能"
        assert call.follow_up == NOW + timedelta(days=7)


async def test_c_known_customer_refused_is_three_keys(tmp_path: Path) -> None:
    async with at_desk(home_with_callback(tmp_path)) as hands:
        await hands.press("2", "1", "enter")
        assert hands.keys == 3
        call = recorded(hands)
        assert (call.outcome, call.interest, call.follow_up, call.valid) == ("refused", None, None, True)
        assert call.customer
        assert call.customer.note == "要报价"


async def test_d_new_customer_of_the_list_is_ten_keys(tmp_path: Path) -> None:
    async with at_desk(home_with_list(tmp_path)) as hands:
        await loaded(hands)
        await hands.press("1", "3", "3", "2", "3", "1", "1", "2", "2")
        assert hands.calls() == []
        await hands.press("enter")
        assert hands.keys == 10
        call = recorded(hands)
        customer = call.customer
        assert customer
        assert (customer.company, customer.contact, customer.title) == ("华泰机械有限公司", "张", "采购经理")
        assert (customer.department, customer.headcount, customer.it_status) == ("采购部", "51-200", "有系统")
        assert (call.interest, call.grade, customer.note, call.valid) == ("intent", "A", "发资料", True)
        assert call.follow_up == NOW.replace(day=24, hour=9, minute=0)


async def test_d_with_surname_and_follow_up_typed_is_at_most_sixteen_keys(tmp_path: Path) -> None:
    async with at_desk(home_with_list(tmp_path)) as hands:
        await loaded(hands)
        await hands.press("1", "欧", "阳", "enter", "3", "2", "3", "1", "1", "2", *"15号", "enter")
        assert hands.keys <= 16
        call = recorded(hands)
        assert call.customer
        assert (call.customer.contact, call.customer.note, call.valid) == ("欧阳", "发资料", True)
        assert call.follow_up == NOW.replace(month=12, day=15, hour=9, minute=0)


async def test_e_brand_new_is_fifty_keys(tmp_path: Path) -> None:
    company = "ningbo hongda keji yxgs ltd"
    async with at_desk(new_home(tmp_path)) as hands:
        await hands.press(*"13700137000", "enter", "1", *company, "enter", *"33231125")
        assert hands.calls() == []
        await hands.press("enter")
        assert (len(company), hands.keys) == (27, 50)
        call = recorded(hands)
        customer = call.customer
        assert customer
        assert (customer.phone, customer.company, customer.contact) == ("+8613700137000", company, "张")
        assert (customer.title, customer.department, customer.headcount) == ("采购经理", "采购部", "51-200")
        assert (call.interest, call.grade, call.valid, call.lead) == ("intent", "A", True, True)
        assert call.follow_up == NOW + timedelta(days=7)


@pytest.mark.parametrize("at", ["2026-11-22T23:59", "2026-11-23T00:00", "2026-11-23T08:55", "2026-11-23T18:30"])
async def test_a_started_desk_has_the_first_number_at_any_hour_of_any_day(tmp_path: Path, at: str) -> None:
    """Nothing asks anything first: the number is loaded, 结果 has the focus, one key records it."""
    home = home_with_list(tmp_path)
    app = DeskApp(home)
    app.turned.at = datetime.fromisoformat(f"{at}+08:00")
    app.open_book()
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(app, pilot)
        await hands.until(lambda: isinstance(app.screen, DeskScreen) and app.screen.ready)
        await loaded(hands)
        assert (hands.value("phone"), hands.focus, hands.view.has_focus) == ("13900139000", "outcome", True)
        await hands.press("3")
        assert [call.outcome for call in hands.book.calls("A017", app.turned.at.date())] == ["no_answer"]
    app.close_book()
