"""What sync asks of the book and tells it. Sync knows bytes, names and signatures; the book knows the people."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, Protocol

import msgspec

from agent_tui.store.journal import Sign
from agent_tui.store.segments import Stored
from agent_tui.sync.findings import Finding

Follow = Literal["first", "now", "slow"]
"""How closely a writer is followed: before all others (supervisors); at each poll; once a minute (colleagues)."""


class Host(Protocol):
    """Implemented by the book. All calls come from the thread that syncs, one at a time; none may wait for the share.

    A method may raise Problem, which ends the round and becomes the status; anything else is a fault of the program.
    """

    def public_of(self, writer: str) -> bytes | None:
        """The Ed25519 key of a writer, from the roster and the member records; None while nobody has bound it.

        What such a writer published is read once it is bound.
        """

    def follows(self, writer: str) -> Follow | None:
        """How closely a writer is to be followed; None for not at all. Asked at each poll, so it must be a look-up."""

    def ends_with(self, writer: str) -> tuple[int, str] | None:
        """The seq and the SHA-256 (hex) of the last line of a writer that counts; None if no end names such a line."""

    def day_of(self, segment: str) -> date | None:
        """The day under which the mirror has a copy of the segment of that name; None if it has none."""

    def doubted(self) -> Sequence[tuple[date, str]]:
        """The mirrored segments, by day and name, of which the share may have another history that is no longer than
        the copy here, so that its size does not show it. They are those of a key that lives or lived twice, from where
        its copies part, and of a writer that was ended at a line that is not here.
        """

    def rewrote(self) -> None:
        """Called when mirrored segments were replaced by another history (`Mirror.replaced`), by any process of this
        home.
        """

    def signer(self) -> Sign:
        """What makes the signature line of a segment of the own journal (trust.signatures.build_signature).

        Asked for before the journal is locked: it must take no lock under which others wait for the journal's.
        """

    def take_document(self, name: str, data: bytes) -> bool:
        """Check team.json, roster/<n>.json, join/<writer>.json or keys/<writer>/<nnnnnn>.json, and take it in.

        False if nobody entitled vouches for it yet. It is then given again when its size changes, otherwise after one
        minute, two, four, up to an hour. Raises Problem for the team.json of another team or of a newer format: then
        nothing is read or published.
        """

    def take_lines(self, writer: str, segment: str, stored: Sequence[Stored], roster: int) -> None:
        """Take in lines that a signature of `writer` covers, in the order of their file, without signature lines.

        They may come again, in part or in whole. `roster` is the highest roster number that the signatures name. The
        book judges whether the author may write such lines, and whether they are past the writer's end.
        """

    def own_documents(self) -> Mapping[str, bytes]:
        """The documents that this machine must keep on the share, by name: its join request, its key files and, on the
        machine with the owner's key, team.json and the rosters. They are published in this order, before records.
        """

    def awaits(self) -> str:
        """The prefix of the documents that are looked for often, or nothing: of the requests to join where somebody
        lets others into the team, of the rosters on a device that waits to be let in.
        """

    def key_makers(self, *, full: bool) -> Sequence[str]:
        """The writers whose key files are looked at once a minute, even if they publish nothing else: supervisors, who
        hand on rings; writers whose key lives twice; those who rewrite their key files after an erasure; and those
        whose records arrived without the keys to them.

        `full`: at start and once a day. Then also those who are gone, where it is for this machine to rewrite their
        files: a share that was restored may have some again that open what was erased.
        """

    def withdrawn(self) -> Sequence[str]:
        """The names of own key files that must leave the share, as they open what was erased. They are removed once the
        own documents are there, which hold what else was in them.
        """

    def pulled(self, *, more: bool) -> None:
        """Called after reading and before publishing, to do what became possible, such as handing on rings or bringing
        records over into a team just joined. `more`: there is more to read at once.
        """

    def own_form(self, name: str, data: bytes) -> bool:
        """Whether `data` is a whole document that may lie at `name`, signed with the key that owns that name."""

    def cloned(self, name: str, data: bytes, since: int) -> None:
        """Called when the share holds, in `name`, bytes signed by this device that this machine did not write: `data`,
        up to the last signature that holds. The key lives twice, and nothing more is published with it. `since` is the
        seq of the last own record up to which both copies are the same.
        """

    def report(self, finding: Finding) -> None:
        """Called when something is wrong on the share; once for as long as it holds."""


class Moved(msgspec.Struct):
    """What a round moved. `records_in` counts lines handed to the book, `records_out` own records new on the share."""

    records_in: int = 0
    documents_in: int = 0
    records_out: int = 0
    documents_out: int = 0
    bytes_in: int = 0
    bytes_out: int = 0
    mended: int = 0
    """Bytes put right: on the share, where they were torn, lost, cut or foreign, and own damaged lines copied home."""

    def __bool__(self) -> bool:
        return any(
            (self.records_in, self.documents_in, self.records_out, self.documents_out, self.bytes_out, self.mended)
        )

    def add(self, other: "Moved") -> None:
        """Add the counts of another round."""
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def as_dict(self) -> dict[str, int]:
        """The counts by name."""
        return {name: getattr(self, name) for name in self.__struct_fields__}
