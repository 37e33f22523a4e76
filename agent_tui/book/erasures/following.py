"""Following an erasure on this machine's disk: key files that still open what was erased are rewritten and removed.

A device rewrites its own key files. Those of a writer who is gone, or whose key lives twice, are rewritten by the
supervisors, in key files of their own. The copy of another writer's file is removed once its rings are here in a form
that obeys. If the desk moved to a new key in the same team, the old place receives nothing any more, and what came to
the new one counts for both. New files are durable before old ones are removed, and each step can be repeated.
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
from agent_tui.store.files import TEMPORARY, unfinished_of
from agent_tui.sync import names
from agent_tui.trust.erasures import Erasures
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keyfiles import MOST, Grant, KeyFile, SealedRing, batches, open_keys, parse_keys, weight
from agent_tui.trust.rings import Ring


class _File(msgspec.Struct, frozen=True):
    """A key file on this machine, at `path`; `rings` are those that this machine's key opens, by id."""

    name: str
    path: Path
    file: KeyFile
    rings: dict[str, Ring]


def follow(place: Place, erasures: Erasures, today: date, now: Place | None = None) -> tuple[str, ...]:
    """Make the key files here obey. Returns the writers whose files are still awaited. Raises Problem: the disk fails.

    `now`: where this desk is in that team, if `place` is one of before.
    """
    if not erasures:
        return ()
    from agent_tui.book.customers.kept import obeys  # noqa: PLC0415 - the desk's first frame does without

    if not obeys(place.home, customers_path(place), erasures.digest()):
        # The cache of customers is made again, without those erased; also where one of before was restored.
        _remove_customers(place)
    # The mark spares the next start from opening all key files.
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
            _remove_customers(place)
        _remove_unfinished(place)
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


def _remove_customers(place: Place) -> None:
    place.home.remove(customers_path(place))
    place.home.remove(unfinished_of(customers_path(place)))


def _write_anew(place: Place, files: Sequence[_File], due: Due, today: date) -> bool:
    """Rewrite the files that do not obey yet, as far as that is up to this machine; whether there were any."""
    old, grants = _anew(place, files, due, today)
    if not old:
        return False
    for batch in batches(grants.values()):
        keep(place, batch)
    gone = sorted({*withdrawn(place), *(one.name for one in old)})
    place.home.write(withdrawn_path(place), msgspec.json.encode(gone))
    if due.narrowed:
        # From here on nobody writes with the old rings; what others wrote with them until now is kept too.
        _, last = _anew(place, files, due.again(), today)
        for batch in batches(grant for name, grant in last.items() if name not in grants):
            keep(place, batch)
    _remove(place, old)
    return True


def _anew(
    place: Place, files: Sequence[_File], due: Due, today: date
) -> tuple[list[_File], dict[tuple[str, bytes], Grant]]:
    """The files to be rewritten here, and the rings to be sealed in their place, with their readers."""
    known = _known(place, files, due)
    had = _had(place, files)
    grants: dict[tuple[str, bytes], Grant] = {}
    old = []
    for one in files:
        mine = one.file.writer == place.writer
        if not due.behind(one.file) or not (mine or _taken_over(place, one)):
            continue
        # If nothing here opens one of its rings, the file is the only one that has it and stays.
        if all(sealed.ring in one.rings or sealed.ring in known for sealed in one.file.rings):
            rings = [
                ring
                for sealed in one.file.rings
                for ring in known.get(sealed.ring) or [due.obeyed(one.rings[sealed.ring])]
            ]
            if any(weight(ring) > MOST for ring in rings):
                # The device is gone or not back yet: its file is reported as awaited.
                continue
            old.append(one)
            for ring in rings:
                grants[ring.id, ring.payload()] = ring, _readers(place, ring, today, had[ring.id])
    return old, grants


def _drop_copies(place: Place, files: Sequence[_File], due: Due, now: Place) -> tuple[str, ...]:
    """Remove the files of others whose rings are here, or at `now`, in a form that obeys. Returns the writers of those
    whose rings are not, yet.
    """
    gone = set(withdrawn(place))
    me = place.key.reader
    supervisors = {one.writer for one in now.membership.bindings() if one.role == "supervisor"}
    # By ring: who has it in a file that obeys, and the ring itself if it opens here. A file with one ring that does not
    # obey goes as a whole and can replace no other.
    obeying: dict[str, list[tuple[str, Ring | None]]] = defaultdict(list)
    for one in (*files, *(_files(now) if now is not place else ())):
        for sealed in one.file.rings if not due.behind(one.file) else ():
            obeying[sealed.ring].append((one.file.writer, one.rings.get(sealed.ring)))

    # Nobody seals anything to an ended device any more: rings that others can open must suffice.
    ended = now.me is not None and now.me.end is not None
    trusted = {place.writer, now.writer, *supervisors}

    def does(one: _File, sealed: SealedRing, by: str, new: Ring | None) -> bool:
        if by not in trusted and by != one.file.writer:
            return False
        if new is None:
            return ended or me not in sealed.boxes
        old = one.rings.get(sealed.ring)
        # Compare the rings themselves: an agent may claim falsely that one obeys, and a supervisor may have been
        # deceived. A ring that opens nothing replaces none.
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
    """Each ring that this machine opens, in the form that obeys: from its maker's files, else from a supervisor's. If
    those disagree, all versions: the records show which is right, and a maker who leaves may have wished to destroy it.
    A version too heavy for a key file is used only if no narrowed one is there.
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
    """To whom each ring was sealed by its maker or by an active supervisor; nobody else's word counts."""
    supervisors = {one.writer for one in place.membership.bindings() if one.role == "supervisor" and one.end is None}
    found: dict[str, set[str]] = defaultdict(set)
    for one in files:
        for sealed in one.file.rings:
            if one.file.writer in supervisors or sealed.ring.startswith(f"{one.file.writer}-"):
                found[sealed.ring].update(sealed.boxes)
    return found


def _rightful(place: Place, one: _File) -> bool:
    """Whether all rings of a file may be taken from its writer; this device may always read its own files."""
    writer = one.file.writer
    return writer == place.writer or all(
        place.membership.may_hand_on(writer, ring.writer) for ring in one.rings.values()
    )


def _taken_over(place: Place, one: _File) -> bool:
    """Whether this machine, as a supervisor's, rewrites the file: its writer is gone, or the writer's key lives twice
    and nobody publishes with it.
    """
    membership = place.membership
    binding = membership.binding(one.file.writer)
    if not place.supervisor or binding is None:
        return False
    return binding.end is not None or binding.left is not None or binding.writer in membership.lived_twice()


def _readers(place: Place, ring: Ring, today: date, had: Collection[str]) -> list[tuple[str, bytes]]:
    """To whom a ring is sealed anew: this machine and, where it may hand the ring on, everybody who may read it. Also
    the agent's own ended devices, if they `had` it: they can go on reading what was entered about the agent.
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


def _remove_unfinished(place: Place) -> None:
    """Remove the key files that a process did not finish as it was killed: nobody reads them, and they open as much."""
    for root in (place.where.path / "own", place.where.mirror):
        for writer in place.home.listing(root / names.KEYS):
            folder = root / names.KEYS / writer.name
            for entry in place.home.listing(folder) if writer.kind == "directory" else ():
                if entry.name.endswith(TEMPORARY):
                    place.home.remove(folder / entry.name)


def _state(place: Place, erasures: Erasures, now: Place | None) -> bytes:
    """A digest of the erasures known, the key files here, and the writers whose rings are spared nothing."""
    files = "\n".join(name for name, _ in place.below(names.KEYS))
    twice = " ".join(sorted((now or place).membership.lived_twice()))
    told = f"{files}\n{twice}\n{now is None}"
    return f"{erasures.digest()} {sha256(told.encode()).hexdigest()}".encode()
