"""The board over a real folder: what it shows, that it updates by itself, that it stays put under a hand."""

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from agent_tui.i18n import Language, set_language
from agent_tui.ui.app import Shell
from agent_tui.ui.kit.table import Table
from tests.ui.company import Company, talk
from tests.ui.golden import check_golden, screen_text, settle, type_text

SIZES = ((80, 24), (140, 40))


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path)
    yield made
    made.close()


def busy(company: Company) -> Company:
    """Three agents of different fortunes, one of them with a hostile name; a device waits."""
    zhang = company.join("A017", "张敏", date(2026, 11, 9))
    liu = company.join("A009", "刘洋")
    company.join("A020", "[/]王五[VIP]")
    for number in range(55):
        talk(zhang, number, minutes_ago=5 * number, lead=number % 6 == 0)
    for number in range(12):
        talk(liu, 100 + number, minutes_ago=20 * number, lead=number == 3)
    company.boss.enter_points("A009", "att.late", date(2026, 11, 20), note="堵车")
    company.sync()
    company.ask("A030", "欧阳建国")
    company.boss.sync_once()
    return company


def board(company: Company, *, ascii: bool = True) -> Shell:
    """The program on the supervisor's machine; the company's book of it is closed first."""
    company.boss.close()
    shell = Shell(company.boss_home, company.clock, ascii=ascii)
    shell.open_book()
    return shell


async def shows(pilot: Pilot[None], text: str, *, seconds: float = 5.0) -> bool:
    """Whether `text` is on the screen within `seconds`."""
    for _ in range(int(seconds * 20)):
        if text in screen_text(pilot.app):
            return True
        await asyncio.sleep(0.05)
    return False


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_goldens(company: Company, language: Language) -> None:
    set_language(language)
    shell = board(busy(company))
    async with shell.run_test(size=SIZES[0]) as pilot:
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert await shows(pilot, "A017")
            if size == SIZES[1]:
                assert await shows(pilot, "0/0")
            name = f"{language}-{size[0]}x{size[1]}"
            check_golden(shell, f"board/{name}")
            await pilot.press("enter")
            await settle(pilot)
            check_golden(shell, f"board/day-{name}")
            await pilot.press("escape")
            await pilot.press("2")
            await settle(pilot)
            check_golden(shell, f"board/points-{name}")
            await pilot.press("escape")
    shell.close_book()
