"""A company for the tests of the board."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.company import Company


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path)
    yield made
    made.close()
