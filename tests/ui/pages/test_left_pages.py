"""A page of the desk listens to the book once while it is there, and no more when it was left."""

from pathlib import Path

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
