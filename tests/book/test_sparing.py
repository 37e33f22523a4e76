"""An erasure costs the rings that have the customer, and spares the others; nothing of the customer stays for that."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Lock, Thread
from typing import cast

import pytest

from agent_tui.book import Book, CallEntry
from agent_tui.book.own import own
from agent_tui.book.place.rings import keep
from agent_tui.book.place.sparing import Due
from agent_tui.store.files import Files
from agent_tui.trust.keyfiles import KeyFile, build_keys, open_keys, parse_keys
from agent_tui.trust.rings import Ring
from shared_rules.records.kinds import Erase, ErasedTag
from shared_rules.validating import checked_json
from tests.book.copies import copied, settle
from tests.book.world import DAY, TALKED
from tests.book.writing import write
from tests.company import Company, talk
from tests.faults.vault import look

MARKS = (TALKED.company, "13800138000")


def rings(book: Book) -> list[Ring]:
    """The rings about agents' calls in the key files that a desk publishes."""
    place = book.session.place
    files = sorted((place.where.path / "own" / "keys").rglob("*.json"))
    read = [checked_json(KeyFile, file.read_bytes().partition(b',"sig"')[0] + b"}") for file in files]
    return [ring for file in read for ring in open_keys(file, place.key).rings]


def strangers(company: Company, count: int) -> None:
    """Erase customers whom nobody ever called."""
    for number in range(count):
        company.boss.erasures.erase(f"137{number:08}")
        company.sync()
        company.sync()


def readable(book: Book) -> list[str]:
    """The last digits of the customers' numbers of the calls of the day."""
    return sorted(call.customer.phone[-4:] if call.customer else "gone" for call in book.calls("A017", DAY))


def found(folder: Path) -> list[str]:
    return look(folder).found(*MARKS)


def test_a_customer_whom_nobody_called_costs_no_ring_anything(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    strangers(company, 12)
    assert {len(ring.nodes) for book in (desk, company.boss) for ring in rings(book)} == {1}
    assert sum(file.stat().st_size for file in company.share.glob("keys/*/*.json")) < 30_000
    for book in (desk, company.boss):
        assert [call.customer is not None for call in book.calls("A017", DAY)] == [True]


def test_of_two_months_the_ring_that_has_the_customer_loses_it(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    talk(desk, 1)
    company.clock._start += timedelta(days=30)
    talk(desk, 2)
    company.sync()
    company.boss.erasures.erase(MARKS[1])
    settle(company)
    assert sorted((ring.month, len(ring.nodes) > 1) for ring in rings(desk)) == [("2026-11", True), ("2026-12", False)]
    assert found(company.folder) == []
    for book in (desk, company.boss):
        assert readable(book) == ["0001", "gone"]


def test_a_customer_who_was_spared_is_recorded_anew_and_can_be_erased_again(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    company.boss.erasures.erase(MARKS[1])
    settle(company)
    company.clock._start += timedelta(minutes=1)
    desk.own.log(TALKED)
    settle(company)
    assert found(company.folder)
    for book in (desk, company.boss):
        assert readable(book) == ["0001", "8000"]
    # What was spared before the customer came again is not lost now.
    company.clock._start += timedelta(minutes=1)
    strangers(company, 1)
    for book in (desk, company.boss):
        assert readable(book) == ["0001", "8000"]
    company.clock._start += timedelta(minutes=1)
    company.boss.erasures.erase(MARKS[1])
    settle(company)
    assert found(company.folder) == []
    for book in (desk, company.boss):
        assert readable(book) == ["0001", "gone"]


def test_what_an_open_desk_wrote_after_a_command_beside_it_had_followed_goes_too(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    company.boss.erasures.erase(MARKS[1])
    company.boss.sync_once()
    beside = Book.open(company.folder / "A017", company.clock)
    beside.sync_once()
    beside.close()
    assert [ring for ring in rings(desk) if ring.spared]
    desk.own.log(TALKED)
    assert found(company.folder)
    settle(company)
    assert found(company.folder) == []


def test_nothing_is_spared_where_a_copy_of_the_key_may_have_the_customer(company: Company) -> None:
    talk(company.join("A017", "张敏"), 1)
    one, other = copied(company, "A017")
    one.sync_once()
    # The other is away, and has the customer under the ring that both copies hold.
    other.own.log(TALKED)
    company.boss.sync_once()
    company.boss.erasures.erase(MARKS[1])
    company.boss.sync_once()
    one.sync_once()
    assert [ring for ring in rings(one) if ring.spared]
    company.boss.sync_once()
    assert found(company.folder)
    settle(company)
    assert one.identity.writer != other.identity.writer
    assert found(company.folder) == []
    for book in (company.boss, one, other):
        assert readable(book) == ["0001", "gone"]


def test_an_erasure_that_does_not_count_makes_no_key_file_anew(company: Company) -> None:
    """A copy of a supervisor's key may have written it: each time the file would come out as it was."""
    talk(company.join("A017", "张敏"), 1)
    one, other = copied(company, "A017")
    old = one.identity.writer
    for book in (one, other):
        talk(book, 2)
        book.sync_once()
    settle(company)
    assert old not in (one.identity.writer, other.identity.writer)
    company.boss.erasures.erase("13700000000")
    place, erasures = company.boss.session.place, company.boss.session.rings.erasures
    unknown = "f" * 32
    ring = replace(Ring.new(old, 7, "A017", "2026-11"), obeys=(*erasures.known("A017"), unknown), spared=(unknown,))
    data = build_keys(place.key, place.team.team, 7, [(ring, [(place.writer, place.key.public)])])
    file = parse_keys(data, team=place.team.team, writer=place.writer, number=7, public=place.key.public)
    due = Due(place, erasures, None)
    assert not due.behind(file)
    assert due.obeyed(ring) == ring


def test_nothing_is_spared_by_a_desk_that_lacks_records_of_its_own(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    talk(desk, 1)
    company.sync()
    company.boss.erasures.erase("13700000000")
    erasures = company.boss.session.rings.erasures
    (ring,) = rings(desk)
    assert Due(desk.session.place, erasures, None).obeyed(ring).spared
    desk.close()
    (segment,) = desk.session.place.journal.segments()
    path = desk.session.place.journal.path(segment.name)
    path.write_bytes(path.read_bytes().replace(b'"phone_tag":"', b'"phone_tag":"?', 1))
    desk = company.desks["A017"] = Book.open(company.folder / "A017", company.clock)
    due = Due(desk.session.place, erasures, None).obeyed(ring)
    assert (due.spared, len(due.nodes)) == ((), 240)


def erase_three_hundred(company: Company, desk: Book) -> None:
    """Of one ring more customers than a key file could hold the loss of."""
    keys = own.keys(desk.session)
    for number in range(300):
        write(company.boss, "", Erase(tags=(ErasedTag(agent="A017", tag=keys.phone(f"+86136{number:08}")),)))


def test_a_ring_that_would_be_too_large_is_narrowed_to_what_its_records_have(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log_many([CallEntry(phone=f"136{number:08}", outcome="busy") for number in range(300)])
    talk(desk, 1)
    company.sync()
    erase_three_hundred(company, desk)
    settle(company)
    assert [len(ring.nodes) for ring in rings(desk)] == [2]
    assert look(company.folder).found("+86136") == []
    talk(desk, 2)
    # Who comes later gets it as it is now.
    second = company.second_supervisor()
    settle(company)
    for book in (desk, company.boss, second):
        assert readable(book) == ["0001", "0002", *["gone"] * 300]
        assert book.erasures.obey() == ()


class Between(Files):
    """Has something happen when key files were made anew, just before others are told."""

    def __init__(self, happen: Callable[[], object]) -> None:
        super().__init__()
        self._happen: list[Callable[[], object]] = [happen]

    def put(self, path: Path, data: bytes) -> None:
        if path.name == "withdrawn.json" and self._happen:
            self._happen.pop()()
        super().put(path, data)


def test_what_a_desk_writes_while_another_process_narrows_its_ring_and_afterwards_is_read(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log_many([CallEntry(phone=f"136{number:08}", outcome="busy") for number in range(300)])
    talk(desk, 1)
    company.sync()
    erase_three_hundred(company, desk)
    company.boss.sync_once()
    beside = Book.open(company.folder / "A017", company.clock)
    beside.session.place.home.files = Between(lambda: talk(desk, 2))
    beside.sync_once()
    beside.close()
    assert max(len(ring.nodes) for ring in rings(desk)) < 4
    talk(desk, 3)
    settle(company)
    for book in (desk, company.boss):
        assert readable(book) == ["0001", "0002", "0003", *["gone"] * 300]


class BeforeWriting:
    """The lock of a place's records, before whose first taking something happens: the ring to write with is chosen."""

    def __init__(self, happen: Callable[[], object]) -> None:
        self._happen: list[Callable[[], object]] = [happen]
        self._lock = Lock()

    def __enter__(self) -> None:
        if self._happen:
            thread = Thread(target=self._happen.pop())
            thread.start()
            thread.join()
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def test_what_a_desk_writes_while_its_own_sync_narrows_the_ring_is_read(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log_many([CallEntry(phone=f"136{number:08}", outcome="busy") for number in range(300)])
    talk(desk, 1)
    company.sync()
    erase_three_hundred(company, desk)
    company.boss.sync_once()
    desk.session.place.records_lock = cast(Lock, BeforeWriting(desk.sync_once))
    talk(desk, 2)
    assert max(len(ring.nodes) for ring in rings(desk)) < 4
    settle(company)
    for book in (desk, company.boss):
        assert readable(book) == ["0001", "0002", *["gone"] * 300]


def test_key_files_that_are_forgotten_while_another_thread_takes_one_are_read_anew(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    session = desk.session
    session.rings.forget()
    session.customers.forget()
    forgetting = Thread(target=session.rings.forget)
    punched = session.rings.erasures.punched

    def between(ring: Ring) -> Ring:
        if forgetting.ident is None:
            forgetting.start()
            # As long as it would take where nothing kept it from it.
            forgetting.join(1.0)
        return punched(ring)

    monkeypatch.setattr(session.rings.erasures, "punched", between)
    assert readable(desk) == ["0001"]
    forgetting.join()


def test_such_a_ring_of_a_maker_who_is_gone_is_left_and_told_and_stops_no_sync(company: Company) -> None:
    desk, other = company.join("A017", "张敏"), company.join("A018", "李强")
    desk.own.log_many([CallEntry(phone=f"136{number:08}", outcome="busy") for number in range(300)])
    other.own.log(TALKED)
    company.sync()
    company.boss.members.leave("A017", DAY)
    company.sync()
    desk.close()
    del company.desks["A017"]
    erase_three_hundred(company, desk)
    settle(company)
    assert company.boss.erasures.obey() == (desk.identity.writer,)
    assert readable(company.boss) == ["gone"] * 300
    second = company.second_supervisor()
    settle(company)
    assert [call.customer is not None for call in second.calls("A018", DAY)] == [True]


def test_more_rings_than_a_key_file_holds_are_handed_on(company: Company) -> None:
    place = company.boss.session.place
    made = [Ring.new(place.writer, number, "A017", "2026-10").puncture("f" * 16) for number in range(100, 500)]
    for start in range(0, len(made), 100):
        keep(place, [(ring, [(place.writer, place.key.public)]) for ring in made[start : start + 100]])
    second = company.second_supervisor()
    settle(company)
    company.boss.sync_once()
    found = second.session.place.documents(f"keys/{place.writer}")
    files = [checked_json(KeyFile, data.partition(b',"sig"')[0] + b"}") for _, data in found]
    opened = {ring.id for file in files for ring in open_keys(file, second.session.place.key).rings}
    assert opened >= {ring.id for ring in made}


def test_a_late_supervisor_gets_rings_that_stay_small(company: Company) -> None:
    talk(company.join("A017", "张敏"), 1)
    company.sync()
    strangers(company, 3)
    second = company.second_supervisor()
    settle(company)
    strangers(company, 3)
    assert max(len(ring.nodes) for book in (company.boss, second) for ring in rings(book)) <= 240
    assert [call.customer is not None for call in second.calls("A017", DAY)] == [True]
