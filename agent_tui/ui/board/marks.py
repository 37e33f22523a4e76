"""What waits about each agent, as words beside the row, and how much waits in all."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from agent_tui.book import Book
from agent_tui.i18n import t


@dataclass(frozen=True, slots=True)
class Marks:
    """`words` by agent; a row with any comes first. `counts` are what the totals tell, by name."""

    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def marks_of(book: Book, day: date) -> Marks:  # noqa: ARG001
    """What waits for the supervisor on `day`. Asked off the event loop."""
    appeals = Counter(one.agent for one in book.read.appeals())
    requests = Counter(one.agent for one in book.read.requests(open_only=True))
    words: dict[str, tuple[str, ...]] = {}
    for name, found in (("appeal", appeals), ("request", requests)):
        for agent, count in found.items():
            words[agent] = (*words.get(agent, ()), t(f"board.mark_{name}", n=count))
    return Marks(words, {"appeals": appeals.total(), "requests": requests.total()})
