"""A wiped share filled again, from one machine's checked copies, with what absent machines had published."""

import errno
import shutil
from pathlib import Path

import pytest

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.errors import Problem
from agent_tui.store.files import Files
from agent_tui.sync.folder import FolderBackend
from agent_tui.sync.mirror import Mirror
from agent_tui.sync.refill import refill
from tests.book.world import DAY, valid
from tests.company import ZONE, Company, talk


@pytest.fixture
def company(tmp_path: Path) -> Company:
    company = Company(tmp_path)
    for id in ("A017", "A018"):
        desk = company.join(id, f"张{id}")
        talk(desk, 1)
        talk(desk, 2)
    company.boss.supervisor.points("A017", "att.late", DAY)
    company.sync()
    company.sync()
    return company


def on_share(company: Company) -> dict[str, bytes]:
    return {
        path.relative_to(company.share).as_posix(): path.read_bytes()
        for path in company.share.rglob("*")
        if path.is_file()
    }


def wipe(company: Company) -> None:
    shutil.rmtree(company.share)
    company.share.mkdir()


def test_a_wiped_share_has_everything_again_and_a_new_machine_can_join(company: Company) -> None:
    before = on_share(company)
    wipe(company)
    for desk in company.desks.values():
        with pytest.raises(Problem):
            desk.sync_once()
    done = company.boss.upkeep.refill(str(company.share))
    assert (done.segments, done.kept) == (2, 0)
    assert on_share(company) == before
    # The absent machines need not have come back.
    late = company.join("A019", "王芳")
    assert [company.boss.day(id, DAY).figures.valid for id in ("A017", "A018")] == [2, 2]
    for desk in company.desks.values():
        talk(desk, 3)
        desk.sync_once()
    company.boss.sync_once()
    assert [valid(company.boss, id) for id in ("A017", "A018", "A019")] == [3, 3, 1]
    assert late.sync_view().error is None
    done = company.boss.upkeep.refill(str(company.share))
    assert (done.segments, done.documents, done.bytes, done.kept) == (0, 0, 0, 0)


def test_an_agents_machine_can_do_it_too_as_far_as_it_has_copies(company: Company) -> None:
    wipe(company)
    company.desks["A017"].upkeep.refill(str(company.share))
    company.desks["A018"].sync_once()
    company.boss.sync_once()
    fresh = Book.open(company.boss_home, company.clock)
    assert [valid(fresh, id) for id in ("A017", "A018")] == [2, 2]


def test_what_is_there_is_never_cut_or_written_over(company: Company) -> None:
    names = [name for name in on_share(company) if name.startswith("records/")]
    writer = {id: desk.identity.writer for id, desk in company.desks.items()}
    torn = next(name for name in names if writer["A017"] in name)
    other = next(name for name in names if writer["A018"] in name)
    whole = (company.share / torn).read_bytes()
    (company.share / torn).write_bytes(whole[:500])
    (company.share / other).write_bytes(b"something else\n")
    longer = whole + b'{"more": 1}\n'
    done = company.boss.upkeep.refill(str(company.share))
    assert (company.share / torn).read_bytes() == whole
    assert (company.share / other).read_bytes() == b"something else\n"
    assert (done.segments, done.kept) == (1, 1)
    (company.share / torn).write_bytes(longer)
    company.boss.upkeep.refill(str(company.share))
    assert (company.share / torn).read_bytes() == longer


def test_a_damaged_copy_is_put_back_only_as_far_as_it_is_signed(company: Company) -> None:
    before = on_share(company)
    name = next(name for name in before if company.desks["A017"].identity.writer in name and "records" in name)
    company.boss.close()
    (copy,) = company.boss_home.rglob(f"mirror/{name}")
    data = bytearray(copy.read_bytes())
    data[-300] ^= 1
    copy.write_bytes(data)
    wipe(company)
    boss = Book.open(company.boss_home, company.clock)
    boss.upkeep.refill(str(company.share))
    there = (company.share / name).read_bytes() if (company.share / name).exists() else b""
    assert before[name].startswith(there)
    assert len(there) < len(before[name])


def test_another_folder_may_take_its_place_and_none_of_another_teams(company: Company, tmp_path: Path) -> None:
    new, taken, full = tmp_path / "new", tmp_path / "taken", tmp_path / "full"
    for folder in (new, taken, full):
        folder.mkdir()
    teams.init_team(tmp_path / "X", taken, "二组", "S009", "吴", ZONE, company.clock)
    (full / "photo.jpg").write_bytes(b"x")
    for place in (taken, full, tmp_path / "nowhere", company.boss_home / "teams"):
        there = sorted(place.rglob("*")) if place.exists() else None
        with pytest.raises(Problem, match=place.name):
            company.boss.upkeep.refill(str(place))
        assert there == (sorted(place.rglob("*")) if place.exists() else None)
    before = on_share(company)
    company.boss.upkeep.refill(str(new))
    copied = {path.relative_to(new).as_posix(): path.read_bytes() for path in new.rglob("*") if path.is_file()}
    assert copied == before


@pytest.mark.parametrize("there", ["segment", "day", "document"])
def test_what_something_lies_in_the_place_of_is_named_and_keeps_nothing_else(company: Company, there: str) -> None:
    before = on_share(company)
    (day,) = {name.rpartition("/")[0] for name in before if name.startswith("records/")}
    first = next(name for name in sorted(before) if company.desks["A017"].identity.writer in name and day in name)
    keys = next(name for name in sorted(before) if name.startswith("keys/"))
    gone = {"segment": first, "day": day, "document": keys}[there]
    wipe(company)
    (company.share / gone).parent.mkdir(parents=True)
    if there == "day":
        (company.share / gone).write_bytes(b"")
    else:
        (company.share / gone).mkdir()
    done = company.boss.upkeep.refill(str(company.share))
    assert [one.where.rstrip("/") for one in done.unread] == [gone]
    own = company.boss.identity.writer
    others = {name for name in before if not name.startswith(gone) and own not in name}
    assert others <= on_share(company).keys()
    # Its own records may be what is kept from there: it is told beside the rest.
    assert (done.not_synced is not None) == (there == "day" or own in gone)


def test_a_copy_that_cannot_be_read_is_named_and_keeps_nothing_else(company: Company) -> None:
    writers = sorted(desk.identity.writer for desk in company.desks.values())
    wipe(company)
    place = company.boss.session.place

    class Worn(Files):
        def read(self, path: Path, offset: int = 0, limit: int | None = None) -> bytes:
            if path.name.startswith(writers[0]) and path.suffix == ".jsonl":
                raise OSError(errno.EIO, "Input/output error", str(path))
            return super().read(path, offset, limit)

    done = refill(
        FolderBackend(company.share),
        Mirror(place.where.mirror, Worn()),
        {},
        own=place.writer,
        team=place.team.team,
        public_of=place.membership.public,
    )
    assert done.segments == 1
    (unread,) = done.lacking
    assert unread.where.startswith("mirror/records/")
    assert writers[0] in unread.where
    assert "reading or writing failed" in unread.text()


def test_what_may_not_be_written_there_is_said_to_be_that(company: Company) -> None:
    place = company.boss.session.place

    class Forbidden(FolderBackend):
        def write_at(self, name: str, offset: int, data: bytes) -> None:  # noqa: ARG002 - refused whatever it is
            raise PermissionError(errno.EACCES, "Permission denied", name)

    wipe(company)
    done = refill(
        Forbidden(company.share),
        Mirror(place.where.mirror, place.home.files),
        {},
        own=place.writer,
        team=place.team.team,
        public_of=place.membership.public,
    )
    texts = [one.text() for one in done.unread]
    assert len(texts) == len(company.desks)
    assert all("could not be put back (permission denied)" in text for text in texts)
