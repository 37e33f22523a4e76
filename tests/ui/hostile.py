"""What may stand in a record or come from a clipboard, and what of it may reach the screen."""

from pathlib import Path
from typing import Any

from agent_tui.book import Book, CallEntry
from agent_tui.clock import SetClock
from agent_tui.ui.kit.text import width
from tests.ui.desk.bench import NOW, Hands, make_home
from tests.ui.golden import screen_lines, screen_text

HOSTILE = (
    "[/]",
    "[VIP]李四[/b]",
    "[@click=app.quit]x[/]",
    "\x1b[31mred\x1b]0;t\x07\x9b2J",
    "a\u202eb\u2066c\u200f",
    "👩‍👩‍👧🇨🇳e\u0301\u0301\u0301\u0301\ufe0f",
    "{count} %s \\n \ud800",
    "\t\r\n\x00\x7f",
)

LONG = "长x" * 5000


def shown_safely(hands: Hands) -> str:
    """The screen, after a look at what must never be on it."""
    lines = screen_lines(hands.app)
    columns, rows = hands.app.size
    assert len(lines) == rows
    assert all(width(row) <= columns for row in lines)
    text = screen_text(hands.app)
    assert not {"\x1b", "\x9b", "\x07", "\u202e", "\u2066", "\u200f", "\u200d", "\x00", "\x7f", "\ud800"} & set(text)
    return text


def home_of_hostile_calls(folder: Path) -> Path:
    """A home where these texts stand in every field of its calls, one of them promised again by now."""
    home = make_home(folder)
    book = Book.open(home, SetClock(NOW, ticking=False))
    names = ("company", "contact", "title", "department", "headcount", "it_status")
    for number, text in enumerate(("".join(HOSTILE[:4]), "".join(HOSTILE[5:6]), LONG)):
        texts: dict[str, Any] = dict.fromkeys(names, text[:200])
        due = NOW if number % 2 else None
        book.own.log(
            CallEntry(
                phone=f"1370013700{number}",
                outcome="talked",
                note=text[:4000],
                follow_up=due,
                started_at=NOW,
                **texts,
            )
        )
    book.own.log(CallEntry(phone="[/]\x1b[31m", outcome="talked", started_at=NOW))
    first = book.calls("A017", NOW.date())[0]
    book.own.void(first.id, "[/]\x1b[31m" + LONG[:1000])
    book.machine.set_setting("look.[/]\x1b[31m", "[/]")
    book.machine.set_setting("keys", {"[/]": "\x1b[31m"})
    book.supervisor.points("A017", "att.late", NOW.date(), note="[/]\x1b[31m" + LONG[:300])
    book.close()
    return home
