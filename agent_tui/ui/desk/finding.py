"""What is found while one types on 电话 or 单位, and which of it the arrows have picked."""

from collections.abc import Sequence

import msgspec


class Match(msgspec.Struct, frozen=True):
    """A customer or a company that was found: what taking it puts into the field, and how it is shown."""

    value: str
    title: str
    detail: str = ""


class Finding:
    """The matches in their order. None is picked until an arrow picks it, unless the first was asked for."""

    def __init__(self) -> None:
        self.matches: tuple[Match, ...] = ()
        self.picked: int | None = None

    def show(self, matches: Sequence[Match], *, first: bool = False) -> None:
        """Show what was found; `first` picks the first, where what is typed cannot stand by itself."""
        self.matches = tuple(matches)
        self.picked = 0 if first and matches else None

    def clear(self) -> None:
        """Nothing is looked for any more."""
        self.show(())

    def move(self, by: int) -> bool:
        """An arrow: to another match, up from the first to none; False when there is none to go to."""
        if not self.matches or (by < 0 and self.picked is None):
            return False
        at = (-1 if self.picked is None else self.picked) + by
        self.picked = None if at < 0 else min(at, len(self.matches) - 1)
        return True

    def pick(self, place: int) -> None:
        """A click on a match."""
        if place < len(self.matches):
            self.picked = place

    @property
    def taken(self) -> Match | None:
        """What Enter takes."""
        return None if self.picked is None else self.matches[self.picked]
