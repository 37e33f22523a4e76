"""What TinyDB documents of its tables holds on the records' table, but for changing and removing."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tinydb import where
from tinydb.table import Document

from agent_tui.store.table import PermanentError, RecordDB
from tests.store.records import MONDAY, WRITER, call, journal_at, sign


def record(kind: str = "call", day: int = 0, **body: Any) -> dict[str, Any]:
    at = MONDAY + timedelta(days=day)
    told = "".join(one for one in str(body) if one.isascii() and one.isalnum())
    return {"v": 1, "id": f"{kind}{day}{told}", "kind": kind, "at": at.isoformat(), "agent": "A017", "body": body}


def opened(path: Path) -> RecordDB:
    return RecordDB(journal_at(path))


def test_insert_returns_growing_ids_and_get_finds_the_document_by_them(tmp_path: Path) -> None:
    db = opened(tmp_path)
    assert [db.insert(record(outcome="talked")), db.insert(record("void"))] == [1, 2]
    assert db.insert_multiple(record(n=each) for each in range(3)) == [3, 4, 5]
    assert db.insert_multiple([]) == []
    found = db.get(doc_id=1)
    assert isinstance(found, Document)
    assert (found.doc_id, found["writer"], found["seq"], found["body"]) == (1, WRITER, 1, {"outcome": "talked"})
    assert db.get(doc_id=6) is None
    assert [each.doc_id for each in db.get(doc_ids=[2, 4])] == [2, 4]


def test_search_contains_count_all_len_and_iteration_agree(tmp_path: Path) -> None:
    db = opened(tmp_path)
    db.insert_multiple([record(n=each % 2) for each in range(6)])
    odd = where("body")["n"] == 1
    assert [each.doc_id for each in db.search(odd)] == [2, 4, 6]
    assert db.count(odd) == 3
    assert db.contains(odd)
    assert db.contains(doc_id=6)
    assert not db.contains(where("kind") == "void")
    assert db.get(where("kind") == "void") is None
    assert [each.doc_id for each in db.all()] == [each.doc_id for each in db] == [1, 2, 3, 4, 5, 6]
    assert len(db) == 6


def test_a_search_asked_before_sees_what_was_inserted_since(tmp_path: Path) -> None:
    db = opened(tmp_path)
    calls = where("kind") == "call"
    db.insert(record())
    assert len(db.search(calls)) == len(db.search(calls)) == 1
    db.insert(record())
    assert len(db.search(calls)) == 2


def test_a_change_to_a_found_document_does_not_reach_the_table(tmp_path: Path) -> None:
    db = opened(tmp_path)
    db.insert(record())
    db.all()[0]["kind"] = "void"
    assert db.all()[0]["kind"] == "call"


def test_documents_are_the_same_after_closing_and_reopening(tmp_path: Path) -> None:
    with opened(tmp_path) as db:
        db.insert(record(note="王经理", filled=("phone", "note")))
        db.insert(record(day=1))
        before = {each.doc_id: dict(each) for each in db}
    with opened(tmp_path) as db:
        assert len(db) == 0  # opens at once, with nothing of the history
        assert db.load((MONDAY + timedelta(days=1)).date()) == 2
        assert {each.doc_id: dict(each) for each in db} == before
        assert db.insert(record(day=1)) == 3


def test_tables_are_told_apart_by_name(tmp_path: Path) -> None:
    db = opened(tmp_path)
    db.insert(record())
    assert db.tables() == {"records"}
    other = db.table("b" * 16)
    other.take(journal_at(tmp_path).read(f"{WRITER}-000001.jsonl"))
    assert len(other) == len(db) == 1
    assert db.tables() == {"records", "b" * 16}
    with pytest.raises(PermanentError):
        other.insert(record())


@pytest.mark.parametrize(
    "change",
    [
        lambda db: db.update({"kind": "void"}),
        lambda db: db.update({"kind": "void"}, where("kind") == "call"),
        lambda db: db.update(lambda document: document.clear(), doc_ids=[1]),
        lambda db: db.update_multiple([({"kind": "void"}, where("kind") == "call")]),
        lambda db: db.upsert({"kind": "void"}, where("kind") == "call"),
        lambda db: db.upsert(record(), where("kind") == "nothing"),
        lambda db: db.remove(where("kind") == "call"),
        lambda db: db.remove(doc_ids=[1]),
        lambda db: db.truncate(),
        lambda db: db.drop_table("records"),
        lambda db: db.drop_tables(),
    ],
)
def test_what_would_change_or_remove_a_record_is_refused_and_changes_nothing(
    tmp_path: Path, change: Callable[[RecordDB], Any]
) -> None:
    db = opened(tmp_path)
    db.insert(record())
    before = [dict(each) for each in db]
    on_disk = (tmp_path / "journal" / f"{WRITER}-000001.jsonl").read_bytes()
    with pytest.raises(PermanentError, match="permanent"):
        change(db)
    assert [dict(each) for each in db] == before
    assert (tmp_path / "journal" / f"{WRITER}-000001.jsonl").read_bytes() == on_disk


@pytest.mark.parametrize(
    "document", [["no", "mapping"], {"kind": "call"}, {**record(), "seq": 7}, Document(record(), 7)]
)
def test_what_is_no_new_record_is_not_inserted(tmp_path: Path, document: Any) -> None:
    db = opened(tmp_path)
    with pytest.raises(ValueError):
        db.insert_multiple([record(), document])
    assert len(db) == 0
    assert db.journal.last_seq == 0


def test_records_sealed_under_their_seq_become_documents_too(tmp_path: Path) -> None:
    db = opened(tmp_path)
    stored = db.records.append([call(id="a"), call(id="b")], MONDAY)
    assert [each.line.seq for each in stored] == [1, 2]
    assert [each["id"] for each in db] == ["a", "b"]


def test_the_last_days_are_held_and_earlier_ones_come_when_asked_for_in_order(tmp_path: Path) -> None:
    today = (MONDAY + timedelta(days=50)).date()
    with opened(tmp_path) as db:
        for day in range(51):
            db.insert(record(day=day))
        db.journal.append_signature(sign, f"{WRITER}-000051.jsonl")
    db = opened(tmp_path)
    assert db.load(today, days=1) == 1
    db.insert(record(day=50, n=2))
    assert db.load(today) == 41
    assert [each.doc_id for each in db] == list(range(12, 53))
    assert db.load(today + timedelta(days=1)) == 40
    assert next(each.doc_id for each in db) == 13


def test_what_another_process_inserted_comes_with_refresh(tmp_path: Path) -> None:
    desk, command = opened(tmp_path), opened(tmp_path)
    command.insert(record("void"))
    assert len(desk) == 0
    assert [each.line.kind for each in desk.refresh()] == ["void"]
    assert [each["kind"] for each in desk] == ["void"]
    assert desk.insert(record()) == 2
