"""One line of text being edited: where the cursor is, and what a key does to it."""

import msgspec

BLANKS = " \u3000"


def plain_digit(character: str) -> str:
    """The digit that a character is, full-width or not; empty for any other."""
    if len(character) == 1 and "０" <= character <= "９":
        return chr(ord(character) - 0xFEE0)
    return character if len(character) == 1 and character.isascii() and character.isdigit() else ""


class Line(msgspec.Struct):
    """The text of the field that has the focus. `selected`: all of it, so that what is typed replaces it.

    `literal`: a blank came first, so that a digit is typed and chooses nothing.
    """

    text: str = ""
    cursor: int = 0
    selected: bool = False
    literal: bool = False

    @classmethod
    def of(cls, text: str) -> "Line":
        """The line as a field gets the focus: its value is selected."""
        return cls(text, len(text), selected=bool(text))

    @property
    def fresh(self) -> bool:
        """Whether a digit would choose: nothing was typed here yet, or what stands is selected."""
        return not self.literal and (self.selected or not self.text)

    def insert(self, text: str, limit: int) -> bool:
        """Put `text` at the cursor, or in place of what is selected; False when it does not fit whole."""
        kept = "" if self.selected else self.text
        at = 0 if self.selected else self.cursor
        room = max(0, limit - len(kept))
        self.text = kept[:at] + text[:room] + kept[at:]
        self.cursor = at + len(text[:room])
        self.selected = False
        return len(text) <= room

    def begin_literal(self) -> None:
        """What follows is text; a selected value goes."""
        self.text, self.cursor, self.selected, self.literal = "", 0, False, True

    def backspace(self) -> bool:
        """Delete what is selected or the character before the cursor; False in an empty line."""
        if not self.text:
            return False
        if self.selected:
            self.clear()
        elif self.cursor:
            self.text = self.text[: self.cursor - 1] + self.text[self.cursor :]
            self.cursor -= 1
        return True

    def delete(self) -> None:
        """Delete what is selected or the character at the cursor."""
        if self.selected:
            self.clear()
        else:
            self.text = self.text[: self.cursor] + self.text[self.cursor + 1 :]

    def clear(self) -> None:
        """Delete everything."""
        self.text, self.cursor, self.selected = "", 0, False

    def move(self, to: int) -> None:
        """Put the cursor at `to`, as far as there is text; nothing is selected then."""
        self.cursor = min(max(to, 0), len(self.text))
        self.selected = False
