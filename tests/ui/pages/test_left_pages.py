"""A page of the desk listens to the book once while it is there, and no more when it was left."""

from pathlib import Path

from agent_tui.ui.kit.page import Page
from tests.ui.desk.bench import Hands, at_desk
from tests.ui.pages.bench import fetched

PAGES = (("f4",), ("f5",), ("f6",), ("f7",), ("f8",), ("ctrl+r",), ("f4", "enter"))


def listeners(hands: Hands) -> int:
    return len(hands.book._listeners)


async def test_a_page_of_the_desk_that_was_left_hears_nothing(home: Path) -> None:
    async with at_desk(home) as hands:
        before = listeners(hands)
        for keys in PAGES:
            for key in keys:
                await hands.press(key)
                await fetched(hands)
            assert listeners(hands) == before + len(keys), keys
            await hands.press(*["escape"] * len(keys))
            assert listeners(hands) == before, keys


async def test_the_desks_keys_lead_from_each_of_its_pages_to_the_others(home: Path) -> None:
    """What comes is told on the page in front, with the key of the page where it is read."""
    async with at_desk(home) as hands:

        async def goes(to: str, *keys: str) -> None:
            await hands.press(*keys)
            await hands.until(lambda: isinstance(hands.app.screen, Page) and hands.app.screen.scope == to)

        await goes("day", "f8")
        await goes("points", "f4")
        await goes("pay", "f5")
        await goes("week", "f6")
        await goes("cards", "f7")
        await goes("customers", "f3")
        await goes("day", "f8")
        await goes("points", "ctrl+g", "4")
        await goes("desk", "escape")  # no page lies under another
