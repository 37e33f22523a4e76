"""What waits about each agent, as words beside the row, and how much waits in all."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from time import sleep

from agent_tui.book import Book
from agent_tui.i18n import t
from agent_tui.readings import SuspectsView
from shared_rules.suspects import Reason

# Without a pause, the thread that has just released the lock would get it again at once.
_BREATH_S = 0.0005


@dataclass(frozen=True, slots=True)
class Marks:
    """`words` by agent; a row with any comes first. `counts` are what the totals tell, by name;
    `told` is the same as `words` in sentences, with why calls look odd.
    """

    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    told: dict[str, tuple[str, ...]] = field(default_factory=dict)


def marks_of(book: Book, day: date) -> Marks:
    """What waits for the supervisor on `day`. Asked off the event loop."""
    suspects: dict[str, SuspectsView] = {}
    proposals = 0
    for one in book.team(day, money=False).agents:
        # One agent at a time: the book is free for a key in between.
        found = book.read.suspects(one.agent, day)
        sleep(_BREATH_S)
        if found.suspects:
            suspects[one.agent] = found
        proposals += book.read.proposed(one.agent)
        sleep(_BREATH_S)
    appeals = Counter(one.agent for one in book.read.appeals())
    requests = Counter(one.days[0].agent for one in book.read.asked())
    words: dict[str, tuple[str, ...]] = {}
    told: dict[str, tuple[str, ...]] = {}
    odd = {agent: len(one.suspects) for agent, one in suspects.items()}
    for name, waiting in (("suspects", odd), ("appeal", appeals), ("request", requests)):
        for agent, count in waiting.items():
            word = t(f"board.mark_{name}", n=count)
            words[agent] = (*words.get(agent, ()), word)
            if name == "suspects":
                word = t("board.panel_suspects", n=count, why=suspect_reasons(suspects[agent]))
            told[agent] = (*told.get(agent, ()), word)
    counts = {
        "suspects": sum(odd.values()),
        "appeals": appeals.total(),
        "requests": requests.total(),
        "proposals": proposals,
    }
    return Marks(words, counts, told)


def suspect_reasons(view: SuspectsView) -> str:
    """Why an agent's calls look odd: each reason once, the gravest first."""
    reasons = {reason.code: reason for suspect in reversed(view.suspects) for reason in reversed(suspect.reasons)}
    return " / ".join(reason_text(reason) for reason in reversed(reasons.values()))


def reason_text(reason: Reason) -> str:
    """间隔 4 秒 5 条."""
    return t(f"board.suspect_{reason.code}", n=reason.n, value=reason.value)
