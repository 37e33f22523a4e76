"""A line of several to fill in: what is typed stands in the line for which it was typed."""

from collections.abc import Callable
from copy import copy
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from agent_tui.ui.kit.safe_input import SafeInput


class FormLine(SafeInput):
    """Keys act in the order in which they come. Textual lets a command wait until its key has come back up to the
    app, and sends there what is typed meanwhile: before the line is left, and before a character is deleted.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,shift+tab", "app.focus_previous", show=False),
        Binding("down,tab", "app.focus_next", show=False),
    ]

    def __init__(self, value: str, entered: Callable[[Input], None], *, id: str) -> None:
        super().__init__(value, id=id, select_on_focus=True)
        self._entered = entered

    async def _on_key(self, event: events.Key) -> None:
        focused = self.screen.focused
        if isinstance(focused, FormLine) and focused is not self:
            focused.post_message(copy(event))
        elif bound := self._bindings.key_to_bindings.get(event.key):
            await self.run_action(bound[0].action)
        else:
            return
        event.stop()
        event.prevent_default()

    async def action_submit(self) -> None:
        self._entered(self)
