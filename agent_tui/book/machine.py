"""What one machine keeps for itself and shares with nobody (`book.machine`): settings and the unfinished entry."""

from collections.abc import Callable, Collection, Container, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from agent_tui.book.part import BookPart
from agent_tui.store.home import Home
from agent_tui.store.laid import Laid
from agent_tui.trust.errors import TrustError, from_text, to_text
from agent_tui.trust.keys import DeviceKey, box_to

if TYPE_CHECKING:
    from agent_tui.book.book import Book


class Machine(BookPart):
    """Settings, and the entries laid aside."""

    def __init__(self, book: "Book", home: Home) -> None:
        super().__init__(book)
        self._home = home
        self._laid = Laid(book.odds, home.path, home.files)

    def setting(self, name: str, default: Any = None) -> Any:
        """A setting of this machine."""
        return self._book.odds.get("settings", name, default)

    def settings(self) -> dict[str, Any]:
        """All that is set on this machine, by name."""
        return self._book.odds.all("settings")

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a setting, a JSON value."""
        self._book.odds.put("settings", name, value)

    def forget_setting(self, name: str) -> None:
        """Forget a setting; fine where there is none."""
        self._book.odds.remove("settings", name)

    def drafts(self) -> dict[str, dict[str, Any]]:
        """What is unfinished, by where it lies: what `keep_draft` laid aside, and what desks on this home left that
        ended, which is this one's from now on. What is of desks that are open is left to them.
        """
        return self._laid.mine(self._opened)

    def drafts_left(self, known: Container[str]) -> dict[str, dict[str, Any]]:
        """What desks on this home left that were closed or killed, as `drafts`, but for the places that are `known`."""
        return self._laid.left(self._opened, known)

    def keep_draft(self, draft: dict[str, Any] | None, instead: Collection[str] = ()) -> None:
        """Lay aside what is unfinished, sealed to this device, instead of what was and of what lies in those places of
        `drafts`; None forgets it.
        """
        self._laid.keep(None if draft is None else self._sealed(draft), instead)

    def change_drafts(self, change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> None:
        """Have `change` say what becomes of each entry laid aside on this machine, also by desks that are open.

        A damaged file in which one would not stay as it is is removed whole.
        """

        def changed(sealed: str) -> str | None:
            before = self._opened(sealed)
            after = before if before is None else change(before)
            if after == before:
                return sealed
            return self._sealed(after) if after else None

        self._laid.change(changed)
        for path, texts in self._book.odds.texts_aside().items():
            if any(changed(text) != text for text in texts):
                self._home.remove(path)

    def close(self) -> None:
        """Leave what is unfinished to the next desk."""
        self._laid.close()

    def _sealed(self, draft: dict[str, Any]) -> str:
        return to_text(box_to(self._session.place.key.public, msgspec.json.encode(draft)))

    def _opened(self, sealed: str) -> dict[str, Any] | None:
        """A draft; None where no key of this machine opens it. A desk beside this one may have the key before, or the
        next, as it goes over to another team by itself.
        """
        with suppress(ValueError, TrustError):
            box = from_text(sealed)
            for key in self._keys():
                with suppress(TrustError):
                    found: dict[str, Any] = msgspec.json.decode(key.open_box(box))
                    return found
        return None

    def _keys(self) -> Iterator[DeviceKey]:
        yield self._session.place.key
        yield from (session.place.key for session in self._book.sharing.before)
