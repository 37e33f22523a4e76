"""What was seen once cannot disappear unseen: it is said by name, and the earlier copy stands."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from agent_tui.book import Book
from agent_tui.book.upkeep.telling import finding_text
from agent_tui.clock import SetClock
from agent_tui.sync.service import Service
from agent_tui.trust.documents import build_roster, parse_roster
from agent_tui.trust.membership import Report
from agent_tui.trust.signatures import build_signature
from tests.book.world import DAY, valid
from tests.company import NOW, Company, talk


class Later:
    """A supervisor whose sync has been running: patience runs out when told."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.seconds = 0.0
        self.open()

    def open(self) -> None:
        """Start the program anew."""
        self.book = Book.open(self.company.boss_home, self.company.clock)
        self.book.load_month(DAY)
        sharing = self.book.sharing
        self.syncer = sharing._open(self.book.session)
        for part in (self.syncer, self.syncer.findings, self.syncer._rota, self.syncer._watch, self.syncer._documents):
            part._monotonic = lambda: self.seconds
        self.syncer._rota.everything()
        self.service = Service(self.syncer, now=self.book.now, monotonic=lambda: self.seconds)

    def look(self) -> set[str]:
        """Poll for some minutes; the codes of what is wrong now."""
        for _ in range(12):
            while not self.service.step():
                pass
            self.seconds += 30
        return {one.code for one in self.syncer.findings} | {one.code for one in self._reports()}

    def _reports(self) -> tuple[Report, ...]:
        return self.book.session.place.membership.reports()

    def check(self) -> set[str]:
        """The codes that `check` finds."""
        fresh = Book.open(self.company.boss_home, self.company.clock)
        found = {one.code for one in fresh.upkeep.check().findings}
        return found | {one.code for one in fresh.session.place.membership.reports()}


@pytest.fixture
def later(tmp_path: Path) -> Later:
    company = Company(tmp_path)
    desk = company.join("A017", "张敏")
    for number in range(4):
        talk(desk, number)
        desk.sync_once()
    later = Later(company)
    assert later.look() == set()
    assert later.check() == set()
    assert valid(later.book, "A017") == 4
    return later


def file_of(later: Later) -> Path:
    writer = later.company.desks["A017"].identity.writer
    (found,) = later.company.share.glob(f"records/*/{writer}-000001.jsonl")
    return found


def shrunk(later: Later) -> None:
    file = file_of(later)
    file.write_bytes(file.read_bytes()[:900])


def gone(later: Later) -> None:
    file_of(later).unlink()


def changed(later: Later) -> None:
    """The desk's whole history again, one word of it another, all of it signed with its key."""
    desk, file = later.company.desks["A017"], file_of(later)
    place = desk.session.place
    from hashlib import sha256

    import msgspec

    from shared_rules.records import lines

    old = [line for line in file.read_bytes().splitlines(keepends=True) if b'"kind":"signature"' not in line]
    new = b""
    for raw in [*old, old[-1].replace(b'"seq":4', b'"seq":5')]:
        members = msgspec.json.decode(raw)
        del members["crc"]
        members["body"] = {**members["body"], "outcome": "busy"} if members["kind"] == "call" else members["body"]
        new += lines.encode(members)
    new += build_signature(
        place.key, team=place.team.team, segment=file.name, last_seq=5, roster=1, at=desk.now().isoformat(),
        digest=sha256(new).digest(),
    )  # fmt: skip
    file.write_bytes(new + b" " * 2000 if len(new) < len(file.read_bytes()) else new)


def gap(later: Later) -> None:
    """The next record is never published, the one after it is."""
    desk = later.company.desks["A017"]
    desk.session.place.journal._seq += 1
    talk(desk, 9)
    desk.sync_once()


def twice(later: Later) -> None:
    desk = later.company.desks["A017"]
    desk.session.place.journal._seq -= 1
    talk(desk, 9)
    desk.sync_once()


def roster_back(later: Later) -> None:
    """The second supervisor's roster was seen; the share goes back to the first. The owner's machine is away."""
    (later.company.share / "roster" / "2.json").unlink()


@pytest.mark.parametrize(
    ("do", "said", "stands"),
    [(shrunk, "shrunk", 4), (gone, "gone", 4), (changed, "changed", 4), (gap, "gap", 5), (twice, "twice", 4)],
)
def test_a_history_that_changes_is_said_by_name_and_the_earlier_copy_stands(
    later: Later, do: Callable[[Later], None], said: str, stands: int
) -> None:
    do(later)
    assert said in later.look()
    assert said in later.check()
    told = [finding_text(later.book.session.place, one) for one in later.syncer.findings]
    assert [text for text in told if text.startswith("A017 张敏: ")]
    assert set(told) <= set(later.book.upkeep.notes())
    assert valid(later.book, "A017") == stands
    later.open()
    assert said in later.look()
    assert valid(later.book, "A017") == stands


@pytest.fixture
def second(tmp_path: Path) -> Later:
    """The board of a second supervisor, where the owner's key does not lie."""
    company = Company(tmp_path)
    home = company.folder / "S002"
    company.ask("S002", "周丽")
    company.boss.sync_once()
    company.boss.members.approve(
        next(one.writer for one in company.boss.members.all() if one.state == "waiting"), "supervisor"
    )
    company.boss.sync_once()
    company.desks["S002"].sync_once()
    company.desks["S002"].close()
    company.boss_home = home
    later = Later(company)
    assert later.look() == later.check() == set()
    return later


def test_a_roster_that_goes_back_is_said_and_the_higher_stands(second: Later) -> None:
    (second.company.share / "roster" / "2.json").unlink()
    assert "roster_back" in second.look()
    assert "roster_back" in second.check()
    assert second.book.identity.role == "supervisor"
    second.open()
    assert "roster_back" in second.look()
    assert second.book.identity.role == "supervisor"
    second.company.boss.sync_once()
    assert second.look() == set()


def test_a_roster_below_what_a_signature_names_is_said(second: Later) -> None:
    """The owner names a third supervisor, and a desk hears of it; the share shows that roster to nobody else."""
    company = second.company
    desk = company.join("A017", "张敏")
    before = {path: path.read_bytes() for path in company.share.joinpath("roster").iterdir()}
    company.ask("S003", "吴")
    company.boss.sync_once()
    company.boss.members.approve(
        next(one.writer for one in company.boss.members.all() if one.state == "waiting"), "supervisor"
    )
    company.boss.sync_once()
    desk.sync_once()
    talk(desk, 1)
    desk.sync_once()
    for path in company.share.joinpath("roster").iterdir():
        if path not in before:
            path.unlink()
    assert "roster_behind" in second.look()
    assert "roster_behind" in second.check()
    assert any(text.startswith("A017 张敏: ") for text in second.book.upkeep.notes())


def test_two_rosters_of_one_number_are_said(second: Later) -> None:
    company = second.company
    place = company.boss.session.place
    assert place.owner is not None
    old = (company.share / "roster" / "2.json").read_bytes()
    sits = parse_roster(old, place.team).supervisors[:1]
    secret = place.tag_secret()
    assert secret is not None
    (company.share / "roster" / "2.json").write_bytes(build_roster(place.owner, 2, sits, secret))
    assert "roster_forked" in second.look()
    assert "roster_forked" in second.check() | {one.code for one in second.book.session.place.membership.reports()}


def test_a_number_that_stands_in_two_files_counts_once_after_a_restart_too(later: Later) -> None:
    company = later.company
    desk = company.desks.pop("A017")
    desk.close()
    company.clock = SetClock(NOW + timedelta(days=1), ticking=False)
    desk = company.desks["A017"] = Book.open(company.folder / "A017", company.clock)
    desk.session.place.journal._seq -= 2  # the next day's file begins with numbers that the one before has too
    for number in range(20, 23):
        talk(desk, number)
    desk.sync_once()
    later.open()
    assert "twice" in later.look()
    day = DAY + timedelta(days=1)
    assert later.book.day("A017", day).figures.valid == 1
    later.open()
    assert later.book.day("A017", day).figures.valid == 1
    assert "twice" in later.look()
    assert "twice" in later.check()
    assert valid(later.book, "A017") == 4
