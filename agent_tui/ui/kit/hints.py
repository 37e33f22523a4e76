"""The footer: which key does what here. A click is the key."""

from collections.abc import Iterable, Sequence

from textual import events
from textual.content import Content
from textual.widget import Widget

from agent_tui.ui.commands import APP, Command, commands
from agent_tui.ui.kit.text import line, width

_WIDE_GAP, _GAP = 2, 1


class HintLine(Widget):
    """One line of `key title` out of the registry, closer together where there is little room.

    What does not fit is left out: the commands whose ids are `first_to_go`, in that order, then the highest rank.
    """

    DEFAULT_CSS = "HintLine { height: 1; padding: 0 1; color: $text-muted; background: $panel; dock: bottom; }"

    def __init__(self, scope: str, *, first_to_go: Sequence[str] = (), id: str = "hints") -> None:
        super().__init__(id=id)
        self._scope = scope
        self._first_to_go = first_to_go
        self._gap = _WIDE_GAP

    def shown(self) -> list[Command]:
        """The commands that fit, in the order of their rank."""
        own = () if self._scope == "ui" else commands(self._scope)
        found = [command for command in (*own, *APP) if command.footer and self._enabled(command) is not False]
        found.sort(key=lambda command: command.footer)
        room = self.size.width
        self._gap = _WIDE_GAP if self._width(found, _WIDE_GAP) <= room else _GAP
        while found and self._width(found, self._gap) > room:
            found.remove(self._least(found))
        return found

    def _least(self, found: list[Command]) -> Command:
        by_id = {command.id: command for command in found}
        if first := [by_id[id] for id in self._first_to_go if id in by_id]:
            return first[0]
        own = [command for command in found if command.scope != "ui"]
        return max(own or found, key=lambda command: command.footer)

    def _enabled(self, command: Command) -> bool | None:
        action = command.action
        if action.startswith("app."):
            return self.app.check_action(action.removeprefix("app."), ())
        return self.screen.check_action(action.removeprefix("screen."), ())

    @staticmethod
    def _width(found: Iterable[Command], gap: int) -> int:
        return sum(width(_text(command)) + gap for command in found) - gap

    def render(self) -> Content:
        parts: list[str | tuple[str, str]] = []
        for command in self.shown():
            parts += [(command.label, "bold $text"), _text(command)[len(command.label) :], " " * self._gap]
        return line(*parts)

    async def on_click(self, event: events.Click) -> None:
        at = 1
        for command in self.shown():
            end = at + width(_text(command))
            if at <= event.x < end:
                await self.run_action(command.action if "." in command.action else f"screen.{command.action}")
            at = end + self._gap


def _text(command: Command) -> str:
    """F1帮助; F1 help: a Latin title stands apart from its key."""
    apart = " " if command.title[:1].isascii() else ""
    return command.label + apart + command.title
