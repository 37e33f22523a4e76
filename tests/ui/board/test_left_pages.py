"""A page of the board listens to the book once while it is there, and no more when it was left."""

from tests.company import Company, talk
from tests.ui.board.keys import Supervisor, board, book_of, ready


async def test_a_page_of_the_board_that_was_left_hears_nothing(company: Company) -> None:
    talk(company.join("A017", "张敏"), 1)
    company.sync()
    shell = board(company)
    async with shell.run_test(size=(140, 40)) as pilot:
        hand = Supervisor(pilot)
        await ready(pilot)
        before = len(book_of(shell)._listeners)
        for keys in (("enter",), ("f3",), ("f6",), ("f4",), ("f5",), ("f9", "1"), ("f9", "8")):
            await hand.press(*keys)
            await ready(pilot)
            assert len(book_of(shell)._listeners) == before + 1, (keys, shell.screen)
            await hand.board()
            assert len(book_of(shell)._listeners) == before, keys
    shell.close_book()
