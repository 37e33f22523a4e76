"""Which segments are here: a line or a name is looked up without listing what lies there, once it was seen."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from agent_tui.book import Book
from agent_tui.book.segments.segments import Held, Segments
from agent_tui.store.files import Entry, Files
from agent_tui.sync import names
from agent_tui.sync.mirror import Mirror
from tests.company import NOW, Company, talk
from tests.effort import effort

DAYS = 3


class Counting(Files):
    """Counts the directories listed, and the files read."""

    listings = reads = 0

    def listing(self, directory: Path) -> list[Entry]:
        self.listings += 1
        return super().listing(directory)

    def read(self, path: Path, offset: int = 0, limit: int | None = None) -> bytes:
        self.reads += 1
        return super().read(path, offset, limit)


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """A desk with calls on some days, all of them at the supervisor's too."""
    company = Company(tmp_path, NOW - timedelta(days=DAYS))
    desk = company.join("A017", "张敏")
    for day in range(DAYS):
        company.clock._start = NOW - timedelta(days=DAYS - day)
        talk(desk, 2 * day)
        talk(desk, 2 * day + 1)
        company.sync()
    return company


def lines_of(segments: Segments, held: Held) -> set[tuple[str, int]]:
    return {(held.writer, stored.line.seq) for stored in segments.read(held)}


def test_what_was_seen_is_found_without_a_listing(company: Company) -> None:
    place = company.boss.session.place
    place.home.files = disk = Counting()
    segments = Segments(place)
    here = list(segments.held())
    assert len({held.writer for held in here}) == 2
    assert len({held.day for held in here}) == DAYS
    listings = disk.listings
    for held in here:
        assert segments.named({held.name}) == [held]
        assert segments.holding(lines_of(segments, held)) == [held]
        assert all(segments.of(*line) == held for line in lines_of(segments, held))
    assert {held.name for held in segments.named({held.name for held in here})} == {held.name for held in here}
    assert disk.listings == listings


def test_what_came_since_is_found_too(company: Company) -> None:
    place = company.boss.session.place
    segments = Segments(place)
    before = {held.name: held for held in segments.held()}
    desk = company.desks["A017"]
    talk(desk, 20)
    company.sync()
    company.clock._start = NOW
    talk(desk, 21)
    company.sync()
    fresh = [held for held in Segments(place).held() if held != before.get(held.name)]
    grown = {held.name for held in fresh} & before.keys()
    assert grown
    assert len(fresh) > len(grown)
    for held in fresh:
        assert segments.named({held.name}) == [held]
        assert all(segments.of(*line) == held for line in lines_of(segments, held))


def test_copies_are_listed_again_only_when_something_came(company: Company) -> None:
    place = company.boss.session.place
    place.home.files = disk = Counting()
    segments = Segments(place)
    here = list(segments.held())
    disk.listings = 0
    assert list(segments.held()) == here
    assert list(segments.held(NOW.date())) == [held for held in here if held.day >= NOW.date()]
    assert disk.listings == 2  # the journal, each time
    segments.forget(here[0].name)
    last = [held for held in here if held.day == here[-1].day]
    for _ in range(2):
        disk.listings = 0
        assert list(segments.held(here[-1].day))[-len(last) :] == last
    assert disk.listings == 1
    assert list(segments.held()) == here
    talk(company.desks["A017"], 20)
    company.sync()
    assert {held.size for held in segments.held()} - {held.size for held in here}
    # Another process of this home may be at it: what it has added by now is seen.
    with place.home.files.lock(place.where.sync_lock):
        disk.listings = 0
        assert len(list(segments.held())) == len(here)
        assert disk.listings > 1


def test_what_is_not_here_is_not_found(company: Company) -> None:
    segments = Segments(company.boss.session.place)
    held = list(segments.held())[-1]
    assert segments.named({"a" * 16 + "-000001.jsonl"}) == []
    assert segments.of("a" * 16, 1) is None
    assert segments.of(held.writer, 0) is None
    held.path.unlink()
    assert segments.named({held.name}) == []


def test_the_cache_is_written_only_where_something_came(company: Company) -> None:
    def written() -> tuple[int, int]:
        """Which file the cache is, after one has asked for the month."""
        book = Book.open(company.boss_home, company.clock)
        book.team(book.today())
        book.close()
        (file,) = (company.boss_home / "cache").glob("*.segments")
        return file.stat().st_ino, file.stat().st_mtime_ns

    written()
    first = written()
    assert written() == first
    talk(company.desks["A017"], 9)
    company.sync()
    assert written() != first


def test_what_was_kept_of_a_copy_is_not_taken_for_the_history_in_its_place(company: Company) -> None:
    """Another process put it there: the same, but without the lines after the first."""
    place = company.boss.session.place
    kept = Segments(place)
    *_, held = (one for one in kept.held() if one.writer != place.writer)
    first = min(stored.line.seq for stored in kept.read(held))
    assert kept.after(held.writer, first) == [held]
    kept.save()
    line, end, _ = held.path.read_bytes().partition(b"\n")
    Mirror(place.where.mirror, place.home.files).replace(names.day_prefix(held.day) + held.name, line + end)
    found = Segments(place)
    assert len(line + end) in [one.size for one in found.held() if one.name == held.name]
    assert found.after(held.writer, first) == []


def test_which_segments_have_a_rare_kind_is_known_without_reading_them(company: Company) -> None:
    desk = company.desks["A017"]
    company.boss.session.segments.save()
    disk = Counting()

    def found() -> tuple[set[date], int]:
        place = company.boss.session.place
        place.home.files = disk
        segments = Segments(place)
        here = list(segments.held())
        read = disk.reads
        has = {held.day for held in here if segments.has(held, "handover")}
        return has, disk.reads - read

    assert found() == (set(), 0)
    company.join("A018", "李强")
    desk.sync_once()
    desk.lists.hand_over("13800000001", "A018")
    company.sync()
    # What came since is read when it is listed; then it is kept.
    for _ in range(2):
        assert found() == ({desk.today()}, 0)
        company.boss.session.segments.save()


def test_a_line_is_found_at_the_same_cost_however_many_days_there_are(company: Company) -> None:
    desk, segments = company.desks["A017"], company.boss.session.segments
    place = desk.session.place
    costs = []
    for _ in range(2):
        last = place.writer, place.journal.last_seq
        assert segments.of(*last)
        costs.append(effort(partial(segments.of, *last)))
        for _ in range(2 * DAYS):
            company.clock._start += timedelta(days=1)
            talk(desk, 1)
            company.sync()
        list(segments.held())
    assert costs[0] == costs[1]
