"""Key files with which an agent wishes the supervisors to lose customers, now or when he has left: they lose none."""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from secrets import token_bytes

import pytest

from agent_tui.book import Book
from agent_tui.trust.keyfiles import Reader, build_keys
from agent_tui.trust.rings import Ring
from tests.book.world import DAY
from tests.company import talk
from tests.faults.dishonest import Dishonest


def false(agent: Dishonest) -> Ring:
    """A ring under the name of the one in use, that opens nothing."""
    ring = agent.desk.session.rings.current("A017", agent.desk.now())
    return dataclasses.replace(ring, nodes={"": token_bytes(32)})


def key_file(agent: Dishonest) -> Path:
    """The one that his records need."""
    (file,) = agent.company.share.glob(f"keys/{agent.place.writer}/*.json")
    return file


def put(agent: Dishonest, number: int, readers: Sequence[Reader] | None = None) -> None:
    """Put a key file of that number with a false ring in the folder."""
    place = agent.place
    to = place.membership.readers("A017") if readers is None else readers
    data = build_keys(place.key, place.team.team, number, [(false(agent), to)])
    (agent.company.share / "keys" / place.writer / f"{number:06}.json").write_bytes(data)


def heard(agent: Dishonest) -> None:
    """Have the board look at his key files: he has news."""
    seq = 4 + len(agent.boss.calls("A017", DAY)) - 3
    agent.publish(agent.call(seq, 40 + seq), seq)


def open_here(board: Book) -> list[bool]:
    """Of his first three calls, whether this machine reads whose they are."""
    board.load_month(DAY)
    return [call.customer is not None for call in board.calls("A017", DAY)][-3:]


@pytest.mark.parametrize("numbers", [range(1, 12), range(999_900, 999_911)])
def test_false_rings_beside_the_true_one_hide_it_from_no_board(agent: Dishonest, numbers: range) -> None:
    for number in numbers:
        put(agent, number)
    heard(agent)
    for board in (agent.boss, agent.again()):
        assert open_here(board) == [True] * 3


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda agent, file: put(agent, int(file.stem), ()), id="for nobody"),
        pytest.param(lambda agent, file: put(agent, int(file.stem)), id="false"),
        pytest.param(lambda _agent, file: file.write_bytes(b"anything"), id="by anybody"),
    ],
)
def test_what_takes_the_place_of_a_key_file_takes_nothing_from_who_read_it(
    agent: Dishonest, spoil: Callable[[Dishonest, Path], None]
) -> None:
    """Whoever can write into the folder could have a board forget the keys that it had read, once he is gone."""
    file = key_file(agent)
    assert open_here(agent.boss) == [True] * 3
    spoil(agent, file)
    heard(agent)
    name = file.relative_to(agent.company.share).as_posix()
    assert [(one.code, one.where) for one in agent.check()] == [("document", name)]
    for board in (agent.boss, agent.again()):
        assert open_here(board) == [True] * 3


@pytest.mark.parametrize("number", [1, 999_999])
def test_a_false_ring_is_not_all_that_a_new_supervisor_is_handed(agent: Dishonest, number: int) -> None:
    put(agent, number)
    heard(agent)
    second = agent.company.second_supervisor()
    agent.company.sync()
    second.sync_once()
    assert open_here(second) == [True] * 3


@pytest.mark.parametrize("number", [1, 999_999])
def test_a_false_ring_is_not_all_that_is_made_anew_when_he_has_left(agent: Dishonest, number: int) -> None:
    put(agent, number)
    heard(agent)
    agent.boss.members.leave("A017", DAY)
    agent.boss.erasures.erase("13800000002")
    for _ in range(2):
        board = agent.again()
        board.sync_once()
    assert board.session.awaited == ()
    assert open_here(board).count(False) == 1


@pytest.mark.parametrize("alone", [False, True], ids=["for all", "for the second alone"])
@pytest.mark.parametrize("ended", [False, True])
def test_a_false_key_that_a_second_supervisor_read_in_the_place_of_the_true_one_loses_the_first_no_customer(
    agent: Dishonest, *, ended: bool, alone: bool
) -> None:
    """The second hands on what the agent gave, and tells that it obeys the erasure: it does, and opens nothing."""
    company, second = agent.company, agent.company.second_supervisor()
    del company.desks["S002"]
    company.clock._start += timedelta(days=10)
    day = agent.desk.today()
    # A ring of a new month, which the desk seals to both.
    agent.desk.sync_once()
    before = key_file(agent)
    for number in range(3):
        talk(agent.desk, number)
    agent.desk.sync_once()
    agent.boss.sync_once()
    (file,) = {*before.parent.iterdir()} - {before}
    key = second.session.place.key
    put(agent, int(file.stem), [(key.writer, key.public)] if alone else None)
    for board in (second, agent.boss) * 2:
        board.sync_once()
    # To the second, who cannot read whose the calls are, they are suspects before all others.
    assert {one.reasons[0].code for one in second.read.suspects("A017", day).suspects} == {"unlike"}
    if ended:
        agent.boss.members.leave("A017", day)
    agent.boss.erasures.erase("13800000001")
    for board in (agent.boss, second) * 3:
        board.sync_once()
    for board in (agent.boss, agent.again(), *([second] if ended else ())):
        board.load_month(day)
        found = [call.customer.phone[-1] if call.customer else "gone" for call in board.calls("A017", day)]
        assert sorted(found) == ["0", "2", "gone"]


@pytest.mark.parametrize("spared", [False, True])
def test_keys_that_claim_to_obey_an_erasure_and_open_the_customer_are_told_until_it_is_erased_once_more(
    agent: Dishonest, *, spared: bool
) -> None:
    place = agent.place
    ring = agent.desk.session.rings.current("A017", agent.desk.now())
    agent.boss.erasures.erase("13800000001")
    agent.boss.sync_once()
    known = agent.boss.session.rings.erasures.known("A017")
    whole = dataclasses.replace(ring, obeys=known, spared=known if spared else ())
    data = build_keys(place.key, place.team.team, 999_999, [(whole, place.membership.readers("A017"))])
    (agent.company.share / "keys" / place.writer / "999999.json").write_bytes(data)
    heard(agent)
    (kept,) = (one.id for one in agent.boss.calls("A017", DAY) if one.customer and "001" in one.customer.phone)
    assert [(one.code, one.where) for one in agent.check()] == [("unerased", kept)]
    agent.boss.erasures.look()
    assert any(kept in note for note in agent.boss.upkeep.notes())
    agent.boss.erasures.erase("13800000001")
    agent.boss.sync_once()
    assert open_here(agent.again()) == [True, False, True]
    assert agent.check() == []
