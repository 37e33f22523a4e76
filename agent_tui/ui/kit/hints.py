"""The footer: which key does what here. A click is the key."""

from collections.abc import Iterable, Sequence

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from agent_tui.ui.commands import APP, Command, commands
from agent_tui.ui.kit.text import line, lines, width

_WIDE_GAP, _GAP = 2, 1
_LINES = 2


class HintLine(Widget):
    """Shows `key title` of each command, closer together where there is little room, and in two lines if need be.

    Commands in `spare` do not justify a second line. What does not fit is left out: first the commands whose ids are in
    `first_to_go`, in that order, then those of the highest rank. The number of lines depends on the width alone, not on
    which commands are enabled, so that nothing above it moves when that changes.
    """

    DEFAULT_CSS = "HintLine { height: auto; padding: 0 1; color: $text-muted; background: $panel; dock: bottom; }"

    def __init__(self, scope: str, *, first_to_go: Sequence[str] = (), spare: Sequence[str] = ()) -> None:
        super().__init__(id="hints")
        self._scope = scope
        self._first_to_go = first_to_go
        self._spare = spare
        self._gap = _WIDE_GAP
        self._offered: list[Command] = []

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual names them
        found = [command for command in self._registered() if command.id not in self._spare]
        return min(_LINES, len(_lines(found, width, _GAP)))

    def shown(self) -> list[list[Command]]:
        """The commands that fit, line by line, in the order of their rank."""
        # While a question is open the keys are not for this screen; the hints stay as they were.
        if self.app.screen is self.screen or not self._offered:
            self._offered = [command for command in self._registered() if self._enabled(command) is not False]
        found = list(self._offered)
        room, most = self.content_size.width, max(1, self.content_size.height)
        self._gap = _WIDE_GAP if len(_lines(found, room, _WIDE_GAP)) <= most else _GAP
        while found and len(_lines(found, room, self._gap)) > most:
            found.remove(self._least(found))
        return _lines(found, room, self._gap)

    def left_out(self, ids: Iterable[str]) -> list[str]:
        """The hints of those commands with these ids for which there is no room."""
        shown = {command.id for row in self.shown() for command in row}
        return [
            key_and_title(command) for command in self._registered() if command.id in ids and command.id not in shown
        ]

    def _registered(self) -> list[Command]:
        own = () if self._scope == "ui" else commands(self._scope)
        return sorted((one for one in (*own, *APP) if one.footer), key=lambda one: one.footer)

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

    def render(self) -> Content:
        return lines(*(self._drawn(row) for row in self.shown()))

    def _drawn(self, row: Iterable[Command]) -> Content:
        parts: list[str | tuple[str, str]] = []
        for command in row:
            parts += [(command.label, "bold $text"), key_and_title(command)[len(command.label) :], " " * self._gap]
        return line(*parts)

    async def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        rows = self.shown()
        if place is None or place.y >= len(rows):
            return
        at = 0
        for command in rows[place.y]:
            end = at + width(key_and_title(command))
            if at <= place.x < end:
                await self.run_action(command.action if "." in command.action else f"screen.{command.action}")
            at = end + self._gap


def _lines(found: Iterable[Command], room: int, gap: int) -> list[list[Command]]:
    """The commands in lines of at most `room` cells."""
    rows: list[list[Command]] = []
    left = 0
    for command in found:
        cells = width(key_and_title(command))
        if not rows or cells + gap > left:
            rows.append([command])
            left = room - cells
        else:
            rows[-1].append(command)
            left -= cells + gap
    return rows


def key_and_title(command: Command) -> str:
    """F1帮助; F1 help: a Latin title stands apart from its key."""
    apart = " " if command.title[:1].isascii() else ""
    return command.label + apart + command.title
