"""From which day on lines are folded, for everybody and for each agent.

A desk does not need the days of forty colleagues; and what an old record means can only be changed by what its agent
and the supervisors wrote since.
"""

from collections.abc import Iterator
from datetime import date


class Reach:
    """The first folded day by agent; None stands for everybody."""

    def __init__(self) -> None:
        self._since: dict[str | None, date] = {}

    def __iter__(self) -> Iterator[tuple[str | None, date]]:
        return iter(list(self._since.items()))

    def has(self, since: date, agent: str | None) -> bool:
        """Whether all records about an agent are folded from a day on."""
        return any(of in self._since and self._since[of] <= since for of in (None, agent))

    def note(self, since: date, agent: str | None) -> None:
        """Note that all records about an agent are folded from a day on."""
        self._since[agent] = since

    def since(self, person: str, *, supervisor: bool) -> date | None:
        """From which day on a person's own lines are folded; None if none are. A supervisor writes about everybody."""
        return min((day for of, day in self._since.items() if supervisor or of in (None, person)), default=None)
