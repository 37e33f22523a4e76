"""Following an erasure on this machine's disk: key files that still open what was erased are written anew and removed.

This device's own are made anew by itself; those of a writer who is gone, or whose key lives twice, by the supervisors,
in key files of their own. A copy of another writer's goes when what it held is here in a form that obeys; where the
desk went over to a new key in the same team, no more come to the place of before, and what came to that of now counts
for both. New files are durable before old ones go, and each step can be repeated.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec

from agent_tui.book.place.place import Place
from agent_tui.book.place.rings import keep, withdrawn, withdrawn_path
from agent_tui.book.place.sparing import Due, written_since
from agent_tui.book.place.vouching import public_of
from agent_tui.sync import names
from agent_tui.trust.erasures import Erasures
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keyfiles import MOST, Grant, KeyFile, SealedRing, batches, open_keys, parse_keys, weight
from agent_tui.trust.rings import Ring


class _File(msgspec.Struct, frozen=True):
    """A key file on this machine: `path` is where it lies, `rings` what this machine's key opens of it, by ring."""

    name: str
    path: Path
    file: KeyFile
    rings: dict[str, Ring]


def follow(place: Place, erasures: Erasures, today: date, now: Place | None = None) -> tuple[str, ...]:
    """Make the key files here obey; the writers whose files are still awaited. Raises Problem when the disk refuses.

    `now`: where this desk is in that team, if `place` is one of before.
    """
    if not erasures:
        return ()
    # So that the next start need not open all key files.
    mark = place.where.path / "erased"
    last = place.journal.last_seq
    known = place.home.read(mark) or b""
    state, _, seq = known.rpartition(b" ")
    if state == _state(place, erasures, now) and seq.isdigit() and not written_since(place, erasures, int(seq)):
        if int(seq) < last:
            place.home.write(mark, b"%b %d" % (state, last))
        return ()
    with place.home.lock(place.where.path / "rings.lock"):
        if not known.startswith(erasures.digest().encode()):
            # What it tells of customers is made again, without those erased.
            place.home.remove(customers_path(place))
        files = list(_files(place))
        due = Due(place, erasures, now)
        due.see(one.file for one in files)
        if _write_anew(place, files, due, today):
            files = list(_files(place))
            due.see(one.file for one in files)
        waiting = _drop_copies(place, files, due, now or place)
        place.home.write(
            mark, f"{erasures.digest()} -".encode() if waiting else b"%b %d" % (_state(place, erasures, now), last)
        )
        return waiting


def customers_path(place: Place) -> Path:
    """Where the customers are kept, for a quick start; see `customers.kept`."""
    return place.home.cache / f"{place.team.team}.customers"


def _write_anew(place: Place, files: Sequence[_File], due: Due, today: date) -> bool:
    """Make files anew that are behind, as far as that is this machine's to do; whether there were any."""
    old, grants = _anew(place, files, due, today)
    if not old:
        return False
    for batch in batches(grants.values()):
        keep(place, batch)
    gone = sorted({*withdrawn(place), *(one.name for one in old)})
    place.home.write(withdrawn_path(place), msgspec.json.encode(gone))
    if due.narrowed:
        # From here on nobody writes with what was in the old ones: what others wrote until then is kept too.
        _, last = _anew(place, files, due.again(), today)
        for batch in batches(grant for name, grant in last.items() if name not in grants):
            keep(place, batch)
    _remove(place, old)
    return True


def _anew(
    place: Place, files: Sequence[_File], due: Due, today: date
) -> tuple[list[_File], dict[tuple[str, bytes], Grant]]:
    """The files that are to be made anew here, and what is sealed in their place."""
    known = _known(place, files, due)
    had = _had(place, files)
    grants: dict[tuple[str, bytes], Grant] = {}
    old = []
    for one in files:
        mine = one.file.writer == place.writer
        if not due.behind(one.file) or not (mine or _taken_over(place, one)):
            continue
        # A file with a ring that nobody opens here is the only one that has it: it stays.
        if all(sealed.ring in one.rings or sealed.ring in known for sealed in one.file.rings):
            rings = [
                ring
                for sealed in one.file.rings
                for ring in known.get(sealed.ring) or [due.obeyed(one.rings[sealed.ring])]
            ]
            if any(weight(ring) > MOST for ring in rings):
                # Of a device that is gone, or not yet back: told as awaited.
                continue
            old.append(one)
            for ring in rings:
                grants[ring.id, ring.payload()] = ring, _readers(place, ring, today, had[ring.id])
    return old, grants


def _drop_copies(place: Place, files: Sequence[_File], due: Due, now: Place) -> tuple[str, ...]:
    """Remove others' files whose rings are here, or at `now`, in a form that obeys; the writers of those that are not,
    yet.
    """
    gone = set(withdrawn(place))
    me = place.key.reader
    supervisors = {one.writer for one in now.membership.bindings() if one.role == "supervisor"}
    # By ring: whose file has it as it must be, and the ring where it opens here. A file that is behind with one of its
    # rings goes, and is in place of none.
    obeying: dict[str, list[tuple[str, Ring | None]]] = defaultdict(list)
    for one in (*files, *(_files(now) if now is not place else ())):
        for sealed in one.file.rings if not due.behind(one.file) else ():
            obeying[sealed.ring].append((one.file.writer, one.rings.get(sealed.ring)))

    # To a device that was ended nobody seals anything any more: what others have in its place must do.
    ended = now.me is not None and now.me.end is not None
    trusted = {place.writer, now.writer, *supervisors}

    def does(one: _File, sealed: SealedRing, by: str, new: Ring | None) -> bool:
        if by not in trusted and by != one.file.writer:
            return False
        if new is None:
            return ended or me not in sealed.boxes
        old = one.rings.get(sealed.ring)
        # An agent's word that a ring obeys is held against the ring, and that of a supervisor, who may have been
        # deceived: one that opens nothing is in place of none.
        return old is None or due.stands_for(old, new)

    def replaced(one: _File) -> bool:
        return all(any(does(one, sealed, by, new) for by, new in obeying[sealed.ring]) for sealed in one.file.rings)

    behind = [one for one in files if due.behind(one.file)]
    others = (one for one in behind if one.file.writer != place.writer)
    old = [one for one in others if one.name in gone or replaced(one)]
    _remove(place, old)
    return tuple(sorted({one.file.writer for one in behind if one not in old}))


def _files(place: Place) -> Iterator[_File]:
    for name, path in place.below(names.KEYS):
        writer, number = path.parent.name, path.stem
        public = public_of(place, writer)
        data = place.home.read(path)
        if public is None or data is None or not number.isdecimal():
            continue
        try:
            file = parse_keys(data, team=place.team.team, writer=writer, number=int(number), public=public)
        except TrustError:
            continue
        yield _File(name, path, file, {ring.id: ring for ring in open_keys(file, place.key).rings})


def _known(place: Place, files: Sequence[_File], due: Due) -> dict[str, list[Ring]]:
    """Each ring that this machine opens, as it must be: by its maker's files, else by a supervisor's. Where those
    disagree, all that they say: which is right is seen by the records, and a maker who leaves may have wished to lose
    it. One that no key file can hold only where none is there that was narrowed.
    """
    makers: dict[str, list[Ring]] = defaultdict(list)
    others: dict[str, list[Ring]] = defaultdict(list)
    for one in files:
        for id, ring in one.rings.items() if _rightful(place, one) else ():
            (makers if ring.writer == one.file.writer else others)[id].append(due.obeyed(ring))
    found: dict[str, list[Ring]] = {}
    for id, rings in (others | makers).items():
        unlike = [*{ring.payload(): ring for ring in rings}.values()]
        fit = [ring for ring in unlike if weight(ring) <= MOST]
        heavy = (ring for ring in unlike if weight(ring) > MOST)
        found[id] = [*fit, *(ring for ring in heavy if not any(due.stands_for(ring, one) for one in fit))]
    return found


def _had(place: Place, files: Iterable[_File]) -> dict[str, set[str]]:
    """To whom each ring was sealed, by its maker or by a supervisor who goes on: nobody else may tell."""
    supervisors = {one.writer for one in place.membership.bindings() if one.role == "supervisor" and one.end is None}
    found: dict[str, set[str]] = defaultdict(set)
    for one in files:
        for sealed in one.file.rings:
            if one.file.writer in supervisors or sealed.ring.startswith(f"{one.file.writer}-"):
                found[sealed.ring].update(sealed.boxes)
    return found


def _rightful(place: Place, one: _File) -> bool:
    """Whether all rings of a file may be taken from its writer. What this device wrote itself it may read."""
    writer = one.file.writer
    return writer == place.writer or all(
        place.membership.may_hand_on(writer, ring.writer) for ring in one.rings.values()
    )


def _taken_over(place: Place, one: _File) -> bool:
    """Whether this machine, a supervisor's, makes the file anew: its writer is gone, or its key lives twice and nobody
    publishes with it.
    """
    membership = place.membership
    binding = membership.binding(one.file.writer)
    if not place.supervisor or binding is None:
        return False
    return binding.end is not None or binding.left is not None or binding.writer in membership.lived_twice()


def _readers(place: Place, ring: Ring, today: date, had: Collection[str]) -> list[tuple[str, bytes]]:
    """To whom a ring is sealed anew: who may read it, where this machine may hand it on; this machine always. And of
    those who `had` it the agent's own devices that were ended: they go on reading what was entered about the agent.
    """
    may = place.membership.may_hand_on(place.writer, ring.writer)
    found = dict(place.membership.readers(ring.agent, today) if may else ())
    for one in place.membership.bindings() if may else ():
        if one.writer in had and one.person == ring.agent:
            found[one.writer] = one.public
    return [*(found | {place.writer: place.key.public}).items()]


def _remove(place: Place, files: Iterable[_File]) -> None:
    for one in files:
        place.home.remove(one.path)


def _state(place: Place, erasures: Erasures, now: Place | None) -> bytes:
    """A name for the erasures known, the key files here, and whose rings are spared nothing."""
    files = "\n".join(name for name, _ in place.below(names.KEYS))
    twice = " ".join(sorted((now or place).membership.lived_twice()))
    told = f"{files}\n{twice}\n{now is None}"
    return f"{erasures.digest()} {sha256(told.encode()).hexdigest()}".encode()
