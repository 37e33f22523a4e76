"""Machines to run commands on."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_tui.i18n import language, set_language
from tests.commands.running import Machine, Machines
from tests.commands.teaming import Team


@pytest.fixture
def machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machine:
    return Machine(tmp_path / "home", capsys)


@pytest.fixture
def machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machines:
    return Machines(tmp_path, capsys)


@pytest.fixture
def team(machines: Machines) -> Team:
    return Team(machines)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A shell's background job starts with SIGINT ignored, and so would all that it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def _untouched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("HOME", "NOW", "LANG"):
        monkeypatch.delenv(f"AGENT_TUI_{name}", raising=False)
    before = language()
    yield
    set_language(before)
