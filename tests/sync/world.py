"""Desks over real folders with real keys and journals; the book's part is played by the smallest host there can be."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from agent_tui.store.files import Files
from agent_tui.store.home import Home
from agent_tui.store.journal import Journal, Sign
from agent_tui.store.segments import Stored
from agent_tui.sync import names
from agent_tui.sync.backend import Backend
from agent_tui.sync.findings import Finding
from agent_tui.sync.folder import FolderBackend
from agent_tui.sync.host import Follow
from agent_tui.sync.shares import found
from agent_tui.sync.syncer import Syncer
from agent_tui.sync.verify import verified
from agent_tui.trust.keys import DeviceKey
from agent_tui.trust.signatures import build_signature

ZONE = ZoneInfo("Asia/Shanghai")
TEAM = "teamteamteamteam"
START = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
PATIENT = 120.0
"""Seconds after which a finding that lasts was told, whatever its patience."""
TEAM_FILE = b'{"team": "a team, for whoever vouches for it here"}\n'


class Time:
    """The clocks of a world: they stand still until told to go on."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.start = START

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.seconds - 1000)

    def wait(self, seconds: float) -> None:
        self.seconds += seconds


class World:
    """A share, and who is known in its team."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.share = base / "share"
        self.share.mkdir(parents=True)
        self.time = Time()
        self.publics: dict[str, bytes] = {}
        self.levels: dict[str, Follow] = {}
        self.ends: dict[str, tuple[int, str]] = {}
        found(FolderBackend(self.share), {"team.json": TEAM_FILE})

    def desk(
        self, name: str, *, level: Follow = "now", backend: Backend | None = None, files: Files | None = None
    ) -> "Desk":
        key = DeviceKey(name.encode().ljust(32, b"."))
        self.publics[key.writer] = key.public
        self.levels[key.writer] = level
        return Desk(self, name, key, backend or FolderBackend(self.share), files)

    def files(self) -> dict[str, bytes]:
        """Everything on the share, by name."""
        return {
            path.relative_to(self.share).as_posix(): path.read_bytes()
            for path in sorted(self.share.rglob("*"))
            if path.is_file() and not path.is_symlink()
        }


class Desk:
    """A device: its journal (on the disk that `files` is), its syncer, and what its host was told."""

    def __init__(self, world: World, name: str, key: DeviceKey, backend: Backend, files: Files | None = None) -> None:
        self.world = world
        self.key = key
        self.backend = backend
        self.files = files or Files()
        home = Home(world.base / name)
        self.place = home.make_team(TEAM)
        self.documents: dict[str, bytes] = {}
        self.good_documents: set[bytes] = {TEAM_FILE}
        self.own_forms: set[bytes] = set()
        self.looks_for = ""
        self.calls: list[str] = []
        self.open()

    def open(self) -> None:
        """Start (again): what lies in the mirror is loaded, as the book does."""
        self.taken: dict[tuple[str, int], bytes] = {}
        self.took_documents: dict[str, bytes] = {}
        self.findings: list[Finding] = []
        self.clones: list[tuple[str, bytes, int]] = []
        self.journal = Journal(self.place.journal, self.key.writer, ZONE, self.files)
        self.syncer = Syncer(
            self.backend,
            self.place,
            self.journal,
            self,
            team=TEAM,
            public=self.key.public,
            now=self.world.time.now,
            monotonic=self.world.time.monotonic,
        )
        self._read_mirror()

    def _read_mirror(self) -> None:
        """Take what lies in the mirror, as the book does."""
        for day in self.syncer.mirror.days():
            for leaf in self.syncer.mirror.segments(day):
                segment, data = names.segment(leaf), self.syncer.mirror.read(names.day_prefix(day) + leaf)
                public = self.public_of(segment.writer) if segment else None
                if segment and public and data is not None:
                    self._take(verified(segment, public, TEAM, data).stored)

    def log(self, count: int = 1, *, at: datetime | None = None, ring: str | None = None) -> list[Stored]:
        """Write records of now (or `at`)."""
        at = at or self.world.time.now()

        def make(seq: int) -> Mapping[str, object]:
            members = {
                "v": 1,
                "id": f"{self.key.writer}-{seq}",
                "kind": "call",
                "writer": self.key.writer,
                "seq": seq,
                "at": at.isoformat(),
                "agent": "A017",
                "body": {"outcome": "talked", "note": "x" * (seq % 50)},
            }
            return members | ({"sealed": {"ring": ring, "data": "AA=="}} if ring else {})

        return self.journal.append([make] * count, at)

    @property
    def own(self) -> dict[tuple[str, int], bytes]:
        """The own records, as `taken` has those of others."""
        return {
            (self.key.writer, one.line.seq): one.raw
            for segment in self.journal.segments()
            for one in self.journal.read(segment.name)
            if one.line.kind != "signature"
        }

    def path(self, day: str = "2026-11-23", number: int = 1) -> Path:
        """An own segment on the share."""
        return self.world.share / "records" / day / f"{self.key.writer}-{number:06d}.jsonl"

    def codes(self) -> list[str]:
        """What was reported, by code."""
        return [finding.code for finding in self.findings]

    # ---- the host ----

    def public_of(self, writer: str) -> bytes | None:
        return self.world.publics.get(writer)

    def follows(self, writer: str) -> Follow | None:
        return self.world.levels.get(writer)

    def ends_with(self, writer: str) -> tuple[int, str] | None:
        return self.world.ends.get(writer)

    def doubted(self) -> Sequence[tuple[date, str]]:
        ends = ((writer, *end) for writer, end in self.world.ends.items())
        found = [
            f"{writer}-000001.jsonl"
            for writer, seq, line in ends
            if sha256(self.taken.get((writer, seq), b"")).hexdigest() != line
        ]
        return [(day, name) for name in found if (day := self.day_of(name))]

    def day_of(self, segment: str) -> date | None:
        return next((day for day in self.syncer.mirror.days() if segment in self.syncer.mirror.segments(day)), None)

    def rewrote(self) -> None:
        self.taken.clear()
        self._read_mirror()

    def signer(self) -> Sign:
        return self.sign

    def sign(self, segment: str, last_seq: int, digest: bytes) -> bytes:
        return build_signature(
            self.key,
            team=TEAM,
            segment=segment,
            last_seq=last_seq,
            roster=1,
            at=self.world.time.now().isoformat(),
            digest=digest,
        )

    def take_document(self, name: str, data: bytes) -> bool:
        self.calls.append(name)
        if data not in self.good_documents:
            return False
        self.took_documents[name] = data
        return True

    def take_lines(self, writer: str, segment: str, stored: Sequence[Stored], roster: int) -> None:
        assert roster == 1
        assert all(one.segment == segment and one.line.writer == writer for one in stored)
        self.calls.append(segment)
        self._take(stored)

    def _take(self, stored: Sequence[Stored]) -> None:
        for one in stored:
            key = (one.line.writer, one.line.seq)
            assert self.taken.setdefault(key, one.raw) == one.raw, "one seq, two lines"

    def own_documents(self) -> Mapping[str, bytes]:
        return self.documents

    def awaits(self) -> str:
        return self.looks_for

    def key_makers(self, *, full: bool) -> Sequence[str]:  # noqa: ARG002 - nobody is gone here
        return sorted(writer for writer, level in self.world.levels.items() if level == "first")

    def withdrawn(self) -> Sequence[str]:
        return ()

    def pulled(self, *, more: bool) -> None:  # noqa: ARG002
        self.calls.append("pulled")
        self.journal.refresh()

    def own_form(self, name: str, data: bytes) -> bool:  # noqa: ARG002
        return data in self.own_forms

    def cloned(self, name: str, data: bytes, since: int) -> None:
        self.clones.append((name, data, since))

    def report(self, finding: Finding) -> None:
        self.findings.append(finding)


class Counted(FolderBackend):
    """A folder that counts the bytes that are read of it."""

    bytes_read = 0

    def read(self, name: str, offset: int, limit: int) -> bytes:
        data = super().read(name, offset, limit)
        self.bytes_read += len(data)
        return data


def fresh_read(world: World, name: str) -> dict[tuple[str, int], bytes]:
    board = world.desk(name)
    board.syncer.once()
    return board.taken


def published(world: World) -> tuple[Desk, bytes]:
    desk = world.desk("desk")
    for _ in range(4):
        desk.log(3)
        desk.syncer.round()
    return desk, desk.path().read_bytes()


def both(world: World, records: int = 4) -> tuple[Desk, Desk]:
    desk, board = world.desk("desk"), world.desk("board")
    for _ in range(records):
        desk.log()
        desk.syncer.round()
    board.syncer.once()
    return desk, board
