"""The program on a terminal: opens setup, the desk or the board, and ends without a traceback."""

import gc
import os
import sys
from asyncio import CancelledError
from datetime import date
from pathlib import Path
from traceback import walk_tb
from typing import Any, ClassVar, Literal

if os.environ.get("TERM_PROGRAM") in ("iTerm.app", "vscode"):
    # These lose composed text under the Kitty protocol; Textual reads the variable when it is imported.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
# A key that comes soon after a frame waits for the next, the second of a burst for two. In Textual a frame lasts a
# sixtieth of a second; a shorter one halves that, and costs nothing while nothing changes.
os.environ.setdefault("TEXTUAL_FPS", "120")

from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.notifications import SeverityLevel
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.worker import WorkerFailed, get_current_worker

from agent_tui import crash
from agent_tui.book import Book, Change
from agent_tui.clock import Clock
from agent_tui.errors import Problem
from agent_tui.i18n import Language, language, t
from agent_tui.ui import theme
from agent_tui.ui.commands import bindings, command
from agent_tui.ui.kit.dialogs import Choice, Choose
from agent_tui.ui.kit.live import follow
from agent_tui.ui.kit.page import Page
from agent_tui.ui.kit.status import Kind, StatusLine
from agent_tui.ui.palette import Palette, page_bindings
from agent_tui.ui.preferences import Preferences

Place = Literal["desk", "board"]

# What the registry names that holds wherever no question is asked.
_EVERYWHERE = (
    "palette", "jump", "desk", "board", "customers", "team", "settings", "rules", "language", "theme", "help",
)  # fmt: skip
_WIDE = 120
# The first screen takes keys before the share and the older days are looked at.
_SYNC_AFTER_S = 0.3
_LOOK_AT_DAY_S = 1.0


def run(
    home: Path, clock: Clock, *, ascii: bool = False, board: bool | None = None, language: Language | None = None
) -> int:
    """Run the program in this terminal; its exit status.

    `board` opens the board (True) or the desk (False); None opens what the identity calls for. `language` is one that
    was asked for; None takes the one chosen in the program before. Raises Problem when the home cannot be opened.
    """
    shell = Shell(home, clock, ascii=ascii, board=board, language=language)
    try:
        shell.open_book()
        shell.run()
    finally:
        shell.close_book()
    if shell.report is not None:
        print(t("ui.crashed", path=shell.report), file=sys.stderr)
    return shell.return_code or 0


def _look_for_garbage() -> None:
    """From now on, where that was put off until the first screen is there. What is there by now stays for good."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class Shell(Palette):
    """Holds the book and the screens. `ascii` asks for borders and bars without line characters."""

    TITLE = "agent-tui"
    CSS = theme.CSS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("ui"), *page_bindings()]
    # Textual's own would open over a question, where ours does not.
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(_WIDE, "-wide")]  # noqa: RUF012 - Textual types it so

    def __init__(
        self,
        home: Path,
        clock: Clock,
        *,
        ascii: bool = False,
        board: bool | None = None,
        language: Language | None = None,
    ) -> None:
        # Without colour the terminal's own two are left alone: Textual's other way would draw black on black.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.home = home
        self.clock = clock
        self.report: Path | None = None
        self.book: Book | None = None
        self._begun: Book | None = None
        self._day: date | None = None
        self._wants_board = board
        self._place: Place = "desk"
        for known in theme.THEMES:
            self.register_theme(known)
        self.preferences = Preferences(self, ascii=ascii, language=language)
        self.undoable: list[Any] = []
        """What the desk can still take back, kept while another screen stands in its place."""

    @property
    def ascii(self) -> bool:
        """Whether borders and bars are drawn without line characters."""
        return self.preferences.ascii

    def refresh_css(self, animate: bool = True) -> None:
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            # The theme was chosen, and nothing is styled yet: what Textual would parse now is parsed with the screen.
            self.stylesheet.set_variables(self.get_css_variables())

    # ---- the book ----

    def open_book(self) -> None:
        """Open the book of this home, if it has a team yet. Raises Problem."""
        self.book = Book.find(self.home, self.clock)
        if self.book is None:
            return
        self._day = self.book.today()
        self.preferences.follow(self.book)
        self.undoable = []

    def close_book(self) -> None:
        """Close the book; within a second."""
        if self.book is not None:
            self.book.close()
            self.book = None

    def get_default_screen(self) -> Screen[None]:
        # Textual's own would be styled and laid out beneath the first screen, which was shown over it when it stood.
        screen = self._opening()
        # What Textual does for every screen but this: its style is read, and who asked for it is known when it goes.
        self._load_screen_css(screen)
        screen._push_result_callback(self, None)
        return screen

    def enter(self) -> None:
        """Go to the desk or the board of the open book, setup without one; sync starts."""
        self._show(self._opening())
        self._begin()

    def _opening(self) -> Screen[None]:
        if self.book is None:
            from agent_tui.ui.setup import SetupScreen  # noqa: PLC0415 - each screen loads when first shown

            return self._sized(SetupScreen())
        self._place = "board" if self._opens_board() else "desk"
        return self._sized(self._board() if self._place == "board" else self._desk())

    def _begin(self) -> None:
        if self.book is not None and self._begun is not self.book:
            self._begun = self.book
            follow(self.book, self)
            # Its threads would take turns with each of these keys.
            self.after_keys(self, _SYNC_AFTER_S, self._start_sync)

    def _start_sync(self) -> None:
        if self.book is not None:
            self.book.start_sync()

    def on_mount(self) -> None:
        self._begin()
        self.set_timer(_SYNC_AFTER_S, _look_for_garbage)
        self.set_interval(_LOOK_AT_DAY_S, self._look_at_day)
        if told := self.preferences.told():
            self.call_after_refresh(self.say, told, "warning")

    def _look_at_day(self) -> None:
        """When a day ends while the program is open, and when the clock was put right, every screen reads anew."""
        if self.book is not None and (today := self.book.today()) != self._day:
            self._day = today
            self.book.tell(Change(members=True))

    def on_book_changed(self) -> None:
        """An approval may make another person of who sits here."""
        if self.book is not None and not self.may_open(self._place):
            self.enter()

    def _opens_board(self) -> bool:
        assert self.book is not None
        me = self.book.identity
        if self._wants_board is not None and self.may_open("board" if self._wants_board else "desk"):
            return self._wants_board
        return me.supervises

    def may_open(self, name: Place) -> bool:
        """Whether the person here has that screen: agents a desk, supervisors a board, a team of one both."""
        if self.book is None:
            return False
        me = self.book.identity
        return me.solo or me.role == ("supervisor" if name == "board" else "agent")

    def _desk(self) -> Screen[None]:
        from agent_tui.ui.desk.screen import DeskScreen  # noqa: PLC0415 - only who opens it

        assert self.book is not None
        return DeskScreen(self.book)

    def _board(self) -> Screen[None]:
        from agent_tui.ui.board.screen import BoardScreen  # noqa: PLC0415 - only who opens it

        assert self.book is not None
        return BoardScreen(self.book)

    def _show(self, screen: Screen[None]) -> None:
        """Show `screen` in place of all others."""
        for present in self.screen_stack:
            if isinstance(present, Page):
                present.leave()
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.switch_screen(screen)

    def _sized(self, screen: Screen[None]) -> Screen[None]:
        # Before it is styled: a class that came with its size would have it all styled once more.
        return screen.set_class(self.size.width >= _WIDE, "-wide", update=False)

    # ---- saying ----

    def say(self, text: str, kind: Kind = "info") -> None:
        """Say something on the status line of the uppermost screen that has one."""
        for screen in reversed(self.screen_stack):
            try:
                screen.query_one(StatusLine).say(text, kind)
            except NoMatches:
                continue
            return

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,  # noqa: ARG002 - Textual's signature
        markup: bool = True,  # noqa: ARG002 - Textual's signature
    ) -> None:
        """Textual's own messages go to the status line too: a toast would cut wide characters."""
        self.say(f"{title} {message}".strip(), "info" if severity == "information" else severity)

    # ---- asking ----

    async def push_screen_wait(self, screen: Screen[Any] | str, *, mode: str | None = None) -> Any:
        """Ask for a page. One that was left meanwhile asks nothing any more: Textual would first let go of it here, and
        with that end whoever waits for it, the program too.
        """
        if get_current_worker().node not in (self, *self.screen_stack):
            raise CancelledError
        return await super().push_screen_wait(screen, mode=mode)

    # ---- what the registry names ----

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "jump" and isinstance(self.screen, Choose):
            return self.screen.page is not None
        if action in _EVERYWHERE:
            if isinstance(self.screen, ModalScreen):
                return False
            if action in ("desk", "board"):
                return self.may_open("desk" if action == "desk" else "board")
            if action in ("team", "settings", "customers", "rules"):
                return self.book is not None
        return super().check_action(action, parameters)

    def action_help(self) -> None:
        from agent_tui.ui.help import HelpScreen  # noqa: PLC0415 - only who opens it

        screen = self.screen
        if isinstance(screen, HelpScreen):
            self.pop_screen()
        else:
            self.push_screen(HelpScreen(screen.scope if isinstance(screen, Page) else "ui"))

    def action_desk(self) -> None:
        self._place = "desk"
        self._show(self._sized(self._desk()))

    def action_board(self) -> None:
        self._place = "board"
        self._show(self._sized(self._board()))

    def action_customers(self) -> None:
        from agent_tui.ui.customers.screen import CustomersScreen  # noqa: PLC0415 - only who opens it

        if self.book is not None and not isinstance(self.screen, CustomersScreen):
            self.push_screen(CustomersScreen(self.book))

    def action_team(self) -> None:
        from agent_tui.ui.setup import SetupScreen  # noqa: PLC0415 - only who opens it

        self.push_screen(SetupScreen(later=True))

    def action_settings(self) -> None:
        from agent_tui.ui.settings.screen import SettingsScreen  # noqa: PLC0415 - only who opens it

        if not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen())

    def action_rules(self) -> None:
        from agent_tui.ui.rules.screen import RulesScreen  # noqa: PLC0415 - only who opens it

        if self.book is not None and not isinstance(self.screen, RulesScreen):
            self.push_screen(RulesScreen(self.book))

    def action_language(self) -> None:
        self.prefer("look.language", "en" if language() == "zh" else "zh")
        self.draw_anew()

    def draw_anew(self) -> None:
        """Open the present place again: the language or the way of drawing changed."""
        if self.book is not None and self._place == "board" and self.may_open("board"):
            self.action_board()
        else:
            self.enter()

    def prefer(self, path: str, value: Any) -> None:
        """Keep a setting and apply it; where it cannot be kept, say so."""
        try:
            self.preferences.put(path, value)
        except Problem as problem:
            self.say(str(problem), "error")

    def action_theme(self) -> None:
        def chosen(name: str | None) -> None:
            if name is not None:
                self.prefer("look.theme", name)
                if self.no_color:
                    self.say(t("settings.look_theme_no_color"), "warning")

        names = [known.name for known in theme.THEMES] + sorted(
            set(self.available_themes) - {known.name for known in theme.THEMES}
        )
        self.push_screen(Choose(t("ui.theme_title"), [Choice(name, name) for name in names], typed=True), chosen)

    async def action_quit(self) -> None:
        self.exit()

    def action_help_quit(self) -> None:
        """What ^C is for elsewhere."""
        self.say(t("ui.quit_how", key=command("ui.quit").label))

    # ---- the unexpected ----

    def _was_left(self, error: NoMatches) -> bool:
        """Whether the widget that was asked is of a screen that stands no more."""
        # The error does not hold it, and what runs may be of another pump; but it is the self of the last frame.
        *_, (frame, _line) = walk_tb(error.__traceback__)
        asked = frame.f_locals.get("self")
        if not isinstance(asked, Widget):
            return False
        screen = next((node for node in asked.ancestors_with_self if isinstance(node, Screen)), None)
        return screen not in self.screen_stack

    def _handle_exception(self, error: Exception) -> None:
        """Textual's one way for an unhandled error: write the report, leave, and never show a traceback."""
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error  # which alone knows where it happened
        if isinstance(error, NoMatches) and self._was_left(error):
            # What was on its way to a screen when it was left finds none of its widgets; nobody misses it.
            return
        if self._exception is None:
            self._exception = error  # what `run_test` raises again
            self._exception_event.set()
            self.report = crash.write_report(self.home, error)
        self._return_code = 1
        self._close_messages_no_wait()
