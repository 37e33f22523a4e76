"""A page of the board listens to the book once while it is there, and no more when it was left."""

from tests.company import Company, talk
from tests.ui.board.keys import at_board


async def test_a_page_of_the_board_that_was_left_hears_nothing(company: Company) -> None:
    talk(company.join("A017", "张敏"), 1)
    company.sync()
    async with at_board(company, size=(140, 40)) as hand:
        before = len(hand.book._listeners)
        for keys in (("enter",), ("f3",), ("f6",), ("f4",), ("f5",), ("f9", "1"), ("f9", "8")):
            await hand.press(*keys)
            await hand.ready()
            assert len(hand.book._listeners) == before + 1, (keys, hand.shell.screen)
            await hand.board()
            assert len(hand.book._listeners) == before, keys
