"""A running desk that is let in with a new key: its sync goes over to the new place, later if not at once."""

from collections.abc import Callable
from threading import current_thread, enumerate, main_thread
from time import monotonic, sleep

from agent_tui.book import Book
from agent_tui.book.entries import Change
from tests.book.copies import forked, numbers
from tests.book.world import approve
from tests.company import Company, talk
from tests.waiting import PATIENCE_S


def test_a_place_that_cannot_be_opened_at_once_is_opened_later_and_the_sync_goes_on(company: Company) -> None:
    _, desk = forked(company)
    desk.start_sync()
    try:
        desk.sharing.way = "smb://nas/sales"  # what is opened from now on is refused
        approve(company)
        _wait(lambda: "smb:" in (desk.sync_view().error or ""))
        desk.sharing.way = None
        _wait(lambda: desk.sync_view().error is None and not desk.identity.waiting)
        talk(desk, 3)
        _wait(lambda: desk.sync_view().pending == 0)
    finally:
        desk.sharing.stop()
    company.boss.sync_once()
    assert numbers(company.boss) == ["0001", "0002", "0003"]


def test_a_sync_that_is_stopped_while_it_takes_in_what_came_before_it_never_begins(company: Company) -> None:
    desk = company.join("A017", "张敏")
    company.join("A018", "王芳")
    beside = Book.open(company.folder / "A017", company.clock)
    beside.sync_once()
    beside.close()
    stopped = []

    def leave(change: Change) -> None:
        if change.members and current_thread() is main_thread():
            desk.sharing.stop()
            stopped.append(change)

    desk.subscribe(leave)
    desk.start_sync()
    assert stopped
    assert [one for one in enumerate() if one.name == "agent-tui-sync"] == []


def _wait(condition: Callable[[], bool]) -> None:
    until = monotonic() + PATIENCE_S
    while not condition():
        assert monotonic() < until
        sleep(0.05)
