"""A colleague puts the number in hand on the do-not-call list while the desk is open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from agent_tui.book import Book
from tests.book.world import TALKED
from tests.company import Company
from tests.ui.desk.bench import Hands, at_desk
from tests.ui.golden import screen_text

PHONE = "13800138000"


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path)
    made.join("A017", "张敏")
    made.join("A018", "李强")
    yield made
    made.close()


def closed(company: Company) -> Path:
    company.sync()
    company.desks.pop("A017").close()
    return company.folder / "A017"


def listed_by(colleague: Book, hands: Hands) -> None:
    colleague.own.log(replace(TALKED, outcome="do_not_call"))
    colleague.sync_once()
    hands.book.sync_once()


async def test_the_number_in_hand_stays_and_is_said_to_be_listed_once(company: Company) -> None:
    async with at_desk(closed(company), (80, 24)) as hands:
        await hands.press(*PHONE, "enter")
        assert "勿再拨名单" not in screen_text(hands.app)
        listed_by(company.desks["A018"], hands)
        await hands.until(lambda: "这个号码刚被列入勿再拨名单(11-23 A018 李强 登记),请勿拨打" in screen_text(hands.app))
        assert (hands.value("phone"), hands.focus) == (PHONE, "outcome")
        # A call that was under way is recorded all the same, and does not count.
        await hands.press("3")
        await hands.until(lambda: len(hands.book.calls("A017", hands.book.today())) == 1)
        assert hands.value("phone") == ""


async def test_what_is_being_typed_is_left_alone_and_the_number_is_refused_as_ever(company: Company) -> None:
    async with at_desk(closed(company)) as hands:
        await hands.press(*PHONE)
        listed_by(company.desks["A018"], hands)
        await hands.until(lambda: hands.book.lists.listed(PHONE) is not None)
        assert "刚被列入" not in screen_text(hands.app)
        await hands.press("enter")
        assert "按一次 Enter" in screen_text(hands.app)
