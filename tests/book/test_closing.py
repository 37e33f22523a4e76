"""A closed book holds no file of its home: on Windows a home that is held open cannot be moved away or removed."""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.company import Company, talk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there removing a home in other tests tells it")


def held(folder: Path) -> list[str]:
    """What this process has open below a folder."""
    found = []
    for handle in os.listdir("/proc/self/fd"):  # noqa: PTH208 - names, not paths
        try:
            target = Path("/proc/self/fd", handle).readlink()
        except FileNotFoundError:
            continue
        if target.is_relative_to(folder):
            found.append(str(target.relative_to(folder)))
    return sorted(found)


@pytest.fixture
def no_collecting() -> Iterator[None]:
    """What is let go of only when garbage is looked for is held until then."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collecting")
def test_a_closed_book_holds_nothing(tmp_path: Path) -> None:
    company = Company(tmp_path)
    waiting = company.ask("A018", "李强")
    talk(waiting, 1)
    desk = company.join("A017", "张敏")
    talk(desk, 2)
    company.sync()
    company.boss.machine.set_setting("board.order", "needs")
    assert held(tmp_path)
    company.close()
    assert held(tmp_path) == []
