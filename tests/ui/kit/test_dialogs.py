"""Questions over a screen, and the lines around one, with whatever text comes from outside."""

from collections.abc import Callable
from typing import Any

import pytest
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from agent_tui.i18n import set_language
from agent_tui.ui import theme
from agent_tui.ui.kit import dialogs
from agent_tui.ui.kit.dialogs import Ask, Blank, Choice, Choose, Confirm, Tell, Wrong
from agent_tui.ui.kit.in_turn import KeysInTurn
from agent_tui.ui.kit.page import Plain, titled
from agent_tui.ui.kit.pick import Pick
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.text import line, safe, width
from tests.ui.golden import paste, screen_lines, screen_text, settle, type_text
from tests.waiting import happens

HOSTILE = ("[/]", "[VIP]李四", "\x1b[2J", "a\u202eb", "[@click=app.quit]x[/]", "王\u200b五", "\ud800", "")


class Ground(KeysInTurn):
    """A screen with a panel of wide characters under whatever is asked."""

    CSS = theme.CSS

    def __init__(self) -> None:
        super().__init__()
        for known in theme.THEMES:
            self.register_theme(known)
        self.theme = theme.DEFAULT
        self.answers: list[Any] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel", id="panel"):
            yield Plain("宏达科技有限公司" * 30, id="text")
        yield StatusLine()

    def ask(self, screen: Screen[Any]) -> None:
        self.push_screen(screen, self.answers.append)


QUESTIONS: tuple[Callable[[str], Screen[Any]], ...] = (
    lambda text: Choose(text, [Choice("one", text, text, digit="1"), Choice("two", "two", digit="2")], hint=text),
    lambda text: Choose(text, [Choice("one", text, text, key=text)], typed=True, empty=text),
    lambda text: Confirm(text, line(text), line((text, "bold"))),
    lambda text: Tell(text, line(text), hint=text),
    lambda text: Ask(text, [Blank("one", text, text)], lambda values: values["one"], hint=text),
)


async def test_a_long_text_that_is_left_is_read_from_its_beginning() -> None:
    app = Ground()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask(Ask("?", [Blank("one", "one"), Blank("two", "two")], lambda _: ""))
        await settle(pilot)
        await type_text(pilot, "宁波宏达科技" * 10 + "末尾")
        await settle(pilot)
        assert "末尾" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "one           宁波宏达科技" in screen_text(app)
        assert "末尾" not in screen_text(app)


@pytest.mark.parametrize("question", QUESTIONS)
async def test_questions_show_any_text_as_text(question: Callable[[str], Screen[Any]]) -> None:
    app = Ground()
    async with app.run_test(size=(80, 24)) as pilot:
        for text in HOSTILE:
            app.ask(question(text))
            await settle(pilot)
            shown = screen_text(app)
            assert safe(text) in shown
            assert not [char for char in shown if char in "\x1b\u202e\u200b\ud800"]
            assert {width(row) for row in screen_lines(app)} <= set(range(81))
            app.pop_screen()
            await settle(pilot)


async def test_lines_and_titles_show_any_text_as_text() -> None:
    app = Ground()
    async with app.run_test(size=(80, 24)) as pilot:
        for text in HOSTILE:
            titled(app.query_one("#panel"), text, text)
            app.query_one("#text", Plain).show(text)
            app.query_one(StatusLine).say(text, "error")
            await settle(pilot)
            assert app.query_one(StatusLine).text == safe(text)
            assert screen_text(app).count(safe(text)) >= 4 or not text


async def test_a_digit_chooses_full_width_too_and_esc_chooses_nothing() -> None:
    app = Ground()
    async with app.run_test() as pilot:
        for keys in (["2"], ["１"], ["down", "enter"], ["escape"]):
            app.ask(Choose("which", [Choice("one", "one", digit="1"), Choice("two", "two", digit="2")]))
            await settle(pilot)
            await pilot.press(*keys)
            await settle(pilot)
        assert app.answers == ["two", "one", "two", None]


async def test_what_begins_with_the_typed_part_comes_before_what_only_tells_of_it() -> None:
    app = Ground()
    async with app.run_test(size=(80, 24)) as pilot:
        choices = [Choice("grade", "grade", "steps and payments"), Choice("pay", "Pay"), Choice("repay", "repay")]
        app.ask(Choose("which", choices, typed=True))
        await settle(pilot)
        await type_text(pilot, "pay")
        await pilot.press("enter")
        await settle(pilot)
        assert app.answers == ["pay"]


async def test_a_typed_part_narrows_the_choices() -> None:
    app = Ground()
    async with app.run_test() as pilot:
        app.ask(Choose("which", [Choice("a", "迟到"), Choice("b", "早退", also="early")], typed=True, empty="none"))
        await settle(pilot)
        await type_text(pilot, "EARL")
        assert "迟到" not in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert app.answers == ["b"]


async def test_a_fault_is_shown_and_the_form_stays() -> None:
    app = Ground()
    async with app.run_test() as pilot:
        app.ask(Ask("form", [Blank("n", "number")], lambda values: "" if values["n"] == "7" else "not seven"))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "not seven" in screen_text(app)
        await type_text(pilot, "7")
        await settle(pilot)
        assert "not seven" not in screen_text(app), "what was wrong is being mended"
        await pilot.press("enter")
        await settle(pilot)
        assert app.answers == [{"n": "7"}]


async def test_the_cursor_goes_to_the_line_at_fault() -> None:
    app = Ground()
    blanks = [Blank("a", "day"), Blank("b", "number"), Blank("c", "note")]
    async with app.run_test() as pilot:
        app.ask(Ask("form", blanks, lambda values: "" if values["b"] == "7" else Wrong("not seven", "b"), at="b"))
        await settle(pilot)
        await type_text(pilot, "8")
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert "not seven" in screen_text(app)
        await type_text(pilot, "7")
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert app.answers == [{"a": "", "b": "7", "c": ""}]


async def test_what_is_wrong_in_a_line_is_told_before_the_next_one_is_typed() -> None:
    app = Ground()
    blanks = [Blank("a", "day"), Blank("b", "number"), Blank("c", "note")]

    def check(values: dict[str, str]) -> str:
        return "" if values["b"] == "7" else Wrong("not seven", "b")

    async with app.run_test() as pilot:
        app.ask(Ask("form", blanks, check))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "not seven" not in screen_text(app), "it is of a line that nobody has come to"
        await type_text(pilot, "8")
        await pilot.press("enter")
        await settle(pilot)
        assert "not seven" in screen_text(app)
        await type_text(pilot, "7")
        await pilot.press("enter", "enter")
        await settle(pilot)
    assert app.answers == [{"a": "", "b": "7", "c": ""}]


async def test_a_fault_stays_that_was_told_before_all_that_was_typed_was() -> None:
    app = Ground()
    async with app.run_test() as pilot:
        app.ask(Ask("form", [Blank("n", "number")], lambda _: "not seven"))
        await settle(pilot)
        driver = app._driver
        assert driver is not None
        for name in (*"12345", "enter"):
            driver.send_message(events.Key(name, name if len(name) == 1 else None))
        await settle(pilot)
        assert "not seven" in screen_text(app)


async def test_a_held_enter_answers_no_question_that_nobody_has_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "QUIET_S", 3600.0)
    app = Ground()
    async with app.run_test() as pilot:
        app.ask(Confirm("fine", line("A017: 10")))
        await settle(pilot)
        await pilot.press("enter", "enter", "enter")
        await settle(pilot)
        assert "too soon" in screen_text(app)
        assert app.answers == []
        monkeypatch.setattr(dialogs, "QUIET_S", 0.0)
        await pilot.press("enter")
        await settle(pilot)
        assert app.answers == [True]
        monkeypatch.setattr(dialogs, "QUIET_S", 3600.0)
        app.ask(Confirm("fine", line("A017: 10")))
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert app.answers == [True, False], "no is heard at once"


async def test_the_border_says_what_enter_does_on_this_line() -> None:
    set_language("en")
    app = Ground()
    async with app.run_test() as pilot:
        app.ask(Ask("form", [Blank("n", "number"), Blank("m", "name")], lambda _: ""))
        await settle(pilot)
        assert "Enter next" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "Enter done" in screen_text(app)
        await pilot.press("up")
        await settle(pilot)
        assert "Enter next" in screen_text(app)


async def test_one_escape_throws_away_what_stands_in_one_line_not_what_stands_in_several() -> None:
    set_language("en")
    app = Ground()
    async with app.run_test() as pilot:

        async def press(*keys: str) -> None:
            await pilot.press(*keys)
            await settle(pilot)

        async def ask() -> None:
            app.ask(Ask("form", [Blank("n", "number"), Blank("m", "name")], lambda _: ""))
            await settle(pilot)

        await ask()
        await press("7", "escape")
        assert app.answers == [None]
        await ask()
        await press("7", "enter", "x", "escape")
        assert app.answers == [None]
        assert "Esc again" in screen_text(app)
        # What is typed then is no second Esc, and the border says again what Enter does.
        await press("y")
        assert "Enter done" in screen_text(app)
        await press("escape", "escape")
        assert app.answers == [None, None]


async def test_a_choice_says_digits_only_where_it_has_them() -> None:
    set_language("en")
    app = Ground()
    async with app.run_test() as pilot:
        for digit, said in (("1", True), ("", False)):
            app.ask(Choose("which", [Choice("a", "first", digit=digit)]))
            await settle(pilot)
            assert ("digit or arrows" in screen_text(app)) is said
            await pilot.press("escape")
            await settle(pilot)


async def test_what_is_pasted_is_plain_text() -> None:
    app = Ground()
    async with app.run_test() as pilot:
        app.ask(Ask("form", [Blank("n", "name")], lambda _: ""))
        await settle(pilot)
        await paste(pilot, "张\x1b[2J敏\u202e")
        assert "张?[2J敏?" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert app.answers == [{"n": "张?[2J敏?"}]


async def test_what_was_said_gives_way_to_the_resting_text() -> None:
    app = Ground()
    async with app.run_test() as pilot:
        status = app.query_one(StatusLine)
        status.rest("resting")
        status.say("saved", "good")
        await settle(pilot)
        assert "saved" in screen_text(app)
        status.hush()
        await settle(pilot)
        assert "resting" in screen_text(app)


async def test_what_is_said_fills_its_line_where_a_blank_stands_early_in_it() -> None:
    app = Ground()
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(StatusLine).say(
            "通知:今天 16:30 开会,地点二楼大会议室,请把本周没成交的三通录音准备好,带上笔和本子"
        )
        await settle(pilot)
        assert "16:30 开会,地点二楼大会议室" in screen_text(app)


async def test_a_text_longer_than_its_line_is_read_where_it_is_typed() -> None:
    app = Ground()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask(Ask("计划", [Blank("text", "说明")], lambda _: ""))
        await settle(pilot)
        await type_text(pilot, "先把老客户全部回访一遍" * 5)
        await settle(pilot)
        assert "全部回访一遍" in screen_text(app)


async def test_a_pick_is_made_by_digit_arrow_or_click() -> None:
    class Picking(KeysInTurn):
        CSS = theme.CSS

        def compose(self) -> ComposeResult:
            yield Pick([("zh", "中文"), ("en", "English"), ("x", "third")], "zh", id="pick")

    app = Picking()
    async with app.run_test() as pilot:
        pick = app.query_one(Pick)
        pick.focus()
        found = []
        for key in ("right", "right", "right", "left", "２", "9"):
            await pilot.press(key)
            found.append(pick.value)
        assert found == ["en", "x", "zh", "x", "en", "en"]
        await pilot.click(Pick, offset=(2, 0))
        assert pick.value == "zh"


async def test_keys_in_one_burst_land_in_the_lines_for_which_they_were_pressed() -> None:
    app = Ground()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask(Ask("外访", [Blank(name, name, "旧") for name in ("day", "minutes", "why")], lambda _: ""))
        await settle(pilot)
        driver = app._driver
        assert driver is not None
        for key in [*"1127", "enter", *"91", "backspace", "0", "down", "ctrl+u", *"拜访", "up", "5", "tab", "enter"]:
            driver.send_message(events.Key(key, key if len(key) == 1 else None))
        assert await happens(lambda: bool(app.answers))
        assert app.answers == [{"day": "1127", "minutes": "5", "why": "拜访"}]


async def test_nothing_is_told_of_a_choice_that_what_is_typed_left_out() -> None:
    app = Ground()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask(Choose("命令", [Choice("one", "导出", "写成表格")], typed=True, empty="没有"))
        await settle(pilot)
        driver = app._driver
        assert driver is not None
        for character in "导入":
            driver.send_message(events.Key(character, character))
        await settle(pilot)
        assert await happens(lambda: "没有" in screen_text(app))
        assert "写成表格" not in screen_text(app)


async def test_what_is_to_be_confirmed_is_read_to_its_end() -> None:
    app = Ground()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask(Confirm("?", line("要求改得更好," * 200 + "到此为止")))
        await settle(pilot)
        assert "到此为止" not in screen_text(app)
        assert "up and down turn it" in screen_text(app)
        assert "Enter yes" in screen_text(app)
        await pilot.press("end")
        assert await happens(lambda: "到此为止" in screen_text(app))
        await pilot.press("escape")
        assert app.answers == [False]
