"""Where the suites put their scratch: in memory where that can be had, for most of them do not try the flushing."""

import os
import tempfile

import pytest

_MEMORY = "/dev/shm"


@pytest.fixture(autouse=True)
def _scratch(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    tmp_path_factory.getbasetemp()  # what tests are given as tmp_path stays on the disk
    if os.access(_MEMORY, os.W_OK):
        monkeypatch.setattr(tempfile, "tempdir", _MEMORY)
