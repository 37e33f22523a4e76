"""Questions asked over a screen: choose one, confirm one. Modal, so that no wide character below is cut."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat
from time import monotonic
from typing import ClassVar

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from agent_tui.i18n import t
from agent_tui.ui.commands import command, with_twins
from agent_tui.ui.kit.form_line import FormLine
from agent_tui.ui.kit.modal import Modal
from agent_tui.ui.kit.numbers import half_width
from agent_tui.ui.kit.page import Page, Plain, hinted
from agent_tui.ui.kit.quiet import QUIET_S
from agent_tui.ui.kit.safe_input import SafeInput
from agent_tui.ui.kit.text import crop, fit, line, lines, safe, width

_WIDEST = 76


class Choice(msgspec.Struct, frozen=True):
    """An answer on offer. `digit` chooses it at once; `key` is shown beside it; a typed part may match `also` too."""

    id: str
    title: str
    detail: str = ""
    digit: str = ""
    key: str = ""
    also: str = ""

    def matches(self, part: str) -> bool:
        return part.casefold() in f"{self.title} {self.detail} {self.also}".casefold()

    def begins(self, part: str) -> bool:
        return self.title.casefold().startswith(part.casefold())


def numbered(choices: Iterable[Choice], digits: str = "1234567890") -> list[Choice]:
    """The choices, each chosen at once by its digit while there are digits left."""
    given = zip(choices, chain(digits, repeat("")), strict=False)
    return [msgspec.structs.replace(choice, digit=digit) for choice, digit in given]


class Choose(Modal[str | None]):
    """One of several, under rows that say about what, the cursor first on `at`. With `typed` a part of a name
    narrows them. What is under the cursor is told in full, then and where a row has no room for it. The result is the
    choice's id; None for Esc.
    """

    CSS = """
    Choose { align: center middle; background: $background 50%; }
    Choose > .box { width: 76; max-width: 96%; height: auto; max-height: 90%; }
    Choose #question { max-height: 8; }
    Choose OptionList { height: auto; max-height: 16; border: none; background: $surface; padding: 0; }
    Choose OptionList { text-wrap: nowrap; }
    Choose #detail { height: 2; padding: 0 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        typed: bool = False,
        at: str = "",
        hint: str = "",
        empty: str = "",
        page: Page | None = None,
        rows: Sequence[Content] = (),
    ) -> None:
        super().__init__()
        self.page = page
        """The page from which one jumps, where that is what is asked."""
        self._title = title
        self._choices = list(choices)
        self._typed = typed
        self._tells = False
        self._at = at
        self._hint = hint or _keys_of(choices)
        self._empty = empty
        self._rows = rows

    def compose(self) -> ComposeResult:
        room = 0 if self._typed else self._room(self._choices)
        self._tells = any(width(safe(choice.detail)) > room for choice in self._choices)
        with Vertical(classes="box") as box:
            hinted(box, self._title, self._hint)
            if self._rows:
                yield Plain(lines(*self._rows), id="question")
            if self._typed:
                yield SafeInput(id="part")
            yield OptionList(*self._options(self._choices), id="options", markup=False)
            yield Plain(self._empty, id="empty")
            if self._tells:
                yield Plain(id="detail")

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        first = next((place for place, choice in enumerate(self._choices) if choice.id == self._at), 0)
        options.highlighted = first if self._choices else None
        self.query_one("#empty").display = not self._choices and bool(self._empty)
        (self.query_one(Input) if self._typed else options).focus()

    def _options(self, choices: Sequence[Choice]) -> list[Option]:
        digits, titles, keys = _widths(choices)
        room = self._room(choices)
        options = []
        for choice in choices:
            text = line(
                (fit(choice.digit, digits), "bold $primary"),
                fit(choice.title, titles),
                "  ",
                (fit(choice.key, keys) + ("  " if keys else ""), "bold $primary"),
                (crop(safe(choice.detail), room), "$text-muted"),
            )
            options.append(Option(text, id=choice.id))
        return options

    def _room(self, choices: Sequence[Choice]) -> int:
        """The cells that a row has for its detail."""
        digits, titles, keys = _widths(choices)
        # Borders, paddings, and the scroll bar that a long list has.
        return min(_WIDEST, self.app.size.width * 96 // 100) - 8 - digits - titles - keys - (2 if keys else 0)

    def on_input_changed(self, event: Input.Changed) -> None:
        from agent_tui.book.customers.pinyin import sounds  # noqa: PLC0415 - no start is to wait for it

        part = event.value.strip()
        # A Hanzi may be typed by its pinyin, where no input method is on.
        sound = sounds(part.casefold(), {char for one in self._choices for char in one.title + one.detail})
        named = (one for one in self._choices if one.matches(part) or (sound and sound.search(one.title + one.detail)))
        # What is called so before what only tells of it.
        found = sorted(named, key=lambda one: not (one.begins(part) or (sound and sound.match(one.title))))
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(self._options(found))
        options.highlighted = 0 if found else None
        self.query_one("#empty").display = not found
        self._tell()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._tell()

    def _tell(self) -> None:
        """Show the detail under the cursor as it is now: a highlight message may come after more was typed."""
        if self._tells:
            option = self.query_one(OptionList).highlighted_option
            told = next((choice.detail for choice in self._choices if option and choice.id == option.id), "")
            self.query_one("#detail", Plain).show(told)

    def on_input_submitted(self) -> None:
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self.dismiss(options.get_option_at_index(options.highlighted).id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_id)

    def on_key(self, event: events.Key) -> None:
        digit = half_width(event.character)
        for choice in self._choices:
            if choice.digit and choice.digit == digit and not self._typed:
                event.stop()
                self.dismiss(choice.id)

    def action_move(self, by: int) -> None:
        options = self.query_one(OptionList)
        options.action_cursor_down() if by > 0 else options.action_cursor_up()

    def action_leave(self) -> None:
        self.dismiss(None)


def _widths(choices: Sequence[Choice]) -> tuple[int, int, int]:
    """The cells that digits, titles and keys take."""
    titles = max((width(choice.title) for choice in choices), default=0)
    keys = max((width(choice.key) for choice in choices), default=0)
    return 2 if any(choice.digit for choice in choices) else 0, titles, keys


def _keys_of(choices: Sequence[Choice]) -> str:
    """Which keys choose."""
    return t("ui.choose_digit_hint" if any(choice.digit for choice in choices) else "ui.choose_hint")


def jump_from(page: Page, choices: Sequence[Choice]) -> Choose:
    """Where to go from `page`; the key that opened it, pressed again, offers the places within that page."""
    within = [t("ui.jump_again", key=command("ui.jump").label)] if page.places() else []
    return Choose(t("ui.jump_title"), choices, hint="  ".join([*within, _keys_of(choices)]), page=page)


class Confirm(Modal[bool]):
    """Asks before something that costs or binds: Enter does it, Esc does not. What is done is named in the rows.

    Enter is ignored until QUIET_S have passed without a key, so that one held down since the form before, or one that
    bounces, does not answer a question nobody has read.
    """

    CSS = """
    Confirm { align: center middle; background: $background 50%; }
    Confirm > .box { width: 64; max-width: 96%; height: auto; max-height: 90%; padding: 1 2; }
    Confirm #turned { height: auto; max-height: 70vh; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", show=False),
        Binding("escape", "answer(False)", show=False),
    ]

    def __init__(self, title: str, *rows: Content) -> None:
        super().__init__()
        self._title = title
        self._rows = rows
        self._quiet_since = monotonic()

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            hinted(box, self._title, t("ui.confirm_hint"))
            with VerticalScroll(id="turned"):
                yield Plain(lines(*self._rows), id="question")

    def on_mount(self) -> None:
        self._quiet_since = monotonic()
        self.call_after_refresh(self._tell_how)

    def _tell_how(self) -> None:
        """If the rows are longer than the screen, say how they are scrolled."""
        if self.query_one("#turned").max_scroll_y:
            hinted(self.query_one(".box"), self._title, t("ui.confirm_long"))

    def action_answer(self, yes: bool) -> None:
        before, self._quiet_since = self._quiet_since, monotonic()
        if yes and self._quiet_since - before < QUIET_S:
            hinted(self.query_one(".box"), self._title, t("ui.confirm_too_soon"))
        else:
            self.dismiss(yes)


class Tell(Modal[None]):
    """Tells something that must be read; `key` closes it."""

    CSS = """
    Tell { align: center middle; background: $background 50%; }
    Tell > .box { width: 74; max-width: 98%; height: auto; max-height: 90%; padding: 1 2; }
    """

    def __init__(self, title: str, *rows: Content, hint: str, key: str = "enter") -> None:
        super().__init__()
        self._title = title
        self._rows = rows
        self._hint = hint
        self._key = key

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            hinted(box, self._title, self._hint)
            yield Plain(lines(*self._rows), id="told")

    def on_key(self, event: events.Key) -> None:
        if event.key in with_twins([self._key]) or event.character in with_twins([self._key]):
            event.stop()
            self.dismiss()


class Blank(msgspec.Struct, frozen=True):
    """A line to fill in: its name, label and what stands there at first."""

    name: str
    label: str
    value: str = ""


class Wrong(str):
    """What is wrong with lines filled in, and `at` which of them."""

    __slots__ = ("at",)

    at: str

    def __new__(cls, text: str, at: str) -> "Wrong":
        wrong = super().__new__(cls, text)
        wrong.at = at
        return wrong


class Ask(Modal[dict[str, str] | None]):
    """A few lines to fill in, under rows that say what for. Enter goes to the next line, unless `check` finds what was
    typed in this one `Wrong`, and on the last one hands them over if it finds no fault; the border says which, unless
    `hint` says something else. The cursor begins in the line `at`, and goes to the line that a fault is `Wrong` at.
    """

    CSS = """
    Ask { align: center middle; background: $background 50%; }
    Ask > .box { width: 64; max-width: 96%; height: auto; }
    Ask .blank { height: 1; }
    Ask .label { width: 14; color: $text-muted; }
    Ask Input { width: 1fr; }
    Ask #fault { color: $text-error; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self,
        title: str,
        blanks: Sequence[Blank],
        check: Callable[[dict[str, str]], str],
        *,
        hint: str = "",
        rows: Sequence[Content] = (),
        at: str = "",
    ) -> None:
        super().__init__()
        self._at = at
        self._title = title
        self._blanks = list(blanks)
        self._check = check
        self._hint = hint
        self._rows = rows
        self._refused: dict[str, str] | None = None
        self._leaves = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            hinted(box, self._title, self._hint)
            if self._rows:
                yield Plain(lines(*self._rows), id="question")
            for blank in self._blanks:
                with Horizontal(classes="blank"):
                    yield Plain(blank.label, classes="label")
                    yield FormLine(blank.value, self._entered, id=f"blank-{blank.name}")
            yield Plain(id="fault")

    def on_mount(self) -> None:
        self._go_to(self._at or self._blanks[0].name)

    def _go_to(self, name: str) -> None:
        self.query_one(f"#blank-{name}").focus()

    def on_descendant_focus(self) -> None:
        self._title_of(self.focused)

    def _title_of(self, blank: Widget | None) -> None:
        hint = t("ui.ask_last" if self._is_last(blank) else "ui.ask_next")
        hinted(self.query_one(".box"), self._title, self._hint or hint)

    def _is_last(self, blank: Widget | None) -> bool:
        return blank is not None and blank.id == f"blank-{self._blanks[-1].name}"

    def on_input_changed(self) -> None:
        if self._leaves:
            self._leaves = False
            self._title_of(self.focused)
        # A change made before Enter may be reported only after it.
        if self._values() != self._refused:
            self.query_one("#fault", Plain).show()

    def _values(self) -> dict[str, str]:
        return {blank.name: self.query_one(f"#blank-{blank.name}", Input).value.strip() for blank in self._blanks}

    def _entered(self, blank: Input) -> None:
        values, last = self._values(), self._is_last(blank)
        fault = self._check(values)
        # That another line is wrong or this one empty is told at the end.
        here = isinstance(fault, Wrong) and blank.id == f"blank-{fault.at}" and blank.value.strip()
        if last and not fault:
            self.dismiss(values)
        elif last or here:
            self._refused = values
            self.query_one("#fault", Plain).show(fault)
            if isinstance(fault, Wrong):
                self._go_to(fault.at)
            if blank.has_focus:
                blank.select_all()
        else:
            self.focus_next(Input)

    def action_leave(self) -> None:
        """Leave. If several lines were changed, only a second Esc discards them, as with a longer text."""
        values = self._values()
        if self._leaves or sum(values[blank.name] != blank.value.strip() for blank in self._blanks) < 2:
            self.dismiss(None)
        else:
            self._leaves = True
            hinted(self.query_one(".box"), self._title, t("ui.ask_leave"))
