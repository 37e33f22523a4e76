"""The keyring: every ring that this machine may read, whose key file it came from, and who else has it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from agent_tui.trust.errors import TrustError
from agent_tui.trust.keyfiles import KeyFile, Reader
from agent_tui.trust.membership import Membership
from agent_tui.trust.people import Binding
from agent_tui.trust.rings import Ring, unused
from agent_tui.trust.seal import open_sealed
from shared_rules.records.lines import Sealed

# Files disagree about a ring only if its maker or a supervisor is dishonest. The version that opens a record is right,
# so all are tried; beyond the first few only until a maker's were tried so often in vain, which takes some seconds.
_CANDIDATES = 8
_IN_VAIN = 50_000
_DIGITS = 9

_Source = tuple[str, int]
"""The key file a ring came from: its writer and its number."""


class Keyring:
    """Rings by id, from key files in any order. Rings from writers who may not hand them on are disregarded."""

    def __init__(self, membership: Membership) -> None:
        self._membership = membership
        self._rings: dict[str, dict[_Source, list[Ring]]] = defaultdict(lambda: defaultdict(list))
        self._made: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self._boxed: dict[str, set[tuple[str, str]]] = defaultdict(set)
        # For each ring its candidates, with the members they were chosen by; and the one that last opened a record. By
        # maker, how often further candidates did not.
        self._found: dict[str, tuple[tuple[Binding, ...], tuple[Ring, ...]]] = {}
        self._opened: dict[str, Ring] = {}
        self._in_vain: Counter[str] = Counter()
        # The rings that a reader may lack; and the members and the day for which this was worked out.
        self._unsure: set[str] = set()
        self._sure_of: tuple[tuple[Binding, ...], date | None] | None = None

    def add(self, file: KeyFile, opened: Iterable[Ring]) -> None:
        """Take a key file, and the rings in it that `open_keys` opened."""
        for sealed in file.rings:
            self._boxed[sealed.ring].update((file.writer, reader) for reader in sealed.boxes)
            self._unsure.add(sealed.ring)
        for ring in opened:
            held = self._rings[ring.id][file.writer, file.number]
            if ring not in held:
                held.append(ring)
                self._found.pop(ring.id, None)
            self._made[ring.writer, ring.agent, ring.month].add(ring.id)

    def get(self, id: str) -> tuple[Ring, ...]:
        """The candidates for a ring: its maker's own first, then the supervisors'; of each the newest file first."""
        members = self._membership.bindings()
        known = self._found.get(id)
        if known is None or known[0] is not members:
            known = self._found[id] = members, self._candidates(id)
        return known[1]

    def _candidates(self, id: str) -> tuple[Ring, ...]:
        held = self._rings.get(id, {})
        maker = id.partition("-")[0]
        rightful = [source for source in held if self._membership.may_hand_on(source[0], maker)]
        rightful.sort(key=lambda source: (source[0] != maker, source[0], -source[1]))
        rings = [ring for source in rightful for ring in sorted(held[source], key=Ring.payload)]
        if len(rings) > 1:
            rings = [*{(ring.payload(), ring.obeys, ring.spared): ring for ring in reversed(rings)}.values()][::-1]
        return tuple(rings)

    def open(self, sealed: Sealed, tag: str | None, writer: str, seq: int) -> bytes:
        """The plain bytes of a record's `sealed` member.

        Raises TrustError: `no_ring` if this machine does not have the ring, `erased`, `unreadable`.
        """
        problem = TrustError("no_ring")
        maker = sealed.ring.partition("-")[0]
        rings, last = self.get(sealed.ring), self._opened.get(sealed.ring)
        for place, ring in enumerate((last, *rings) if last and len(rings) > 1 else rings):
            if place > _CANDIDATES:
                if self._in_vain[maker] >= _IN_VAIN:
                    break
                self._in_vain[maker] += 1
            try:
                plain = open_sealed(ring, tag, writer, seq, sealed.data)
            except TrustError as error:
                problem = error
            else:
                self._opened[sealed.ring] = ring
                return plain
        raise problem

    def find(self, writer: str, agent: str, month: str, day: date | None = None) -> Ring | None:
        """A ring of `writer` about `agent` for `month` (YYYY-MM) to write with on `day`; None if a new one is needed.

        A ring that has lost a tag, or is sealed to somebody who left, is not used any more. Nor is one that is in no
        file of `writer` here: it would be lost when the others make their files anew.
        """
        rightful = {writer, *(reader for reader, _ in self._membership.readers(agent, day))}
        rings = (ring for id in self._made.get((writer, agent, month), ()) for ring in self.get(id))
        fitting = (
            ring
            for ring in rings
            if (ring.agent, ring.month) == (agent, month) and ring.whole and self._sealed_to(ring) <= rightful
            if any(source == writer for source, _ in self._rings[ring.id])
        )
        return max(fitting, key=lambda ring: ring.number, default=None)

    def _sealed_to(self, ring: Ring) -> set[str]:
        return {reader for source, reader in self._boxed[ring.id] if source == ring.writer}

    def free_number(self, writer: str) -> int:
        """A number for the next ring of `writer` that no key file ever named."""
        return unused({int(id.partition("-")[2]) for id in self._boxed if id.partition("-")[0] == writer}, _DIGITS)

    def missing(self, day: date | None = None) -> tuple[tuple[Ring, tuple[Reader, ...]], ...]:
        """Each ring held here that a rightful reader lacks, with those readers, for `build_keys` to seal it to. If
        files disagree about a ring, all versions are there: by the records the reader finds out which one is right.

        A supervisor's machine hands on all of them, an agent's device only its own (`ring.writer`).
        """
        members = self._membership.bindings()
        if self._sure_of is None or self._sure_of[0] is not members or self._sure_of[1] != day:
            # A team has thousands of rings after years: all are gone through only for other members or another day.
            self._unsure, self._sure_of = set(self._rings), (members, day)
        found = []
        readers: dict[str, tuple[Reader, ...]] = {}
        for id in sorted(self._unsure & self._rings.keys()):
            rings = self.get(id)
            if not rings:
                continue
            agent = rings[0].agent
            if agent not in readers:
                readers[agent] = self._membership.readers(agent, day)
            rightful = readers[agent]
            have = {
                reader for source, reader in self._boxed[id] if self._membership.may_hand_on(source, rings[0].writer)
            }
            if lacking := tuple(reader for reader in rightful if reader[0] not in have):
                found += [(ring, lacking) for ring in rings]
        self._unsure = {ring.id for ring, _ in found}
        return tuple(found)
