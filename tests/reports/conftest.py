"""Machines whose reports are made."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_tui.i18n import set_language
from tests.commands.running import Machines


@pytest.fixture
def machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machines:
    return Machines(tmp_path, capsys)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")
