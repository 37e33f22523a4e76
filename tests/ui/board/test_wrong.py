"""What was seen once and has changed is told on the board, by name."""

from pathlib import Path

import pytest

from agent_tui.i18n import Language, set_language
from tests.company import Company, talk
from tests.ui.board.keys import board
from tests.ui.golden import settle
from tests.ui.shells import comes


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_history_that_changed_is_told_by_name(tmp_path: Path, language: Language) -> None:
    company = Company(tmp_path)
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    desk.session.place.journal._seq -= 1
    talk(desk, 2)
    company.sync()
    set_language(language)
    async with board(company).run_test(size=(80, 24)) as pilot:
        assert await comes(pilot, {"zh": "1 处异常(F6) A017 张敏:", "en": "! 1 (F6) A017 张敏:"}[language])
        await pilot.press("f6")
        await settle(pilot)
        assert await comes(pilot, {"zh": "发现的异常:1", "en": "Problems seen: 1"}[language])
        assert await comes(pilot, {"zh": "A017 张敏:records/", "en": "A017 张敏: records/"}[language])
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen.query("#agents")
    company.close()
