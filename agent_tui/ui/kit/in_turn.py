"""Keys, what is pasted and clicks, one after the other, however close together a terminal sends them: the second is for
what the first opened.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from time import monotonic

from textual import events
from textual.app import App
from textual.errors import NoWidget
from textual.message_pump import MessagePump

_LONGEST_S = 0.2
"""A key that never comes back, of a widget that is gone, holds up the next for no longer..."""
_LONGEST_TURNS = 100
"""... and so many turns: of a machine that stalls the time alone tells nothing."""
_TURNS = 5
"""Turns of the loop after which the question that a binding asks is there, and a page knows what its widget took."""

_WAITED_FOR = 200
"""More keys than anybody types while the program starts; what would hold them up waits for no more."""

Typed = events.Key | events.Paste
Pressed = events.MouseDown | events.MouseUp


class KeysInTurn(App[None]):
    """An app whose keys wait for each other; a paste is one of them, and a click waits for the keys before it.

    In Textual a key goes at once to what has the focus, also where one that came in the same read, as over a slow
    line, is about to open a question or to leave a page: F9 4 would confirm a day in place of opening a queue.
    """

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._key: Typed | None = None
        self._key_since = 0.0
        self._key_turns = 0
        self._key_stopped = 0
        self._keys_taken = 0
        self._keys_ahead: deque[Typed | Pressed] = deque()

    @property
    def typed_ahead(self) -> bool:
        """Whether keys wait for those before them."""
        return bool(self._keys_ahead)

    def after_keys(self, of: MessagePump, seconds: float, do: Callable[[], None]) -> None:
        """Do something in so many seconds, and as many later while keys wait, but not for ever: those of a key that
        sticks have no end. Nothing is done once `of`, whose it is, is gone.
        """
        last = self._keys_taken + _WAITED_FOR

        def due() -> None:
            if self.typed_ahead and self._keys_taken < last:
                of.set_timer(seconds, due)
            else:
                do()

        of.set_timer(seconds, due)

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, Typed | Pressed):
            await self._hand_out(event)
        elif self._exit:
            # What is typed behind the leaving is for nobody: no screen opens any more.
            self._keys_ahead.clear()
        elif not event.is_forwarded:
            self._keys_ahead.append(event)
            if len(self._keys_ahead) == 1:
                await self._next_key()
        else:  # no widget took it: now its bindings may
            await super().on_event(event)
            if event is self._key:
                for _ in range(_TURNS):
                    await asyncio.sleep(0)
                self._key = None

    async def _next_key(self) -> None:
        """Hand out the keys that wait, as far as those before them are done with."""
        while self._keys_ahead and not self._exit and not self._on_its_way():
            key = self._keys_ahead.popleft()
            self._keys_taken += 1
            # Of a click nobody tells when it is done with.
            self._key = key if isinstance(key, Typed) else None
            self._key_since, self._key_turns, self._key_stopped = monotonic(), 0, 0
            await self._hand_out(key)
            if not key.is_forwarded:
                self._key = None
        if self._keys_ahead and not self._exit:
            await asyncio.sleep(0)
            self.call_later(self._next_key)

    async def _hand_out(self, event: events.Event) -> None:
        # Textual asks what is under the mouse for its parent, which a widget that was taken away has no more.
        if not (isinstance(event, events.MouseEvent) and not event.is_forwarded and self._is_gone(event)):
            await super().on_event(event)

    def _is_gone(self, at: events.MouseEvent) -> bool:
        """Whether what is still drawn there was taken away: nothing is meant for what comes in its place."""
        try:
            widget, _ = self.get_widget_at(at.x, at.y)
        except NoWidget:
            return False
        return not widget.is_attached

    def _on_its_way(self) -> bool:
        """Whether the last key is still with the widgets, or the screen that it opened is not there yet."""
        self._key_turns += 1
        if self._key_turns > _LONGEST_TURNS and monotonic() - self._key_since > _LONGEST_S:
            return False
        if self._key is None:
            return not self.screen.is_mounted
        # Stopped by a widget, or on its last step to the app: then it is handled before this is asked again.
        self._key_stopped += self._key._stop_propagation
        return self._key_stopped < _TURNS
