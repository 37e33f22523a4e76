"""Hostile text through every field and screen: shown as it is or visibly replaced, never markup, never a crash."""

from pathlib import Path

import pytest

from agent_tui.ui.desk.past import Past
from agent_tui.ui.desk.sheet import CHOSEN, FIELDS
from tests.ui.desk.bench import Hands, at_desk, make_home
from tests.ui.golden import paste, settle, type_text
from tests.ui.hostile import HOSTILE, LONG, home_of_hostile_calls, shown_safely


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
