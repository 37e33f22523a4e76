"""A company, and a desk of one, for the tests of the book."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.clock import SetClock
from tests.company import NOW, Company


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Book]:
    teams.create_solo(tmp_path / "home", "A017", "张敏", date(2026, 1, 5), "Asia/Shanghai", SetClock(NOW))
    book = Book.open(tmp_path / "home", SetClock(NOW))
    yield book
    book.close()
