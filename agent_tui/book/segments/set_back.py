"""Segments whose writer's clock was set back, or is said to have been: they come after one of a later day."""

from collections import defaultdict
from datetime import date


class SetBack:
    """The days of all segments, by writer; a writer numbers them as they are begun."""

    def __init__(self) -> None:
        self._days: dict[str, dict[str, date]] = defaultdict(dict)
        # The newest segment of each writer, and their last day; and the writers of whom a newer may be of an earlier.
        self._newest: dict[str, tuple[str, date]] = {}
        self._out_of_order: set[str] = set()

    def note(self, name: str, day: date) -> None:
        """Note a segment."""
        writer = name[:16]
        self._days[writer][name] = day
        newest, latest = self._newest.get(writer, (name, day))
        if name < newest or day < latest:
            self._out_of_order.add(writer)
        self._newest[writer] = max(name, newest), max(day, latest)

    def forget(self, name: str) -> None:
        """Forget a segment."""
        self._days[name[:16]].pop(name, None)

    def to(self, since: date) -> set[str]:
        """The segments of earlier days that were begun after one of that day or a later one: what they say may be of
        any day until then.
        """
        found = set()
        for writer in self._out_of_order:
            latest = date.min
            for name, day in sorted(self._days[writer].items()):
                latest = max(latest, day)
                if day < since <= latest:
                    found.add(name)
        return found
