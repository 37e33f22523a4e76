"""What the suites share; and where they put their scratch: in memory where that can be had, for most do not try the
flushing.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.dishonest import Dishonest

_MEMORY = "/dev/shm"


@pytest.fixture(autouse=True)
def _scratch(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    tmp_path_factory.getbasetemp()  # what tests are given as tmp_path stays on the disk
    if os.access(_MEMORY, os.W_OK):
        monkeypatch.setattr(tempfile, "tempdir", _MEMORY)


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[Dishonest]:
    agent = Dishonest(tmp_path)
    yield agent
    agent.company.close()
