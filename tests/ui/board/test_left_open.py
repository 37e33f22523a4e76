"""A board that is left open while the day ends."""

import re
from datetime import timedelta

from agent_tui.ui.app import Shell
from tests.company import Company, talk
from tests.ui.board.keys import at_board
from tests.ui.golden import screen_text
from tests.waiting import happens


def pass_by(company: Company, **time: int) -> None:
    company.clock._start += timedelta(**time)


async def test_the_way_of_the_month_has_yesterday_in_it_and_no_other_month(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    async with at_board(company) as boss:
        await boss.pilot.press("f3", "2")
        await boss.ready()
        assert await happens(lambda: dials(boss.shell) == 1)
        pass_by(company, days=1)
        talk(desk, 2)
        desk.sync_once()
        assert await happens(lambda: dials(boss.shell) == 2), screen_text(boss.shell)
        pass_by(company, days=7)
        talk(desk, 3)
        desk.sync_once()
        assert await happens(lambda: dials(boss.shell) == 1), screen_text(boss.shell)


def dials(shell: Shell) -> int:
    found = re.search(r"dials +[#.]+ +(\d+)", screen_text(shell))
    return int(found[1]) if found else 0
