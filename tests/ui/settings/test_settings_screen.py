"""The settings screen and the key map, on the real program."""

import asyncio
from pathlib import Path

import pytest

from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.i18n import Language, language
from agent_tui.ui import commands, theme
from agent_tui.ui.desk.screen import DeskScreen
from agent_tui.ui.keymap import fault_of, taken
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Table
from agent_tui.ui.kit.text import width
from agent_tui.ui.settings.keys import KeysScreen
from agent_tui.ui.settings.screen import SettingsScreen
from tests.ui.desk.bench import NOW, Hands, at_desk, make_home
from tests.ui.golden import check_golden, screen_lines, screen_text

LANGUAGES: list[Language] = ["zh", "en"]


def stored(home: Path) -> dict[str, object]:
    book = Book.open(home, SetClock(NOW, ticking=False))
    found = book.machine.settings()
    book.close()
    return found


def store(home: Path, **values: object) -> None:
    book = Book.open(home, SetClock(NOW, ticking=False))
    for name, value in values.items():
        book.machine.set_setting(name.replace("__", "."), value)
    book.close()


def shown_at(hands: Hands, label: str) -> str:
    """The row of a setting, as it stands on the screen."""
    return next(row for row in screen_lines(hands.app) if label in row)


async def choose_key(hands: Hands, id: str, key: str) -> None:
    """From the settings screen, give a command a key."""
    await hands.press("up", "enter")
    assert isinstance(hands.app.screen, KeysScreen)
    hands.app.screen.query_one(Table).move_to(id)
    await hands.press("enter", key)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("spoken", LANGUAGES)
async def test_the_settings_as_they_look(tmp_path: Path, spoken: Language, size: tuple[int, int]) -> None:
    async with at_desk(make_home(tmp_path), size, language=spoken, ascii=size[0] == 80) as hands:
        await hands.press("f2")
        check_golden(hands.app, f"settings/{spoken}-{size[0]}x{size[1]}")
        await hands.press("up", "enter")
        shown = screen_text(hands.app)
        for one in commands.commands("ui")[:3]:
            assert f"{one.title} " in shown
            assert f" {one.label} " in shown
        assert all(width(row) <= size[0] for row in screen_lines(hands.app))


async def test_what_is_chosen_is_kept_and_applied_at_once(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    async with at_desk(home) as hands:
        await hands.press("f2", "down", "3", "1", "1", "2")
        assert (hands.app.theme, hands.app.ascii) == ("high-contrast", True)
        assert hands.app.preferences.settings.desk.bell
        assert not hands.app.preferences.settings.desk.streak
        await hands.press("escape")
        assert isinstance(hands.app.screen, DeskScreen)
        assert "+- 有效电话 -" in screen_text(hands.app)
    assert stored(home) == {
        "look.theme": "high-contrast", "look.ascii": True, "desk.bell": True, "desk.streak": False,
    }  # fmt: skip


def assert_without_colour(hands: Hands) -> None:
    """The terminal's own two colours alone; what is chosen stands out by being reversed."""
    drawn = {segment.style for strip in hands.app.screen._compositor.render_strips() for segment in strip}
    colours = {colour for style in drawn if style for colour in (style.color, style.bgcolor) if colour}
    assert {colour.name for colour in colours} == {"default"}
    assert any(style.reverse or style.underline for style in drawn if style)


async def test_every_theme_draws_every_part(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=3)) as hands:
        for name in (*(known.name for known in theme.THEMES), "textual-light", "ansi-dark"):
            hands.app.theme = name
            await hands.pilot.pause()
        await hands.press("f2", "down", "4", "escape")
        assert hands.app.has_class("-no-colour")
        assert "NO_COLOR" not in screen_text(hands.app)
        await hands.press("ctrl+l")
        assert_without_colour(hands)


async def test_no_color_in_the_environment_wins_over_the_theme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = make_home(tmp_path, calls=3)
    store(home, look__theme="high-contrast")
    monkeypatch.setenv("NO_COLOR", "1")
    async with at_desk(home) as hands:
        assert hands.app.theme == "no-colour"
        assert_without_colour(hands)
        await hands.press("f2", "down")
        assert "设置了 NO_COLOR:不论选哪种都不用颜色" in screen_text(hands.app)
        await hands.press("1", "escape", "ctrl+l")
        assert hands.app.theme == "no-colour"
        hands.app.action_theme()
        await hands.press("enter")
        await hands.until(lambda: "设置了 NO_COLOR" in screen_text(hands.app))
        assert hands.app.theme == "no-colour"
        assert_without_colour(hands)


async def test_settings_put_back_twice_at_once_are_drawn_one_after_the_other(tmp_path: Path) -> None:
    """By the key and by a click on its hint: neither waits for the other to be done."""
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press("f2")
        for turns in range(0, 200, 3):
            first = asyncio.create_task(hands.app.run_action("screen.reset"))
            for _ in range(turns):
                await asyncio.sleep(0)
            await hands.app.run_action("screen.reset")
            await first
        await hands.press("3")
        await hands.until(lambda: language() == "en")


async def test_the_language_changes_the_settings_and_the_desk_beneath(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press("f2", "３")
        assert "as the system" in screen_text(hands.app)
        await hands.press("escape")
        await hands.until(lambda: "Valid calls" in screen_text(hands.app))
        assert language() == "en"


async def test_a_language_asked_for_at_the_start_is_told_beside_the_one_that_is_stored(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    store(home, look__language="zh")
    async with at_desk(home, language="en") as hands:
        await hands.press("f2")
        assert "Started in English" in screen_text(hands.app)
        await hands.press("3")
        assert "Started in" not in screen_text(hands.app)
    async with at_desk(home, language="zh") as hands:
        await hands.press("f2")
        assert "指定了中文" in screen_text(hands.app), "English is stored by now"
        await hands.press("delete")
        await hands.until(lambda: "Started in" not in screen_text(hands.app) and "指定" not in screen_text(hands.app))


async def test_plain_lines_asked_for_at_the_start_are_shown_as_on_until_one_chooses(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    async with at_desk(home, language="en", ascii=True) as hands:
        await hands.press("f2", "down", "down")
        assert "[1 on]  2 off" in shown_at(hands, "plain lines")
        assert "Started with --ascii" in screen_text(hands.app)
        await hands.press("2", "up")
        assert "1 on  [2 off]" in shown_at(hands, "plain lines")
        assert "Started with" not in screen_text(hands.app)
        assert not hands.app.ascii
    async with at_desk(home, language="en", ascii=True) as hands:
        await hands.press("f2", "down", "down", "delete")
        await hands.until(lambda: not hands.app.ascii)
        assert "1 on  [2 off]" in shown_at(hands, "plain lines"), "its default is off"


async def test_the_settings_leave_the_entry_and_what_can_be_taken_back(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137000", "enter", "3", *"13700137001", "enter", "1")
        await hands.press("f2", "escape")
        assert (hands.value("phone"), hands.value("outcome")) == ("13700137001", "talked")
        await hands.press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
        assert hands.calls()[0].why_not == "void"


async def test_a_key_is_given_and_works_in_the_form_the_footer_and_the_help(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    async with at_desk(home) as hands:
        await hands.press("f2")
        await choose_key(hands, "desk.new", "f11")
        await hands.press("escape", "escape")
        assert "F11新号" in screen_text(hands.app)
        await hands.press(*"13700137000", "enter", "f11")
        assert (hands.value("phone"), len(hands.view.form.parked)) == ("", 1)
        await hands.press("ctrl+o")
        assert len(hands.view.form.parked) == 1
        await hands.press("f1")
        assert "F11" in screen_text(hands.app)
    async with at_desk(home) as hands:
        await hands.press("f11")
        assert hands.value("phone") == ""


async def test_keys_of_screens_follow_the_map_too(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    store(home, keys={"desk.lists": "f11", "ui.help": "f12"})
    async with at_desk(home) as hands:
        await hands.press("f11")
        assert isinstance(hands.app.focused, Table)
        await hands.press("f1")
        assert isinstance(hands.app.screen, DeskScreen)
        await hands.press("f12")
        assert not isinstance(hands.app.screen, DeskScreen)


async def test_a_key_that_is_taken_or_unfit_is_refused_with_the_reason(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press("f2")
        await choose_key(hands, "desk.new", "f9")
        assert "F9 已经是:接回访" in hands.app.screen.query_one(StatusLine).text
        await hands.press("enter", "x")
        assert "不能用" in hands.app.screen.query_one(StatusLine).text
        await hands.press("enter", "escape")
        assert hands.app.preferences.settings.keys == {}


async def test_typos_in_what_is_stored_are_said_at_the_start_and_can_be_removed(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    store(home, look__them="agent-light", look__theme="mauve", keys={"desk.save": "s", "desk.fly": "f11"})
    async with at_desk(home) as hands:
        said = hands.app.screen.query_one(StatusLine).text
        assert "look.them" in said
        assert "另有 3 处" in said
        assert hands.app.theme == "agent-dark"
        await hands.press("f2", "up")
        assert "look.them" in screen_text(hands.app)
        await hands.press("delete")
        assert isinstance(hands.app.screen, SettingsScreen)
        await hands.press("up", "delete")
        await hands.press("up", "up", "up", "up", "delete")
        assert hands.app.preferences.faults == []
    assert stored(home) == {}


def test_a_stored_map_is_taken_as_far_as_it_can_be() -> None:
    swapped = {"desk.callback": "ctrl+n", "desk.skip": "f9"}
    assert taken(swapped) == (swapped, [])
    fit, faults = taken({"desk.callback": "f4", "desk.new": "f11", "nothing": "f11", "desk.enter": "f11"})
    assert fit == {"desk.new": "f11"}
    assert len(faults) == 3


@pytest.mark.parametrize(
    "key", ["a", "1", "ctrl+space", "space", "ctrl+i", "ctrl+m", "ctrl+j", "ctrl+c", "shift+f1", ""]
)
def test_what_an_input_method_a_terminal_or_every_input_takes_is_no_key(key: str) -> None:
    assert fault_of(commands.command("desk.new"), key, {})
