"""Keeps what is unfinished on the disk, soon after each key."""

from collections.abc import Callable
from typing import Any

from textual.screen import Screen
from textual.timer import Timer

from agent_tui.book import Book
from agent_tui.errors import Problem
from agent_tui.ui.desk.entry import EntryForm
from agent_tui.ui.kit.background import in_background

_AFTER_S = 0.5


class Drafts:
    """The draft of one form. `damaged` tells whether the one that was there could not be read."""

    def __init__(self, book: Book, form: EntryForm, screen: Screen[None], failed: Callable[[Problem], None]) -> None:
        self._book = book
        self._form = form
        self._screen = screen
        self._failed = failed
        self._kept: dict[str, Any] | None = None
        self._timer: Timer | None = None
        self.damaged = False

    def restore(self) -> None:
        """Start the form with what was unfinished, and keep that as the form has it."""
        try:
            self._kept = self._book.machine.draft()
            self._form.start(self._kept)
        except (KeyError, TypeError, ValueError, AttributeError):
            self._form.start()
            self.damaged = True
            return
        if self._form.rebegun:
            # At once: of a desk killed after a save, the disk must not tell of another start than the record does.
            try:
                self._keep()
            except Problem as problem:
                self._not_kept(problem)
        self.soon()

    def soon(self) -> None:
        """Keep it in a moment, off the event loop."""
        if self._timer is None:
            self._timer = self._screen.set_timer(_AFTER_S, self._soon)

    def now(self) -> None:
        """Keep it, if it is not what is kept: another desk on this home may have kept its own, or none, since."""
        if self._timer:
            self._timer.stop()
            self._timer = None
        draft = self._form.draft()
        if draft is not None and draft != self._book.machine.draft():
            self._kept = None
        self._keep()

    def _keep(self) -> None:
        draft = self._form.draft()
        if draft != self._kept:
            self._kept = draft
            self._book.machine.keep_draft(draft)

    def _soon(self) -> None:
        self._timer = None
        draft = self._form.draft()
        if draft != self._kept:
            self._kept = draft
            # What is kept is read when it is written, so that an older draft never overtakes a newer one.
            in_background(
                self._screen, lambda: self._book.machine.keep_draft(self._kept), lambda _: None, self._not_kept
            )

    def _not_kept(self, problem: Problem) -> None:
        self._kept = None
        self._failed(problem)
