"""Writing records: the clear body, the sealed part under its ring, one durable line in the journal."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from msgspec import Raw

from agent_tui.book.place.place import Place
from agent_tui.book.place.rings import MadeAnewError, Rings
from agent_tui.store.files import Status
from agent_tui.store.segments import MAX_SEGMENT, Stored
from agent_tui.trust.rings import Ring
from agent_tui.trust.seal import seal
from shared_rules.records.kinds import alone, encode, reader
from shared_rules.records.lines import FORMAT, MAX_LINE
from shared_rules.records.parts import Body, Secret, path_of

# A batch is one write of at most 4 MiB, whatever the length of its lines.
_BATCH = MAX_SEGMENT // MAX_LINE - 1


class Kept(msgspec.Struct, frozen=True):
    """A record as it was written under another key: the members of its line, and what was sealed.

    Brought over it is the same to the byte, but for its place: what a newer program put there stays.
    """

    members: dict[str, Raw]
    secret: bytes | None


class Draft(msgspec.Struct, frozen=True):
    """A record before it has its place in the journal. `agent` is whom it is about.

    `at` is set for a record that is brought over and keeps its time, `kept` where all of it is kept.
    """

    id: str
    agent: str
    body: Body
    secret: Secret | None = None
    at: datetime | None = None
    kept: Kept | None = None

    def __post_init__(self) -> None:
        """Raise msgspec.ValidationError for what no reader would take."""
        reader(type(self.body))(encode(self.body))
        if self.secret is not None:
            reader(type(self.secret))(encode(self.secret))


def _batches(drafts: Sequence[Draft], at: datetime) -> Iterator[list[Draft]]:
    """Drafts that go into one segment, which holds one day's records."""
    batch: list[Draft] = []
    for draft in drafts:
        if batch and (len(batch) == _BATCH or (draft.at or at).date() != (batch[0].at or at).date()):
            yield batch
            batch = []
        batch.append(draft)
    if batch:
        yield batch


class Pen:
    """Writes with this device's key and rings."""

    def __init__(self, place: Place, rings: Rings) -> None:
        self._place = place
        self._rings = rings

    def write(self, drafts: Sequence[Draft], at: datetime) -> list[Stored]:
        """Write the drafts at `at`, in the team's zone; they are durable when this returns. Raises Problem."""
        stored: list[Stored] = []
        for batch in _batches(drafts, at):
            stored += self._append(batch, at)
        return stored

    def _append(self, batch: Sequence[Draft], at: datetime) -> list[Stored]:
        while True:
            make = [self._maker(draft, draft.at or at) for draft in batch]
            try:
                with self._place.records_lock:
                    return self._place.records.records.append(make, batch[0].at or at)
            except MadeAnewError:
                self._rings.forget()

    def _maker(self, draft: Draft, at: datetime) -> Callable[[int], Mapping[str, Any]]:
        ring = None
        body = draft.body if draft.kept else alone(draft.body, draft.id)
        read_at = self._rings.read_at
        if draft.secret is not None:
            # Before the journal's lock is taken: a ring is durable and published before its records.
            ring = self._rings.current(draft.agent, at)
        return partial(self._members, draft, body, at.isoformat(timespec="milliseconds"), ring, read_at)

    def _members(
        self, draft: Draft, body: Body, at: str, ring: Ring | None, read_at: Status | None, seq: int
    ) -> Mapping[str, Any]:
        writer = self._place.writer
        members: dict[str, Any] = {
            "v": FORMAT,
            "id": draft.id,
            "kind": body.kind,
            "writer": writer,
            "seq": seq,
            "at": at,
            "agent": draft.agent,
            "body": Raw(encode(body)),
        }
        kept = draft.kept
        if kept is not None:
            members = kept.members | members | {"body": kept.members["body"]}
        if draft.secret is not None and ring is not None:
            self._rings.must_stand(read_at)
            secret = kept.secret if kept is not None and kept.secret is not None else encode(draft.secret)
            members["sealed"] = seal(ring, path_of(body), writer, seq, secret)
        return members
