"""The keyring: every ring this machine may read, who brought it, and who else has it."""

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

# Files may disagree about a ring, where its maker or a supervisor is dishonest. The one that opens a record is right,
# so all are tried: past the first few as long as a maker's have not been tried so often in vain, some seconds.
_CANDIDATES = 8
_IN_VAIN = 50_000
_DIGITS = 9

_Source = tuple[str, int]
"""Whose key file brought a ring, and the file's number."""


class Keyring:
    """Rings by id, from key files in any order. What others say of a ring that they may not hand on is left aside."""

    def __init__(self, membership: Membership) -> None:
        self._membership = membership
        self._rings: dict[str, dict[_Source, list[Ring]]] = defaultdict(lambda: defaultdict(list))
        self._made: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self._boxed: dict[str, set[tuple[str, str]]] = defaultdict(set)
        # The candidates for a ring, by these members, the one that opened a record last, and how often others did not.
        self._found: dict[str, tuple[tuple[Binding, ...], tuple[Ring, ...]]] = {}
        self._opened: dict[str, Ring] = {}
        self._in_vain: Counter[str] = Counter()
        # Of which rings it is not known that nobody lacks them, by these members on that day.
        self._unsure: set[str] = set()
        self._sure_of: tuple[tuple[Binding, ...], date | None] | None = None

    def add(self, file: KeyFile, opened: Iterable[Ring]) -> None:
        """Take a key file, and the rings that `open_keys` opened of it."""
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
        """The candidates for a ring: those of its own maker first, then by supervisors; the newest file first."""
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
        """What a record's `sealed` member holds.

        Raises TrustError: `no_ring` where none is here, `erased`, `unreadable`.
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
        """A ring of `writer` about `agent` for `month` to write with on `day`; None: make a new one.

        One that has lost a tag was known to others in its time, and so is one that is sealed to somebody who left. One
        that no file of `writer` here has goes with the files of others, when those are made anew.
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
        """A number for the next ring of `writer`: none that any key file ever named."""
        return unused({int(id.partition("-")[2]) for id in self._boxed if id.partition("-")[0] == writer}, _DIGITS)

    def missing(self, day: date | None = None) -> tuple[tuple[Ring, tuple[Reader, ...]], ...]:
        """Each ring held here that a rightful reader lacks, with those readers: what `build_keys` should seal on. Where
        files disagree, all that they say: which is right the reader sees by the records.

        A supervisor's machine hands on all of them, an agent's device its own alone (`ring.writer`).
        """
        members = self._membership.bindings()
        if self._sure_of is None or self._sure_of[0] is not members or self._sure_of[1] != day:
            # Years of a team have thousands of rings: all are gone through for other members and on another day alone.
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
