"""Text from people and the folder is shown as plain text on every page: no markup, no control or bidi character."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.ui.desk.bench import DAY, at_desk
from tests.ui.golden import screen_text
from tests.ui.pages.bench import fetched

NASTY = "[/] [VIP]李四 [red]x[/red] \x1b[31m\x07 \u202eabc\u202c \u200b{x} $text-error " + "长" * 150
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("size", [(80, 24), (60, 16)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_hostile_text_is_plain_on_every_page(home: Path, size: tuple[int, int]) -> None:
    async with at_desk(home, size) as hands:
        boss, me = hands.book.supervisor, hands.book.agent
        boss.notice(NASTY)
        boss.publish_card(NASTY[:100], DAY, NASTY, NASTY, NASTY)
        boss.points("A017", "duty.desk", DAY, note=NASTY)
        boss.coaching(hands.book.calls("A017", DAY)[1].id, NASTY)
        boss.review("A017", "2026-W48", 5, NASTY)
        boss.visit_report("13900000005", NASTY, by=NASTY[:50])
        me.plan("2026-W49", companies=1, trades=NASTY[:90], text=NASTY)
        me.summary("2026-W48", NASTY)
        asked = me.ask("visit", DAY + timedelta(days=2), 30, NASTY)
        boss.refuse(asked.id, NASTY)
        for key in ("f4", "f5", "f6", "f7", "f8", "ctrl+r"):
            await hands.press(key)
            await fetched(hands)
            shown = screen_text(hands.app)
            assert not _CONTROL.search(shown), key
            if key == "f6":
                await hands.press("right")
                await fetched(hands)
                assert "[VIP]李四" in screen_text(hands.app)
            if key in ("f4", "f5"):
                await hands.press("enter")
                await fetched(hands)
                assert not _CONTROL.search(screen_text(hands.app))
                await hands.press("escape")
            await hands.press("escape")
