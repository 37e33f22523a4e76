"""What sync asks of the book and tells it. Sync knows bytes, names and signatures; who is who, the book knows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, Protocol

import msgspec

from agent_tui.store.segments import Stored
from agent_tui.sync.findings import Finding

Follow = Literal["first", "now", "slow"]
"""How closely a writer is followed: before all others (supervisors); at each poll; once a minute (colleagues)."""


class Host(Protocol):
    """Implemented by the book. All calls come from the thread that syncs, one at a time; none may wait for the share.

    What may be raised: Problem, which ends the round and becomes the status; anything else is a fault of the program.
    """

    def public_of(self, writer: str) -> bytes | None:
        """The Ed25519 key of a writer as far as roster and member records tell; None while nobody bound it.

        What a writer without one published waits, and is read once there is one.
        """

    def follows(self, writer: str) -> Follow | None:
        """How closely a writer is to be followed; None: not at all. Asked at each poll, so it is a look-up."""

    def ends_with(self, writer: str) -> tuple[int, str] | None:
        """The seq and the SHA-256, in hex, of the last line of a writer that counts, where it was ended with one."""

    def day_of(self, segment: str) -> date | None:
        """The day under which a copy of a segment of that name is held here; None where there is none yet."""

    def doubted(self) -> Sequence[tuple[date, str]]:
        """The segments held here, by day and name, of which the share may have another history, be it as long as the
        one here or shorter: those of a key that lives twice, or did, from where its copies part, and of one that was
        ended at a line that is not here.
        """

    def rewrote(self) -> None:
        """Copies of segments here have another history now (`Mirror.replaced`), put there by this process or another of
        this home.
        """

    def sign_segment(self, segment: str, last_seq: int, digest: bytes) -> bytes:
        """The signature line over a segment of the own journal (trust.signatures.build_signature)."""

    def take_document(self, name: str, data: bytes) -> bool:
        """Check team.json, roster/<n>.json, join/<writer>.json or keys/<writer>/<nnnnnn>.json, and take it in.

        False: nobody entitled vouches for it (now); it comes again when its size changes, and else a minute later, then
        two, then four, up to an hour. Raises Problem for the team.json of another team or of a newer format: then
        nothing is read or published.
        """

    def take_lines(self, writer: str, segment: str, stored: Sequence[Stored], roster: int) -> None:
        """Take in lines that a signature of `writer` covers, in the order of their file, signature lines left out.

        May come again, in part or in whole. `roster`: the highest roster number that the signatures name. Whether the
        author may write such lines, and whether they are past the writer's end, is for the book to judge.
        """

    def own_documents(self) -> Mapping[str, bytes]:
        """The documents that this machine must keep on the share, by name: join request, key files, and where the
        owner's key lies team.json and the rosters. Published in this order, before records.
        """

    def lets_in(self) -> bool:
        """Whether somebody at this machine lets others into the team: requests to join are soon looked for."""

    def key_makers(self) -> Sequence[str]:
        """The writers whose key files are looked at once a minute, whatever they publish besides: the supervisors, who
        hand on rings and may have nothing else to say yet; those whose key lives twice; who makes theirs anew, as
        something was erased; and those whose records came without.
        """

    def withdrawn(self) -> Sequence[str]:
        """The names of key files that must not be on the share any more, as they open what was erased. Removed after
        the own documents, which hold what else was in them, are there.
        """

    def pulled(self, *, more: bool) -> None:
        """Called after reading, before publishing: to do what was read allows, such as bringing over or sealing on.

        `more`: there is more to read at once.
        """

    def own_form(self, name: str, data: bytes) -> bool:
        """Whether `data` is a whole document that may lie at `name`, signed by the key whose name that is."""

    def cloned(self, name: str, data: bytes, since: int) -> None:
        """The share holds in `name`, under this device's signature, what this machine did not write: `data`, up to the
        last signature that holds. The key lives twice, and nothing more is published with it. Both have what is up to
        the record `since`.
        """

    def report(self, finding: Finding) -> None:
        """Something is wrong on the share. Told once for as long as it holds."""


class Moved(msgspec.Struct):
    """What a round moved. `records_in`: lines handed to the book; `records_out`: own records newly on the share."""

    records_in: int = 0
    documents_in: int = 0
    records_out: int = 0
    documents_out: int = 0
    bytes_in: int = 0
    bytes_out: int = 0
    mended: int = 0
    """Bytes of the share that were put right: torn, lost, cut or foreign; own damaged lines copied home."""

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
