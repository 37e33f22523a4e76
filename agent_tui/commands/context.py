"""What every command is given: the parsed line, this machine's home, the clock, and how it prints."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import msgspec

from agent_tui.clock import Clock
from agent_tui.commands import output
from agent_tui.i18n import Language


class Screens(Protocol):
    """Opens the screens on a home; given by the program's entry, so that no command reaches a screen.

    `board` opens the board (True) or the desk (False), None what the person there has. `language` is one asked for.
    """

    def __call__(
        self, home: Path, clock: Clock, *, ascii: bool, board: bool | None, language: Language | None
    ) -> int: ...


class Context(msgspec.Struct, frozen=True):
    """One command's run. `home` is the one asked for or the platform's; it need not exist."""

    args: Namespace
    home: Path
    clock: Clock
    share: str | None
    json: bool
    screens: Screens
    language: Language | None
    """The language asked for; None when it was left to the locale."""

    def open_screens(self, home: Path, clock: Clock, board: bool | None = None) -> int:
        """Open the screens on `home` and return the exit status."""
        return self.screens(home, clock, ascii=getattr(self.args, "ascii", False), board=board, language=self.language)

    def show(self, document: Any, human: Callable[[], None]) -> None:
        """Print `document` with --json, else what `human` prints."""
        if self.json:
            output.document(document)
        else:
            human()
