"""A click on a key that the screen names is that key: a hand on the mouse is never locked in."""

from collections.abc import Callable
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from agent_tui.i18n import Language, set_language
from agent_tui.ui.kit.dialogs import Ask, Blank, Choice, Choose, Confirm, Tell
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.text import line, width
from agent_tui.ui.kit.write import Write
from tests.ui.golden import screen_lines, settle, type_text
from tests.ui.kit.test_dialogs import Ground
from tests.waiting import happens


async def click_on(pilot: Pilot[None], words: str) -> None:
    """Click where these words stand, at the last place on the screen."""
    rows = [row.rstrip("\n") for row in screen_lines(pilot.app)]
    y = max(number for number, row in enumerate(rows) if words in row)
    await pilot.click(offset=(width(rows[y][: rows[y].rindex(words)]), y))
    await settle(pilot)


QUESTIONS: tuple[tuple[Callable[[], Screen[Any]], str, str, Any], ...] = (
    (lambda: Choose("?", [Choice("one", "one", digit="1"), Choice("two", "two", digit="2")]), "Esc", "Esc", None),
    (lambda: Choose("?", [Choice("one", "one"), Choice("two", "two")], at="two"), "Enter", "Enter", "two"),
    (lambda: Confirm("?", line("sure")), "Esc no", "Esc 不做", False),
    (lambda: Tell("?", line("this"), hint="Enter goes on"), "goes on", "goes on", None),
    (lambda: Tell("?", line("this"), hint="8 when it is written down", key="8"), "8 when", "8 when", None),
    (lambda: Ask("?", [Blank("a", "a", "given")], lambda _: ""), "Enter done", "Enter 完成", {"a": "given"}),
    (lambda: Ask("?", [Blank("a", "a", "given")], lambda _: ""), "no", "不做", None),
    (lambda: Write("?", lambda _: "", text="written"), "^S", "^S", "written"),
    (lambda: Write("?", lambda _: "", text="written"), "leave", "放弃", None),
)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("place", range(len(QUESTIONS)))
async def test_a_click_on_a_key_of_the_border_is_that_key(place: int, language: Language) -> None:
    set_language(language)
    question, english, chinese, answer = QUESTIONS[place]
    app = Ground()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask(question())
        await settle(pilot)
        await click_on(pilot, english if language == "en" else chinese)
        assert await happens(lambda: app.answers == [answer])


async def test_a_click_on_the_way_out_keeps_what_was_written_until_the_second() -> None:
    set_language("en")
    app = Ground()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask(Write("?", lambda _: "", text=""))
        await settle(pilot)
        await type_text(pilot, "a long text")
        await click_on(pilot, "Esc leave")
        assert app.answers == []
        await click_on(pilot, "Esc again")
        assert await happens(lambda: app.answers == [None])


@pytest.mark.parametrize(
    ("said", "pressed"),
    [
        ("全部 112 通  F8 换筛选", {"F8": "f8", "换筛选": "f8", "112": ""}),
        ("回款 -100.00 元(F5)  另有 2 条(F8)", {"F5": "f5", "F8": "f8", "2 条": ""}),
        (
            "approved: Enterprise, 120 min  (^Z takes it back)",
            {"^Z": "ctrl+z", "back)": "ctrl+z", "Enterprise": ""},
        ),
        ("按 Enter 发布;8 放行", {"Enter": "enter", "8": ""}),
    ],
)
async def test_a_click_on_a_key_that_the_status_line_names_is_that_key(said: str, pressed: dict[str, str]) -> None:
    class Hearing(Ground):
        def on_key(self, event: events.Key) -> None:
            self.answers.append(event.key)

    app = Hearing()
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(StatusLine).rest(said)
        await settle(pilot)
        for words, key in pressed.items():
            app.answers.clear()
            await click_on(pilot, words)
            await settle(pilot)
            assert app.answers == ([key] if key else [])
