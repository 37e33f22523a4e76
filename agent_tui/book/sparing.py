"""What a ring is to lose when customers are erased, and what it is spared.

A device spares its own rings the tags that none of its records has. Each would cost 240 nodes, some 10 KB, in each ring
of each month, and a team of forty makes some hundred rings a month. Where a key lives twice, or records are missing
here, there may be such records elsewhere: then nothing is spared.
"""

import re
from collections import defaultdict
from collections.abc import Container
from functools import cached_property

from agent_tui.book.place import Place
from agent_tui.trust.erasures import Erasures
from agent_tui.trust.keyfiles import KeyFile, SealedRing
from agent_tui.trust.rings import Ring

_TAGGED = re.compile(rb'"phone_tag":"([0-9a-f]{16})"')


class Due:
    """What each ring in the key files of a place is to lose. `now`: where this desk is in that team, if `place` is one
    of before.
    """

    def __init__(self, place: Place, erasures: Erasures, now: Place | None) -> None:
        self._place = place
        self._erasures = erasures
        self._twice = (now or place).membership.lived_twice()
        me = place.me
        self._mine = place.writer if now is None and me is not None and me.end is None else ""

    def behind(self, file: KeyFile) -> bool:
        """Whether a ring of a file still has what it is to lose."""
        return any(map(self._is_behind, file.rings))

    def obeyed(self, ring: Ring) -> Ring:
        """A ring as it must be. A device that is away spares its own itself, once it is back."""
        if ring.writer in self._twice:
            return self._erasures.obeyed(ring, None)
        if ring.writer == self._mine:
            return self._erasures.obeyed(ring, self._used(ring.id))
        return self._erasures.punched(ring)

    def _is_behind(self, sealed: SealedRing) -> bool:
        if self._erasures.missed(sealed.agent, sealed.obeys):
            return True
        maker = sealed.ring.partition("-")[0]
        if not sealed.spared or maker in self._twice:
            return bool(sealed.spared)
        used = self._used(sealed.ring) if maker == self._mine else ()
        spared = self._erasures.missed(sealed.agent, tuple({*sealed.obeys} - {*sealed.spared}))
        return used is None or any(tag in used for tag in spared.values())

    def _used(self, ring: str) -> Container[str] | None:
        """The erased tags that records under a ring of this device have; None where not all its records are here."""
        return None if self._tags is None else self._tags.get(ring, ())

    @cached_property
    def _tags(self) -> dict[str, set[str]] | None:
        """By ring."""
        erased = {tag.encode() for tag in self._erasures.erased()}
        found: dict[str, set[str]] = defaultdict(set)
        journal, seq = self._place.journal, 0
        for segment in journal.segments():
            for stored in journal.read(segment.name):
                if stored.line.seq > seq + 1:
                    return None
                seq = stored.line.seq
                tags = erased.intersection(_TAGGED.findall(stored.raw)) if stored.line.sealed else ()
                if stored.line.sealed and tags:
                    found[stored.line.sealed.ring].update(map(bytes.decode, tags))
        return found if seq == journal.last_seq else None
