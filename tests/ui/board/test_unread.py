"""Keys before there are rows, as on a cold start in a big folder: nobody has seen whom they would act on."""

from datetime import datetime
from threading import Event, current_thread
from zoneinfo import ZoneInfo

import pytest

from agent_tui.clock import SetClock
from agent_tui.ui.board.queue import QueueScreen
from agent_tui.ui.kit.background import WORK
from tests.company import NOW, Company
from tests.ui.board.keys import Supervisor, board, book_of
from tests.ui.golden import screen_text
from tests.ui.shells import comes
from tests.ui.test_typed_ahead import send


class SlowReading(SetClock):
    """A clock that keeps whoever reads for a screen waiting until `go` is set."""

    def __init__(self) -> None:
        super().__init__(NOW, ticking=False)
        self.go = Event()

    def now(self, zone: ZoneInfo) -> datetime:
        if current_thread().name == WORK:
            self.go.wait()
        return super().now(zone)


@pytest.mark.parametrize("queue", [False, True])
async def test_a_key_that_needs_a_row_says_that_the_rows_are_still_being_read(company: Company, queue: bool) -> None:
    company.join("A017", "张敏")
    company.sync()
    company.clock = clock = SlowReading()
    shell = board(company)
    try:
        async with shell.run_test(size=(80, 24)) as pilot:
            boss = Supervisor(pilot)
            if queue:
                shell.push_screen(QueueScreen(book_of(shell), "evening"))
            assert await comes(pilot, "End of the day" if queue else "reading the month")
            for key, label in (("4", "4"), ("enter", "Enter")):
                send(pilot, key)
                assert await comes(pilot, f"still reading; press {label} again"), screen_text(shell)
            assert "A017" not in screen_text(shell)
            clock.go.set()
            await boss.ready()
            await boss.sees("A017")
            assert "still reading" not in screen_text(shell)
            await boss.press("4")
            await boss.sees("Confirm and lock?")
    finally:
        clock.go.set()
        shell.close_book()
