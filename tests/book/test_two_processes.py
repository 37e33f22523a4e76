"""Two processes of one home: what one heard of the team before the other looks at the share is known to both."""

from datetime import date, timedelta
from pathlib import Path

from agent_tui.book import Book
from agent_tui.clock import SetClock
from tests.book.copies import copied, second_device, settle
from tests.book.world import DAY, TALKED
from tests.company import NOW, Company, talk


def test_a_desk_hears_a_supervisor_whom_a_command_heard_of_first(tmp_path: Path) -> None:
    company = Company(tmp_path)
    company.join("A017", "张敏").close()
    other = company.ask("S002", "周丽")
    company.boss.sync_once()
    (waiting,) = [one for one in company.boss.members.all() if one.state == "waiting"]

    desk = Book.open(tmp_path / "A017", company.clock)
    company.boss.members.approve(waiting.writer, "supervisor")
    company.boss.sync_once()
    command = Book.open(tmp_path / "A017", company.clock)
    command.sync_once()
    command.close()

    other.sync_once()
    points = other.supervisor.points("A017", "att.late", DAY)
    other.sync_once()
    desk.sync_once()
    assert [entry.id for entry in desk.ledger("A017", "2026-11").entries] == [points.id]
    desk.close()


def test_a_board_sees_who_asks_whom_a_command_saw_first(tmp_path: Path) -> None:
    company = Company(tmp_path)
    board = Book.open(company.boss_home, company.clock)
    company.ask("A017", "张敏")
    company.boss.sync_once()
    board.sync_once()
    assert [one.id for one in board.members.all() if one.state == "waiting"] == ["A017"]
    board.close()


def test_a_board_counts_an_agent_whom_another_process_let_in(tmp_path: Path) -> None:
    company = Company(tmp_path)
    board = Book.open(company.boss_home, company.clock)
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    desk.sync_once()
    company.boss.sync_once()
    board.sync_once()
    assert board.day("A017", DAY).figures.valid == 1
    board.close()


def test_a_desk_reads_what_another_process_wrote_under_a_ring_of_a_new_month(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    assert customers(desk, DAY) == ["0001"]
    company.clock._start += timedelta(days=10)
    beside = Book.open(company.folder / "A017", company.clock)
    beside.own.log(TALKED)
    beside.close()
    desk.sync_once()
    assert customers(desk, DAY + timedelta(days=10)) == ["8000"]


def test_a_desk_reads_what_a_command_fetched_under_a_ring_of_another_month(company: Company) -> None:
    talk(company.join("A017", "张敏"), 1)
    second = second_device(company, "A017", "张敏", "second")
    company.sync()
    second.sync_once()
    assert customers(second, DAY) == ["0001"]
    earlier = DAY - timedelta(days=40)
    behind = Book.open(company.folder / "A017", SetClock(NOW - timedelta(days=40), ticking=False))
    behind.own.log(TALKED)
    behind.sync_once()
    behind.close()
    command = Book.open(company.folder / "second", company.clock)
    command.sync_once()
    command.close()
    second.sync_once()
    assert customers(second, earlier) == ["8000"]


def test_what_a_process_of_before_wrote_under_a_new_ring_comes_over_with_its_customer(company: Company) -> None:
    talk(company.join("A017", "张敏"), 1)
    desk, other = copied(company, "A017")
    beside = Book.open(company.folder / "A017", company.clock)
    for number, book in enumerate((desk, other), 2):
        talk(book, number)
    settle(company)
    talk(beside, 4)
    settle(company)
    assert beside.identity.writer not in (desk.identity.writer, other.identity.writer)
    company.clock._start += timedelta(days=10)
    beside.own.log(TALKED)
    beside.close()
    settle(company)
    for book in (desk, company.boss):
        assert customers(book, DAY) == ["0001", "0002", "0003", "0004"]
        assert customers(book, DAY + timedelta(days=10)) == ["8000"]


def customers(book: Book, day: date) -> list[str]:
    return sorted(call.customer.phone[-4:] if call.customer else "?" for call in book.calls("A017", day))
