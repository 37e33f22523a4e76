"""The customers on this machine's disk, for a quick start: one file that can be thrown away, sealed to this device.

It is sealed under a key of its own, made anew at each writing and boxed to the device's key, so that what an erasure
left out is gone with the file before. Its first line names the erasures that it obeys: by it a file that was restored
from before an erasure is known.
"""

from pathlib import Path

import msgspec
from nacl.exceptions import CryptoError
from nacl.secret import Aead
from nacl.utils import random as random_bytes

from agent_tui.book.customers.early import Early
from agent_tui.errors import Problem
from agent_tui.store.home import Home
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keys import DeviceKey, box_to

_HEAD = b"agent-tui customers 4 %s\n"
_KEY = 32


class Kept(msgspec.Struct, array_like=True):
    """What is kept: the segments by number, how many bytes of each were read, the customers packed.

    `writers` are the devices whose segments were read, as they were bound; `aliases` are (author, id, the tag of the
    customer it was made on, company, the other spelling, seconds of writing); `waiting` are the segments with lines
    whose ring was not here; `agent` is whose desk this is, empty for everybody's; `replaced` is how many entries of
    `Mirror.replaced` it follows.
    """

    agent: str
    names: list[str]
    marks: dict[str, int]
    writers: dict[str, str]
    aliases: list[tuple[str, str, str, str, str, int]]
    waiting: list[str]
    rows: list[bytes]
    early: Early
    replaced: int = 0


def obeys(home: Home, path: Path, erasures: str) -> bool:
    """Whether nothing lies at `path` that was kept under other erasures than those of that digest."""
    head = _head(erasures)
    try:
        return home.files.read(path, 0, len(head)) == head
    except OSError:
        return True


def read_kept(home: Home, path: Path, key: DeviceKey, erasures: str) -> Kept | None:
    """What was kept under the erasures of that digest; None where nothing was that this device can read."""
    head = _head(erasures)
    try:
        data = home.read(path)
        if data is None or not data.startswith(head):
            return None
        size = data[len(head)]
        start = len(head) + 1
        secret = key.open_box(data[start : start + size])
        return msgspec.msgpack.decode(Aead(secret).decrypt(data[start + size :], head), type=Kept)
    except (Problem, TrustError, CryptoError, msgspec.DecodeError, ValueError, IndexError):
        return None


def write_kept(home: Home, path: Path, key: DeviceKey, erasures: str, kept: Kept) -> None:
    """Keep it in place of what was there. Raises Problem when the disk refuses; the file before stands then."""
    secret = random_bytes(_KEY)
    box = box_to(key.public, secret)
    head = _head(erasures)
    sealed = bytes(Aead(secret).encrypt(msgspec.msgpack.encode(kept), head))
    home.make_directory(path.parent)
    home.write(path, head + bytes([len(box)]) + box + sealed)


def _head(erasures: str) -> bytes:
    return _HEAD % erasures.encode()
