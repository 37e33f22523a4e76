"""Keeps what is unfinished on the disk, soon after each key; takes up what desks on this home left that ended."""

from collections.abc import Callable, Set
from datetime import datetime
from threading import Lock
from typing import Any

from textual.screen import Screen
from textual.timer import Timer

from agent_tui.book import Book
from agent_tui.errors import Problem
from agent_tui.ui.desk.entry import EntryForm
from agent_tui.ui.kit.background import in_background

_AFTER_S = 0.5

_Kept = tuple[dict[str, Any] | None, frozenset[str]]


class Drafts:
    """The draft of one form."""

    def __init__(self, book: Book, form: EntryForm, screen: Screen[None], failed: Callable[[Problem], None]) -> None:
        self._book = book
        self._form = form
        self._screen = screen
        self._failed = failed
        # What is to be kept, with the places of what others left and it holds too; and what lies on the disk.
        self._kept: _Kept = (None, frozenset())
        self._written: _Kept = self._kept
        self._taken: frozenset[str] = frozenset()
        self._writing = Lock()
        self._timer: Timer | None = None

    def restore(self) -> None:
        """Start the form with what was unfinished, and keep that as the form has it."""
        found = self._book.machine.drafts()
        self._taken = frozenset(found)
        self._form.start(found.values())
        if self._form.damaged:
            return
        if self._form.rebegun:
            # At once: of a desk killed after a save, the disk must not tell of another start than the record does.
            try:
                self._keep()
            except Problem as problem:
                self._failed(problem)
        self.soon()

    def look(self, recorded: Set[tuple[datetime, str]], took: Callable[[], None]) -> None:
        """Take up what desks on this home left that ended meanwhile, but for what is `recorded`; then call `took`."""

        def take(found: dict[str, dict[str, Any]]) -> None:
            if left := {place: draft for place, draft in found.items() if place not in self._taken}:
                self._form.take_up(left.values(), recorded)
                self._taken |= frozenset(left)
                took()

        known = self._taken
        in_background(self._screen, lambda: self._book.machine.drafts_left(known), take, self._failed)

    def soon(self) -> None:
        """Keep it in a moment, off the event loop."""
        if self._timer is None:
            self._timer = self._screen.set_timer(_AFTER_S, self._soon)

    def now(self) -> None:
        """Keep it, if it is not what is kept."""
        if self._timer:
            self._timer.stop()
            self._timer = None
        self._keep()

    def _keep(self) -> None:
        if self._turned():
            self._write()

    def _soon(self) -> None:
        self._timer = None
        if self._turned():
            in_background(self._screen, self._write, lambda _: None, self._failed)

    def _turned(self) -> bool:
        """Take what the form has as what is to be kept; whether that is not on the disk yet."""
        self._kept = (self._form.draft(), self._taken)
        return self._kept != self._written

    def _write(self) -> None:
        # What is to be kept is read when it is written, so that an older draft never overtakes a newer one.
        with self._writing:
            kept = self._kept
            self._book.machine.keep_draft(*kept)
            self._written = kept
