"""The desk, line by line, in both languages and sizes."""

from pathlib import Path

import pytest

from agent_tui.i18n import Language
from tests.ui.desk.bench import at_desk, make_home
from tests.ui.golden import check_golden

SIZES = [(80, 24), (140, 40)]
LANGUAGES: list[Language] = ["zh", "en"]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_desk(tmp_path: Path, language: Language, size: tuple[int, int]) -> None:
    name = f"desk/{language}-{size[0]}x{size[1]}"
    async with at_desk(make_home(tmp_path, calls=55), size, language=language, ascii=size[0] == 80) as hands:
        check_golden(hands.app, f"{name}-ready")
        await hands.press("1", "2")
        check_golden(hands.app, f"{name}-walk")
        await hands.press("1", "5")
        check_golden(hands.app, f"{name}-last")
        await hands.press("ctrl+o")
        check_golden(hands.app, f"{name}-empty")
