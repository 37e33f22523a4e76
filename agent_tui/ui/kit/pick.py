"""One of a few, side by side: a digit or the arrows choose, Enter goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from agent_tui.ui.kit.numbers import half_width
from agent_tui.ui.kit.text import Part, line, width


class Pick(Widget, can_focus=True):
    """A line of choices; the chosen one stands in brackets."""

    DEFAULT_CSS = """
    Pick { height: 1; background: $surface; }
    Pick:focus { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right,space", "step(1)", show=False),
        Binding("enter", "go_on", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Another one was chosen."""

        pick: "Pick"
        value: str

    @dataclass
    class Done(Message):
        """Enter, or a digit: on to the next."""

        pick: "Pick"

    def __init__(self, choices: Sequence[tuple[str, str]], value: str, *, id: str) -> None:
        super().__init__(id=id)
        self._choices = list(choices)
        self.value = value

    def render(self) -> Content:
        parts: list[Part] = []
        for number, (value, title) in enumerate(self._choices, 1):
            chosen = value == self.value
            text = f"[{number} {title}]" if chosen else f" {number} {title} "
            parts += [(text, "bold $primary" if chosen else ""), " "]
        return line(*parts)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Show the same choices in other words."""
        self._choices = list(choices)
        self.refresh()

    def choose(self, value: str) -> None:
        """Choose `value` and tell."""
        if value != self.value:
            self.value = value
            self.refresh()
            self.post_message(self.Changed(self, value))

    def on_key(self, event: events.Key) -> None:
        digit = half_width(event.character)
        if digit.isascii() and digit.isdigit() and 1 <= int(digit) <= len(self._choices):
            event.stop()
            self.choose(self._choices[int(digit) - 1][0])
            self.post_message(self.Done(self))

    def on_click(self, event: events.Click) -> None:
        start = 0
        for number, (value, title) in enumerate(self._choices, 1):
            end = start + width(f"[{number} {title}]") + 1
            if start <= event.x < end:
                self.choose(value)
            start = end

    def action_step(self, by: int) -> None:
        place = [value for value, _ in self._choices].index(self.value)
        self.choose(self._choices[(place + by) % len(self._choices)][0])

    def action_go_on(self) -> None:
        self.post_message(self.Done(self))
