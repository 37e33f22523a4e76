"""Tests of the tests: the program with one essential thing left out, each caught by one of these suites.

A mutant is the running program with one function replaced: a flush, a checksum, a signature, the order of copy and
word, the leaving out of repeats, a right, an erasure. What catches it is a short run of a suite, or the check of one.
"""

import errno
import random
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from agent_tui.book.erasures import erasing, following
from agent_tui.book.folding import folds
from agent_tui.book.place.pen import Draft
from agent_tui.book.sharing import bring
from agent_tui.errors import Problem
from agent_tui.ids import uuid7
from agent_tui.store import recent, segments, writing
from agent_tui.store.files import Files, write_all
from agent_tui.store.odds import AtomicStorage
from agent_tui.sync import publish, verify
from agent_tui.sync.read import Reader
from agent_tui.sync.sequence import Sequences
from agent_tui.trust.erasures import Erasures
from agent_tui.trust.rings import Ring
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import Fact
from shared_rules.folding.intake import Intake
from shared_rules.policies.policy import builtin
from shared_rules.records import kinds, lines
from shared_rules.records.entries import PointsEntry, PointsSecret
from tests.company import Company, talk
from tests.faults import crash, crash_home, erasure, every_byte, model, share, tinydb_suite
from tests.faults.crash_home import UNFLUSHED
from tests.faults.disk import SimDisk
from tests.faults.figures import Figure, new_seed
from tests.faults.left_out import LeftOut, in_place
from tests.sync.world import World


@dataclass(frozen=True, slots=True)
class Mutant(LeftOut):
    """With it, what must go wrong."""

    caught: Callable[[], bool]


# ---- what catches ----


def _crash_finds() -> bool:
    found = crash.run(1 << 30, faults=False, first=True)
    return bool(found.lost + found.invented)


def _crashed_home_finds() -> bool:
    found = crash_home.run(1, every=3, certain=True)
    return bool(found.lost + found.invented)


def _failing_call_finds() -> bool:
    """Each call failing once, then the power going."""
    for telling in crash.STORIES:
        for call in range(1, crash.calls_of(telling) + 1):
            for code in (errno.EIO, errno.ENOSPC):
                disk, ledger, count = SimDisk({"home": {}}), crash.Ledger(), crash.Count()
                disk.fail_at = {call: code}
                try:
                    telling(disk, ledger)
                except Exception:
                    disk.fail_at = {}
                disk.fail_at = {}
                for image in disk.images(stride=1 << 30):
                    crash.check(SimDisk(image), ledger, count, "")
                if count.lost or count.invented or ledger.refused & crash.found_by(disk)[1].keys():
                    return True
    return False


def _line_flips_find() -> bool:
    return every_byte.journal_lines(40)[1] > 0


def _file_flips_find() -> bool:
    return every_byte.share_file(60)[1] > 0


def _sealed_flips_find() -> bool:
    return every_byte.sealed_parts(40)[1] > 0


def _share_finds() -> bool:
    for seed in range(4):
        try:
            if share.run(60, seed * 100)[2]:
                return True
        except AssertionError:
            return True
    return False


def _told_twice_finds() -> bool:
    """A host that was told of a record more often than it was written."""
    with TemporaryDirectory() as folder:
        world = World(Path(folder))
        writer, other = world.desk("writer"), world.desk("reader")
        told: list[Any] = []
        other.take_lines = lambda _writer, _segment, stored, _roster: told.extend(stored)  # type: ignore[assignment,method-assign]
        writer.log(3)
        writer.syncer.once()
        other.syncer.once()
        return len(told) != 3


def _full_disk_finds() -> bool:
    """A book that was told of what this machine's disk then refused to keep."""
    with TemporaryDirectory() as folder:
        world = World(Path(folder))
        writer, other = world.desk("writer"), world.desk("reader")
        told: list[Any] = []
        other.take_lines = lambda _writer, _segment, stored, _roster: told.extend(stored)  # type: ignore[assignment,method-assign]
        writer.log(3)
        writer.syncer.once()
        other.syncer.mirror.extend = _refuses  # type: ignore[method-assign]
        with suppress(Problem):
            other.syncer.once()
        return bool(told)


def _refuses(*_: Any, **__: Any) -> None:
    raise Problem("store.disk_full", path="")


def _model_finds() -> bool:
    return any(model.run(2_000, seed).wrong for seed in (7, 8))


def _left_behind_finds() -> bool:
    """A call that was logged before its desk was let in."""
    with TemporaryDirectory() as folder:
        company = Company(Path(folder))
        talk(company.ask("A017", "张敏"), 1)
        company.boss.sync_once()
        for one in company.boss.members.all():
            if one.state == "waiting":
                company.boss.members.approve(one.writer)
        company.boss.sync_once()
        company.sync()
        day = company.boss.day("A017", company.boss.today())
        company.close()
        return day.figures.dials != 1


def _bounds_find() -> bool:
    """A line nested too deep, or too long, whose checksum holds."""
    for body in (b"[" * 20 + b"]" * 20, b'"' + b"x" * 70_000 + b'"'):
        head = b'{"v":1,"id":"a","kind":"call","writer":"a","seq":1,"at":"","body":' + body
        try:
            lines.decode(head + b',"crc":"%08x"}\n' % zlib.crc32(head))
        except lines.LineError:
            continue
        return True
    return False


def _zeroed_tail_finds() -> bool:
    """A server that lost the end of what it had confirmed."""
    with TemporaryDirectory() as folder:
        world = World(Path(folder))
        writer = world.desk("writer")
        writer.log(2)
        writer.syncer.once()
        path = writer.path()
        data = path.read_bytes()
        path.write_bytes(data[:-200] + bytes(200))
        writer.log(1)
        writer.syncer.round()
        return path.read_bytes() != writer.journal.path(path.name).read_bytes()


def _erasure_finds() -> bool:
    with TemporaryDirectory() as folder:
        try:
            return bool(erasure.run(Path(folder))[2])
        except AssertionError:
            return True


def _tinydb_finds() -> bool:
    return tinydb_suite.mutable(200, random.Random(3))[1] > 0


def _forged_points_find() -> bool:
    """An agent who writes points about a colleague, and lifts no finger besides."""
    with TemporaryDirectory() as folder:
        company = Company(Path(folder))
        agent = company.join("A017", "张敏")
        company.join("A018", "李强")
        now = agent.now()
        secret = PointsSecret(rule="att.late", on=now.date(), points=-2)
        agent.write([Draft(uuid7(now), "A018", PointsEntry(), secret)], now)
        company.sync()
        return company.boss.ledger("A018", f"{now:%Y-%m}").entries != ()


def _repeats_find() -> bool:
    """One call, and the same a second time in another line."""
    fold, zone = AgentFold("A017", crash.ZONE), crash.ZONE
    body = kinds.Call(outcome="talked", started_at=crash.DAY, phone_tag="5" * 16)
    for seq in (1, 2, 3):
        fold.add(Fact("call", "A017", "one", crash.WRITER, seq, crash.DAY, "A017", body, 1))
    return fold.figures(crash.DAY.astimezone(zone).date(), builtin()).dials != 1


# ---- the mutants ----


def _nothing(*_: Any, **__: Any) -> None:
    return None


def _true(*_: Any, **__: Any) -> bool:
    return True


def _one(*_: Any) -> int:
    return 1


def _without_checksum(line: bytes) -> lines.Line:
    try:
        return msgspec.json.decode(line, type=lines.Line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise lines.LineError("not_json", str(error)) from None


def _put_over(self: Files, path: Path, data: bytes) -> None:
    with self.opened(path, "empty") as handle:
        self.write(handle, 0, data)
        self.flush(handle)
    self.flush_directory(path.parent)


def _short_writes_pass(files: Files, handle: int, offset: int, data: bytes) -> None:
    files.write(handle, offset, data)


def _failed_flush_is_well(self: Any, path: Path, identity: Any, size: int, data: bytes) -> bool:  # noqa: ARG001
    handle = self._files.open(path, "existing" if size else "create")
    try:
        write_all(self._files, handle, size, data)
        with suppress(OSError):
            self._files.flush(handle)
    finally:
        self._files.close(handle)
    if not size:
        self._files.flush_directory(path.parent)
    return True


def _settled_unflushed(self: Any, path: Path, start: int = 0, *, must: bool = False) -> bytes:  # noqa: ARG001
    data: bytes = self._files.read(path, start)
    return data[: segments.whole(data)]


def _keeps_erased(self: Erasures, ring: Ring) -> Ring:
    return replace(ring, obeys=tuple(sorted({*ring.obeys, *self.missed(ring.agent, ring.obeys)})))


_KEEP = Reader._keep
_ACCEPT = Sequences.accept


def _watermark_past_the_signature(self: Reader, file: Any, data: bytes, result: Any, moved: Any) -> None:
    start = file.end
    _KEEP(self, file, data, result, moved)
    file.end = start + len(data)


def _told_before_kept(self: Reader, file: Any, data: bytes, result: Any, moved: Any) -> None:
    self._host.take_lines(file.segment.writer, file.segment.leaf, result.stored, result.roster)
    _KEEP(self, file, data, result, moved)


def _repeats_accepted(self: Sequences, segment: Any, span: Any, stored: Any, damaged: int) -> list[Any]:
    _ACCEPT(self, segment, span, stored, damaged)
    return [*stored, *stored[:1]]


def _repeats_counted(self: Intake, fact: Fact) -> frozenset[Any]:
    return _ADD(self, msgspec.structs.replace(fact, id=f"{fact.id}-{fact.seq}"))


_ADD = Intake.add


MUTANTS = [
    Mutant("a flush after an append", SimDisk, "flush", _nothing, _crash_finds),
    Mutant("a flush of a made name", SimDisk, "flush_directory", _nothing, _crash_finds),
    Mutant(UNFLUSHED.what, UNFLUSHED.owner, UNFLUSHED.name, UNFLUSHED.instead, _crash_finds),
    Mutant("the same, of keys and key files", UNFLUSHED.owner, UNFLUSHED.name, UNFLUSHED.instead, _crashed_home_finds),
    Mutant("a file written beside and renamed", Files, "put", _put_over, _crash_finds),
    Mutant("a torn tail is no line", writing, "whole", len, _crash_finds),
    Mutant("what another left unflushed is flushed", writing.Writing, "settled", _settled_unflushed, _crash_finds),
    Mutant("what a power cut took is put back", writing.Writing, "_put_back", _nothing, _crash_finds),
    Mutant("one segment is flushed before the next", writing.Writing, "_finish", _nothing, _crash_finds),
    Mutant("the newest lines are told from older ones", recent, "crc32", _one, _crash_finds),
    Mutant("a short write is none", writing, "write_all", _short_writes_pass, _failing_call_finds),
    Mutant("a failed flush is none", writing.Writing, "append", _failed_flush_is_well, _failing_call_finds),
    Mutant("the checksum of a line", lines, "decode", _without_checksum, _line_flips_find),
    Mutant("the signature of a file", verify, "verify", _true, _file_flips_find),
    Mutant("the bound before parsing", lines, "_bound", _nothing, _bounds_find),
    Mutant("looking at the share before writing", publish.Publisher, "_compare", _true, _share_finds),
    Mutant(
        "the tail is compared before more is written", publish.Publisher, "_tail_is_mine", _true, _zeroed_tail_finds
    ),
    Mutant("the watermark ends with a signature", Reader, "_keep", _watermark_past_the_signature, _share_finds),
    Mutant("the copy is kept before the book is told", Reader, "_keep", _told_before_kept, _full_disk_finds),
    Mutant("a line is taken once", Sequences, "accept", _repeats_accepted, _told_twice_finds),
    Mutant("a record is counted once", Intake, "add", _repeats_counted, _repeats_find),
    Mutant("who may write what", folds, "may_write", _nothing, _forged_points_find),
    Mutant("punching out what was erased", Erasures, "punched", _keeps_erased, _erasure_finds),
    Mutant("writing key files anew", following, "_write_anew", _nothing, _erasure_finds),
    Mutant("removing others' copies", following, "_drop_copies", lambda *_: (), _erasure_finds),
    Mutant("drafts without the erased", erasing, "without_erased", lambda _, draft: draft, _erasure_finds),
    Mutant("bringing nobody back who was erased", bring, "erased_since", lambda *_: False, _erasure_finds),
    Mutant("the whole state of the odds and ends", AtomicStorage, "write", _nothing, _tinydb_finds),
    *(
        # Few of the model's short histories have something to bring over.
        Mutant(one.what, one.owner, one.name, one.instead, _left_behind_finds if one.owner is bring else _model_finds)
        for one in model.LEFT_OUT
    ),
]


def survived(mutant: Mutant) -> bool:
    """Whether nothing noticed what is left out."""
    with in_place(mutant):
        try:
            return not mutant.caught()
        except AssertionError:  # a suite may stop at what it finds
            return False


def figures(tries: int) -> Iterator[Figure]:
    """Every mutant; with `tries`, so many by chance. The unchanged program must pass what catches them.

    By chance none of those that histories of the model catch: the model has a short form of its own, with a control.
    """
    quick = [mutant for mutant in MUTANTS if mutant.caught is not _model_finds]
    chosen = random.Random(new_seed()).sample(quick, tries) if tries else MUTANTS
    escaped = [mutant.what for mutant in chosen if survived(mutant)]
    false = [check.__name__ for check in dict.fromkeys(mutant.caught for mutant in chosen) if check()]
    note = "; ".join((*escaped, *(f"{name} without a mutant" for name in false)))
    yield Figure("mutants, each to be caught", len(chosen), len(escaped) + len(false), note=note)
