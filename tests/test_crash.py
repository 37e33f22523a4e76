"""The reports of faults: the latest are kept, and no more."""

from pathlib import Path

from agent_tui.crash import write_report


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
