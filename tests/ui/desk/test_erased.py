"""A customer is erased while the desk is open: what stands in the form, and what lies aside, goes."""

import asyncio
from pathlib import Path

from tests.ui.desk.bench import Hands, at_desk, known, make_home, with_list
from tests.ui.golden import screen_text


async def erase(hands: Hands, phone: str) -> None:
    await asyncio.to_thread(hands.book.erasures.erase, phone)


async def test_the_customer_in_hand_goes_and_the_next_number_comes(tmp_path: Path) -> None:
    async with at_desk(with_list(make_home(tmp_path))) as hands:
        await known(hands)
        assert hands.value("company") == "宁波海天0电器有限公司"
        await hands.press("1")
        await erase(hands, "13700137000")
        await hands.until(lambda: hands.value("phone") == "13700137001")
        assert "手上的客户资料已删除" in screen_text(hands.app)
        await hands.press("ctrl+z")
        assert "宁波海天0" not in screen_text(hands.app)


async def test_what_lies_aside_goes_too_and_leaves_the_draft(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137001", "enter", "2", "ctrl+o", *"13700137002", "enter")
        await erase(hands, "13700137001")
        await hands.until(lambda: not hands.view.form.parked)
        assert hands.value("phone") == "13700137002"
        await hands.press("1")
        await hands.until(lambda: "13700137001" not in str(hands.book.machine.drafts()))
        assert "13700137002" in str(hands.book.machine.drafts())


async def test_a_saved_call_of_the_customer_is_not_taken_back_into_the_form(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137001", "enter", "3")
        await hands.press(*"13700137002", "enter", "3")
        await erase(hands, "13700137002")
        await hands.until(lambda: len(hands.view.form.undoable) == 1)
        await hands.press("ctrl+z")
        assert hands.value("phone") == "13700137001"


async def test_a_customer_called_anew_after_the_erasure_stays(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137001", "enter", "3")
        await erase(hands, "13700137001")
        await hands.until(lambda: not hands.view.form.undoable)
        hands.app.turned.at = hands.app.turned.at.replace(hour=15)
        await hands.press(*"13700137001", "enter", "2")
        await erase(hands, "13700137009")
        await hands.until(lambda: hands.book.erasures.erased("13700137009", hands.book.now()))
        assert hands.value("phone") == "13700137001"
