"""What programs on one home laid aside, unfinished: each keeps its own, and takes up what those that ended left.

A program holds a system lock for as long as it keeps something here, so nobody judges by a process id whether another
one is still there: what can be locked was left by one that ended, however it did. All of it is one value of the odds
and ends, so that what is taken up is at no moment there twice, or not at all.
"""

from collections.abc import Callable, Collection, Container
from pathlib import Path
from threading import Lock
from typing import Any

from agent_tui.errors import Problem
from agent_tui.store.files import Files, trouble
from agent_tui.store.lock import SystemLock
from agent_tui.store.odds import Odds

NAME = "desk"

Opens = Callable[[str], Any]
"""What a sealed text says; None where it cannot be opened here."""


class Laid:
    """What is laid aside on a home, in numbered places; this program's are those that it holds the locks of."""

    def __init__(self, odds: Odds, home: Path, files: Files) -> None:
        self._odds = odds
        self._home = home
        self._files = files
        self._guard = Lock()
        # The locks held, by place. The first is that of the place where this program keeps its own.
        self._held: dict[str, SystemLock] = {}
        # Where this program kept its own until it was closed.
        self._left: str | None = None

    def mine(self, opens: Opens) -> dict[str, Any]:
        """What lies in this program's places, by place: what it laid aside itself, and what ended programs left, which
        is this program's from now on. What cannot be opened stays where it is. Raises Problem.
        """
        with self._guard:
            before = self._kept()
            self._hold_one(before)
            for place in before.keys() - self._held.keys():
                if self._hold(place) and opens(before[place]) is None:
                    self._let_go(place)
            # Read again: another program may have taken it up, and ended, before the lock was had.
            kept = self._kept()
            found = {place: opens(kept[place]) for place in sorted(self._held, key=int) if place in kept}
        return {place: said for place, said in found.items() if said is not None}

    def left(self, opens: Opens, known: Container[str]) -> dict[str, Any]:
        """What ended programs left, by place, but for the places that are `known`. Raises Problem."""
        return {place: said for place, said in self.mine(opens).items() if place != self._own and place not in known}

    def keep(self, sealed: str | None, instead: Collection[str]) -> None:
        """Keep that, in the place of what this program kept and of what lies in those places; None forgets it. Durable
        when this returns. Raises Problem.
        """
        with self._guard:
            self._hold_one(self._kept())
            own = self._own

            def change(value: Any) -> dict[str, str]:
                others = {place: text for place, text in _places(value).items() if place not in (own, *instead)}
                return others if sealed is None else {**others, own: sealed}

            self._odds.change("drafts", NAME, change)

    def change(self, change: Callable[[str], str | None]) -> None:
        """Have `change` say, of each that any program laid aside, what it is from now on; None forgets it."""

        def each(value: Any) -> dict[str, str]:
            changed = {place: change(text) for place, text in _places(value).items()}
            return {place: text for place, text in changed.items() if text is not None}

        if self._kept():
            self._odds.change("drafts", NAME, each)

    def close(self) -> None:
        """Leave what this program laid aside to the next one. What it still keeps afterwards, as a thread may that was
        late, takes the place of that, unless the next one has it already.
        """
        with self._guard:
            self._left = next(iter(self._held), self._left)
            for place in list(self._held):
                self._let_go(place)

    @property
    def _own(self) -> str:
        return next(iter(self._held))

    def _kept(self) -> dict[str, str]:
        return _places(self._odds.get("drafts", NAME))

    def _hold_one(self, kept: dict[str, str]) -> None:
        """Hold a place that nothing of others lies in, if none is held."""
        if self._left and not self._held:
            self._hold(self._left)
        number = 1
        while not self._held:
            if str(number) not in kept:
                self._hold(str(number))
            number += 1

    def _hold(self, place: str) -> bool:
        path = self._home / f"desk-{place}.lock"
        lock = self._files.lock(path, 0)
        try:
            lock.__enter__()
        except Problem:
            return False
        except OSError as error:
            trouble(error, path)
        self._held[place] = lock
        return True

    def _let_go(self, place: str) -> None:
        lock = self._held.pop(place)
        lock.__exit__(None, None, None)
        lock.close()


def _places(value: Any) -> dict[str, str]:
    """The sealed texts by place; a damaged file may hold anything."""
    if not isinstance(value, dict):
        return {}
    return {place: text for place, text in value.items() if place.isdecimal() and isinstance(text, str)}
