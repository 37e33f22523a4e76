"""The settings screen: a row for each leaf of the tree, and one for each stored setting that is not taken."""

from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from agent_tui.errors import Problem
from agent_tui.i18n import language, t
from agent_tui.settings import Leaf, leaves
from agent_tui.ui import theme
from agent_tui.ui.commands import bindings
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.page import Page, Plain, titled
from agent_tui.ui.kit.pick import Pick
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.text import line


class Door(Widget, can_focus=True):
    """A row that opens something on Enter or a click."""

    DEFAULT_CSS = """
    Door { height: 1; width: 1fr; background: $surface; }
    Door:focus { background: $panel; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", show=False)]

    class Opened(Message):
        """Enter or a click."""

    def __init__(self, text: str, *, id: str) -> None:
        super().__init__(id=id)
        self._text = text

    def render(self) -> Content:
        return line(self._text)

    def on_click(self, _: events.Click) -> None:
        self.action_open()

    def action_open(self) -> None:
        self.post_message(self.Opened())


class SettingsScreen(Page):
    """What is chosen is kept and applied at once."""

    scope = "settings"
    CSS = """
    SettingsScreen #form { margin: 1 2; height: auto; }
    SettingsScreen .row { height: 1; }
    SettingsScreen .group { color: $text-muted; height: 1; }
    SettingsScreen .label { width: 14; padding: 0 0 0 2; }
    SettingsScreen Pick { width: 1fr; }
    SettingsScreen .fault { color: $text-warning; }
    SettingsScreen #tell { height: 2; margin: 1 0 0 0; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("settings"),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._drawn_as: tuple[str, bool] | None = None
        self._came_as: tuple[str, bool] | None = None
        self._chosen = "look.language"

    def compose(self) -> ComposeResult:
        yield Plain(t("settings.title"), classes="header")
        with Vertical(id="form", classes="panel") as form:
            titled(form, t("settings.title"))
            group = ""
            for leaf in leaves():
                of, _, below = leaf.path.partition(".")
                if of != group:
                    group = of
                    yield Plain(t(f"settings.{of}" if below else f"settings.{of}_group"), classes="group")
                with Horizontal(classes="row"):
                    yield Plain(leaf.title, classes="label")
                    yield self._field(leaf)
            for place, fault in enumerate(self._strange):
                yield Door(fault, id=f"strange-{place}")
            yield Plain(id="tell")
        yield StatusLine()
        yield HintLine(self.scope)

    @property
    def _strange(self) -> list[str]:
        """Stored settings that are in no tree."""
        known = {leaf.path for leaf in leaves()}
        return [fault.path for fault in self.shell.preferences.faults if fault.path not in known]

    def _field(self, leaf: Leaf) -> Widget:
        value = self._value(leaf)
        if leaf.path == "keys":
            text = t("settings.keys_some", count=len(value)) if value else t("settings.keys_none")
            return Door(text, id=_id(leaf.path))
        return Pick([(_name(choice), self._title(leaf, choice)) for choice in self._choices(leaf)], _name(value),
                    id=_id(leaf.path))  # fmt: skip

    def _value(self, leaf: Leaf) -> Any:
        if leaf.path == "look.ascii":
            return self.shell.ascii
        value: Any = self.shell.preferences.settings
        for part in leaf.path.split("."):
            value = getattr(value, part)
        return value

    def _choices(self, leaf: Leaf) -> list[Any]:
        if leaf.path != "look.theme":
            return list(leaf.choices)
        shipped = [known.name for known in theme.THEMES]
        return shipped if self._value(leaf) in shipped else [*shipped, self._value(leaf)]

    @staticmethod
    def _title(leaf: Leaf, choice: Any) -> str:
        if leaf.kind is bool:
            return t("settings.yes" if choice else "settings.no")
        if leaf.path == "look.theme":
            return t(f"settings.theme_{choice}") if choice in (known.name for known in theme.THEMES) else choice
        return t(f"settings.{leaf.path.replace('.', '_')}_{choice}")

    def on_mount(self) -> None:
        self._drawn_as = language(), self.shell.ascii
        self._came_as = self._came_as or self._drawn_as
        self.query_one(StatusLine).rest((t("settings.rest"), "$text-muted"))
        if told := self.shell.preferences.told():
            self.say(told, "warning")
        self.query_one(f"#{_id(self._chosen)}").focus()

    # ---- choosing ----

    def on_descendant_focus(self) -> None:
        if leaf := self._leaf():
            self._chosen = leaf.path
        told = [leaf.sentence if leaf else self._about_strange()]
        if leaf and leaf.path == "look.language" and (asked := self.shell.preferences.asked_language):
            told.append(t("settings.look_language_asked", language=t(f"settings.look_language_{asked}")))
        if leaf and leaf.path == "look.theme" and self.shell.no_color:
            told.append(t("settings.look_theme_no_color"))
        if leaf and leaf.path == "look.ascii" and self.shell.preferences.asked_ascii:
            told.append(t("settings.look_ascii_asked"))
        self.query_one("#tell", Plain).show_lines(*map(line, told))
        self.query_one(HintLine).refresh()

    def _leaf(self) -> Leaf | None:
        id = self.focused.id if self.focused else None
        return next((leaf for leaf in leaves() if _id(leaf.path) == id), None)

    def _about_strange(self) -> str:
        path = self._strange_path()
        return next((fault.text for fault in self.shell.preferences.faults if fault.path == path), "")

    def _strange_path(self) -> str | None:
        id = (self.focused.id if self.focused else None) or ""
        return self._strange[int(id.removeprefix("strange-"))] if id.startswith("strange-") else None

    async def on_pick_changed(self, event: Pick.Changed) -> None:
        leaf = next(leaf for leaf in leaves() if _id(leaf.path) == event.pick.id)
        value: Any = event.value == "true" if leaf.kind is bool else event.value
        self.shell.prefer(leaf.path, value)
        await self._redraw()

    def on_pick_done(self) -> None:
        self.focus_next()

    def on_door_opened(self) -> None:
        from agent_tui.ui.settings.keys import KeysScreen  # noqa: PLC0415 - only who opens it

        if self._leaf():
            self.app.push_screen(KeysScreen(), self._keys_done)

    def _keys_done(self, _: None) -> None:
        self.call_later(self._redraw, always=True)

    def action_reset(self) -> None:
        leaf = self._leaf()
        path = leaf.path if leaf else self._strange_path()
        if path is None:
            return
        try:
            self.shell.preferences.forget(path)
        except Problem as problem:
            self.refused(problem)
        # Not here, where a key's action runs: what else happens on this screen waits for what it draws.
        self.call_later(self._redraw, always=True)

    async def _redraw(self, *, always: bool = False) -> None:
        """Draw the screen anew where what changed is how it is drawn."""
        if always or (language(), self.shell.ascii) != self._drawn_as:
            await self.recompose()
            self.on_mount()

    def action_back(self) -> None:
        if self._drawn_as == self._came_as:
            self.app.pop_screen()
        else:
            self.shell.draw_anew()


def _id(path: str) -> str:
    return f"set-{path.replace('.', '-')}"


def _name(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
