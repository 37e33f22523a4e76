"""How an act of the board asks, writes, says what it did, and is taken back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from agent_tui.book import Book
from agent_tui.book.acts import Written
from agent_tui.i18n import t
from agent_tui.ui.commands import command
from agent_tui.ui.kit.dialogs import Choice, Choose, Confirm, Wrong
from agent_tui.ui.kit.filling import look
from agent_tui.ui.kit.page import Page
from agent_tui.ui.kit.text import line
from agent_tui.ui.kit.when import parse_day, weekday
from shared_rules.money import grouped

Act = Callable[[], Written]


@dataclass(frozen=True, slots=True)
class Who:
    """The agent and the day that an act is about."""

    agent: str
    name: str
    day: date

    @property
    def named(self) -> str:
        """A017 张敏."""
        return f"{self.agent} {self.name}"


@dataclass(frozen=True, slots=True)
class _Step:
    """A record that was written, and the way back."""

    id: str
    back: Act


@dataclass(frozen=True, slots=True)
class _Done:
    """What was done in one go. `steps` are those that stand, the latest last."""

    said: str
    steps: list[_Step]

    def take_back(self) -> Written:
        """Take all of it back; where that is refused midway, the rest is left for the next time."""
        while True:
            written = self.steps[-1].back()
            self.steps.pop()
            if not self.steps:
                return written


# What was done here, by book, the latest last: what ^Z takes back.
_done: WeakKeyDictionary[Book, list[_Done]] = WeakKeyDictionary()


async def choose(page: Page, title: str, choices: list[Choice], *rows: str) -> str | None:
    """One of several, by digit, under what the rows tell; None for Esc."""
    return await page.app.push_screen_wait(Choose(title, choices, rows=[line(row) for row in rows if row]))


async def confirmed(page: Page, title: str, *rows: str) -> bool:
    """Whether Enter was given to what the rows name."""
    return await page.app.push_screen_wait(Confirm(title, *(line(row) for row in rows if row)))


async def write(
    page: Page, book: Book, act: Act, said: str, back: Callable[[Written], Act | None] | None = None
) -> bool:
    """Write off the event loop, say `said`, and remember the way back: a withdrawal unless `back` gives another.

    False where it was refused, with the reason said and nothing recorded.
    """
    written = await look(page, act)
    if written is None:
        return False
    way = back(written) if back else lambda: book.supervisor.withdraw(written.id, t("doing.undone_text"))
    if way is not None:
        _done.setdefault(book, []).append(_Done(said, [_Step(written.id, way)]))
    page.say(said + (_can_undo() if way is not None else ""), "good")
    return True


async def write_all(page: Page, book: Book, acts: Sequence[tuple[Act, str]], said: Callable[[int], str]) -> None:
    """Write several, each with what is said of it; of all that were written `said` tells, and they go back together."""
    count = 0
    for act, one in acts:
        if not await write(page, book, act, one):
            break
        count += 1
    if count > 1:
        done = _done[book]
        steps = [step for one in done[-count:] for step in one.steps]
        done[-count:] = [_Done(said(count), steps)]
    if count == len(acts):
        page.say(said(count) + _can_undo(), "good")


def _can_undo() -> str:
    return t("doing.can_undo", key=command("board.undo").label)


def no_way_back(_: Written) -> None:
    """The `back` of an act that cannot be taken back, only changed by another act."""


def forget(book: Book, id: str) -> None:
    """Forget the record `id`, which was taken back in another way."""
    for one in _done.get(book, ()):
        one.steps[:] = [step for step in one.steps if step.id != id]
    _done[book] = [one for one in _done.get(book, ()) if one.steps]


async def take_back(page: Page, book: Book) -> None:
    """Take back the last thing done here, after a confirmation that names it."""
    done = _done.get(book)
    if not done:
        page.say(t("doing.nothing_to_undo"), "warning")
        return
    last = done[-1]
    if not await confirmed(page, t("doing.undo_title"), last.said):
        return
    if await write(page, book, last.take_back, t("doing.undone", what=last.said), no_way_back):
        done.remove(last)


def money(fen: int) -> str:
    """An amount in fen with its unit; a whole number of yuan without fen: 1,842.50 yuan, -80 yuan."""
    text = t("doing.yuan", amount=grouped(abs(fen)).removesuffix(".00"))
    return f"-{text}" if fen < 0 else text


def day_text(day: date) -> str:
    """2026-11-23 周一."""
    return f"{day} {weekday(day)}"


def day_fault(values: dict[str, str], today: date, *, name: str = "on") -> str:
    """What is wrong with a day filled in."""
    if parse_day(values[name], today):
        return ""
    return needs(values, name) or Wrong(t("board.bad_date", text=values[name]), name)


def the_day(values: dict[str, str], today: date, *, name: str = "on") -> date:
    """The day filled in, after `day_fault` let it pass."""
    day = parse_day(values[name], today)
    assert day is not None
    return day


def needs(values: dict[str, str], *names: str) -> str:
    """Which of the lines is empty and must not be."""
    empty = next((name for name in names if not values[name].strip()), None)
    return Wrong(t("doing.needed"), empty) if empty else ""
