"""Earlier days kept by what they come to: the same books with the cache, without it, and with a broken one."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from shutil import rmtree
from typing import Any

import pytest
from msgspec.structs import replace

from agent_tui.book import Book, CallEntry
from agent_tui.book.folding import shelf as shelf_room
from agent_tui.book.folding.shelf import Shelf
from agent_tui.book.segments.segments import Held
from agent_tui.errors import Problem
from shared_rules.policies.policy import builtin_text
from tests.book.acts_at_random import AGENTS, DAYS, agent_acts, books, chief_acts
from tests.book.month import Month, a_day, conversation

# Other calls are valid by the one, other leads count by the other.
OTHER_RULES = (
    builtin_text("handbook").replace('"phone", "note"]', '"phone", "note", "department"]', 1),
    builtin_text("handbook").replace('interests = ["intent", "developable"]', 'interests = ["developable"]'),
)


def _cached(home: Path) -> list[Path]:
    """The cache's files of packs."""
    return sorted(home.glob("cache/*.packs/*"))


def _marked(home: Path) -> list[Path]:
    """The cache's files of marks."""
    return sorted(home.glob("cache/*.marks/*"))


def _absent(file: Path, _: Random) -> None:
    file.unlink()


def _warm(file: Path, _: Random) -> None:
    assert file.stat().st_size


def _cut(file: Path, random: Random) -> None:
    file.write_bytes(file.read_bytes()[: random.randrange(file.stat().st_size)])


def _flipped(file: Path, random: Random) -> None:
    data = bytearray(file.read_bytes())
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    file.write_bytes(data)


def _of_another_day(file: Path, random: Random) -> None:
    file.write_bytes(random.choice(sorted(file.parent.iterdir())).read_bytes())


def _a_directory(file: Path, _: Random) -> None:
    file.unlink()
    file.mkdir()


STATES = (_a_directory, _cut, _flipped, _of_another_day, _absent, _warm)


def _late_acts(month: Month, day: date, random: Random) -> list[Callable[[], Any]]:
    """What changes days that were put away long ago."""
    agent = random.choice(AGENTS)
    desk, boss = month.desks[agent], month.boss
    calls = [call for each in DAYS for call in desk.calls(agent, each) if call.day < day]
    number, used = random.randint(0, 5), random.choice([None, *(card.id for card in desk.cards())])
    with_card = [replace(one, card=used) for one in a_day(day, 4, 2, first=number)]
    found: list[Callable[[], Any]] = [
        lambda: desk.own.log_many(with_card),
        lambda: desk.own.log_many(a_day(random.choice(DAYS[: DAYS.index(day) + 1]), 2, 1, first=number)),
        lambda: boss.erasures.erase(f"138{number:08}"),
        lambda: boss.supervisor.publish_policy(random.choice(OTHER_RULES), "other.toml", day),
        lambda: desk.own.log(CallEntry(phone=f"138{number:08}", outcome="do_not_call")),
        lambda: boss.supervisor.lift(f"138{number:08}"),
    ]
    if calls:
        call = random.choice(calls)
        found += [
            lambda: desk.own.void(call.id),
            lambda: boss.supervisor.verify(call.id, True, "核"),
            lambda: boss.supervisor.confirm(call.agent, call.day),
            lambda: desk.own.correct(call.id, conversation(number, call.started_at, lead=True)),
        ]
    return found


def test_the_same_books_whatever_became_of_the_cache(tmp_path: Path) -> None:
    random = Random(4)
    month = Month(tmp_path, DAYS[0], {"A1": date(2020, 1, 1), "A2": date(2026, 11, 9)})
    for event in ("新规", "展会"):
        month.boss.supervisor.publish_card(event, DAYS[0], "忙", "正是机遇", "周三?")
    for day in DAYS:
        for hour in (10, 19):
            month.clock.set(day, hour)
            for agent in AGENTS:
                for act in random.sample(agent_acts(month.desks[agent], agent, day, random), 4):
                    with suppress(Problem):
                        act()
            month.up()
            for act in random.sample(chief_acts(month.boss, random.choice(DAYS[: DAYS.index(day) + 1]), random), 6):
                with suppress(Problem):
                    act()
            for act in random.sample(_late_acts(month, day, random), 2):
                with suppress(Problem):
                    act()
            month.sync()
        for state in STATES:
            for name, agents in (("boss", AGENTS), *((agent, (agent,)) for agent in AGENTS)):
                _same_books(month, name, tmp_path / name, agents, state, random)
    assert len(_cached(tmp_path / "boss")) >= len(DAYS) - 2
    assert _marked(tmp_path / "boss")
    month.close()


def _of_all_days(book: Book, agents: tuple[str, ...]) -> list[Any]:
    """What is counted and looked for over all days: what came of cards, records by their ids, whose customers are."""
    named = [call.id for agent in agents for day in DAYS for call in book.calls(agent, day)[:1]]
    boss = book.identity.role == "supervisor"
    return [
        book.cards(),
        [book.read.why(card.id) for card in book.cards()],
        [book.record(id) for id in named],
        [book.read.owner(f"138{number:08}", day) for number in range(8) for day in DAYS if boss],
    ]


def _same_books(
    month: Month, name: str, home: Path, agents: tuple[str, ...], state: Callable[[Path, Random], None], random: Random
) -> None:
    """One that starts on a cache in that state tells of the agents what the one tells that was there all the time."""
    for file in (*_cached(home), *_marked(home)):
        state(file, random)
    fresh, known = Book.open(home, month.clock), month.desks.get(name, month.boss)
    for agent in agents:
        assert books(fresh, agent) == books(known, agent), (name, month.clock.at, state.__name__)
    assert _of_all_days(fresh, agents) == _of_all_days(known, agents), (name, month.clock.at, state.__name__)
    fresh.close()
    for file in (*_cached(home), *_marked(home)):
        if file.is_dir():
            file.rmdir()


@pytest.fixture
def month(tmp_path: Path) -> Iterator[Month]:
    """A team whose day before had ten valid calls, two of them leads."""
    month = Month(tmp_path, DAYS[0], {"A1": date(2020, 1, 1)})
    month.clock.set(DAYS[0], 19)
    month.desks["A1"].own.log_many(a_day(DAYS[0], 10, 2))
    month.sync()
    month.clock.set(DAYS[1], 9)
    yield month
    month.close()


# The supervisor's machine, and the agent's own.
HOMES = ("boss", "A1")


def _segment(home: Path, month: Month) -> Held:
    """The agent's segment of the day before."""
    book = Book.open(home, month.clock)
    writer = month.desks["A1"].session.place.writer
    (held,) = (held for held in book.session.segments.held() if (held.writer, held.day) == (writer, DAYS[0]))
    book.close()
    return held


def _valid(month: Month, home: Path) -> tuple[int, list[str]]:
    """The valid calls of the day before, by a book that starts; and what it says."""
    book = Book.open(home, month.clock)
    valid, notes = book.day("A1", DAYS[0]).figures.valid, book.upkeep.notes()
    book.close()
    return valid, notes


@pytest.mark.parametrize("name", HOMES)
def test_what_is_kept_is_used_while_the_rules_and_the_segment_are_the_same(
    month: Month, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / name
    assert _valid(month, home) == (10, [])
    segment = _segment(home, month)
    book = Book.open(home, month.clock)
    shelf = Shelf(book.session.place)
    kept = shelf.get(DAYS[0], segment.name, sha256(segment.path.read_bytes()).digest())
    assert kept is not None
    sums = kept.pack.days[DAYS[0]].sums
    for counting, one in list(sums.items()):
        sums[counting] = replace(one, figures=replace(one.figures, valid=7))
    shelf.put(DAYS[0], segment.name, kept)
    shelf.save()
    assert _valid(month, home) == (7, [])
    # Other rules: another name, and nothing of it is taken.
    with monkeypatch.context() as other:
        other.setattr(shelf_room, "made_by", lambda: "0" * 64)
        shelf = Shelf(book.session.place)
    shelf.put(DAYS[0], segment.name, kept)
    shelf.save()
    book.close()
    assert _valid(month, home) == (10, [])


@pytest.mark.parametrize("name", HOMES)
def test_a_damaged_line_is_found_and_said_each_time(month: Month, tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    assert _valid(month, home) == (10, [])
    segment = _segment(home, month).path
    data = bytearray(segment.read_bytes())
    data[data.index(b'"seq":3') + 20] ^= 1
    segment.write_bytes(data)
    for _ in range(2):
        valid, notes = _valid(month, home)
        assert (valid, ["1" in note for note in notes]) == (9, [True])


def test_a_disk_that_refuses_the_cache_costs_nothing_else(month: Month, tmp_path: Path) -> None:
    home = tmp_path / "boss"
    rmtree(home / "cache", ignore_errors=True)
    (home / "cache").write_bytes(b"no directory")
    assert [_valid(month, home) for _ in range(2)] == [(10, [])] * 2


def test_the_calls_are_read_again_for_who_asks(month: Month, tmp_path: Path) -> None:
    """From a board that starts: a day's calls, one call, what a confirmation names, the way to a lead."""
    assert _valid(month, tmp_path / "boss") == (10, [])
    fresh = Book.open(tmp_path / "boss", month.clock)
    assert fresh.overview.funnel([DAYS[0]]) == month.boss.overview.funnel([DAYS[0]])
    assert fresh.overview.detail("A1", DAYS[0]) == month.boss.overview.detail("A1", DAYS[0])
    calls = fresh.calls("A1", DAYS[0])
    assert calls == month.boss.calls("A1", DAYS[0])
    assert [call.customer.company for call in calls if call.customer] == [
        f"宏达{number}公司" for number in range(9, -1, -1)
    ]
    assert fresh.record(calls[0].id) == month.boss.record(calls[0].id)
    fresh.close()


def _put_away(book: Book, month: Month, home: Path) -> bool:
    """Whether the agent's calls of the day before are not folded one by one."""
    return book.session.folds.fold("A1").is_put_away(_segment(home, month).name)


_ASKS: tuple[Callable[[Book], Any], ...] = (
    lambda book: book.own.callbacks(),
    lambda book: book.own.customer("13800000003"),
    lambda book: book.calls("A1", DAYS[0]),
    lambda book: book.own.states(DAYS[0]),
    lambda book: book.own.notes(DAYS[0]),
    lambda book: book.own.log_many(a_day(DAYS[0], 10, 2)),
    lambda book: book.own.call(book.own.states(DAYS[0])[3].id),
)


def test_a_desk_that_only_told_figures_finds_its_calls_again(month: Month, tmp_path: Path) -> None:
    home, desk = tmp_path / "A1", month.desks["A1"]
    month.clock.set(DAYS[0], 20)
    later = month.clock.at + timedelta(hours=14)
    desk.own.log(CallEntry(phone="13800000004", outcome="talked", note="要报价", follow_up=later))
    month.clock.set(DAYS[1], 9)
    assert [one.due for one in desk.own.callbacks()] == [later]
    for ask in _ASKS:
        fresh = Book.open(home, month.clock)
        assert fresh.day("A1", DAYS[0]).figures.valid == 10
        assert _put_away(fresh, month, home)
        assert ask(fresh) == ask(desk)
        fresh.close()


def test_a_change_to_a_call_put_away_counts_at_once_and_after_a_start(month: Month, tmp_path: Path) -> None:
    home = tmp_path / "A1"
    call = month.desks["A1"].own.states(DAYS[0])[3].id
    book = Book.open(home, month.clock)
    assert book.day("A1", DAYS[0]).figures.valid == 10
    book.own.void(call)
    assert book.day("A1", DAYS[0]).figures.valid == 9
    book.close()
    assert _valid(month, home) == (9, [])


def test_a_colleague_has_listed_a_number_whose_calls_are_put_away(tmp_path: Path) -> None:
    month = Month(tmp_path, DAYS[0], {"A1": date(2020, 1, 1), "A2": date(2020, 1, 1)})
    month.desks["A2"].own.log(CallEntry(phone="13800000003", outcome="do_not_call"))
    month.clock.set(DAYS[0], 19)
    month.desks["A1"].own.log_many(a_day(DAYS[0], 10, 2))
    month.desks["A1"].sync_once()
    month.clock.set(DAYS[1], 9)
    book = Book.open(tmp_path / "A1", month.clock)
    assert book.day("A1", DAYS[0]).figures.valid == 10
    assert _put_away(book, month, tmp_path / "A1")
    month.desks["A2"].sync_once()
    book.sync_once()
    assert book.day("A1", DAYS[0]).figures.valid == 9
    book.close()
    assert _valid(month, tmp_path / "A1") == (9, [])
    month.close()
