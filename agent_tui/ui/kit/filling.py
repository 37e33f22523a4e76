"""Forms over a page, and questions to the book, without blocking the keys."""

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
"""The line to go to after a refusal, by its name; the first line for other refusals."""


async def fill_in(
    page: Page, title: str, blanks: list[Blank], fault: Fault, *rows: str, at: str = ""
) -> dict[str, str] | None:
    """Have lines filled in, under the rows, with the cursor first in the line `at`; None for Esc."""
    told = [line(row) for row in rows if row]
    return await page.app.push_screen_wait(Ask(title, blanks, fault, rows=told, at=at))


async def fill_in_tried(
    page: Page, title: str, blanks: list[Blank], fault: Fault, trial: Callable[[dict[str, str]], object], *rows: str
) -> dict[str, str] | None:
    """Have lines filled in until the book would accept them; None for Esc.

    A refusal is told before any further question, and what was typed is kept.
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
    """The book's answer, asked off the event loop; None if it refuses, and then the reason is said."""
    answer = await _answer(page, ask)
    if isinstance(answer, Problem):
        page.refused(answer)
        return None
    return answer


async def _answer(page: Page, ask: Callable[[], T]) -> T | Problem:
    result: asyncio.Future[T | Problem] = asyncio.get_running_loop().create_future()
    in_background(page, ask, result.set_result, result.set_result)
    return await result
