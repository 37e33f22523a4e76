"""What is said of an entry before it is saved is what becomes of it."""

from datetime import timedelta

from msgspec.structs import replace

from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.views import Preview
from tests.book.acting import TALKED
from tests.book.world import DAY
from tests.company import NOW, Company


def told(preview: Preview) -> tuple[bool, str | None, bool]:
    return preview.valid, preview.barred, preview.waits


def test_a_call_found_false_counts_nothing_however_it_is_corrected(company: Company) -> None:
    desk = company.join("A017", "张敏")
    call = desk.own.log(TALKED)
    company.sync()
    company.boss.supervisor.verify(call.id, True, "空号")
    company.sync()
    desk.sync_once()
    better = replace(TALKED, note="要报价,附件已发")
    assert told(desk.own.preview(better, call.id)) == (False, "false", False)
    assert desk.own.correct(call.id, better).why_not == "false"


def test_a_call_to_a_listed_number_counts_nothing(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log(replace(TALKED, outcome="do_not_call"))
    desk.close()
    desk = company.desks["A017"] = Book.open(company.folder / "A017", SetClock(NOW + timedelta(hours=1), ticking=False))
    assert told(desk.own.preview(TALKED)) == (False, "do_not_call", False)
    assert desk.own.log(TALKED).why_not == "do_not_call"
    before = replace(TALKED, started_at=NOW - timedelta(hours=1))
    assert told(desk.own.preview(before)) == (True, None, False)
    assert desk.own.log(before).valid


def test_what_is_logged_on_a_confirmed_day_waits(company: Company) -> None:
    desk = company.join("A017", "张敏")
    company.sync()
    company.boss.supervisor.confirm("A017", DAY)
    company.sync()
    desk.sync_once()
    assert told(desk.own.preview(TALKED)) == (False, None, True)
    assert desk.own.log(TALKED).why_not == "locked"
    tomorrow = replace(TALKED, started_at=NOW + timedelta(days=1))
    assert told(desk.own.preview(tomorrow)) == (True, None, False)
