"""A home copied or restored: its key lives twice. Every record is counted once when the new keys are approved."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from time import monotonic

from msgspec.structs import replace

from agent_tui.book import Book
from agent_tui.book.place.place import ACTIVE, Place
from agent_tui.book.session import Session
from agent_tui.store.home import Home
from agent_tui.store.odds import Odds
from tests.book.copies import backed_up, copied, forked, numbers, restored, settle
from tests.book.world import DAY, TALKED, approve, valid
from tests.company import Company, talk
from tests.waiting import PATIENCE_S


def on_share(company: Company) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in company.share.rglob("*") if path.is_file()}


def test_both_copies_write_and_every_record_counts_once(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    one, other = copied(company, "A017")
    talk(one, 2)
    one.sync_once()
    before = on_share(company)
    talk(other, 3)
    other.sync_once()

    # The second to publish finds what it did not write: nothing of it is touched, and it asks with a new key.
    assert all(path.read_bytes() == data for path, data in before.items())
    assert other.identity.waiting == "一组"
    assert "key" in (other.sync_view().error or "")
    assert other.sync_view().pending == 1
    assert Book.open(company.folder / "copy", company.clock).sync_view().error == other.sync_view().error
    assert len(set(other.members.waiting_words())) >= 3
    # Both go on: what is logged is counted there, and what comes from the team is heard.
    talk(one, 4)
    talk(other, 5)
    company.boss.supervisor.points("A017", "att.late", DAY)
    company.sync()
    company.sync()
    assert (valid(one, "A017"), valid(other, "A017")) == (3, 3)
    assert [book.ledger("A017", "2026-11").balance for book in (one, other)] == [98, 98]

    settle(company)
    for book in (company.boss, one, other):
        assert numbers(book) == ["0001", "0002", "0003", "0004", "0005"]
        assert valid(book, "A017") == 5
        assert book.sync_view().pending == 0
    assert other.identity.waiting is None
    assert other.sync_view().error is None
    assert other.identity.writer != one.identity.writer
    # And on: each writes under a key of its own.
    talk(one, 6)
    talk(other, 7)
    settle(company)
    assert [valid(book, "A017") for book in (company.boss, one, other)] == [7, 7, 7]
    fresh = Book.open(company.folder / "copy", company.clock)
    assert (numbers(fresh), fresh.identity.writer) == (numbers(other), other.identity.writer)


def test_a_reader_who_saw_the_other_copys_history_counts_every_record_once_too(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 0)
    company.sync()
    one, other = copied(company, "A017")
    (file,) = company.share.glob(f"records/*/{one.identity.writer}-*.jsonl")
    before = file.read_bytes()
    talk(one, 1)
    one.sync_once()
    company.boss.sync_once()
    # A sync tool lets one version win over the other: the share now has the history that the supervisor has not.
    file.write_bytes(before)
    talk(other, 2)
    talk(other, 3)
    other.sync_once()
    assert other.identity.waiting is None
    talk(one, 4)
    settle(company)
    late = company.folder / "late"
    shutil.copytree(company.boss_home, late)
    shutil.rmtree(late / "teams" / company.boss.identity.team / "mirror" / "records")
    fresh = Book.open(late, company.clock)
    fresh.sync_once()
    for book in (company.boss, fresh, one, other):
        assert numbers(book) == ["0000", "0001", "0002", "0003", "0004"]
        assert valid(book, "A017") == 5


def test_a_restored_home_brings_over_what_it_had_not_published(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    talk(backed_up(company, "A017"), 2)
    company.sync()
    desk = restored(company, "A017")
    talk(desk, 3)
    changed = next(call for call in desk.calls("A017", DAY) if call.customer and call.customer.phone.endswith("1"))
    desk.own.correct(changed.id, replace(TALKED, phone="13800000001", note="改过"))
    desk.own.log(replace(TALKED, phone="13900000009", outcome="do_not_call"))
    settle(company)
    for book in (company.boss, desk):
        assert numbers(book) == ["0001", "0002", "0003", "0009"]
        assert valid(book, "A017") == 3
        (call,) = [call for call in book.calls("A017", DAY) if call.corrected]
        assert call.customer
        assert call.customer.note == "改过"
    assert company.boss.lists.listed("13900000009")


def test_a_copied_supervisors_home_with_the_owners_key_goes_on_by_itself(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    company.boss.close()
    shutil.copytree(company.boss_home, company.folder / "copy")
    one, other = (Book.open(home, company.clock) for home in (company.boss_home, company.folder / "copy"))
    one.supervisor.points("A017", "att.late", DAY, note="一")
    one.sync_once()
    other.supervisor.points("A017", "att.late", DAY, note="二")
    for book in (other, one, other, one, desk, one, other):
        book.sync_once()
    for book in (one, other, desk):
        assert sorted(entry.note for entry in book.ledger("A017", "2026-11").entries) == ["一", "二"]
    assert {one.identity.role, other.identity.role} == {"supervisor"}
    assert numbers(one) == numbers(other) == ["0001"]
    other.supervisor.points("A017", "att.late", DAY, note="三")
    for book in (other, one, desk):
        book.sync_once()
    assert len(desk.ledger("A017", "2026-11").entries) == len(one.ledger("A017", "2026-11").entries) == 3


def test_what_a_board_has_read_stands_under_its_new_key_though_the_folder_lost_it(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.clock._start += timedelta(days=1)
    talk(desk, 2)
    company.sync()
    desk.close()
    lost = list(company.share.glob(f"records/*/{desk.identity.writer}-*.jsonl"))
    for path in lost:
        path.unlink()
    keys, notes = set(), list[str]()
    # A copy of the copy goes over anew.
    for name in ("copy", "third"):
        company.boss.close()
        shutil.copytree(company.boss_home, company.folder / name)
        other = Book.open(company.folder / name, company.clock)
        company.boss = Book.open(company.boss_home, company.clock)
        for book in (company.boss, other, company.boss):
            book.supervisor.points("A017", "att.late", DAY, note=f"{name}{len(notes)}")
            notes.append(name)
            book.sync_once()
            assert [book.day("A017", DAY + timedelta(days=days)).figures.valid for days in (0, 1)] == [1, 1]
            assert {found.code for found in book.upkeep.check().findings} == {"gone"}
            keys.add(book.identity.writer)
    assert len(keys) == 5
    other.upkeep.refill(str(company.share))
    assert all(path.exists() for path in lost)


def test_both_copies_of_the_owners_key_may_sign_one_roster_number(company: Company) -> None:
    company.boss.close()
    shutil.copytree(company.boss_home, company.folder / "copy")
    one, other = (Book.open(home, company.clock) for home in (company.boss_home, company.folder / "copy"))
    for book, id in ((one, "S002"), (other, "S003")):
        company.ask(id, f"主管{id}")
        book.sync_once()
        asked = next(member for member in book.members.all() if member.id == id)
        book.members.approve(asked.writer, "supervisor")
    for _ in range(3):
        for book in (one, other, *company.desks.values()):
            book.sync_once()
    for book in (one, other, *company.desks.values()):
        assert {one.id for one in book.members.all() if one.role == "supervisor"} == {"S001", "S002", "S003"}
        assert book.identity.role == "supervisor"
        # The next roster says what both did: there is nothing left to ask anybody.
        assert book.upkeep.notes() == []


def test_a_copy_may_be_copied_again(company: Company) -> None:
    company.join("A017", "张敏")
    one, other = copied(company, "A017")
    talk(one, 1)
    one.sync_once()
    talk(other, 2)
    settle(company)
    _, third = copied(company, "copy", "third")
    other = company.desks["copy"]
    talk(other, 3)
    company.desks["copy"].sync_once()
    talk(third, 4)
    settle(company)
    assert [valid(book, "A017") for book in (company.boss, other, third, one)] == [4, 4, 4, 4]
    assert len({book.identity.writer for book in company.desks.values()}) == 3


def test_a_desk_that_waits_may_be_copied(company: Company) -> None:
    desk = company.ask("A017", "张敏")
    talk(desk, 1)
    one, other = copied(company, "A017")
    talk(one, 2)
    talk(other, 3)
    settle(company)
    assert [numbers(book) for book in (company.boss, one, other)] == [["0001", "0002", "0003"]] * 3
    assert one.identity.solo is other.identity.solo is False


def test_asking_with_a_new_key_can_be_broken_off_anywhere(company: Company) -> None:
    _, other = forked(company)
    writer = other.session.place.writer
    other.close()
    home = Home(company.folder / "copy")
    team = company.boss.identity.team
    # As if it had died before the request was noted, and then before the cursor was put.
    for path in (company.folder / "copy" / "teams" / team / "own" / "join").iterdir():
        if path.stem != writer:
            path.unlink()
    (home.path / "odds.json").unlink()
    again = company.desks["copy"] = Book.open(home.path, company.clock)
    assert again.identity.writer == writer
    settle(company)
    assert len(Place.all(home, team)) == 2
    assert numbers(again) == numbers(company.boss) == ["0001", "0002"]
    # And with the cursor lost once more, the key made last is the one in use.
    again.close()
    (home.path / "odds.json").unlink()
    assert Book.open(home.path, company.clock).identity.writer == again.identity.writer
    assert Odds(home.odds).get("cursors", ACTIVE) == f"{team}-2"


def test_the_supervisor_is_told_until_the_old_key_is_ended(company: Company) -> None:
    company.join("A017", "张敏")
    one, other = copied(company, "A017")
    old = one.identity.writer
    talk(one, 1)
    one.sync_once()
    talk(other, 2)
    company.sync()
    reports = company.boss.session.place.membership.reports()
    assert [(report.code, report.writer) for report in reports] == [("cloned", old)]
    settle(company)
    company.boss.members.leave(old, DAY)
    company.sync()
    assert company.boss.session.place.membership.reports() == ()
    assert one.identity.writer != old
    talk(one, 3)
    talk(other, 4)
    company.sync()
    company.sync()
    assert [valid(book, "A017") for book in (company.boss, one, other)] == [4, 4, 4]
    assert company.boss.day("A017", date(2026, 11, 24)).judged


def test_a_request_that_only_claims_a_twin_moves_nobody(company: Company) -> None:
    desk = company.join("A017", "张敏")
    thief = company.join("A018", "李强")
    place, held = thief.session.place, desk.session.place
    from agent_tui.trust.documents import build_join
    from agent_tui.trust.keys import DeviceKey
    from shared_rules.records.kinds import End

    key = DeviceKey.generate()
    for signer in (key, place.key):
        data = build_join(
            key,
            place.team.team,
            id="A017",
            name="张敏",
            hired=date(2026, 1, 5),
            at=desk.now(),
            twin=(signer, End(seq=0)),
        )
        forged = data.replace(signer.writer.encode(), held.writer.encode())
        for each in (data, forged):
            (company.share / "join" / f"{key.writer}.json").write_bytes(each)
            desk.sync_once()
            assert desk.identity.waiting is None
    assert desk.sync_view().error is None


def test_a_desk_that_is_open_goes_over_by_itself(tmp_path: Path) -> None:
    """The sync runs in its thread, as at an open desk; the board's machine is asked now and then."""
    company = Company(tmp_path, ticking=True)
    company.join("A017", "张敏")
    one, other = copied(company, "A017")
    talk(one, 1)
    one.sync_once()
    changed = Event()
    other.subscribe(lambda _: changed.set())

    def until(happened: Callable[[], bool]) -> None:
        end = monotonic() + PATIENCE_S
        while not happened():
            assert monotonic() < end
            changed.wait(0.2)
            changed.clear()

    other.start_sync()
    talk(other, 2)
    until(lambda: other.identity.waiting is not None)
    until(lambda: len(list(company.share.joinpath("join").iterdir())) == 2)
    talk(other, 3)
    assert valid(other, "A017") == 2
    approve(company)
    until(lambda: other.identity.waiting is None)
    talk(other, 4)
    until(lambda: other.sync_view().pending == 0 and valid(other, "A017") == 4)
    company.boss.sync_once()
    assert numbers(company.boss) == ["0001", "0002", "0003", "0004"]
    company.close()


def test_an_erasure_reaches_the_keys_of_before_too(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    company.sync()
    one, other = copied(company, "A017")
    talk(one, 1)
    one.sync_once()
    talk(other, 2)
    settle(company)
    company.boss.members.leave(company.boss.session.place.membership.reports()[0].writer, DAY)
    company.boss.erasures.erase(TALKED.phone, "客户要求删除")
    for _ in range(3):
        company.sync()
    for book in (company.boss, one, other):
        assert numbers(book) == ["0001", "0002", "?"]
        assert valid(book, "A017") == 3
    for name in ("A017", "copy"):
        home = Home(company.folder / name)
        for place in Place.all(home, company.boss.identity.team):
            session = Session(home, place.name, company.clock)
            session.load_month(DAY)
            fold = session.folds.fold("A017")
            opened = [session.customers.of(call.source) for call in fold.calls(DAY, session.folds.policies.on(DAY))]
            assert TALKED.company not in [customer.company for customer in opened if customer]
            assert opened


def test_three_copies_of_the_owners_home_go_on_by_themselves(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    company.boss.close()
    homes = [company.boss_home, company.folder / "copy1", company.folder / "copy2"]
    for home in homes[1:]:
        shutil.copytree(company.boss_home, home)
    books = [Book.open(home, company.clock) for home in homes]
    for number, book in enumerate(books):
        book.supervisor.points("A017", "att.late", DAY, note=str(number))
    for _ in range(3):
        for book in (*books, desk):
            book.sync_once()
    for book in (*books, desk):
        assert book.identity.waiting is None
        assert sorted(entry.note for entry in book.ledger("A017", "2026-11").entries) == ["0", "1", "2"]
    assert len({book.identity.writer for book in books}) == 3
    for book in books:
        book.close()
