"""The history of own calls on this machine's disk, for a quick start: one file that can be thrown away."""

import sys
from array import array
from pathlib import Path
from zlib import crc32

import msgspec

from agent_tui.book.history import Packed
from agent_tui.errors import Problem
from agent_tui.store.home import Home

# The numbers are as this machine has them in memory.
_HEAD = f"agent-tui history 1 {sys.byteorder}\n".encode()
_CHECK = 4


class _Kept(msgspec.Struct, array_like=True):
    names: list[str]
    marks: list[int]
    tags: bytes
    latest: bytes
    starts: bytes
    places: bytes
    unsure: list[int]


def read_history(home: Home, path: Path) -> Packed | None:
    """What was kept; None where nothing is, or it is damaged."""
    try:
        data = home.read(path)
        if data is None or not data.startswith(_HEAD):
            return None
        start = len(_HEAD) + _CHECK
        if crc32(data[start:]) != int.from_bytes(data[len(_HEAD) : start], "big"):
            return None
        kept = msgspec.msgpack.decode(data[start:], type=_Kept)
        tags, latest = _array("Q", kept.tags), _array("q", kept.latest)
        starts, places = _array("I", kept.starts), _array("I", kept.places)
    except (Problem, msgspec.DecodeError, ValueError):
        return None
    return Packed(kept.names, kept.marks, tags, latest, starts, places, frozenset(kept.unsure))


def write_history(home: Home, path: Path, packed: Packed) -> None:
    """Keep it in place of what was there. Raises Problem when the disk refuses; the file before stands then."""
    tags, latest, starts, places = (one.tobytes() for one in (packed.tags, packed.latest, packed.starts, packed.places))
    data = msgspec.msgpack.encode(
        _Kept(packed.names, packed.marks, tags, latest, starts, places, sorted(packed.unsure))
    )
    home.make_directory(path.parent)
    home.write(path, _HEAD + crc32(data).to_bytes(_CHECK, "big") + data)


def _array(kind: str, data: bytes) -> "array[int]":
    found = array(kind)
    found.frombytes(data)
    return found
