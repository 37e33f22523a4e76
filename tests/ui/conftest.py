"""Every test of a screen begins and ends in English, with the keys as shipped and every character drawn as it is.

What a screen says stays until the next message: a busy machine may come to look at it late. A question hears Enter at
once: tests read it faster than people. And the next key comes when the one before has done all that it began.

A program whose book is still open is left for good: its sync would look at its folder as long as there are tests.
"""

from collections.abc import Iterator

import pytest
import textual.app
import textual.pilot

from agent_tui.i18n import set_language
from agent_tui.ui.app import Shell
from agent_tui.ui.commands import use_key_map
from agent_tui.ui.kit import dialogs, status
from agent_tui.ui.kit.text import draw_plainly
from tests.ui.rest import at_rest


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for module in (textual.app, textual.pilot):
        monkeypatch.setattr(module, "wait_for_idle", at_rest)
    monkeypatch.setattr(dialogs, "QUIET_S", 0.0)
    monkeypatch.setattr(status, "_SECONDS", dict.fromkeys(status._SECONDS, 3600.0))
    opened: list[Shell] = []
    open_book = Shell.open_book

    def open_and_note(shell: Shell) -> None:
        opened.append(shell)
        open_book(shell)

    monkeypatch.setattr(Shell, "open_book", open_and_note)
    _begin()
    yield
    _begin()
    for shell in opened:
        shell.close_book()


def _begin() -> None:
    set_language("en")
    draw_plainly(False)
    use_key_map({})
