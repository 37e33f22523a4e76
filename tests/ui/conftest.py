"""Every test of a screen begins and ends in English."""

from collections.abc import Iterator

import pytest

from agent_tui.i18n import set_language


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")
