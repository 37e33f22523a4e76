"""The key map: every command that may have another key, screen by screen."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from agent_tui.i18n import t
from agent_tui.ui.commands import Command, bindings, command, everything, key_label, scope_name
from agent_tui.ui.keymap import fault_of
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.modal import Modal
from agent_tui.ui.kit.page import Page, Plain, hinted, titled
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Column, Row, Table


class KeysScreen(Page):
    """A row a command; Enter asks for its new key, Delete gives it its own again."""

    scope = "settings.keys"
    CSS = "KeysScreen #keys { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = bindings("settings.keys")

    def compose(self) -> ComposeResult:
        yield Plain(t("settings.title"), classes="header")
        with Vertical(id="keys", classes="panel") as panel:
            titled(panel, t("settings.keys_title"))
            yield Table(
                [
                    Column("where", t("settings.keys_where"), 14),
                    Column("command", t("settings.keys_command"), 16),
                    Column("key", t("settings.keys_key"), 9),
                    Column("own", t("settings.keys_own"), 9, drop=2),
                    Column("does", "", 10, grows=True, drop=1),
                ]
            )
        yield StatusLine()
        yield HintLine(self.scope)

    def on_mount(self) -> None:
        self._draw()
        self.query_one(Table).focus()

    def _draw(self) -> None:
        shell = self.shell
        shut = [name for name in ("desk", "board") if not shell.may_open(name)]
        shown = [one for one in everything() if not one.fixed and one.id.partition(".")[0] not in shut]
        self.query_one(Table).show([_row(one) for one in shown])

    def on_table_highlighted(self) -> None:
        if chosen := self._current:
            self.query_one(StatusLine).rest((chosen.sentence, "$text-muted"))

    @property
    def _current(self) -> Command | None:
        id = self.query_one(Table).cursor_key
        return command(id) if id else None

    def on_table_selected(self, _: Table.Selected) -> None:
        self.action_set()

    def action_set(self) -> None:
        if chosen := self._current:
            self.app.push_screen(PressKey(chosen), lambda key: self._given(chosen, key))

    def _given(self, chosen: Command, key: str | None) -> None:
        if key is None:
            return
        keys = dict(self.shell.preferences.settings.keys)
        keys.pop(chosen.id, None)
        if key != chosen.keys[0]:
            if why := fault_of(chosen, key, keys):
                self.say(why, "warning")
                return
            keys[chosen.id] = key
        self._keep(keys, chosen)

    def action_reset(self) -> None:
        if chosen := self._current:
            keys = {id: key for id, key in self.shell.preferences.settings.keys.items() if id != chosen.id}
            self._keep(keys, chosen)

    def _keep(self, keys: dict[str, str], chosen: Command) -> None:
        self.shell.prefer("keys", keys)
        self.say(t("settings.key_changed", command=chosen.title, key=chosen.label), "good")
        self._draw()

    def action_back(self) -> None:
        self.dismiss(None)


class PressKey(Modal[str | None]):
    """Waits for the key that a command is to have; None for Esc."""

    CSS = """
    PressKey { align: center middle; background: $background 50%; }
    PressKey > .box { width: 64; max-width: 96%; height: auto; padding: 1 2; }
    """

    def __init__(self, chosen: Command) -> None:
        super().__init__()
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            hinted(box, t("settings.press_title", command=self._chosen.title), t("settings.press_hint"))
            yield Plain(t("settings.press"))

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.dismiss(None if event.key == "escape" else event.key)


def _row(one: Command) -> Row:
    where = scope_name(one.scope)
    own = key_label(one.keys[0])
    return Row(
        one.id,
        {
            "where": (where, "muted"),
            "command": one.title,
            "key": (one.label, "good" if one.label != own else "plain"),
            "own": (own if one.label != own else "", "muted"),
            "does": (one.sentence, "muted"),
        },
    )
