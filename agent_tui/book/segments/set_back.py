"""Segments whose writer's clock was set back, or is said to have been: they come after one of a later day."""

from collections import defaultdict
from datetime import date


class SetBack:
    """The days of all segments, by writer; a writer numbers them as they are begun."""

    def __init__(self) -> None:
        self._days: dict[str, dict[str, date]] = defaultdict(dict)
        # The first and the last segment of each writer; and the writers who may have numbered some out of order.
        self._ends: dict[str, tuple[tuple[str, date], tuple[str, date]]] = {}
        self._out_of_order: set[str] = set()

    def note(self, name: str, day: date) -> None:
        """Note a segment."""
        writer, one = name[:16], (name, day)
        self._days[writer][name] = day
        first, last = self._ends.get(writer, (one, one))
        if name > last[0]:
            in_order, last = day >= last[1], one
        else:
            in_order, first = name <= first[0] and day <= first[1], min(one, first)
        self._ends[writer] = first, last
        if not in_order:
            self._out_of_order.add(writer)

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
