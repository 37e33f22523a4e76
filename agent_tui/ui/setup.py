"""The first run: Enter through the defaults gives a working desk; a team is joined or created now or later."""

import getpass
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from agent_tui import teams
from agent_tui.clock import DEFAULT_ZONE
from agent_tui.errors import Problem
from agent_tui.i18n import language, t
from agent_tui.ui.kit.background import in_background
from agent_tui.ui.kit.dialogs import Tell
from agent_tui.ui.kit.form_line import FormLine
from agent_tui.ui.kit.live import BookChanged, follow
from agent_tui.ui.kit.page import Page, Plain, hinted
from agent_tui.ui.kit.pick import Pick
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.text import line
from agent_tui.ui.kit.when import parse_day

_ASKED = {
    "solo": ("id", "name", "hired", "zone"),
    "join": ("share", "id", "name", "hired"),
    "create": ("share", "team", "id", "name", "zone"),
}
"""What each way asks, in the order of the screen."""

_LINES = ("share", "team", "id", "name", "hired", "zone")


class SetupScreen(Page):
    """Who sits here and how. `later`: the book is open already, and a team may be joined or created."""

    scope = "ui"
    CSS = """
    SetupScreen #form { margin: 1 2; height: auto; }
    SetupScreen #intro { height: auto; margin: 0 0 1 0; }
    SetupScreen StatusLine { height: auto; max-height: 4; text-wrap: wrap; text-overflow: fold; dock: bottom; }
    SetupScreen .row { height: 1; }
    SetupScreen .label { width: 15; color: $text-muted; }
    SetupScreen Input { width: 1fr; }
    SetupScreen Pick { width: 1fr; }
    SetupScreen #tell { height: 2; margin: 1 0 0 0; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("escape", "back", show=False),
    ]

    def __init__(self, *, later: bool = False) -> None:
        super().__init__()
        self._later = later
        self._way = "join" if later else "solo"
        self._values: dict[str, str] = {}
        self._about = ""
        self._busy = False

    def compose(self) -> ComposeResult:
        if not self._values:
            self._values = self._defaults()
        yield Plain(classes="header")
        with Vertical(id="form", classes="panel"):
            yield Plain(id="intro")
            yield from self._row("language", Pick(_languages(), language(), id="field-language"))
            if self._may_choose():
                yield from self._row("way", Pick(self._ways(), self._way, id="field-way"))
                for name in _LINES:
                    yield from self._row(name, FormLine(self._values[name], self._after, id=f"field-{name}"))
            yield Plain(id="tell")
        yield StatusLine()

    @staticmethod
    def _row(name: str, field: Widget) -> ComposeResult:
        with Horizontal(classes="row", id=f"row-{name}"):
            yield Plain(classes="label")
            yield field

    def on_mount(self) -> None:
        self._unfollow = follow(self.shell.book, self) if self.shell.book else None
        self._opened()

    def on_unmount(self) -> None:
        if self._unfollow:
            self._unfollow()

    async def on_book_changed(self, _: BookChanged) -> None:
        """An approval may have come while the page waits for it."""
        if self._about != self._intro() and not self._busy:
            await self._compose_anew()

    async def _compose_anew(self) -> None:
        await self.recompose()
        self._opened()

    def _opened(self) -> None:
        self._lay_out()
        self.query_one("#field-language").focus()
        self._reword()

    def _reword(self) -> None:
        """Say everything, in the language that is spoken now. No field is made anew: what is typed meanwhile stays."""
        self.query_one(".header", Plain).show(t("setup.title_later" if self._later else "setup.title"))
        hinted(self.query_one("#form"), t("setup.about"), t("setup.last") if self._may_choose() else "")
        self._about = self._intro()
        self.query_one("#intro", Plain).show(self._about)
        for row in self.query(".row"):
            name = (row.id or "").removeprefix("row-")
            row.query_one(".label", Plain).show(t(f"setup.{name}"))
        if self._may_choose():
            self.query_one("#field-way", Pick).offer(self._ways())
        self.on_descendant_focus()
        book = self.shell.book
        if book is not None and book.identity.waiting is not None:
            in_background(self, book.members.waiting_words, self._tell_words, self._failed)
        self.query_one(StatusLine).rest((t("setup.rest_later" if self._later else "setup.rest"), "$text-muted"))

    def _tell_words(self, words: tuple[str, ...]) -> None:
        rows = [
            line(self._intro()),
            line(""),
            line(t("setup.words_1")),
            line(("  " + "  ".join(words), "bold $primary")),
        ]
        self.query_one("#intro", Plain).show_lines(*rows)

    def _lay_out(self) -> None:
        if self._may_choose():
            for name in _LINES:
                self.query_one(f"#row-{name}").display = name in _ASKED[self._way]

    def _may_choose(self) -> bool:
        """A team is joined or created only from a team of one that waits for no other."""
        book = self.shell.book
        return book is None or (book.identity.solo and book.identity.waiting is None)

    def _intro(self) -> str:
        book = self.shell.book
        if book is None:
            return t("setup.intro")
        me = book.identity
        if me.waiting is not None:
            return t("setup.intro_waiting", team=me.waiting)
        if me.solo:
            return t("setup.intro_later")
        about = t("setup.intro_member", team=me.team_name, share=me.share or "")
        trouble = book.sync_view().error
        return t("setup.intro_trouble", about=about, trouble=trouble) if trouble else about

    def _ways(self) -> list[tuple[str, str]]:
        offered = ("join", "create") if self._later else ("solo", "join", "create")
        return [(way, t(f"setup.way_{way}")) for way in offered]

    def _defaults(self) -> dict[str, str]:
        book = self.shell.book
        me = book.identity if book else None
        return {
            "share": "",
            "team": t("setup.default_team"),
            "id": me.agent if me else "A001",
            "name": me.name if me else _login_name(),
            "hired": (me.hired if me else self._today()).isoformat(),
            "zone": me.zone if me else DEFAULT_ZONE,
        }

    def _today(self) -> date:
        return self.shell.clock.now(ZoneInfo(DEFAULT_ZONE)).date()

    # ---- walking through ----

    def on_descendant_focus(self) -> None:
        name = (self.focused.id or "").removeprefix("field-") if self.focused else ""
        if name:
            self.query_one("#tell", Plain).show(self._hint(name))

    def _hint(self, name: str) -> str:
        return t("setup.tell_share_new" if name == "share" and self._way == "create" else f"setup.tell_{name}")

    def _need(self, name: str) -> None:
        """Say under the fields that this one is still to be filled in, and with what."""
        empty = t("setup.empty", label=t(f"setup.{name}"))
        self.query_one("#tell", Plain).show_lines(line((empty, "$text-error bold")), line(self._hint(name)))

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.has_focus:
            self.query_one(StatusLine).hush()
            self.on_descendant_focus()

    def on_pick_changed(self, event: Pick.Changed) -> None:
        if event.pick.id == "field-language":
            self.shell.prefer("look.language", event.value)
            self._reword()
        else:
            self._keep()
            self._way = event.value
            if self._way == "create" and self._values["id"] == "A001":
                self.query_one("#field-id", Input).value = "S001"
            elif self._way != "create" and self._values["id"] == "S001":
                self.query_one("#field-id", Input).value = "A001"
            self._lay_out()
            self.on_descendant_focus()

    def on_pick_done(self, event: Pick.Done) -> None:
        self._after(event.pick)

    def _after(self, field: Widget) -> None:
        """Go on to the next field of this way; after the last one, start. Enter leaves no field empty or wrong."""
        name = (field.id or "").removeprefix("field-")
        if isinstance(field, Input):
            value = field.value.strip()
            if not value:
                self._need(name)
                return
            if text := self._fault_of(name, value):
                self.say(text, "error")
                field.select_all()
                return
        walk = ["language", *(["way", *_ASKED[self._way]] if self._may_choose() else [])]
        at = walk.index(name) + 1
        if at < len(walk):
            self.query_one(f"#field-{walk[at]}").focus()
        elif len(walk) > 1:
            self._start()

    def _keep(self) -> None:
        for name in _LINES if self._may_choose() else ():
            self._values[name] = self.query_one(f"#field-{name}", Input).value.strip()

    def action_back(self) -> None:
        if self._later and not self._busy:
            self.app.pop_screen()

    # ---- doing it ----

    def _start(self) -> None:
        if self._busy:
            return
        self._keep()
        wrong = self._fault()
        if wrong is not None:
            name, text = wrong
            self.query_one(f"#field-{name}").focus()
            self.say(text, "error")
            return
        self._busy = True
        self.say(t("setup.working"))
        in_background(self, self._work(), self._done, self._failed)

    def _fault(self) -> tuple[str, str] | None:
        """The first field that cannot stand, and why."""
        found = ((name, self._fault_of(name, self._values[name])) for name in _ASKED[self._way])
        return next(((name, text) for name, text in found if text), None)

    def _fault_of(self, name: str, value: str) -> str:
        if not value:
            return t("setup.empty", label=t(f"setup.{name}"))
        if name == "share" and "://" not in value and not Path(value).expanduser().is_absolute():
            # From where the program happened to start it would be a folder that nobody else sees.
            return t("setup.bad_share", text=value, like="Z:\\sales" if os.name == "nt" else "/mnt/sales")
        if name == "hired" and parse_day(value, self._today()) is None:
            return t("setup.bad_hired", text=value)
        if name == "zone" and not _is_zone(value):
            return t("setup.bad_zone", text=value)
        return ""

    def _work(self) -> Callable[[], str]:
        """What to do off the event loop; it gives the words or the code to show, or nothing."""
        way, values, shell = self._way, dict(self._values), self.shell
        home, clock = shell.home, shell.clock
        hired = parse_day(values["hired"], self._today()) or self._today()

        def work() -> str:
            if way == "solo":
                teams.create_solo(home, values["id"], values["name"], hired, values["zone"], clock)
                return ""
            share = values["share"]
            if way == "create":
                return teams.init_team(home, share, values["team"], values["id"], values["name"], values["zone"], clock)
            return "  ".join(teams.ask_to_join(home, share, values["id"], values["name"], hired, clock)())

        return work

    def _done(self, told: str) -> None:
        if self._way == "solo":
            self._enter()
            return
        self.hush()
        kind = "words" if self._way == "join" else "code"
        rows: list[Content] = [line(t(f"setup.{kind}_1")), line(""), line(("  " + told, "bold $primary")), line("")]
        rows.append(line(t(f"setup.{kind}_2")))
        if kind == "words":
            rows.append(line((t("setup.words_3"), "$text-warning")))
        key = "enter" if kind == "words" else "8"
        self.app.push_screen(
            Tell(t(f"setup.{kind}_title"), *rows, hint=t(f"setup.{kind}_hint"), key=key), lambda _: self._told(kind)
        )

    def _told(self, kind: str) -> None:
        if kind == "code":
            try:
                teams.code_seen(self.shell.home)
            except Problem as problem:
                self.refused(problem)
        self._enter()

    def _enter(self) -> None:
        chosen = language()
        self.shell.close_book()
        self.shell.open_book()
        self.shell.prefer("look.language", chosen)
        self.shell.enter()

    def _failed(self, problem: Problem) -> None:
        self._busy = False
        if field := _field_of(problem):
            self.query_one(f"#field-{field}").focus()
        self.refused(problem)


def _field_of(problem: Problem) -> str:
    """The field to change after a refusal; empty where none can mend it."""
    if problem.name.startswith("sync."):
        return "share"
    return {"errors.bad_id": "id", "errors.hired_to_come": "hired", "errors.bad_zone": "zone"}.get(problem.name, "")


def _languages() -> list[tuple[str, str]]:
    return [("zh", t("setup.language_zh")), ("en", t("setup.language_en"))]


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user in this system's list
        return "me"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError of its own
        return False
    except KeyError:
        return False
    return True
