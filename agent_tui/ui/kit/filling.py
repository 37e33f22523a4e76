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
"""What is wrong with values filled in, in a line; empty when nothing is."""


async def fill_in(page: Page, title: str, blanks: list[Blank], fault: Fault, *rows: str) -> dict[str, str] | None:
    """Lines filled in, under the rows; None for Esc."""
    told = [line(row) for row in rows if row]
    return await page.app.push_screen_wait(Ask(title, blanks, fault, rows=told))


async def fill_in_tried(
    page: Page, title: str, blanks: list[Blank], fault: Fault, trial: Callable[[dict[str, str]], object], *rows: str
) -> dict[str, str] | None:
    """Lines filled in so that the book would take them; None for Esc.

    What it would refuse is told before any question, and what was typed is not lost.
    """
    while (filled := await fill_in(page, title, blanks, fault, *rows)) is not None:
        if await look(page, partial(trial, filled)) is not None:
            return filled
        blanks = [replace(blank, value=filled[blank.name]) for blank in blanks]
    return None


async def look(page: Page, ask: Callable[[], T]) -> T | None:
    """What the book answers, asked off the event loop; None, with the reason said, where it refuses."""
    result: asyncio.Future[T | Problem] = asyncio.get_running_loop().create_future()
    in_background(page, ask, result.set_result, result.set_result)
    answer = await result
    if isinstance(answer, Problem):
        page.say(str(answer), "error")
        return None
    return answer
