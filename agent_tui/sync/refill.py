"""Filling a wiped share again, from the checked copies here, with what absent writers had published.

Every name has one writer, and here another one writes it: so only bytes that their writer signed are put, only where
there is nothing or the beginning of the very same, and nothing is cut or written over.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from agent_tui.sync import names
from agent_tui.sync.backend import Backend
from agent_tui.sync.documents import MAX_DOCUMENT
from agent_tui.sync.mirror import Mirror
from agent_tui.sync.readme import readme
from agent_tui.sync.shares import not_working
from agent_tui.sync.verify import MAX_FILE, verified


@dataclass(slots=True)
class Refilled:
    """What was put back. `kept`: names where something else lies, which was left as it is."""

    documents: int = 0
    segments: int = 0
    bytes: int = 0
    kept: int = 0


def refill(
    backend: Backend,
    mirror: Mirror,
    documents: Mapping[str, bytes],
    *,
    own: str,
    team: str,
    public_of: Callable[[str], bytes | None],
) -> Refilled:
    """Put back what the share lacks of `documents` and of the mirrored segments of all writers but `own`.

    `documents` by name, in the order in which they are put. Raises Problem where the share cannot be written.
    """
    done = Refilled()
    try:
        _put(backend, {names.README: readme().encode("utf-8"), **documents}.items(), done)
        for day in mirror.days():
            there = {entry.name for entry in backend.list(names.day_prefix(day))}
            for leaf in sorted(mirror.segments(day)):
                segment = names.segment(leaf)
                public = public_of(segment.writer) if segment else None
                if segment is None or public is None or segment.writer == own:
                    continue
                name = names.day_prefix(day) + leaf
                data = mirror.read(name) or b""
                good = data[: verified(segment, public, team, data).end]
                _extend(backend, name, good, done, there=leaf in there)
    except OSError as error:
        raise not_working(backend, error) from error
    return done


def _put(backend: Backend, documents: Iterable[tuple[str, bytes]], done: Refilled) -> None:
    for name, data in documents:
        try:
            there = backend.read(name, 0, MAX_DOCUMENT)
        except FileNotFoundError:
            there = b""
        if not there:
            backend.put_new(name, data)
            done.documents += name != names.README
            done.bytes += len(data)
        elif there != data:
            done.kept += name != names.README


def _extend(backend: Backend, name: str, data: bytes, done: Refilled, *, there: bool) -> None:
    held = backend.read(name, 0, MAX_FILE) if there else b""
    if not data.startswith(held):
        done.kept += not held.startswith(data)
    elif len(held) < len(data):
        backend.write_at(name, len(held), data[len(held) :])
        done.segments += 1
        done.bytes += len(data) - len(held)
