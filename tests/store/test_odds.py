"""Settings, drafts and cursors: whole or not at all, shared by the processes of a machine, damage survived and said."""

import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where

from agent_tui.errors import Problem
from agent_tui.store.odds import AtomicStorage, Odds
from tests.waiting import PatientFiles

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc张", max_size=4), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


def test_a_value_is_there_until_it_is_removed_and_others_are_not_touched(tmp_path: Path) -> None:
    odds = Odds(tmp_path / "odds.json")
    assert odds.get("settings", "language") is None
    assert odds.get("settings", "language", "zh") == "zh"
    odds.put("settings", "language", "en")
    odds.put("cursors", "language", {"at": 1})
    odds.put("settings", "language", None)
    assert odds.get("settings", "language", "zh") is None
    assert odds.all("settings") == {"language": None}
    odds.remove("settings", "language")
    odds.remove("settings", "never there")
    assert odds.get("settings", "language", "zh") == "zh"
    assert odds.get("cursors", "language") == {"at": 1}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["put", "remove", "reopen"]), st.sampled_from("abc"), json_values)))
def test_odds_behave_as_a_dictionary_that_is_on_the_disk(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("home") / "odds.json"
    odds, model = Odds(path), dict[str, Any]()
    for what, name, value in steps:
        if what == "put":
            odds.put("drafts", name, value)
            model[name] = value
        elif what == "remove":
            odds.remove("drafts", name)
            model.pop(name, None)
        else:
            odds = Odds(path)
        assert odds.all("drafts") == model


def test_two_that_are_open_at_once_see_each_other_and_lose_no_change(tmp_path: Path) -> None:
    path = tmp_path / "odds.json"
    desk, command = Odds(path, PatientFiles()), Odds(path, PatientFiles())

    def count(odds: Odds) -> None:
        for _ in range(25):
            odds.change("cursors", "count", lambda value: (value or 0) + 1)

    threads = [threading.Thread(target=count, args=(odds,)) for odds in (desk, command, desk)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert desk.get("cursors", "count") == command.get("cursors", "count") == 75


@pytest.mark.parametrize(
    "damaged", [b"", b'{"settings":{"1":{"na', bytes(300), b"[1,2]", b'{"settings":[]}', b"\xff\xfe", b"[" * 100_000]
)
def test_a_damaged_file_is_moved_aside_and_the_defaults_are_used(tmp_path: Path, damaged: bytes) -> None:
    path = tmp_path / "odds.json"
    for number in (1, 2):
        path.write_bytes(damaged)
        odds = Odds(path)
        assert odds.moved_aside == tmp_path / f"odds.json.damaged-{number}"
        assert odds.moved_aside.read_bytes() == damaged
        assert odds.get("settings", "language", "zh") == "zh"
        odds.put("settings", "language", "en")
        assert Odds(path).moved_aside is None
        assert Odds(path).get("settings", "language") == "en"


def test_what_a_killed_process_left_unfinished_is_gone_at_the_next_start(tmp_path: Path) -> None:
    odds = Odds(tmp_path / "odds.json")
    odds.put("drafts", "desk", "sealed")
    left = tmp_path / "odds.json.tmp"
    left.write_bytes((tmp_path / "odds.json").read_bytes())
    assert Odds(tmp_path / "odds.json").get("drafts", "desk") == "sealed"
    assert not left.exists()


def test_what_is_no_json_is_refused_and_the_state_before_stands(tmp_path: Path) -> None:
    odds = Odds(tmp_path / "odds.json")
    odds.put("settings", "a", 1)
    with pytest.raises(TypeError):
        odds.put("settings", "a", object())
    assert odds.get("settings", "a") == 1


def test_a_directory_in_its_place_is_a_problem_not_a_loss(tmp_path: Path) -> None:
    (tmp_path / "odds.json").mkdir()
    with pytest.raises(Problem, match=r"odds\.json"):
        Odds(tmp_path / "odds.json")


def test_it_is_a_storage_for_any_tinydb(tmp_path: Path) -> None:
    with TinyDB(tmp_path / "db.json", storage=AtomicStorage) as db:
        assert db.insert({"a": 1}) == 1
        db.update({"a": 2}, where("a") == 1)
    with TinyDB(tmp_path / "db.json", storage=AtomicStorage) as db:
        assert [dict(each) for each in db] == [{"a": 2}]


@pytest.mark.parametrize(
    "damaged",
    [
        b'{"settings":{"null":{"name":"language","value":"zh"}}}',
        b'{"settings":{"1":{"name":"language","Value":"zh"}}}',
        b'{"settings":{"1":{"name":["language"],"value":"zh"}}}',
        b'{"settings":{"1":{}}}',
    ],
)
def test_a_file_that_is_json_and_nothing_of_ours_stops_nobody(tmp_path: Path, damaged: bytes) -> None:
    path = tmp_path / "odds.json"
    path.write_bytes(damaged)
    odds = Odds(path)
    assert odds.get("settings", "language", "en") == "en"
    assert odds.all("settings") == {}
    odds.put("settings", "language", "zh")
    assert Odds(path).all("settings") == {"language": "zh"}
