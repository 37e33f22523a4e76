"""A home with a month in it, made once and copied for each test."""

import shutil
from pathlib import Path

import pytest

from tests.ui.pages.bench import make_month


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_month(tmp_path_factory.mktemp("month"))


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "home"))
