"""The help: the keys of the screen it was asked from, then the pages of the manual, beginning with that screen's."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from agent_tui import manual
from agent_tui.i18n import language, t
from agent_tui.ui.commands import Command, command, commands
from agent_tui.ui.kit.markdown import page_lines
from agent_tui.ui.kit.page import Page, Plain
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.text import fit, line, spread, width, wrap

_WIDEST = 100

HERE = ""
"""The page of the keys of this screen, as they now are; the others are the manual's topics."""

_ABOUT = {
    "board.devices": "team",
    "board.wrong": "sync",
    "customers.list": "lists",
    "day": "week",
    "settings": "desk",
    "settings.keys": "keys",
    "why": "policy",
}
"""The topic of a screen, by its scope, where it is not called as the screen's package is."""


def _topic(scope: str) -> str:
    topic = _ABOUT.get(scope) or scope.partition(".")[0]
    return topic if topic in manual.TOPICS else manual.TOPICS[0]


class HelpScreen(Page):
    """Pages turned with ← and →, scrolled with ↑ and ↓. It opens at the keys of `asked_from`, a scope; the page of that
    screen comes next, and the others after it in their order.
    """

    scope = "ui"
    CSS = """
    HelpScreen VerticalScroll { padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("left,pageup", "turn(-1)", show=False, priority=True),
        Binding("right,pagedown", "turn(1)", show=False, priority=True),
    ]

    def __init__(self, asked_from: str) -> None:
        super().__init__()
        self._asked_from = asked_from
        first = manual.TOPICS.index(_topic(asked_from))
        self._pages = [HERE, *manual.TOPICS[first:], *manual.TOPICS[:first]]
        self._at = 0

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        with VerticalScroll(id="page"):
            yield Plain(id="text")
        yield StatusLine()

    def on_mount(self) -> None:
        self.query_one(StatusLine).rest((t("ui.help_hint"), "$text-muted"))
        self.query_one("#page").focus()
        self._show()

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        name = self._pages[self._at]
        number = f"{self._at + 1}/{len(self._pages)}"
        if name == HERE:
            title, rows = t("ui.help_keys"), self._key_lines()
            number = f"→ {self._manual_page(self._pages[1])[0]}  {number}"
        else:
            title, text = self._manual_page(name)
            rows = page_lines(text.partition("\n")[2].strip("\n"), min(_WIDEST, self.size.width - 6))
        self.query_one("#text", Plain).show_lines(*rows)
        head = spread(self.size.width - 2, f"{t('ui.help_title')}  {title}", "", number)
        self.query_one("#header", Plain).show(head)
        self.query_one("#page").scroll_home(animate=False)

    @staticmethod
    def _manual_page(topic: str) -> tuple[str, str]:
        try:
            return manual.title(topic, language()), manual.page(topic, language())
        except OSError:
            return topic, t("ui.help_none")

    def _key_lines(self) -> list[Content]:
        own = () if self._asked_from == "ui" else commands(self._asked_from)
        # Not every screen that a key opens is there for everybody, and before the first run is through none is.
        found = [*own, *(one for one in commands("ui") if self.app.check_action(one.action.removeprefix("app."), ()))]
        labels = max(width(_keys(one)) for one in found) + 2
        titles = max(width(one.title) for one in found) + 2
        room = max(20, self.size.width - labels - titles - 6)
        out: list[Content] = []
        for one in found:
            head = (fit(_keys(one), labels), fit(one.title, titles))
            for part in wrap(one.sentence, room):
                out.append(line((head[0], "bold $primary"), (head[1], "bold"), part))
                head = (" " * labels, " " * titles)
        return out

    def action_turn(self, by: int) -> None:
        self._at = (self._at + by) % len(self._pages)
        self._show()

    def action_leave(self) -> None:
        self.app.pop_screen()


def _keys(one: Command) -> str:
    jump = f"^G {one.jump}" if one.jump else ""
    # What has no key is found by its name.
    return "  ".join(part for part in (one.label, jump) if part) or command("ui.palette").label
