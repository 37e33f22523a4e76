"""What one machine keeps for itself and shares with nobody (`book.machine`): settings and the unfinished entry."""

from typing import Any

import msgspec

from agent_tui.book.part import BookPart
from agent_tui.trust.errors import TrustError, from_text, to_text
from agent_tui.trust.keys import box_to


class Machine(BookPart):
    """Settings, and the entry laid aside."""

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

    def draft(self) -> dict[str, Any] | None:
        """The unfinished entry laid aside by `keep_draft`; None when there is none or it cannot be opened any more."""
        sealed = self._book.odds.get("drafts", "desk")
        if sealed is None:
            return None
        try:
            found: dict[str, Any] = msgspec.json.decode(self._session.place.key.open_box(from_text(sealed)))
        except (TrustError, ValueError, msgspec.DecodeError):
            return None
        return found

    def keep_draft(self, draft: dict[str, Any] | None) -> None:
        """Lay an unfinished entry aside, sealed to this device; None forgets it."""
        if draft is None:
            self._book.odds.remove("drafts", "desk")
            return
        box = box_to(self._session.place.key.public, msgspec.json.encode(draft))
        self._book.odds.put("drafts", "desk", to_text(box))
