"""What is kept open between two records must not outlive the file it belongs to."""

import os
from pathlib import Path

from tests.store.records import MONDAY, WRITER, call, journal_at

FIRST = f"{WRITER}-000001.jsonl"


def test_records_follow_a_segment_that_another_process_put_anew(tmp_path: Path) -> None:
    desk = journal_at(tmp_path)
    for name in ("a", "b"):
        desk.append([call(id=name)], MONDAY)
    path = tmp_path / "journal" / FIRST
    for turn in range(3):
        beside = path.with_name("beside")
        beside.write_bytes(path.read_bytes())
        beside.replace(path)
        desk.append([call(id=f"c{turn}")], MONDAY)
    assert [each.line.id for each in journal_at(tmp_path).read(FIRST)] == ["a", "b", "c0", "c1", "c2"]


def test_a_closed_journal_holds_no_file_and_can_go_on(tmp_path: Path) -> None:
    def held() -> int:
        return sum(1 for each in range(256) if _is_open(each))

    before = held()
    journal = journal_at(tmp_path)
    for _ in range(3):
        journal.append([call()], MONDAY)
    journal.close()
    assert held() == before
    assert journal.append([call()], MONDAY)[0].line.seq == 4
    journal.append([call()], MONDAY)
    del journal
    assert held() == before


def _is_open(handle: int) -> bool:
    try:
        os.fstat(handle)
    except OSError:
        return False
    return True
