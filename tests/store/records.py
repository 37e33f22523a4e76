"""Records and signatures for the tests of the store."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from agent_tui.store.files import Files
from agent_tui.store.journal import Journal
from shared_rules.records import lines
from shared_rules.records.lines import SIGNATURE

ZONE = ZoneInfo("Asia/Shanghai")
WRITER = "abcdefgh234567ab"
MONDAY = datetime(2026, 11, 23, 14, 31, 7, tzinfo=ZONE)


def journal_at(path: Path, files: Files | None = None) -> Journal:
    return Journal(path / "journal", WRITER, ZONE, files)


def call(at: datetime = MONDAY, id: str | None = None, **body: Any) -> Callable[[int], dict[str, Any]]:
    """What makes a call's record from its seq."""
    name = id or str(uuid4())
    return lambda seq: {
        "v": 1, "id": name, "kind": "call", "writer": WRITER, "seq": seq, "at": at.isoformat(), "agent": "A017",
        "body": {"outcome": "talked", **body},
    }  # fmt: skip


def sign(segment: str, seq: int, digest: bytes) -> bytes:
    """A line in the place of a signature; its `sig` tells what it was made from."""
    return lines.encode(
        {"v": 1, "kind": SIGNATURE, "writer": WRITER, "seq": seq, "at": "", "sig": f"{segment} {digest.hex()}"}
    )


def sig(segment: str, data: bytes) -> str:
    """The `sig` that `sign` gives a segment with these bytes before it."""
    return f"{segment} {sha256(data).hexdigest()}"
