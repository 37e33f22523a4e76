"""A folder as a share: nothing leaves it, nothing in it is followed, a missing one is never an empty one."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.errors import Problem
from agent_tui.sync import names
from agent_tui.sync.folder import FolderBackend
from agent_tui.sync.places import open_backend

SEGMENT = "records/2026-11-23/abcdefghijklmnop-000001.jsonl"


@pytest.fixture
def share(tmp_path: Path) -> FolderBackend:
    (tmp_path / "share").mkdir()
    return FolderBackend(tmp_path / "share")


def test_what_is_written_is_read_listed_cut_and_appended(share: FolderBackend) -> None:
    share.write_at(SEGMENT, 0, b"one\n")
    share.write_at(SEGMENT, 4, b"two\n")
    assert share.read(SEGMENT, 0, 100) == b"one\ntwo\n"
    assert share.read(SEGMENT, 4, 2) == b"tw"
    assert share.read(SEGMENT, 9, 100) == b""
    assert [(entry.name, entry.size) for entry in share.list("records/2026-11-23/")] == [(SEGMENT[19:], 8)]
    share.truncate(SEGMENT, 3)
    assert share.read(SEGMENT, 0, 100) == b"one"
    share.put_new("team.json", b"long")
    share.put_new("team.json", b"x")
    assert share.read("team.json", 0, 100) == b"x"


def test_a_hole_is_never_written(share: FolderBackend) -> None:
    with pytest.raises(OSError, match="shorter"):
        share.write_at(SEGMENT, 5, b"x")
    assert not share.list("records/2026-11-23/")


def test_only_key_files_are_removed(share: FolderBackend) -> None:
    share.put_new("keys/abcdefghijklmnop/000001.json", b"{}")
    share.put_new("team.json", b"{}")
    share.remove("keys/abcdefghijklmnop/000001.json")
    assert not share.list("keys/abcdefghijklmnop/")
    with pytest.raises(ValueError, match=r"team\.json"):
        share.remove("team.json")


@pytest.mark.parametrize(
    "name",
    ["", "/etc/passwd", "../x.json", "records/../../x.json", "a/b/c/d.json", "x", "X.json", "x.exe", "a\\b.json",
     "c:x.json", "x.json\n", "x\0.json", "./x.json", "records//x.json", ".json", "a" * 41 + ".json"],
)  # fmt: skip
def test_names_that_are_none_are_refused(share: FolderBackend, name: str) -> None:
    for act in (
        lambda: share.write_at(name, 0, b""),
        lambda: share.put_new(name, b""),
        lambda: share.truncate(name, 0),
        lambda: share.list(name or "x"),
    ):
        with pytest.raises(ValueError, match="share"):
            act()
    assert not list(share.path.iterdir())


@given(st.text(alphabet="ab./\\:-\0\n\u202e~ ", max_size=12))
def test_no_name_that_may_be_read_leaves_the_share(name: str) -> None:
    if names.readable(name) or names.legal(name) or names.legal_prefix(name):
        share = Path("/share")
        inside = Path(os.path.normpath(share / name))  # as the system would take it
        assert inside.is_relative_to(share)
        assert "\0" not in name


def test_links_are_not_followed(share: FolderBackend, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / SEGMENT[19:]).write_bytes(b"secret")
    (share.path / "records").mkdir()
    (share.path / "records" / "2026-11-23").symlink_to(outside)
    for act in (
        lambda: share.list("records/2026-11-23/"),
        lambda: share.read(SEGMENT, 0, 10),
        lambda: share.write_at(SEGMENT, 0, b"x"),
    ):
        with pytest.raises(NotADirectoryError):
            act()
    assert (outside / SEGMENT[19:]).read_bytes() == b"secret"
    (share.path / "team.json").symlink_to(outside / SEGMENT[19:])
    with pytest.raises(OSError, match="symbolic"):
        share.read("team.json", 0, 10)
    with pytest.raises(OSError, match="symbolic"):
        share.put_new("team.json", b"x")


def test_a_missing_directory_is_empty_but_a_missing_share_is_a_problem(share: FolderBackend) -> None:
    assert share.list("roster/") == []
    with pytest.raises(FileNotFoundError):
        share.read("team.json", 0, 10)
    share.path.rmdir()
    assert not share.probe().present
    for act in (lambda: share.list(""), lambda: share.list("roster/"), lambda: share.write_at(SEGMENT, 0, b"x")):
        with pytest.raises(Problem) as caught:
            act()
        assert caught.value.name == "sync.share_gone"
    assert not share.path.exists()


def test_a_probe_writes_nothing(share: FolderBackend) -> None:
    probe = share.probe()
    assert (probe.present, probe.writable) == (True, True)
    assert not list(share.path.iterdir())


def test_places_are_paths_and_file_urls(tmp_path: Path) -> None:
    assert open_backend(tmp_path).place == str(tmp_path)
    assert open_backend(tmp_path.as_uri()).place == str(tmp_path)
    with pytest.raises(Problem) as caught:
        open_backend("s3://bucket/team")
    assert caught.value.name == "sync.unknown_url"
