"""Keys without end, as of one that sticks or of a gun that reads codes: the day is read all the same, and synced."""

import asyncio
from pathlib import Path

from agent_tui.ui.desk.screen import DeskScreen
from tests.ui.desk.bench import DeskApp, Hands, make_home
from tests.waiting import happens


async def test_a_desk_under_keys_without_end_reads_its_day_and_syncs(tmp_path: Path) -> None:
    app = DeskApp(make_home(tmp_path, calls=3))
    app.open_book()
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(app, pilot)

        async def stuck() -> None:
            """So that one is waiting whenever somebody looks."""
            while True:
                if len(app._keys_ahead) < 5:
                    hands.send("5")
                await asyncio.sleep(0)

        key = asyncio.create_task(stuck())
        desk = app.screen
        assert isinstance(desk, DeskScreen)
        try:
            assert await happens(lambda: desk.ready)
            assert await happens(lambda: hands.book.customers.started)
        finally:
            key.cancel()
    app.close_book()
