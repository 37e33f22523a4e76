"""Asking for leave or a visit: the kind, then the particulars."""

from collections.abc import Callable
from datetime import date, timedelta

from agent_tui.book import Book
from agent_tui.book.acts import Written
from agent_tui.book.acts.agent import AgentActs
from agent_tui.i18n import t
from agent_tui.ui.kit.dialogs import Blank, Choice, Choose, Wrong, numbered
from agent_tui.ui.kit.filling import fill_in_tried
from agent_tui.ui.kit.page import Page
from agent_tui.ui.kit.spans import how_to_say, minutes_of
from agent_tui.ui.kit.when import parse_coming_days
from shared_rules.calendar import is_workday
from shared_rules.records.parts import AwayType
from shared_rules.text import plain

_KINDS = ("personal", "sick", "sick_note")
_AHEAD_DAYS = 15
"""How far ahead a workday is looked for: further than any holiday goes."""


async def ask_away(page: Page, book: Book, type: AwayType) -> Callable[[], Written] | None:
    """The act that writes the request; None when it was left. Run it in a worker."""
    kind: str | None = "visit"
    if type == "leave":
        choices = numbered(Choice(name, t(f"day.kind_{name}")) for name in _KINDS)
        kind = await page.app.push_screen_wait(Choose(t("day.kind_title"), choices))
    if kind is None:
        return None
    today = book.today()
    day = today if type == "visit" else _next_workday(book, today)

    def ask(agent: AgentActs, values: dict[str, str]) -> Written:
        days, minutes = _read(book, values)
        assert days is not None  # `_fault` let both pass
        assert minutes is not None
        sick = kind != "personal" and type == "leave"
        on, until = days
        return agent.ask(type, on, minutes, values["text"], until=until, sick=sick, note=kind == "sick_note")

    asked = await fill_in_tried(
        page,
        t("day.ask_visit") if type == "visit" else t("day.ask_leave", kind=t(f"day.kind_{kind}")),
        [
            Blank("on", t("day.on"), day.isoformat()),
            Blank("minutes", t("day.how_long")),
            Blank("text", t("day.reason")),
        ],
        lambda values: _fault(book, values),
        lambda values: ask(book.agent.trial, values),
        how_to_say(book.policy(day)),
        t("day.several_how", first=f"{day:%m-%d}", last=f"{day + timedelta(days=4):%m-%d}"),
    )
    return None if asked is None else lambda: ask(book.agent, asked)


def _next_workday(book: Book, today: date) -> date:
    """The first day after today on which there is work: leave is asked for a day ahead."""
    coming = (today + timedelta(days=number) for number in range(1, _AHEAD_DAYS))
    return next((day for day in coming if is_workday(book.policy(day), day)), today + timedelta(days=1))


def _read(book: Book, values: dict[str, str]) -> tuple[tuple[date, date] | None, int | None]:
    """The first day and the last, and how long, None for what is unreadable."""
    days = parse_coming_days(values["on"], book.today())
    return days, minutes_of(values["minutes"], book.policy(days[0] if days else None))


def _fault(book: Book, values: dict[str, str]) -> str:
    """What is wrong, in a line; what else the rules refuse the book tells."""
    days, minutes = _read(book, values)
    if days is None:
        return Wrong(t("day.bad_day", text=values["on"]), "on")
    if minutes is None:
        return Wrong(t("day.bad_minutes"), "minutes")
    return "" if plain(values["text"]) else Wrong(t("day.needs_reason"), "text")
