"""Plain-text goldens: the lines that the compositor would put on the terminal, kept under tests/ui/goldens.

`GOLDEN=update uv run pytest tests/ui` writes them anew; then read the difference before it is committed.
"""

import difflib
import os
import re
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App
from textual.keys import _character_to_key
from textual.pilot import Pilot

GOLDENS = Path(__file__).parent / "goldens"


def screen_lines(app: App[Any]) -> list[str]:
    """The lines now on the screen, without blanks at their ends."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def screen_text(app: App[Any]) -> str:
    """The screen as one text."""
    return "\n".join(screen_lines(app)) + "\n"


_DIGEST = re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{12}\b")
_RECORD_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def check_golden(app: App[Any], name: str, *, first: int = 0, last: int | None = None, ids: bool = False) -> None:
    """Compare the screen, its lines from `first` to before `last`, with the golden `name`, a file such as `board/zh`.

    With `ids` the ids of records, which are new each time, are shown as one, and so are digests of policies.
    """
    path = GOLDENS / f"{name}.txt"
    found = "\n".join(screen_lines(app)[first:last]) + "\n"
    if ids:
        found = _RECORD_ID.sub("0" * 8 + "-" + "0" * 4 + "-" + "0" * 4 + "-" + "0" * 4 + "-" + "0" * 12, found)
        found = _DIGEST.sub("0" * 12, found)
    if os.environ.get("GOLDEN") == "update":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8", newline="\n")
        return
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    if found != expected:
        difference = difflib.unified_diff(expected.splitlines(), found.splitlines(), "golden", "screen", lineterm="")
        raise AssertionError(f"{name} differs from its golden:\n" + "\n".join(difference))


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until what was posted has been handled and painted."""
    await pilot.pause()
    await pilot.wait_for_scheduled_animations()
    await pilot.pause()


async def type_text(pilot: Pilot[Any], text: str) -> None:
    """Type `text` key by key as a terminal sends it: `Pilot.press` drops Chinese punctuation and emoji."""
    driver = pilot.app._driver
    assert driver is not None
    for char in text:
        key = events.Key(_character_to_key(char), char)
        key.set_sender(pilot.app)
        driver.send_message(key)
    await settle(pilot)


async def paste(pilot: Pilot[Any], text: str) -> None:
    """Paste `text` into what has the focus."""
    pilot.app.screen.post_message(events.Paste(text))
    await settle(pilot)
