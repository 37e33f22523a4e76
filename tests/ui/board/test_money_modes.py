"""What the money mode hides no dialog, row or panel of the board shows (handbook 6)."""

import re
from datetime import timedelta

import pytest

from agent_tui.ui.board.queue import QueueScreen
from shared_rules.policies.policy import builtin_text
from tests.company import Company, talk
from tests.ui.board.keys import MONDAY, at_board
from tests.ui.golden import screen_text

DIALOGS = {
    "points of the late": ("2", "1", "enter", "enter"),
    "a false call": ("enter", "1", "1", "2"),
    "the day confirmed": ("4",),
    "an appeal": ("7",),
}
QUEUES = ("morning", "evening", "month")


@pytest.mark.parametrize(("mode", "hidden"), [("points", r"yuan"), ("off", r"yuan|[-+]\d+ points|points -\d")])
async def test_no_amount_is_shown_anywhere(company: Company, mode: str, hidden: str) -> None:
    desk, boss = company.join("A017", "张敏"), company.boss
    talk(desk, 1, lead=True)
    company.sync()
    toml = builtin_text("handbook").replace('mode = "estimate"', f'mode = "{mode}"')
    boss.supervisor.publish_policy(toml, "rules.toml", MONDAY)
    boss.supervisor.attendance("A017", "daily", MONDAY, "missed")
    entry = boss.supervisor.points("A017", "att.late", MONDAY - timedelta(days=3))
    boss.sync_once()
    desk.sync_once()
    desk.agent.appeal(entry.id, "堵车")
    company.sync()
    async with at_board(company, size=(120, 40)) as keys:
        book = keys.book

        def clean(where: str) -> None:
            shown = screen_text(keys.shell)
            assert not re.search(hidden, shown), f"{where}\n{shown}"

        for where, pressed in DIALOGS.items():
            await keys.on("A017")
            for key in pressed:
                await keys.press(key)
                clean(where)
            await keys.board()
        await keys.press("f4")
        clean("the ledger")
        await keys.board()
        for queue in QUEUES:
            keys.shell.push_screen(QueueScreen(book, queue))
            await keys.sees("A017")
            clean(queue)
            await keys.board()
