"""Everything that anybody who has all homes and the share could read: each byte there, and all that any key opens.

It asks the program for nothing but the formats: every device's and owner's key it finds, every key file wherever it
lies and whoever signed it, every box and every sealed line, tried against each other.
"""

import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from agent_tui.trust.errors import TrustError, from_text
from agent_tui.trust.keyfiles import KeyFile, open_keys
from agent_tui.trust.keys import DeviceKey, Key, OwnerKey
from agent_tui.trust.rings import Ring
from agent_tui.trust.seal import open_sealed
from shared_rules.records import lines
from shared_rules.records.kinds import BODIES, reader
from shared_rules.records.parts import path_of
from shared_rules.validating import checked_json

_ENCODINGS = ("utf-8", "gb18030", "utf-16-le")


@dataclass
class Vault:
    """All files below some folders, and what the keys among them open."""

    files: dict[Path, bytes] = field(default_factory=dict)
    opened: dict[str, bytes] = field(default_factory=dict)
    """What was sealed and can be read, by where it is."""
    unopened: int = 0

    def found(self, *texts: str) -> list[str]:
        """Where one of the texts can be read, in the plain or opened with a key."""
        return self.in_plain(*texts) + [place for place, data in self.opened.items() if _has(data, texts)]

    def in_plain(self, *texts: str) -> list[str]:
        """Where one of the texts stands in a file as it is, in its name, or in what a spreadsheet packs."""
        found = []
        for path, data in self.files.items():
            if _has(str(path).encode(), texts) or any(_has(one, texts) for one in _unpacked(data)):
                found.append(str(path))
        return found


def look(*folders: Path) -> Vault:
    """Read everything below the folders, and open what can be opened."""
    paths = (path for folder in folders for path in sorted(folder.rglob("*")))
    return look_into({path: path.read_bytes() for path in paths if path.is_file() and not path.is_symlink()})


def look_into(files: dict[Path, bytes]) -> Vault:
    """Open what can be opened of these files."""
    vault = Vault(files)
    keys = list(_keys(vault.files))
    rings = _rings(vault.files.values(), keys)
    for path, data in vault.files.items():
        for number, raw in enumerate(data.split(b"\n")):
            _open_line(vault, f"{path}:{number + 1}", raw, rings)
        _open_boxes(vault, path, data, keys)
    return vault


def _keys(files: dict[Path, bytes]) -> Iterator[Key]:
    for path, data in files.items():
        if path.name == "device.key":
            yield DeviceKey.from_bytes(data)
        elif path.name == "owner.key":
            yield OwnerKey.from_bytes(data)


def _rings(files: Iterable[bytes], keys: list[Key]) -> dict[str, list[Ring]]:
    rings: dict[str, list[Ring]] = defaultdict(list)
    for data in files:
        if not data.startswith(b"{") or b'"boxes"' not in data:
            continue
        try:
            file = checked_json(KeyFile, data.partition(b',"sig"')[0] + b"}")
        except ValueError:
            continue  # torn
        for key in keys:
            for ring in open_keys(file, key).rings:
                rings[ring.id].append(ring)
    return rings


def _open_line(vault: Vault, place: str, raw: bytes, rings: dict[str, list[Ring]]) -> None:
    if b'"sealed"' not in raw:
        return
    try:
        line = lines.decode(raw)
        body: Any = reader(BODIES[line.kind])(line.body)
    except (lines.LineError, KeyError, msgspec.DecodeError):
        return
    if line.sealed is None:
        return
    for ring in rings.get(line.sealed.ring, ()):
        try:
            vault.opened[place] = open_sealed(ring, path_of(body), line.writer, line.seq, line.sealed.data)
            return
        except TrustError:
            continue
    vault.unopened += 1


def _open_boxes(vault: Vault, path: Path, data: bytes, keys: list[Key]) -> None:
    """Drafts (a JSON of boxes in base64) and caches (a box with a key, then what is sealed under it)."""
    if path.name.startswith("odds.json") and data:
        for text in _texts(msgspec.json.decode(data)):
            for key in keys:
                try:
                    vault.opened[f"{path}#{text[:12]}"] = key.open_box(from_text(text))
                except (TrustError, ValueError):
                    continue
    head, _, rest = data.partition(b"\n")
    if rest and head.startswith(b"agent-tui "):
        size = rest[0]
        for key in keys:
            try:
                plain = Aead(key.open_box(rest[1 : 1 + size])).decrypt(rest[1 + size :], head + b"\n")
                vault.opened[str(path)] = bytes(plain)
            except (TrustError, CryptoError, ValueError):
                continue


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _unpacked(data: bytes) -> Iterator[bytes]:
    yield data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(data)) as packed:
            yield from (packed.read(name) for name in packed.namelist())


def _has(data: bytes, texts: Iterable[str]) -> bool:
    return any(text.encode(encoding) in data for text in texts for encoding in _ENCODINGS)
