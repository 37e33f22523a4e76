"""A desk that is left open: over lunch, over night, over a weekend, and over a clock that was wrong."""

from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, current_thread, enumerate

import pytest

from agent_tui.book import Book, CallEntry, machine
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from agent_tui.trust.keys import box_to
from agent_tui.ui.desk.drafts import Drafts
from agent_tui.ui.desk.layout import form_titles
from agent_tui.ui.desk.screen import DeskScreen
from agent_tui.ui.kit.background import WORK
from tests.ui.desk.bench import NOW, at_desk, known, make_home, with_list
from tests.ui.desk.world import LISTED, NUMBER, START, Desk
from tests.ui.golden import screen_lines, screen_text
from tests.waiting import PATIENCE_S, happens

NIGHT = timedelta(hours=18, minutes=30)


class PutBack(Desk):
    """A desk whose machine's clock was put back by `back` after the start."""

    back = timedelta()

    def now(self) -> datetime:
        return super().now() - self.back


def title(desk: Desk) -> str:
    return form_titles(desk.form, desk.now())[0]


# ---- the entry in hand ----


def test_a_number_loaded_the_evening_before_is_called_when_its_first_key_comes() -> None:
    desk = Desk(NUMBER, LISTED.phone).start().wait(NIGHT.total_seconds())
    assert title(desk) == "Log a call"
    desk.press("1")
    begun = desk.now()
    desk.wait(60).press("2", "1", "5", "enter")
    assert (desk.records[0].started_at, desk.records[0].duration_s) == (begun, 60)
    desk.wait(NIGHT.total_seconds()).press("3")
    assert (desk.records[1].started_at, desk.records[1].duration_s) == (desk.now(), 0)


def test_a_call_goes_on_while_people_talk() -> None:
    desk = Desk(NUMBER).start().wait(50 * 60)
    assert title(desk).endswith(" 50:01")
    desk.press("3")
    assert (desk.records[0].started_at, desk.records[0].duration_s) == (START, 50 * 60 + 1)


def test_what_was_begun_and_left_over_night_is_of_its_day_and_nobody_knows_how_long_it_took() -> None:
    desk = Desk(NUMBER).start().press("1", "2").wait(NIGHT.total_seconds())
    assert title(desk) == "Log the call of Mon 11-23 14:32"
    desk.press("^S")
    assert (desk.records[0].started_at, desk.records[0].duration_s) == (START, None)


def test_a_clock_that_was_put_back_under_a_call_begun_refuses_it_not() -> None:
    desk = PutBack(NUMBER, LISTED.phone)
    desk.start().press("1", "2")
    desk.back = timedelta(hours=1)
    desk.press("^S")
    assert (desk.records[0].started_at, desk.records[0].duration_s) == (desk.now(), None)
    desk.back = timedelta(hours=3)
    desk.wait().press("3")
    assert (desk.records[1].started_at, desk.records[1].duration_s) == (desk.now(), 0)


def test_a_number_skipped_is_offered_again_the_next_day() -> None:
    desk = Desk(NUMBER).start().press("^N")
    assert (desk.said, desk.value("phone")) == ("no_next", "")
    desk.press("^N")
    assert desk.value("phone") == ""
    desk.wait(NIGHT.total_seconds()).press("^N")
    assert desk.value("phone") == NUMBER


# ---- on the screen ----


async def test_the_first_call_of_a_morning_counts_on_that_morning(tmp_path: Path) -> None:
    async with at_desk(with_list(make_home(tmp_path), 5)) as hands:
        await known(hands)
        hands.app.turned.at = NOW + NIGHT
        await hands.press("3")
        assert [call.outcome for call in hands.book.calls("A017", NOW.date())] == []
        assert [call.outcome for call in hands.book.calls("A017", hands.book.today())] == ["no_answer"]
        assert hands.book.own.overtime(NOW.date()) == 0
        assert "今天 1 通" in screen_text(hands.app)


async def test_a_call_of_yesterday_is_not_said_to_be_of_today(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=3)) as hands:
        await hands.press(*"13900000002", "enter")
        assert "今天 14:28 打过" in screen_text(hands.app)
        hands.app.turned.at = NOW + NIGHT
        await hands.until(lambda: "周二 11-24 09:02" in screen_lines(hands.app)[0])
        assert "今天 14:28 打过" not in screen_text(hands.app)


async def test_a_draft_of_what_was_saved_does_not_come_back_though_the_clock_was_put_back(tmp_path: Path) -> None:
    """Killed between the save and the draft that follows it."""
    home = make_home(tmp_path)
    async with at_desk(home) as hands:
        hands.app.turned.at = NOW + timedelta(hours=1)
        await hands.press(*"13700137000", "enter", "1", "ctrl+q")
    async with at_desk(home) as hands:
        (draft,) = hands.book.machine.drafts().values()
        assert draft["entries"][0]["started_at"] == NOW.isoformat()
        await hands.press("ctrl+s")
        assert [call.started_at for call in hands.calls()] == [NOW]
    book = Book.open(home, SetClock(NOW, ticking=False))
    book.machine.keep_draft(draft)
    book.close()
    async with at_desk(home) as hands:
        assert (hands.focus, hands.value("phone")) == ("phone", "")
        assert len(hands.calls()) == 1


async def test_it_does_not_come_back_where_the_clock_is_put_back_after_the_kill(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    book = Book.open(home, SetClock(NOW + timedelta(minutes=1), ticking=False))
    draft = Desk().wait(2).press(*"13700137000", "enter", "1").form.draft()
    assert draft
    started = datetime.fromisoformat(draft["entries"][0]["started_at"])
    book.machine.keep_draft(draft)
    book.own.log(CallEntry(phone="13700137000", outcome="talked", started_at=started))
    book.close()
    async with at_desk(home) as hands:
        assert started > NOW
        assert (hands.focus, hands.value("phone")) == ("phone", "")
        assert len(hands.calls()) == 1


async def test_such_a_draft_begins_anew_on_the_disk_before_any_key_is_taken(tmp_path: Path) -> None:
    """A save may follow within half a second, and a kill."""

    def refused(problem: Problem) -> None:
        pytest.fail(str(problem))

    ahead = Desk().wait(3600).press(*"13700137000", "enter", "1")
    async with at_desk(make_home(tmp_path)) as hands:
        hands.book.machine.keep_draft(ahead.form.draft())
        screen = hands.app.screen
        assert isinstance(screen, DeskScreen)
        # Nothing is awaited, so no timer can have kept it.
        Drafts(hands.book, Desk().form, screen, refused).restore()
        (draft,) = hands.book.machine.drafts().values()
        assert draft["entries"][0]["started_at"] == START.isoformat()


async def test_an_older_draft_that_is_held_up_does_not_overtake_the_one_kept_on_leaving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, leaving, newer = Event(), Event(), Event()

    def held_up(public: bytes, data: bytes) -> bytes:
        if current_thread().name == WORK and b'"3"' in data and not begun.is_set():
            begun.set()
            leaving.wait(PATIENCE_S)
            newer.wait(0.5)  # in vain where the newer one waits its turn
        return box_to(public, data)

    monkeypatch.setattr(machine, "box_to", held_up)
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137000", "enter", "1")
        hands.send("3")
        assert await happens(begun.is_set)
        hands.send("6")
        assert await happens(lambda: hands.value("company") == "36")
        screen = hands.app.screen
        assert isinstance(screen, DeskScreen)
        leaving.set()
        screen.leave()
        newer.set()
        await hands.until(lambda: not any(one.name == WORK for one in enumerate()))
        assert [*hands.book.machine.drafts().values()] == [hands.view.form.draft()]


async def test_what_another_desk_on_this_home_forgets_or_leaves_is_its_own_until_it_ends(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    async with at_desk(home) as hands:
        await hands.press(*"13700137000", "enter", "1")
        other = Book.open(home, SetClock(NOW, ticking=False))
        other.machine.keep_draft(Desk().wait(2).press(*"13700137001", "enter", "1").form.draft())
        hands.app.turned.at = NOW + timedelta(minutes=1)
        await hands.until(lambda: "14:33" in screen_lines(hands.app)[0])
        assert "搁置 0" in screen_text(hands.app)
        other.close()
        hands.app.turned.at = NOW + timedelta(minutes=2)
        await hands.until(lambda: "另一个窗口" in screen_text(hands.app))
        assert hands.value("phone") == "13700137000"
        other = Book.open(home, SetClock(NOW, ticking=False))
        other.machine.keep_draft(None)
        other.close()
    async with at_desk(home) as hands:
        # The one in hand last comes back first.
        assert (hands.value("phone"), "搁置 1" in screen_text(hands.app)) == ("13700137000", True)
