"""A disk in memory behind the product's file seam: it forgets, like a real one, what was not flushed.

Stop it before any call (`stop_at`), let any call fail (`fail_at`), then ask for `images`: the states in which a power
cut may leave it. What was flushed is certain; of the rest, each file and each directory is kept, dropped, zeroed,
torn at a byte or reordered, in every combination.
"""

import errno
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Literal, Self, get_args

from agent_tui.store.files import Entry, Files, Mode, Status
from agent_tui.store.lock import SystemLock

# A disk writes this much or nothing; small, so that a line has several.
_SECTOR = 64
# In a longer write not every byte makes a difference.
_LONG = 4096

System = Literal["Linux", "macOS", "Windows"]
SYSTEMS: tuple[System, ...] = get_args(System)

Image = dict[str, "Image | bytes"]
"""What is on a disk: directories by name, files as bytes."""


class PowerCut(BaseException):
    """The machine stops here. No handler of the product may catch it."""


@dataclass
class File:
    """`content` is what programs see, `durable` what is certain, `pending` the (offset, bytes) or sizes between."""

    content: bytes = b""
    durable: bytes = b""
    pending: list[tuple[int, bytes] | int] = field(default_factory=list)

    def variants(self) -> list[bytes]:
        """The contents that may be found after a cut, but for a torn write."""
        if not self.pending and self.content == self.durable:
            return [self.durable]
        found = {self.content, self.durable, self._zeroed()}
        if len(self.pending) > 1:
            for left_out in range(len(self.pending)):
                found.add(apply(self.durable, self.pending[:left_out] + self.pending[left_out + 1 :]))
        return sorted(found)

    def torn(self, stride: int) -> list[bytes]:
        """Those with the last write torn: its first bytes alone are there, or its last sectors alone."""
        if not self.pending or isinstance(self.pending[-1], int):
            return []
        offset, data = self.pending[-1]
        if len(data) > _LONG:
            stride = max(stride, len(data) // 16)
        found = {apply(self.durable, [*self.pending[:-1], (offset, data[:end])]) for end in range(0, len(data), stride)}
        for start in range(_SECTOR - offset % _SECTOR, len(data), max(_SECTOR, stride)):
            found.add(apply(self.durable, [*self.pending[:-1], (offset + start, data[start:])]))
        return sorted(found)

    def _zeroed(self) -> bytes:
        return apply(self.durable, [op if isinstance(op, int) else (op[0], bytes(len(op[1]))) for op in self.pending])


def apply(content: bytes, operations: list[tuple[int, bytes] | int]) -> bytes:
    """`content` after writes and cuts."""
    for operation in operations:
        if isinstance(operation, int):
            content = content[:operation].ljust(operation, b"\0")
        else:
            offset, data = operation
            content = content[:offset].ljust(offset, b"\0") + data + content[offset + len(data) :]
    return content


@dataclass
class Directory:
    """`names` is what programs see, `durable` what is certain, `pending` the changes between, each of them atomic."""

    names: dict[str, "File | Directory"] = field(default_factory=dict)
    durable: dict[str, "File | Directory"] = field(default_factory=dict)
    pending: list[dict[str, "File | Directory | None"]] = field(default_factory=list)

    def change(self, change: dict[str, "File | Directory | None"]) -> None:
        self.pending.append(change)
        _change(self.names, change)

    def files(self) -> Iterator[File]:
        """All files that have a name here or below."""
        for node in self.names.values():
            if isinstance(node, File):
                yield node
            else:
                yield from node.files()

    def certain(self) -> Image:
        """What was flushed here and below."""
        return {name: node.durable if isinstance(node, File) else node.certain() for name, node in self.durable.items()}

    def variants(self) -> Iterator[Image]:
        """What may be found here and below after a cut, but for a torn write."""
        for names in self._kept():
            for chosen in _each(_variants(names)):
                yield dict(zip(names, chosen, strict=True))

    def torn(self, stride: int) -> Iterator[Image]:
        """The same with one write torn somewhere: of two that may be, each by itself."""
        for names in self._kept():
            below = _variants(names)
            for place, node in enumerate(names.values()):
                for chosen in _each([*below[:place], partial(node.torn, stride), *below[place + 1 :]]):
                    yield dict(zip(names, chosen, strict=True))

    def _kept(self) -> Iterator[dict[str, "File | Directory"]]:
        """The names that may be found here."""
        changes = len(self.pending)
        kept = [self.pending[:end] for end in range(changes + 1)]
        kept += [self.pending[:gap] + self.pending[gap + 1 :] for gap in range(changes - 1)]
        for those in kept:
            names = dict(self.durable)
            for change in those:
                _change(names, change)
            yield names


Variants = Callable[[], Iterable["Image | bytes"]]


def _variants(names: dict[str, File | Directory]) -> list[Variants]:
    """Of each name the variants: files' are made once, directories' as they are asked for."""
    return [_again(node.variants()) if isinstance(node, File) else node.variants for node in names.values()]


def _again(found: list[bytes]) -> Variants:
    return lambda: found


def _each(below: list[Variants]) -> Iterator[tuple[Image | bytes, ...]]:
    """Every combination."""
    if not below:
        yield ()
        return
    for first in below[0]():
        for others in _each(below[1:]):
            yield first, *others


def _change(names: dict[str, File | Directory], change: dict[str, File | Directory | None]) -> None:
    for name, node in change.items():
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


class OneProcess(SystemLock):
    """The lock of a disk that nobody else can reach."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, *error: object) -> None:
        pass


class SimDisk(Files):
    """The seam over such a disk. `calls` counts what was asked of it; `flushes` False makes a disk that never does."""

    keeps_open = follows = True

    def __init__(self, image: Image | None = None, *, flushes: bool = True) -> None:
        super().__init__()
        self.root = directory_of(image or {})
        self.calls = 0
        self.stop_at = 0
        self.fail_at: dict[int, int] = {}
        """The errno with which the call of that number fails; a write by ENOSPC takes half of its bytes first."""
        self.failed: list[str] = []
        self.capacity = 1 << 30
        """How many bytes all files together may have; a write takes what fits."""
        self._flushes = flushes
        self._handles: dict[int, File] = {}
        self._numbers = count(3)

    def as_on(self, system: System) -> Self:
        """Make it one on which files are kept open, or followed, where that system's are."""
        self.keeps_open, self.follows = system != "Windows", system == "Linux"
        return self

    def again(self, image: Image, *, flushes: bool = True) -> "SimDisk":
        """A disk of the same system with that on it."""
        other = SimDisk(image, flushes=flushes)
        other.keeps_open, other.follows = self.keeps_open, self.follows
        return other

    def images(self, stride: int = 1) -> Iterator[Image]:
        """The states after a power cut now; a torn write is tried at every `stride`-th byte."""
        yield from self.root.variants()
        yield from self.root.torn(stride)

    def certain(self) -> Image:
        """The state after a power cut now in which nothing is there but what was flushed."""
        return self.root.certain()

    def content(self, path: Path) -> bytes:
        """What programs see in a file; none if it is not there."""
        node = self._find(path)
        return node.content if isinstance(node, File) else b""

    def replace(self, name: str, image: Image) -> None:
        """Put a directory at the top in the place of the one of that name, past the seam and for certain."""
        self.root.names[name] = self.root.durable[name] = directory_of(image)

    def write_back(self) -> None:
        """What a system does by itself within half a minute: everything that is pending is certain now."""
        waiting = [self.root]
        for node in waiting:
            for change in node.pending:
                _change(node.durable, change)
            node.pending.clear()
            waiting += [one for one in node.names.values() if isinstance(one, Directory)]
        for file in self.root.files():
            file.durable = apply(file.durable, file.pending)
            file.pending.clear()

    def directory(self, path: Path) -> Directory | None:
        """The directory at a path; None if there is none."""
        node = self._find(path)
        return node if isinstance(node, Directory) else None

    def spoil(self, path: Path, content: bytes) -> None:
        """Put these bytes there, past the seam and for certain."""
        directory = self._in(path.parent)
        directory.names[path.name] = directory.durable[path.name] = File(content, content)
        directory.pending = [change for change in directory.pending if path.name not in change]

    # ---- the seam ----

    def names(self, directory: Path) -> list[str]:
        self._called("names")
        return list(self._in(directory).names)

    def listing(self, directory: Path) -> list[Entry]:
        self._called("listing")
        return [
            Entry(name, len(node.content), "file") if isinstance(node, File) else Entry(name, 0, "directory")
            for name, node in self._in(directory).names.items()
        ]

    def status(self, path: Path) -> Status | None:
        self._called("status")
        node = self._find(path)
        return Status((0, id(node)), len(node.content)) if isinstance(node, File) else None

    def place(self, handle: int) -> str:
        file = self._handles[handle]
        return next((f"{id(file)}" for one in self.root.files() if one is file), "nowhere")

    def still(self, handle: int, place: str, size: int) -> bool:
        self._called("still")
        return len(self._handles[handle].content) == size and self.place(handle) == place

    def is_directory(self, path: Path) -> bool:
        return isinstance(self._find(path), Directory)

    def exists(self, path: Path) -> bool:
        self._called("exists")
        return self._find(path) is not None

    def read(self, path: Path, offset: int = 0, limit: int | None = None) -> bytes:
        self._called("read")
        content = self._file(path).content
        return content[offset:] if limit is None else content[offset : offset + limit]

    def open(self, path: Path, mode: Mode) -> int:
        self._called("open")
        node = self._find(path)
        if node is None and mode != "existing":
            node = File()
            self._in(path.parent).change({path.name: node})
        elif mode == "new":
            raise FileExistsError(errno.EEXIST, "exists", str(path))
        elif mode == "empty" and isinstance(node, File) and node.content:
            node.pending.append(0)
            node.content = b""
        if not isinstance(node, File):
            raise FileNotFoundError(errno.ENOENT, "not there", str(path))
        handle = next(self._numbers)
        self._handles[handle] = node
        return handle

    def write(self, handle: int, offset: int, data: bytes) -> int:
        file = self._handles[handle]
        try:
            self._called("write")
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            data = data[: len(data) // 2]
        free = self.capacity - sum(len(one.content) for one in self.root.files())
        data = data[: max(0, len(file.content) - offset + free)]
        file.pending.append((offset, data))
        file.content = apply(file.content, [(offset, data)])
        return len(data)

    def flush(self, handle: int) -> None:
        file = self._handles[handle]
        try:
            self._called("flush")
        except OSError:
            # As Linux does: the pages count as clean from now on, and no later flush brings them to the disk.
            file.pending.clear()
            raise
        if self._flushes:
            file.durable = apply(file.durable, file.pending)
            file.pending.clear()

    def truncate(self, handle: int, size: int) -> None:
        self._called("truncate")
        file = self._handles[handle]
        file.pending.append(size)
        file.content = apply(file.content, [size])

    def close(self, handle: int) -> None:
        del self._handles[handle]

    def make_directory(self, path: Path) -> None:
        self._called("make_directory")
        if self._find(path) is None:
            self._in(path.parent).change({path.name: Directory()})

    def rename(self, source: Path, target: Path) -> None:
        self._called("rename")
        assert source.parent == target.parent
        self._in(source.parent).change({source.name: None, target.name: self._file(source)})

    def remove(self, path: Path) -> None:
        self._called("remove")
        self._file(path)
        self._in(path.parent).change({path.name: None})

    def flush_directory(self, path: Path, *, tolerant: bool = False) -> None:  # noqa: ARG002 - this disk always can
        self._called("flush_directory")
        directory = self._in(path)
        if self._flushes:
            for change in directory.pending:
                _change(directory.durable, change)
            directory.pending.clear()

    def lock(self, path: Path, patience: float = 0) -> SystemLock:
        return OneProcess(path, patience)

    # ---- helpers ----

    def _called(self, name: str) -> None:
        self.calls += 1
        if self.calls == self.stop_at:
            raise PowerCut
        if self.calls in self.fail_at:
            self.failed.append(name)
            raise OSError(self.fail_at[self.calls], f"injected at {name}")

    def _find(self, path: Path) -> File | Directory | None:
        node: File | Directory | None = self.root
        for part in path.parts[1:]:
            node = node.names.get(part) if isinstance(node, Directory) else None
        return node

    def _in(self, path: Path) -> Directory:
        node = self._find(path)
        if not isinstance(node, Directory):
            raise FileNotFoundError(errno.ENOENT, "not there", str(path))
        return node

    def _file(self, path: Path) -> File:
        node = self._find(path)
        if not isinstance(node, File):
            raise FileNotFoundError(errno.ENOENT, "not there", str(path))
        return node


def directory_of(image: Image) -> Directory:
    """A directory with that in it, for certain."""
    names: dict[str, File | Directory] = {
        name: File(content, content) if isinstance(content, bytes) else directory_of(content)
        for name, content in image.items()
    }
    return Directory(names, dict(names))
