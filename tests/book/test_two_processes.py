"""Two processes of one home: what one heard of the team before the other looks at the share is known to both."""

from pathlib import Path

from agent_tui.book import Book
from tests.book.world import DAY
from tests.ui.company import Company, talk


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
