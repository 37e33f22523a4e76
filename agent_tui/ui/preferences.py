"""The settings at work: read from the book, applied to the program, kept when they change."""

from typing import Any

from textual.app import App

from agent_tui.book import Book
from agent_tui.i18n import Language, preferred, set_language, t
from agent_tui.settings import Fault, Settings, read
from agent_tui.ui import theme
from agent_tui.ui.commands import use_key_map
from agent_tui.ui.keymap import taken, textual_map
from agent_tui.ui.kit.text import draw_plainly


class Preferences:
    """Holds the settings in force and those that could not be taken. `ascii` and `language` are what was asked for."""

    def __init__(self, app: App[None], *, ascii: bool, language: Language | None) -> None:
        self._app = app
        self._asked_ascii = ascii
        self._asked_language = language
        self._book: Book | None = None
        self.settings = Settings()
        self.faults: list[Fault] = []
        self._apply()

    @property
    def ascii(self) -> bool:
        """Whether borders and bars are drawn without line characters."""
        return self._asked_ascii or self.settings.look.ascii

    @property
    def asked_ascii(self) -> bool:
        """Whether that was asked for at the start and holds in place of what is chosen in the settings."""
        return self._asked_ascii and not self.settings.look.ascii

    @property
    def asked_language(self) -> Language | None:
        """The language asked for at the start and spoken in place of the one chosen in the settings; None without."""
        return self._asked_language if self._asked_language != self.settings.look.language else None

    def follow(self, book: Book) -> None:
        """Take the settings of a book that was opened."""
        self._book = book
        self._read()
        if self._asked_language is None and self.settings.look.language != "system":
            set_language(self.settings.look.language)

    def put(self, path: str, value: Any) -> None:
        """Keep a setting and apply it. Raises Problem where it cannot be kept."""
        if self._book is not None:
            self._book.machine.set_setting(path, value)
        self._chosen(path)
        if path == "look.language":
            set_language(preferred() if value == "system" else value)

    def forget(self, path: str) -> None:
        """Put a setting back to what it is by itself. Raises Problem."""
        if self._book is not None:
            self._book.machine.forget_setting(path)
        self._chosen(path)
        if path == "look.language":
            set_language(preferred())

    def told(self) -> str:
        """What could not be taken, in one line; empty when all was."""
        if not self.faults:
            return ""
        text = self.faults[0].text
        return t("settings.and_more", text=text, count=len(self.faults) - 1) if len(self.faults) > 1 else text

    def _chosen(self, path: str) -> None:
        """Take what the book holds now; it holds in place of what was asked for at the start."""
        if path == "look.ascii":
            self._asked_ascii = False
        if path == "look.language":
            self._asked_language = None
        if self._book is not None:
            self._read()

    def _read(self) -> None:
        assert self._book is not None
        self.settings, self.faults = read(self._book.machine.settings())
        name = self.settings.look.theme
        if name not in self._app.available_themes:
            self.faults.append(Fault("look.theme", t("settings.no_theme", value=name[:40])))
        self._apply()

    def _apply(self) -> None:
        app, chosen = self._app, self.settings.look.theme
        keys: dict[str, str] = {}
        if self.settings.keys:
            keys, faults = taken(self.settings.keys)
            self.faults += faults
        use_key_map(keys)
        app.set_keymap(textual_map(keys))
        wanted = theme.NO_COLOUR if app.no_color else chosen if chosen in app.available_themes else theme.DEFAULT
        if app.theme != wanted:
            app.theme = wanted
        app.set_class(wanted == theme.NO_COLOUR, "-no-colour")
        app.set_class(self.ascii, "-ascii")
        draw_plainly(self.ascii)
