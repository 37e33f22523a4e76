"""A sheet being edited: the line in the focused field, and the steps that ^Z takes back."""

import msgspec
from msgspec.structs import replace

from agent_tui.ui.desk.line import Line
from agent_tui.ui.desk.sheet import CHOSEN, Sheet

_LIMITS = {"phone": 60, "note": 2000}
_LIMIT = 100


class Step(msgspec.Struct, frozen=True):
    """An earlier sheet that ^Z returns to, and the field whose answer it takes back."""

    before: Sheet
    field: str


class Stack(msgspec.Struct, frozen=True):
    """A sheet with the steps that led to it: what is parked, saved or returned to as a whole."""

    sheet: Sheet
    steps: tuple[Step, ...] = ()


class Editor:
    """Holds the sheet and the line that edits its focused field; what is typed is in the sheet at once."""

    def __init__(self) -> None:
        self.sheet = Sheet()
        self.line = Line()
        self.steps: tuple[Step, ...] = ()
        self._anchor = self.sheet

    @property
    def changed(self) -> bool:
        """Whether the focused field differs from what it was when the focus came."""
        return self.sheet.answers != self._anchor.answers

    @property
    def stack(self) -> Stack:
        return Stack(self.sheet, self.steps)

    def show(self, stack: Stack) -> None:
        """Edit another sheet."""
        self.sheet, self.steps = stack.sheet, stack.steps
        self.arrive(self.sheet.focus)

    def arrive(self, name: str) -> None:
        """Put the focus on a field; its value is selected."""
        self.sheet = replace(self.sheet, focus=name)
        self._anchor = self.sheet
        self.line = Line() if name in CHOSEN else Line.of(self.sheet.value(name))

    def insert(self, text: str) -> bool:
        """Type into the line; False when it does not fit whole."""
        fits = self.line.insert(text, _LIMITS.get(self.sheet.focus, _LIMIT))
        self.store()
        return fits

    def store(self) -> None:
        """Take the edited line into the sheet."""
        if self.line.text != self.sheet.value(self.sheet.focus):
            self.sheet = self.sheet.put(self.sheet.focus, self.line.text)

    def commit(self) -> None:
        """What was typed in the field becomes one answer, to be taken back as a whole."""
        if self.changed:
            self.steps = (*self.steps, Step(self._anchor, self.sheet.focus))
            self._anchor = self.sheet

    def answer(self, field: str, sheet: Sheet) -> None:
        """Go on with `sheet`, in which `field` was answered."""
        self.commit()
        self.steps = (*self.steps, Step(self.sheet, field))
        self.settle(sheet)

    def settle(self, sheet: Sheet) -> None:
        """Go on with `sheet` as if it had been so: a change that ^Z does not take back by itself."""
        self.sheet = self._anchor = sheet

    def take_back(self) -> str | None:
        """Return to before the last answer; its field, None without one."""
        if self.changed:
            field, before = self.sheet.focus, self._anchor
        elif self.steps:
            *steps, last = self.steps
            self.steps = tuple(steps)
            field, before = last.field, last.before
        else:
            return None
        self.sheet = replace(before, card=self.sheet.card)
        self.arrive(before.focus)
        return field
