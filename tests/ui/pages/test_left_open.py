"""A page that is left open while the day ends."""

from datetime import timedelta
from gc import collect
from pathlib import Path
from weakref import ref

from agent_tui.ui.day.screen import DayScreen
from agent_tui.ui.kit.dialogs import Confirm
from tests.ui.desk.bench import NOW, at_desk
from tests.ui.golden import screen_text
from tests.ui.pages.bench import DAY, fetched

TOMORROW = NOW + timedelta(hours=10)


async def test_the_page_of_the_day_is_of_the_new_day_when_the_day_is_over(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f8")
        await fetched(hands)
        assert "周一 11-23" in screen_text(hands.app)
        hands.app.turned.at = TOMORROW
        await hands.until(lambda: "周二 11-24" in screen_text(hands.app))


async def test_the_day_that_was_asked_about_is_handed_in_also_when_it_is_over(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f8")
        await fetched(hands)
        await hands.press("1")
        assert "2026-11-23" in screen_text(hands.app)
        hands.app.turned.at = TOMORROW
        assert isinstance(hands.app.screen, Confirm)
        await hands.press("enter")
        await hands.until(lambda: isinstance(hands.app.screen, DayScreen))
        await hands.until(lambda: hands.book.day("A017", DAY).state == "handed_in")
        assert hands.book.day("A017", hands.book.today()).state == "open"
        await hands.until(lambda: "2026-11-23 已上交" in screen_text(hands.app))


async def test_nothing_that_a_page_drew_is_held_when_it_was_left(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f8")
        await fetched(hands)
        drawn = ref(hands.app.screen.query_one("#left")._styles_cache)
        await hands.press("escape")
        collect()
        assert drawn() is None, "a program that is never closed would hold more with each page"
