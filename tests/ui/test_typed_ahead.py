"""Keys that a terminal sends in one go, as over a slow line: each is for what the one before it opened or left."""

import asyncio
from itertools import count
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from agent_tui.ui.app import Shell
from agent_tui.ui.kit import in_turn
from tests.ui.golden import screen_text, settle
from tests.ui.shells import CLOCK, comes, opens, solo
from tests.waiting import happens


def send(pilot: Pilot[None], *keys: str) -> None:
    """Send `keys` as one read of a terminal brings them."""
    driver = pilot.app._driver
    assert driver is not None
    for name in keys:
        key = events.Key(name, name if len(name) == 1 else None)
        key.set_sender(pilot.app)
        driver.send_message(key)


def click(pilot: Pilot[None], x: int, y: int) -> None:
    """Send a click as the same read of a terminal brings it."""
    driver = pilot.app._driver
    assert driver is not None
    for pressed in (events.MouseDown, events.MouseUp):
        driver.send_message(pressed(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y))


def stack(shell: Shell) -> list[str]:
    """The screens, the lowest first."""
    return [type(screen).__name__ for screen in shell.screen_stack]


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        (("f9", "8"), ["BoardScreen", "DevicesScreen"]),
        (("f9", "4", "escape", "f9", "1"), ["BoardScreen", "QueueScreen"]),
        (("f9", "escape", "escape"), ["BoardScreen"]),
        (("f9", "8", "escape", "escape", "escape"), ["BoardScreen"]),
        (("f9", "8", "f9", "8"), ["BoardScreen", "DevicesScreen"]),
        (("f9", "8", "f9", "3"), ["BoardScreen", "QueueScreen"]),
        (("f9", "3", "f9", "8"), ["BoardScreen", "DevicesScreen"]),
        (("f3", "f9", "3"), ["BoardScreen", "ChartsScreen", "QueueScreen"]),
        (("f1", "escape", "escape", "f2", "escape"), ["BoardScreen"]),
    ],
)
async def test_keys_in_one_go_are_taken_in_turn(tmp_path: Path, keys: tuple[str, ...], left: list[str]) -> None:
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await comes(pilot, "A017")
        shell.action_board()
        assert await happens(lambda: stack(shell) == ["BoardScreen"])
        await settle(pilot)
        send(pilot, *keys)
        await settle(pilot)
        assert await happens(lambda: stack(shell) == left), stack(shell)
    shell.close_book()


async def test_keys_are_taken_in_turn_by_a_machine_that_stalls_between_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However often the time is asked, a second has passed.
    monkeypatch.setattr(in_turn, "monotonic", map(float, count()).__next__)
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await comes(pilot, "A017")
        shell.action_board()
        assert await happens(lambda: stack(shell) == ["BoardScreen"])
        await settle(pilot)
        send(pilot, "f9", "8", "f9", "8")
        await settle(pilot)
        assert await happens(lambda: stack(shell) == ["BoardScreen", "DevicesScreen"]), stack(shell)
    shell.close_book()


async def test_what_is_pasted_after_a_page_was_asked_for_is_for_that_page(tmp_path: Path) -> None:
    from agent_tui.ui.customers.screen import CustomersScreen

    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await comes(pilot, "A017")
        driver = shell._driver
        assert driver is not None
        send(pilot, "f3")
        driver.send_message(events.Paste("13800138000"))
        assert await opens(pilot, CustomersScreen)
        assert await happens(lambda: shell.screen.query_one(Input).value == "13800138000")
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert "0013" not in screen_text(shell) and "8000" not in screen_text(shell)
    shell.close_book()


async def test_a_digit_after_a_page_was_asked_for_is_none_of_the_number_that_is_typed(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await comes(pilot, "A017")
        await pilot.press(*"1380013800")
        await settle(pilot)
        send(pilot, "f8", "7")
        assert await happens(lambda: len(stack(shell)) > 2), "why, of the page"
        assert stack(shell)[1] == "DayScreen"
        while len(stack(shell)) > 1:
            await pilot.press("escape")
            await settle(pilot)
        assert "1380013800 " in screen_text(shell)
    shell.close_book()


async def test_what_is_typed_right_after_a_language_was_chosen_on_the_first_run_is_heard(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home", CLOCK)
    async with shell.run_test() as pilot:
        await settle(pilot)
        send(pilot, "1", "1", *"A007", "enter", *"May")
        await settle(pilot)
        assert "第一次使用" in screen_text(shell)
        assert [shell.screen.query_one(f"#field-{name}", Input).value for name in ("id", "name")] == ["A007", "May"]
    shell.close_book()


async def test_a_click_waits_for_the_keys_before_it(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await comes(pilot, "A017")
        shell.action_board()
        assert await happens(lambda: stack(shell) == ["BoardScreen"])
        await pilot.press("f9")
        assert await comes(pilot, "8 Devices")
        rows = screen_text(shell).split("\n")
        y = next(y for y, row in enumerate(rows) if "8 Devices" in row)
        x = rows[y].index("8 Devices")
        await pilot.press("escape")
        await settle(pilot)
        send(pilot, "f9")
        click(pilot, x, y)
        assert await happens(lambda: stack(shell) == ["BoardScreen", "DevicesScreen"]), stack(shell)
    shell.close_book()


@pytest.mark.parametrize("pause", [0.0, 0.2])
async def test_the_second_click_of_a_double_click_is_not_for_what_the_first_opened(
    tmp_path: Path, pause: float
) -> None:
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await comes(pilot, "A017")
        shell.action_board()
        assert await happens(lambda: stack(shell) == ["BoardScreen"])
        await settle(pilot)
        row = next(y for y, text in enumerate(screen_text(shell).splitlines()) if text.startswith(" A017"))
        click(pilot, 12, row)
        if pause:
            assert await happens(lambda: len(stack(shell)) == 2)
            await settle(pilot)
        click(pilot, 12, row)
        await settle(pilot)
        assert await happens(lambda: stack(shell) == ["BoardScreen", "AgentDayScreen"]), stack(shell)
        send(pilot, "escape")
        await settle(pilot)
        assert await happens(lambda: stack(shell) == ["BoardScreen"]), stack(shell)
    shell.close_book()


async def test_a_click_on_what_is_just_being_drawn_anew_is_no_fault(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await comes(pilot, "A017")
        await pilot.press("f2")
        await settle(pilot)
        for chosen in "2323":
            # Each time all is drawn in the other language.
            shell.screen.query("Pick").first().focus()
            send(pilot, chosen)
            for _ in range(100):
                click(pilot, 20, 0)
                await asyncio.sleep(0)
            await settle(pilot)
        assert stack(shell)[-1] == "SettingsScreen"
    shell.close_book()


async def test_what_is_typed_behind_the_leaving_is_for_nobody(tmp_path: Path) -> None:
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await comes(pilot, "A017")
        seen = {*stack(shell)}
        assert len(seen) == 1
        send(pilot, "ctrl+q", "ctrl+g", "ctrl+p", "f2")
        for _ in range(1000):
            seen |= {*stack(shell)}
            await asyncio.sleep(0)
    assert shell.return_code == 0
    assert len(seen) == 1, seen
    shell.close_book()


async def test_a_key_that_comes_back_behind_the_leaving_opens_nothing(tmp_path: Path) -> None:
    """It was held up so long that the leaving overtook it."""
    shell = solo(tmp_path / "home")
    async with shell.run_test() as pilot:
        assert await comes(pilot, "A017")
        seen = {*stack(shell)}
        shell.exit()
        key = events.Key("f2", None)
        key.set_sender(shell)
        key._set_forwarded()
        shell.post_message(key)
        for _ in range(1000):
            seen |= {*stack(shell)}
            await asyncio.sleep(0)
    assert len(seen) == 1, seen
    shell.close_book()
