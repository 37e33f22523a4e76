"""Tells that a promised call is due, once, and never over a fault that is being shown."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from agent_tui.i18n import t
from agent_tui.ui.desk.sheet import identity
from agent_tui.ui.kit.names import company, person
from agent_tui.ui.kit.when import time_text
from agent_tui.views import Callback


class Reminders:
    """Told the callbacks from time to time. What was due before the first time is in the header and not told, also
    where its day is read only later.
    """

    def __init__(self) -> None:
        self._since: datetime | None = None
        self._seen: set[str] = set()
        self._waiting: list[Callback] = []

    def look(self, callbacks: Iterable[Callback], now: datetime, taken: frozenset[str]) -> bool:
        """Note those that have come due and whose number is not among those in hand; whether there are such."""
        due = [one for one in callbacks if one.due <= now]
        known, since = self._seen, self._since
        self._seen = {one.call for one in due}
        self._waiting = [one for one in self._waiting if one.call in self._seen]
        # A clock that was ahead when the desk opened was put right since.
        self._since = min(since or now, now)
        if since is None:
            return False
        new = [one for one in due if one.call not in known and one.due >= since]
        came = [one for one in new if identity(one.customer.phone) not in taken]
        self._waiting += came
        return bool(came)

    def take(self) -> Sequence[Callback]:
        """Those not yet told; they are told now."""
        waiting, self._waiting = self._waiting, []
        return waiting


def told(found: Sequence[Callback], now: datetime, key: str) -> str:
    """One line for the callbacks that came due; `key` takes the first."""
    first = found[0]
    who = " ".join(part for part in (company(first.customer), person(first.customer)) if part)
    text = t("desk.callback_rings", time=time_text(first.due, now), who=who, key=key)
    return t("desk.callbacks_ring", first=text, count=len(found) - 1) if len(found) > 1 else text
