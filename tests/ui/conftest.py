"""Every test of a screen begins and ends in English, with the keys as shipped and every character drawn as it is."""

from collections.abc import Iterator

import pytest

from agent_tui.i18n import set_language
from agent_tui.ui.commands import use_key_map
from agent_tui.ui.kit.text import draw_plainly


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    _begin()
    yield
    _begin()


def _begin() -> None:
    set_language("en")
    draw_plainly(False)
    use_key_map({})
