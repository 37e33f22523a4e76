"""Policies read before are made of what was kept: the same policies, and nothing else is taken for one."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agent_tui.book.place.known_policies import KnownPolicies
from agent_tui.store.home import Home
from shared_rules.policies.errors import PolicyError
from shared_rules.policies.names import BUILTINS, Builtin
from shared_rules.policies.policy import Policy, builtin_text, parse_policy

TEXT = builtin_text("handbook").replace("extra = []", "extra = [2026-10-10]")


def again(folder: Path) -> KnownPolicies:
    """As the next process finds it."""
    return KnownPolicies(Home(folder))


def kept(folder: Path, *texts: str) -> Path:
    known = again(folder)
    for text in texts:
        known.parse(text, "x")
    known.save()
    return folder / "cache" / "policies.json"


def same(one: Policy, other: Policy) -> bool:
    return (one, one.digest, one.text) == (other, other.digest, other.text)


@pytest.mark.parametrize("name", BUILTINS)
def test_a_policy_that_was_kept_is_the_one_that_was_parsed(tmp_path: Path, name: Builtin) -> None:
    text = builtin_text(name).replace("off = []", "off = [2026-10-01, 2026-10-02]")
    kept(tmp_path, text)
    found = again(tmp_path).parse(text, "x")
    assert same(found, parse_policy(text, "x"))
    if "2026-10-01" in text:
        assert date(2026, 10, 1) in found.day.workdays.off


def told(file: Path) -> Any:
    """What the file tells."""
    return json.loads(Home(file.parent.parent).kept(file) or b"")


def change(file: Path, **members: str) -> None:
    """Change the file and what it tells of its one policy."""
    kept = told(file)
    (data,) = kept["policies"].values()
    data["name"] = "as kept"
    Home(file.parent.parent).keep(file, json.dumps(kept | members).encode())


def test_what_was_kept_is_not_read_from_its_text_again_and_the_same_text_gives_the_same_object(tmp_path: Path) -> None:
    change(kept(tmp_path, TEXT))
    known = again(tmp_path)
    assert known.parse(TEXT, "x").name == "as kept"
    assert known.parse(TEXT, "x") is known.parse(TEXT, "y")
    assert known.shipped() is known.shipped()
    assert known.shipped().digest != known.parse(TEXT, "x").digest


def test_another_program_reads_each_anew(tmp_path: Path) -> None:
    change(kept(tmp_path, TEXT), program="another version")
    assert same(again(tmp_path).parse(TEXT, "x"), parse_policy(TEXT, "x"))


def test_what_is_refused_is_refused_again(tmp_path: Path) -> None:
    wrong = TEXT.replace('name = "', 'nmae = "', 1)
    file = kept(tmp_path, TEXT)
    for _ in range(2):
        known = again(tmp_path)
        with pytest.raises(PolicyError):
            known.parse(wrong, "x")
        known.save()
    assert len(told(file)["policies"]) == 1


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b'{"program":1}'])
def test_a_damaged_file_is_made_anew(tmp_path: Path, data: bytes) -> None:
    file = kept(tmp_path, TEXT)
    file.write_bytes(data)
    known = again(tmp_path)
    assert same(known.parse(TEXT, "x"), parse_policy(TEXT, "x"))
    known.save()
    assert told(file)["policies"]


def test_a_number_that_the_disk_changed_is_not_believed(tmp_path: Path) -> None:
    file = kept(tmp_path, TEXT)
    data = file.read_bytes()
    assert b'"calls":120' in data
    file.write_bytes(data.replace(b'"calls":120', b'"calls":100'))
    assert same(again(tmp_path).parse(TEXT, "x"), parse_policy(TEXT, "x"))


def test_data_that_is_no_policy_is_read_anew(tmp_path: Path) -> None:
    file = kept(tmp_path, TEXT)
    data = told(file)
    (digest,) = data["policies"]
    del data["policies"][digest]["form"]
    Home(tmp_path).keep(file, json.dumps(data).encode())
    assert same(again(tmp_path).parse(TEXT, "x"), parse_policy(TEXT, "x"))
