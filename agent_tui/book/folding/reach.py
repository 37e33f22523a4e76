"""From which day on lines are folded: those of everybody, and those that tell of one agent.

At a desk nobody asks for the days of forty colleagues; and of a record of long ago only what its agent and the
supervisors wrote since can change what it tells.
"""

from collections.abc import Iterator
from datetime import date


class Reach:
    """By agent; None stands for everybody."""

    def __init__(self) -> None:
        self._since: dict[str | None, date] = {}

    def __iter__(self) -> Iterator[tuple[str | None, date]]:
        return iter(list(self._since.items()))

    def has(self, since: date, agent: str | None) -> bool:
        """Whether all that tells of an agent is folded from a day on."""
        return any(of in self._since and self._since[of] <= since for of in (None, agent))

    def note(self, since: date, agent: str | None) -> None:
        """Note that all that tells of an agent is folded from a day on."""
        self._since[agent] = since

    def since(self, person: str, *, supervisor: bool) -> date | None:
        """From which day on what a person writes is folded; None where nothing is. A supervisor writes of all."""
        return min((day for of, day in self._since.items() if supervisor or of in (None, person)), default=None)
