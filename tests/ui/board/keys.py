"""The keys of a supervisor, for tests of what they do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

from textual.pilot import Pilot

from agent_tui.book import Book
from agent_tui.ui.app import Shell
from agent_tui.ui.board.screen import BoardScreen
from agent_tui.ui.kit.table import Table
from tests.company import Company
from tests.ui.golden import screen_text, settle, type_text
from tests.ui.shells import comes
from tests.waiting import happens

MONDAY = date(2026, 11, 23)


class Supervisor:
    """The keys of a supervisor, who waits for what they bring."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

    @property
    def shell(self) -> Shell:
        assert isinstance(self.pilot.app, Shell)
        return self.pilot.app

    @property
    def book(self) -> Book:
        return book_of(self.shell)

    async def ready(self) -> None:
        """Wait until the screen has read what it shows."""
        await ready(self.pilot)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await settle(self.pilot)

    async def fill(self, *texts: str) -> None:
        """Fill in the lines of a question, one after another; None leaves what stands there."""
        for text in texts:
            if text:
                await self.pilot.press("home", "shift+end", "delete")
                await type_text(self.pilot, text)
            await self.press("enter")

    async def sees(self, text: str) -> None:
        assert await comes(self.pilot, text), f"not shown: {text}\n{screen_text(self.pilot.app)}"

    async def reads(self, text: str) -> None:
        """See it wherever its lines end: where a path stands in it, that is as long as its folders' names."""

        def shown() -> str:
            return " ".join(screen_text(self.pilot.app).split())

        assert await happens(lambda: text in shown()), f"not shown: {text}\n{screen_text(self.pilot.app)}"

    def unsees(self, *ids: str) -> None:
        """No id of a record stands on the screen, also not over the end of a line."""
        shown = "".join(screen_text(self.pilot.app).split())
        assert not [id for id in ids if id in shown]

    async def on(self, agent: str) -> None:
        """Put the cursor on the row of an agent."""
        await self.ready()
        table = self.pilot.app.screen.query_one(Table)
        await self.pilot.press("home")
        for _ in table.rows:
            if (table.cursor_key or "") == agent:
                return
            await self.pilot.press("down")
        raise AssertionError(f"no row of {agent}")

    async def board(self) -> None:
        """Back to the board from wherever it is."""
        while not isinstance(self.pilot.app.screen, BoardScreen):
            await self.press("escape")
        await self.ready()


def book_of(shell: Shell) -> Book:
    assert shell.book is not None
    return shell.book


def board(company: Company, *, ascii: bool = True) -> Shell:
    """The program on the supervisor's machine; the company's book of it is closed first."""
    company.boss.close()
    shell = Shell(company.boss_home, company.clock, ascii=ascii)
    shell.open_book()
    return shell


async def ready(pilot: Pilot[None]) -> None:
    """Wait until the screen has read what it shows."""
    await settle(pilot)
    assert await happens(lambda: getattr(pilot.app.screen, "settled", True))
    await settle(pilot)


@asynccontextmanager
async def at_board(company: Company, *, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Supervisor]:
    """A supervisor at the board, which has read its day; the book is closed afterwards."""
    shell = board(company)
    try:
        async with shell.run_test(size=size) as pilot:
            await ready(pilot)
            yield Supervisor(pilot)
    finally:
        shell.close_book()
