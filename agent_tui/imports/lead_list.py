"""A lead list on its way from a file to the agents: judged row by row, then written, in bounded memory."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from agent_tui.book import Book
from agent_tui.book.customers.lead_lists import LeadTaker
from agent_tui.errors import Problem
from agent_tui.imports.leads import LeadRows
from agent_tui.imports.rows import Row, Table
from shared_rules.records.parts import Customer

MAX_ROWS = 100_000
_BATCH = 200
_TOLD_EVERY = 1000

Progress = Callable[[int, int], None]
"""Told, now and then, how much is done, and of how much: an import goes through the rows twice."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a list. `given` is how many leads each agent gets; `refused` the rows with their reasons."""

    read: int
    new: int
    already: int
    other_agent: int
    refused: tuple[tuple[Row, str], ...]
    given: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LeadList:
    """A list in a file, its columns known. `agents` get the rows in turn; a row that names one goes to that one."""

    book: Book
    path: Path
    table: Table
    rows: LeadRows
    agents: tuple[str, ...]

    def judge(self, progress: Progress) -> Outcome:
        """What an import would bring; writes nothing. Raises Problem for a file that cannot be read to its end."""
        return self._go(lambda _: None, progress, 0, self._count())

    def take(self, progress: Progress) -> Outcome:
        """Import it. All of the file is judged before the first lead is written."""
        rows = self._count()
        self._go(lambda _: None, progress, 0, 2 * rows)
        batch: list[tuple[int, str, Customer]] = []
        taker = self._taker()

        def put(found: tuple[int, str, Customer]) -> None:
            batch.append(found)
            if len(batch) == _BATCH:
                taker.take(batch)
                batch.clear()

        outcome = self._go(put, progress, rows, 2 * rows)
        if batch:
            taker.take(batch)
        return Outcome(
            outcome.read, outcome.new, outcome.already, outcome.other_agent, outcome.refused, dict(taker.given)
        )

    def _count(self) -> int:
        """How many rows there are. Raises Problem for too many: told at once, before anything is judged."""
        count = 0
        for _ in self.table.rows:
            count += 1
            if count > MAX_ROWS:
                raise Problem("imports.too_many_rows", file=self.path, limit=f"{MAX_ROWS:,}")
        return count

    def _go(
        self, put: Callable[[tuple[int, str, Customer]], None], progress: Progress, before: int, total: int
    ) -> Outcome:
        read = already = other = new = 0
        refused: list[tuple[Row, str]] = []
        for row, agent, what in self._judged(self._taker()):
            read += 1
            if not read % _TOLD_EVERY:
                progress(before + read, total)
            if isinstance(what, Customer):
                new += 1
                put((row.line, agent, what))
            elif isinstance(what, Problem):
                refused.append((row, str(what)))
            elif what == "already":
                already += 1
            else:
                other += 1
        return Outcome(read, new, already, other, tuple(refused), {})

    def _judged(self, taker: LeadTaker) -> Iterator[tuple[Row, str, Customer | Problem | Literal["already", "other"]]]:
        """Each row with the agent it names, and what it is."""
        for row in self.table.rows:
            agent = self.rows.agent(row.cells)
            if agent and agent not in self.agents:
                yield row, agent, "other"
                continue
            try:
                customer = self.rows.customer(row.cells)
                yield row, agent, customer if taker.is_new(customer) else "already"
            except Problem as problem:
                yield row, agent, problem

    def _taker(self) -> LeadTaker:
        return self.book.lists.taking(self.path.stem, self.agents)
