"""Lines filled in over a page, and what the book answers, without holding up the keys."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from msgspec.structs import replace

from agent_tui.errors import Problem
from agent_tui.ui.kit.background import in_background
from agent_tui.ui.kit.dialogs import Ask, Blank
from agent_tui.ui.kit.page import Page
from agent_tui.ui.kit.text import line

T = TypeVar("T")
Fault = Callable[[dict[str, str]], str]
"""What is wrong with values filled in, in a line (`Wrong` says at which of theirs); empty when nothing is."""

_AT = {
    "acts.away_twice": "minutes",
    "acts.entered": "note",
    "acts.leads_not_lower": "leads",
    "acts.minutes": "minutes",
    "acts.needs_reason": "note",
    "acts.paid": "note",
    "acts.refund": "amount",
    "acts.until_past": "until",
    "acts.week_to_come": "week",
    "errors.after_leaving": "on",
    "errors.before_hired": "on",
    "errors.day_to_come": "on",
    "reports.in_share": "to",
    "reports.is_folder": "to",
    "reports.no_folder": "to",
    "reports.not_writable": "to",
    "reports.target_open": "to",
}
"""The line to change after a refusal, where a form has it; else it is the first."""


async def fill_in(
    page: Page, title: str, blanks: list[Blank], fault: Fault, *rows: str, at: str = ""
) -> dict[str, str] | None:
    """Lines filled in, under the rows, beginning `at` one; None for Esc."""
    told = [line(row) for row in rows if row]
    return await page.app.push_screen_wait(Ask(title, blanks, fault, rows=told, at=at))


async def fill_in_tried(
    page: Page, title: str, blanks: list[Blank], fault: Fault, trial: Callable[[dict[str, str]], object], *rows: str
) -> dict[str, str] | None:
    """Lines filled in so that the book would take them; None for Esc.

    What it would refuse is told before any question, and what was typed is not lost.
    """
    at, refused = "", False
    while (filled := await fill_in(page, title, blanks, fault, *rows, at=at)) is not None:
        answer = await _answer(page, partial(trial, filled))
        if not isinstance(answer, Problem):
            break
        page.refused(answer)
        refused = True
        blanks = [replace(blank, value=filled[blank.name]) for blank in blanks]
        line_to_change = _AT.get(answer.name, "")
        at = line_to_change if line_to_change in filled else ""
    if refused:
        page.hush()  # of what was put right or given up
    return filled


async def look(page: Page, ask: Callable[[], T]) -> T | None:
    """What the book answers, asked off the event loop; None, with the reason said, where it refuses."""
    answer = await _answer(page, ask)
    if isinstance(answer, Problem):
        page.refused(answer)
        return None
    return answer


async def _answer(page: Page, ask: Callable[[], T]) -> T | Problem:
    result: asyncio.Future[T | Problem] = asyncio.get_running_loop().create_future()
    in_background(page, ask, result.set_result, result.set_result)
    return await result
