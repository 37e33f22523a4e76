"""The history of own calls on this machine's disk, for a quick start: one file that can be thrown away."""

import sys
from array import array
from pathlib import Path

import msgspec

from agent_tui.book.own.history import Packed
from agent_tui.book.place.place import Place
from agent_tui.store.home import Home

# The numbers are as this machine has them in memory.
_HEAD = f"agent-tui history 1 {sys.byteorder}\n".encode()


class _Kept(msgspec.Struct, array_like=True):
    names: list[str]
    marks: list[int]
    tags: bytes
    latest: bytes
    starts: bytes
    places: bytes
    unsure: list[int]
    replaced: int = 0


def history_path(place: Place) -> Path:
    """Where the history of a place's own calls is kept."""
    return place.home.cache / f"{place.where.name}.history"


def read_history(home: Home, path: Path) -> tuple[Packed, int] | None:
    """What was kept, and how many entries of `Mirror.replaced` it follows; None where nothing is, or it is damaged."""
    try:
        data = home.kept(path)
        if data is None or not data.startswith(_HEAD):
            return None
        kept = msgspec.msgpack.decode(data.removeprefix(_HEAD), type=_Kept)
        tags, latest = _array("Q", kept.tags), _array("q", kept.latest)
        starts, places = _array("I", kept.starts), _array("I", kept.places)
    except (msgspec.DecodeError, ValueError):
        return None
    return Packed(kept.names, kept.marks, tags, latest, starts, places, frozenset(kept.unsure)), kept.replaced


def write_history(home: Home, path: Path, packed: Packed, replaced: int) -> bool:
    """Keep it in place of what was there; False when the disk refuses, and the file before stands. `replaced`: how many
    entries of `Mirror.replaced` it follows.
    """
    tags, latest, starts, places = (one.tobytes() for one in (packed.tags, packed.latest, packed.starts, packed.places))
    data = msgspec.msgpack.encode(
        _Kept(packed.names, packed.marks, tags, latest, starts, places, sorted(packed.unsure), replaced)
    )
    return home.keep(path, _HEAD + data)


def _array(kind: str, data: bytes) -> "array[int]":
    found = array(kind)
    found.frombytes(data)
    return found
