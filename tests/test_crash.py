"""The reports of faults: the latest are kept, and no more."""

from datetime import datetime
from pathlib import Path
from threading import current_thread
from zoneinfo import ZoneInfo

from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.crash import write_report
from tests.company import NOW, Company
from tests.waiting import happens


def test_the_reports_of_a_fault_that_comes_again_and_again_do_not_fill_the_disk(tmp_path: Path) -> None:
    folder = tmp_path / "crash"
    folder.mkdir()
    for number in range(80):
        (folder / f"20260101T0000{number:02}-1.txt").write_text("before", encoding="utf-8")
    (folder / "mine.md").write_text("kept", encoding="utf-8")
    path = write_report(tmp_path, ValueError())
    left = sorted(file.name for file in folder.glob("*.txt"))
    assert (len(left), left[0], left[-1]) == (50, "20260101T000031-1.txt", path.name)
    assert (folder / "mine.md").exists()


def test_a_fault_in_a_directory_whose_name_is_in_no_encoding_is_reported(tmp_path: Path) -> None:
    try:
        exec(compile("1 / 0", "/opt/\udcff/agent_tui/when.py", "exec"))
    except ZeroDivisionError as fault:
        path = write_report(tmp_path, fault)
    assert "agent_tui/when.py:1" in path.read_text("utf-8")


class FailsBeside(SetClock):
    """A clock that fails whoever asks it in the thread beside the desk."""

    def now(self, zone: ZoneInfo) -> datetime:
        if current_thread().name == "agent-tui-beside":
            raise ArithmeticError
        return super().now(zone)


async def test_a_fault_in_the_thread_beside_the_desk_is_reported(tmp_path: Path) -> None:
    """The thread ended without a word: older days stayed without an index, and nothing said why."""
    company = Company(tmp_path)
    company.close()
    book = Book.open(company.boss_home, FailsBeside(NOW))
    book.sharing.start()
    folder = company.boss_home / "crash"
    told = await happens(lambda: any("ArithmeticError" in one.read_text("utf-8") for one in folder.glob("*.txt")))
    book.close()
    assert told
