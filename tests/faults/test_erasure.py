"""The short form of erasing; the long one is `python -m tests.faults erasure`."""

from pathlib import Path

import pytest

from agent_tui.book import erasing
from tests.faults.erasure import MARKS, run


def test_after_erase_and_quiet_nobody_with_all_keys_finds_the_customer(tmp_path: Path) -> None:
    searched, held, found = run(tmp_path)
    assert searched > 100_000
    assert held > 50
    assert found == []


def test_the_control_that_leaves_the_key_files_as_they_are_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "follow", lambda *_: ())
    _, _, found = run(tmp_path)
    assert found
    assert MARKS
