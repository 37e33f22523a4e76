"""A line to type into that shows what is pasted as plain text."""

from textual.widgets import Input

from agent_tui.ui.kit.text import safe


class SafeInput(Input):
    """Textual's Input would hand a pasted escape character on to the terminal."""

    def validate_value(self, value: str) -> str:
        """The value with nothing in it that must not reach a terminal."""
        return safe(value)

    def on_blur(self) -> None:
        """What is too long for the line is read from its beginning."""
        self.scroll_to(0, animate=False, immediate=True)
