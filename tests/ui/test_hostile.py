"""Hostile text through every field and screen: shown as it is or visibly replaced, never markup, never a crash."""

from pathlib import Path
from typing import Any

import pytest

from agent_tui.book import Book, CallEntry
from agent_tui.clock import SetClock
from agent_tui.ui.desk.past import Past
from agent_tui.ui.desk.sheet import CHOSEN, FIELDS
from agent_tui.ui.kit.text import width
from tests.ui.desk.bench import NOW, Hands, at_desk, make_home
from tests.ui.golden import paste, screen_lines, screen_text, settle, type_text

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


async def to_field(hands: Hands, name: str) -> None:
    hands.app.screen.go_to(name)  # type: ignore[attr-defined]
    await settle(hands.pilot)
    assert hands.focus == name


async def test_every_field_takes_and_shows_whatever_comes(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.burst(*"13700137000", "enter", "1")
        for name in (name for name in FIELDS if name not in CHOSEN):
            for text in (" ".join(HOSTILE), LONG):
                await to_field(hands, name)
                await paste(hands.pilot, text)
                shown_safely(hands)
                await hands.burst("ctrl+u")
            await type_text(hands.pilot, "[b]王👩‍👩‍👧")
            assert "[b]王" in shown_safely(hands)
        await to_field(hands, "note")
        await paste(hands.pilot, LONG)
        await hands.press("ctrl+s")
        assert len(hands.calls()) == 1
        shown_safely(hands)


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


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_every_screen_shows_hostile_records_safely(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_desk(home_of_hostile_calls(tmp_path), size) as hands:
        shown_safely(hands)
        await hands.press("ctrl+l")
        for _ in range(4):
            await hands.press("space")
            await hands.until(lambda: isinstance(hands.app.screen, Past))
            shown_safely(hands)
            await hands.press("escape", "delete")
            shown_safely(hands)
            await hands.press("escape", "enter")
            shown_safely(hands)
            await hands.press("ctrl+l", "down")
        await hands.press("escape", "ctrl+l", "ctrl+l", "ctrl+y")
        shown_safely(hands)
        await hands.press("escape", "f9")
        shown_safely(hands)
        for key in ("ctrl+p", "ctrl+g", "f1", "f2", "f4"):
            await hands.press(key)
            shown_safely(hands)
            await hands.press("escape")
        await hands.press("ctrl+p")
        await paste(hands.pilot, "[/]\x1b[31m" + LONG)
        shown_safely(hands)
        await hands.press("escape", "f2", "up", "enter")
        shown_safely(hands)
        await hands.press("escape", "escape")
        for place in ("board", "desk"):
            await hands.app.run_action(f"app.{place}")
            await settle(hands.pilot)
            shown_safely(hands)
            if place == "board":
                for key in ("enter", "enter"):
                    await hands.press(key)
                    shown_safely(hands)
        assert hands.app.return_code is None


async def test_setup_takes_and_shows_whatever_comes(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.app.run_action("app.team")
        await settle(hands.pilot)
        for name in ("share", "id", "name", "hired"):
            hands.app.screen.query_one(f"#field-{name}").focus()
            await settle(hands.pilot)
            await paste_into_focus(hands, " ".join(HOSTILE))
            shown_safely(hands)
        await hands.press("enter")
        shown_safely(hands)
        assert hands.app.return_code is None


async def paste_into_focus(hands: Hands, text: str) -> None:
    from textual import events

    assert hands.app.focused is not None
    hands.app.focused.post_message(events.Paste(text))
    await settle(hands.pilot)
