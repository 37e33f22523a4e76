"""Handles keys, pastes and clicks strictly one after another, however close together a terminal sends them: the second
is meant for what the first one opened.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Any
from weakref import ref

from textual import events
from textual.app import App
from textual.errors import NoWidget
from textual.geometry import Offset
from textual.message_pump import MessagePump
from textual.screen import Screen

_LONGEST_S = 0.2
"""A key that is never finished with, as its widget is gone, holds up the next one for so long at most..."""
_LONGEST_TURNS = 100
"""... and for so many turns of the loop: on a machine that stalls, time alone says nothing."""
_TURNS = 5
"""Turns of the loop after which a question that a binding asks is shown, and a page knows what its widget took."""

_CLICK_TURNS = 25
"""Turns of the loop after which what a click opens is there: nothing tells when a click is finished."""

_WAITED_FOR = 200
"""More keys than anybody types while the program starts; what is put off for keys waits for no more than these."""

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
        self._turns_at_least = 0
        self._keys_ahead: deque[Typed | Pressed] = deque()
        self._clicked: tuple[Offset, float, ref[Screen[Any]]] | None = None
        self._second = False

    @property
    def typed_ahead(self) -> bool:
        """Whether keys wait for those before them."""
        return bool(self._keys_ahead)

    def action_press(self, key: str) -> None:
        """Do what a key does, for a click on it."""
        # Sent by the clicked widget itself, a key would not get past it on its way up to the screen's bindings.
        self.call_later(self.simulate_key, key)

    def after_keys(self, of: MessagePump, seconds: float, do: Callable[[], None]) -> None:
        """Do something in `seconds`, or as many seconds later while keys are waiting; but not for ever, as a key that
        sticks has no end. Nothing is done once `of`, which asked for it, is gone.
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
            # Keys typed after leaving are dropped: no screen opens any more.
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
        """Hand out the waiting keys whose predecessors are finished."""
        while self._keys_ahead and not self._exit and not self._on_its_way():
            key = self._keys_ahead.popleft()
            self._keys_taken += 1
            self._key = key if isinstance(key, Typed) else None
            self._turns_at_least = _CLICK_TURNS if isinstance(key, events.MouseUp) else 0
            self._key_since, self._key_turns, self._key_stopped = monotonic(), 0, 0
            await self._hand_out(key)
            if not key.is_forwarded:
                self._key = None
        if self._keys_ahead and not self._exit:
            await asyncio.sleep(0)
            self.call_later(self._next_key)

    async def _hand_out(self, event: events.Event) -> None:
        if not isinstance(event, events.MouseEvent) or event.is_forwarded or self._is_for_what_stands(event):
            await super().on_event(event)

    def _is_for_what_stands(self, event: events.MouseEvent) -> bool:
        return not (self._is_gone(event) or self._is_second(event))

    def _is_gone(self, at: events.MouseEvent) -> bool:
        """Whether the widget that is still drawn there was removed; the click is not for what comes in its place. And
        Textual asks the widget under the mouse for its parent, which a removed one no longer has.
        """
        try:
            widget, _ = self.get_widget_at(at.x, at.y)
        except NoWidget:
            return False
        return not widget.is_attached

    def _is_second(self, event: events.MouseEvent) -> bool:
        """Whether it is of the second click of a double click whose first opened or left a screen: it is not for what
        stands there now.
        """
        if isinstance(event, events.MouseDown):
            screen, self._second = ref(self.screen), False
            if self._clicked is not None:
                place, at, clicked = self._clicked
                soon = event.screen_offset == place and event.time - at < self.CLICK_CHAIN_TIME_THRESHOLD
                if soon and clicked() is not self.screen:
                    screen, self._second = clicked, True
            self._clicked = event.screen_offset, event.time, screen
        return self._second and isinstance(event, Pressed)

    def _on_its_way(self) -> bool:
        """Whether the last key is still with the widgets, or the screen that it opened is not there yet."""
        self._key_turns += 1
        if self._key_turns > _LONGEST_TURNS and monotonic() - self._key_since > _LONGEST_S:
            return False
        if self._key is None:
            return self._key_turns < self._turns_at_least or not self.screen.is_mounted
        # Stopped by a widget, or on its last step to the app: then it is handled before this is asked again.
        self._key_stopped += self._key._stop_propagation
        return self._key_stopped < _TURNS
