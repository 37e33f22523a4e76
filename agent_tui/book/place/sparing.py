"""Which tags a ring must lose when customers are erased, and which it is spared.

A device spares its own rings the tags that none of its records has. Each such tag would cost 240 nodes, some 10 KB, in
every ring of every month, and a team of forty makes about a hundred rings a month. If a key lives twice, or records are
missing here, such records may exist elsewhere, so nothing is spared. A process that has not heard of an erasure may
write about its customer under a ring that was spared; therefore, once the maker's copy of a ring has lost a tag, all
other copies lose it too.

A ring that would lose so many tags that no key file could hold it is narrowed to the tags that its records have.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cached_property

from agent_tui.book.place.place import Place
from agent_tui.store.segments import Stored
from agent_tui.trust.erasures import Erasures
from agent_tui.trust.keyfiles import MOST, KeyFile, SealedRing, weight
from agent_tui.trust.rings import STEPS, Ring
from shared_rules.records.lines import tags_in

# Tags punched out between two looks at what the ring weighs: they add 12,000 nodes at most.
_AT_ONCE = 50


def erased_in(erasures: Erasures, stored: Stored) -> set[str]:
    """The tags in a line that were erased."""
    # Without any erasure no line needs to be searched.
    return {tag for tag in tags_in(stored.raw) if erasures.names(tag)} if erasures else set()


def written_since(place: Place, erasures: Erasures, seq: int) -> bool:
    """Whether this device wrote about an erased customer after its record `seq`, perhaps in a process that did not know
    of the erasure. Reads the segments written since.
    """
    for segment in reversed(place.journal.segments() if place.journal.last_seq > seq else ()):
        lines = list(place.journal.read(segment.name))
        if any(stored.line.seq > seq and erased_in(erasures, stored) for stored in lines):
            return True
        if lines and lines[0].line.seq <= seq:
            break
    return False


class Due:
    """What each ring in the key files of a place must lose. `now`: this desk's present place in the same team, if
    `place` is an earlier one.
    """

    def __init__(self, place: Place, erasures: Erasures, now: Place | None) -> None:
        self._place, self._erasures, self._now = place, erasures, now
        self.narrowed = False
        """Whether a ring was narrowed: it depends on which records were here."""
        self._twice = (now or place).membership.lived_twice()
        me = place.me
        self._mine = place.writer if now is None and me is not None and me.end is None else ""
        # By ring: the erasures that it obeys, and was not spared, in a file of its maker's.
        self._lost: dict[str, set[str]] = defaultdict(set)

    def see(self, files: Iterable[KeyFile]) -> None:
        """Note which tags rings have lost already in the files of their makers."""
        for file in files:
            for sealed in file.rings:
                if sealed.ring.startswith(f"{file.writer}-"):
                    self._lost[sealed.ring] |= {*sealed.obeys} - {*sealed.spared}

    def again(self) -> "Due":
        """A fresh instance, which looks at the records that are here by now."""
        other = Due(self._place, self._erasures, self._now)
        other._lost = self._lost
        return other

    def behind(self, file: KeyFile) -> bool:
        """Whether a ring in a file still has a tag that it must lose."""
        return any(map(self._is_behind, file.rings))

    def obeyed(self, ring: Ring) -> Ring:
        """A ring in the form that obeys. A device that is away spares its own rings itself, once it is back."""
        if ring.writer in self._twice:
            return self._erasures.obeyed(ring, None)
        ring = self._erasures.without(ring, self._lost.get(ring.id, ()))
        if ring.writer == self._mine:
            used = self._used(ring.id)
            ring = self._erasures.obeyed(ring, used)
            if used is None or weight(ring) <= MOST:
                return ring
            self.narrowed = True
            return ring.narrowed(used)
        return self._erasures.punched(ring)

    def stands_for(self, old: Ring, new: Ring) -> bool:
        """Whether a ring is the old one without the erased tags, or the old one narrowed, if it would be too heavy."""
        left = replace(old, obeys=new.obeys, spared=new.spared)
        lost = [tag for tag in self._erasures.of(old.agent) if not new.has(tag)]
        for start in range(0, len(lost), _AT_ONCE):
            left = left.puncture(*lost[start : start + _AT_ONCE])
            if weight(left) > MOST:
                tags = [at for at in new.nodes if len(at) == STEPS and old.has(at)]
                return len(tags) == len(new.nodes) and all(old.key(at) == new.nodes[at] for at in tags)
        return left.nodes == new.nodes

    def _is_behind(self, sealed: SealedRing) -> bool:
        if self._erasures.missed(sealed.agent, sealed.obeys):
            return True
        # Of erasures that do not count here nothing is known, and nothing can be done for them.
        spared = self._erasures.missed(sealed.agent, {*sealed.obeys} - {*sealed.spared})
        maker = sealed.ring.partition("-")[0]
        if not spared or maker in self._twice:
            return bool(spared)
        if not self._lost.get(sealed.ring, set()).isdisjoint(spared):
            return True
        used = self._used(sealed.ring) if maker == self._mine else ()
        return used is None or any(tag in used for tag in spared.values())

    def _used(self, ring: str) -> Collection[str] | None:
        """The tags in this device's records under a ring; None if some of its records are missing here."""
        return None if self._tags is None else self._tags.get(ring, ())

    @cached_property
    def _tags(self) -> dict[str, set[str]] | None:
        """The tags in use, by ring; None if records are missing here."""
        found: dict[str, set[str]] = defaultdict(set)
        journal, seq = self._place.journal, 0
        for segment in journal.segments():
            for stored in journal.read(segment.name):
                if stored.line.seq > seq + 1:
                    return None
                seq = stored.line.seq
                if stored.line.sealed:
                    found[stored.line.sealed.ring].update(tags_in(stored.raw))
        # Another process of this machine may have written since this one looked.
        return found if seq >= journal.last_seq else None
