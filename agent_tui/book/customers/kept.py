"""The customers on this machine's disk, for a quick start: one file that can be thrown away, sealed to this device.

It is sealed under a key of its own, made anew at each writing and boxed to the device's key, so that what an erasure
left out is gone with the file before.
"""

from pathlib import Path

import msgspec
from nacl.exceptions import CryptoError
from nacl.secret import Aead
from nacl.utils import random as random_bytes

from agent_tui.errors import Problem
from agent_tui.store.home import Home
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keys import DeviceKey, box_to

_HEAD = b"agent-tui customers 1\n"
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
    replaced: int = 0


def read_kept(home: Home, path: Path, key: DeviceKey) -> Kept | None:
    """What was kept; None where nothing was that this device can read."""
    try:
        data = home.read(path)
        if data is None or not data.startswith(_HEAD):
            return None
        size = data[len(_HEAD)]
        start = len(_HEAD) + 1
        secret = key.open_box(data[start : start + size])
        return msgspec.msgpack.decode(Aead(secret).decrypt(data[start + size :], _HEAD), type=Kept)
    except (Problem, TrustError, CryptoError, msgspec.DecodeError, ValueError, IndexError):
        return None


def write_kept(home: Home, path: Path, key: DeviceKey, kept: Kept) -> None:
    """Keep it in place of what was there. Raises Problem when the disk refuses; the file before stands then."""
    secret = random_bytes(_KEY)
    box = box_to(key.public, secret)
    sealed = bytes(Aead(secret).encrypt(msgspec.msgpack.encode(kept), _HEAD))
    home.make_directory(path.parent)
    home.write(path, _HEAD + bytes([len(box)]) + box + sealed)
