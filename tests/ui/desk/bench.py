"""A real home with a few calls in it, and the program on it; the clock and the time between keys are the test's."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from agent_tui import teams
from agent_tui.book import Book, CallEntry
from agent_tui.clock import SetClock
from agent_tui.i18n import Language, set_language
from agent_tui.ui.app import Shell
from agent_tui.ui.desk.form import FormView
from agent_tui.ui.desk.screen import DeskScreen
from agent_tui.views import CallView
from shared_rules.records.parts import Customer
from tests.ui.golden import settle
from tests.waiting import happens

NOW = datetime(2026, 11, 23, 14, 32, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = NOW.date()
CALLBACK = "13900000003"
_COMPANIES = ("鑫源化工有限公司", "恒信物流有限公司", "华泰机械股份有限公司", "宁波宏达科技有限公司")
_PEOPLE = (("李", "采购经理"), ("张总", "总经理"), ("王", "厂长"), ("欧阳", "行政"))


def make_home(folder: Path, *, calls: int = 0) -> Path:
    """A home of one person, with a morning of `calls` conversations, one of which promised a call by now."""
    teams.create_solo(
        folder, "A017", "张敏", date(2026, 11, 9), "Asia/Shanghai", SetClock(NOW - timedelta(days=3), ticking=False)
    )
    book = Book.open(folder, SetClock(NOW, ticking=False))
    for number in range(calls):
        contact, title = _PEOPLE[number % 4]
        due = {3: NOW - timedelta(minutes=10), 9: NOW + timedelta(hours=2)}
        book.own.log(
            CallEntry(
                phone=f"139{number:08}",
                outcome="talked" if number % 6 else "no_answer",
                interest="intent" if number % 5 == 0 else None,
                grade="B" if number % 5 == 0 else None,
                company=_COMPANIES[number % 4],
                contact=contact,
                title=title,
                department="采购部",
                headcount="51-200",
                it_status="有系统",
                note="要报价" if number % 7 else "",
                started_at=NOW - timedelta(minutes=4 * (calls - number)),
                duration_s=87,
                follow_up=due.get(number),
            )
        )
    if calls:
        book.supervisor.points("A017", "att.late", date(2026, 11, 20))
    book.close()
    return folder


class TurnedClock:
    """Stands where the test turns it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self, zone: ZoneInfo) -> datetime:
        return self.at.astimezone(zone)


class DeskApp(Shell):
    """The program, its desk told the time, and the time between keys, by the test."""

    def __init__(self, home: Path, *, language: Language = "zh", ascii: bool = False) -> None:
        self.turned = TurnedClock(NOW)
        super().__init__(home, self.turned, ascii=ascii, language=language, board=False)
        set_language(language)
        self.seconds = 0.0

    def _desk(self) -> Screen[None]:
        assert self.book is not None
        return DeskScreen(self.book, lambda: self.seconds)


class Hands:
    """What a person does at the desk, and sees there."""

    def __init__(self, app: DeskApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.keys = 0
        """How many keys were pressed."""

    @property
    def book(self) -> Book:
        assert self.app.book is not None
        return self.app.book

    @property
    def view(self) -> FormView:
        return self.app.screen.query_one(FormView)

    def value(self, name: str) -> str:
        return self.view.form.sheet.value(name)

    @property
    def focus(self) -> str:
        return self.view.form.sheet.focus

    def calls(self) -> list[CallView]:
        return self.book.calls("A017", DAY)

    def send(self, key: str) -> None:
        """A named key or a character, without waiting for what it does."""
        driver = self.app._driver
        assert driver is not None
        self.keys += 1
        driver.send_message(events.Key(key, key if len(key) == 1 else None))

    async def press(self, *keys: str) -> None:
        """Named keys or digits, each when the one before was dealt with, a second after it."""
        for key in keys:
            self.app.seconds += 1.0
            self.send(key)
            await self.pilot.pause()
            if isinstance(self.app.screen, DeskScreen) and self.view.form.busy:
                await self.until(lambda: self.view.form.busy is None)
        await settle(self.pilot)

    async def burst(self, *keys: str) -> None:
        """Named keys or characters as fast as they come; then wait until what they did is done."""
        self.app.seconds += 1.0
        for key in keys:
            self.send(key)
        await self.pilot.pause()
        await self.until(lambda: self.view.form.busy is None)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for what a thread does."""
        assert await happens(condition)
        await settle(self.pilot)


@asynccontextmanager
async def at_desk(
    home: Path, size: tuple[int, int] = (80, 24), *, language: Language = "zh", ascii: bool = False
) -> AsyncIterator[Hands]:
    """The program on `home`, its desk open, its first figures read."""
    app = DeskApp(home, language=language, ascii=ascii)
    app.open_book()
    try:
        async with app.run_test(size=size) as pilot:
            hands = Hands(app, pilot)
            await hands.until(lambda: isinstance(app.screen, DeskScreen) and app.screen.ready)
            yield hands
    finally:
        app.close_book()


def with_list(home: Path, count: int = 3) -> Path:
    """The home with a list of numbers to call."""
    book = Book.open(home, SetClock(NOW, ticking=False))
    leads = [
        Customer(phone=f"+8613700137{n:03}", company=f"宁波海天{n}电器有限公司", contact="周", title="厂长")
        for n in range(count)
    ]
    taker = book.lists.taking("十一月名单", ["A017"])
    taker.take([(n, "", customer) for n, customer in enumerate(leads, 2)])
    book.close()
    return home


async def known(hands: Hands) -> None:
    """Wait until the customers are known and what they bring is on the screen."""
    await hands.until(lambda: hands.book.customers.up_to_date)
    await settle(hands.pilot)
