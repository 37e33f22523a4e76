"""Two copies of a key that both publish: machines read one history or the other, and all have the same records."""

from datetime import date, timedelta

import msgspec
import pytest

from agent_tui.book import Book
from agent_tui.book.folding.plain import call_body
from agent_tui.book.own import own
from agent_tui.clock import SetClock
from agent_tui.sync.syncer import Syncer
from agent_tui.teams import ask_to_join
from tests.book.copies import backed_up, copied, restored, settle
from tests.book.world import DAY, TALKED, approve
from tests.company import NOW, Company, talk

WEEKS_OFF = timedelta(days=40)


def opened(book: Book) -> Syncer:
    """The sync of an open desk, which has looked at every day by now; from here on it polls those about today."""
    target = book.sharing.target()
    assert target is not None
    syncer = book.sharing._open(target)
    syncer.round()
    return syncer


def talked(book: Book, agent: str = "A017") -> list[str]:
    """The customers' numbers of an agent's calls of that day and of the wrong clock's."""
    days = DAY, DAY - WEEKS_OFF
    return sorted(call.customer.phone[-4:] if call.customer else "?" for day in days for call in book.calls(agent, day))


def customers(book: Book, writer: str = "") -> set[str]:
    """The last digits of the customers' numbers in all lines of calls that lie here, or in those under that key."""
    session = book.session
    held = [one for one in session.segments.held() if writer in one.name]
    lines = [one.line for segment in held for one in session.segments.read(segment)]
    calls = [(line, call) for line in lines if (call := call_body(line)) is not None]
    found = [session.folds.open_customer(line, call) for line, call in calls]
    return {customer.phone[-1] if customer else "?" for customer in found}


@pytest.mark.parametrize("wrong", ["A017", "copy"])
def test_two_copies_of_which_one_has_a_clock_that_is_weeks_off_publish_a_file_of_one_number_each(
    company: Company, wrong: str
) -> None:
    company.join("A017", "张敏")
    # A folder lists its days in any order: in the same for both.
    company.share.joinpath("records", str(DAY - WEEKS_OFF)).mkdir()
    for book in copied(company, "A017"):
        book.close()
    for name in ("A017", "copy"):
        clock = SetClock(NOW - WEEKS_OFF) if name == wrong else company.clock
        company.desks[name] = Book.open(company.folder / name, clock)
    one, other = company.desks["A017"], company.desks["copy"]
    desk, board = opened(one), opened(company.boss)
    talk(one, 1)
    talk(other, 2)
    other.sync_once()
    desk.round()
    board.round()
    # The one that meets the other's file has its new key before the other knows of anything.
    one.sync_once()
    approve(company)
    one.sync_once()
    assert one.identity.waiting is None
    settle(company)
    for book in (company.boss, one, other):
        assert talked(book) == ["0001", "0002"]


@pytest.mark.parametrize("lost", [1, 2, 3], ids=["longer", "as long", "shorter"])
def test_who_stands_by_the_history_that_the_folder_lost_hands_on_the_rings_of_the_other(
    company: Company, lost: int
) -> None:
    company.join("A017", "张敏")
    one, other = copied(company, "A017")
    for number in range(lost):
        talk(one, number)
    one.sync_once()
    company.boss.sync_once()
    (file,) = company.share.glob(f"records/*/{one.identity.writer}-*.jsonl")
    file.write_bytes(b"")
    for number in (7, 8):
        talk(other, number)
    other.sync_once()
    settle(company)
    expected = [f"{number:04}" for number in (*range(lost), 7, 8)]
    for book in (company.boss, one, other):
        assert talked(book) == expected
        assert customers(book) == {number[-1] for number in expected}


@pytest.mark.parametrize("lost", [1, 2, 3], ids=["longer", "as long", "shorter"])
def test_who_stands_by_the_history_that_the_folder_lost_reads_the_one_that_the_end_names(
    company: Company, lost: int
) -> None:
    writer, apart = company.join("A017", "张敏").identity.writer, company.second_supervisor()
    one, _ = copied(company, "A017")
    for number in range(lost):
        talk(one, number)
    one.sync_once()
    apart.sync_once()
    other = published_and_lost(company, writer)
    settle(company)
    expected = [f"{number:04}" for number in (*range(lost), 7, 8)]
    assert talked(company.boss) == expected
    assert talked(apart) == expected[:lost]
    assert "changed" in {one.code for one in apart.sharing.findings()}
    company.boss.members.leave(writer, DAY)
    settle(company)
    for book in (company.boss, apart, one, other):
        assert talked(book) == expected
    assert apart.sharing.findings() == []


@pytest.mark.parametrize("lost", [1, 2, 3], ids=["longer", "as long", "shorter"])
def test_a_board_that_stands_by_what_the_folder_lost_ends_the_key_at_the_history_that_is_there(
    company: Company, lost: int
) -> None:
    one, other, expected = parted(company, lost)
    settle(company)
    old = company.boss.session.place.membership.reports()[0].writer
    assert talked(company.boss) == expected[:lost]
    company.boss.members.leave(old, DAY)
    settle(company)
    for book in (company.boss, one, other):
        assert talked(book) == expected
    assert company.boss.sharing.findings() == []


def test_an_end_gives_up_nothing_before_it_was_brought_over_and_no_confirmed_day_changes(company: Company) -> None:
    one, _, expected = parted(company, 1)
    writer = one.identity.writer
    company.boss.sync_once()
    assert "changed" in {one.code for one in company.boss.sharing.findings()}
    company.boss.members.leave(writer, DAY)
    settle(company)
    assert talked(company.boss) == expected[:1]
    assert "changed" in {one.code for one in company.boss.sharing.findings()}
    company.boss.supervisor.confirm("A017", DAY)
    company.boss.members.leave(writer, DAY)
    settle(company)
    for book in (company.boss, one):
        assert talked(book) == expected
        assert book.day("A017", DAY).figures.dials == 1


def test_an_end_gives_up_nothing_that_another_device_tells_otherwise(company: Company) -> None:
    one, other, expected = parted(company, 2)
    writer = one.identity.writer
    settle(company)
    seen = next(call for call in company.boss.calls("A017", DAY) if call.customer and call.customer.phone[-1] == "1")
    told = own.drafts(other.session, msgspec.structs.replace(TALKED, outcome="busy"), other.now())[0]
    other.write([msgspec.structs.replace(told, id=seen.id)], other.now())
    settle(company)
    company.boss.members.leave(writer, DAY)
    settle(company)
    # Which of the two lines stands is a matter of their keys; the one that was read here first is not gone.
    assert customers(company.boss, writer) == {number[-1] for number in expected[:2]}
    assert "changed" in {one.code for one in company.boss.sharing.findings()}


def test_what_folder_and_disk_have_lost_stands_on_the_board_and_new_work_counts_under_a_new_key(
    company: Company,
) -> None:
    writer = company.join("A017", "张敏").identity.writer
    desk = backed_up(company, "A017")
    talk(desk, 1)
    desk.sync_once()
    company.boss.sync_once()
    (file,) = company.share.glob(f"records/*/{writer}-*.jsonl")
    file.write_bytes(b"")
    desk = restored(company, "A017")
    for number in (7, 8, 9):
        talk(desk, number)
    company.sync()
    # What the desk signed anew does not count while the key goes on; the board says so, and what to do.
    assert talked(company.boss) == ["0001"]
    assert [text for text in company.boss.upkeep.notes() if f"members leave {writer}" in text]
    company.boss.members.leave(writer, DAY)
    company.sync()
    company.sync()
    desk.close()
    home = company.folder / "A017"
    ask_to_join(home, company.share, "A017", "张敏", date(2026, 1, 5), company.clock)
    desk = company.desks["A017"] = Book.open(home, company.clock)
    settle(company)
    assert talked(company.boss) == ["0001", "0007", "0008", "0009"]
    assert talked(desk) == ["0007", "0008", "0009"]


def parted(company: Company, lost: int) -> tuple[Book, Book, list[str]]:
    """The desks on two copies of a home, and the calls of both. The board has read what the folder lost of the one; in
    its place lies what the other lost.
    """
    writer = company.join("A017", "张敏").identity.writer
    one, _ = copied(company, "A017")
    for number in range(lost):
        talk(one, number)
    one.sync_once()
    company.boss.sync_once()
    return one, published_and_lost(company, writer), [f"{number:04}" for number in (*range(lost), 7, 8)]


def published_and_lost(company: Company, writer: str) -> Book:
    """The copy's desk, which published two calls in the place of what the folder lost, and then lost them itself."""
    other = backed_up(company, "copy")
    (file,) = company.share.glob(f"records/*/{writer}-*.jsonl")
    file.write_bytes(b"")
    for number in (7, 8):
        talk(other, number)
    other.sync_once()
    return restored(company, "copy")


def test_a_call_whose_ring_is_lost_has_the_customer_of_the_line_brought_over(company: Company) -> None:
    writer = company.join("A017", "张敏").identity.writer
    one, other = copied(company, "A017")

    def synced(copy: Book) -> None:
        copy.sync_once()
        for keys in company.share.joinpath("keys", writer).glob("*"):
            keys.unlink()
        company.boss.sync_once()

    talk(one, 1)
    synced(one)
    assert [call.customer for call in company.boss.calls("A017", DAY)] == [None]
    talk(other, 2)
    for copy in (other, one) * 4:
        synced(copy)
        approve(company)
    assert writer not in {one.identity.writer, other.identity.writer}
    assert talked(company.boss) == talked(one) == talked(other) == ["0001", "0002"]
