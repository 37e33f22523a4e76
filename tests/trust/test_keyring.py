"""Key files and the keyring: who can read a ring, whom to believe about one, who lacks one."""

from dataclasses import replace as with_changed
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from agent_tui.errors import Problem
from agent_tui.trust import rings
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keyfiles import MOST, Grant, KeyFile, batches, build_keys, open_keys, parse_keys, weight
from agent_tui.trust.keyring import Keyring
from agent_tui.trust.keys import DeviceKey, Key
from agent_tui.trust.membership import Membership
from agent_tui.trust.rings import Ring, unused
from agent_tui.trust.seal import seal
from shared_rules.records.lines import Sealed
from tests.effort import effort
from tests.trust.world import CHEN, EVE, LI, MONDAY, OWNER, TEAM, WANG, ZHANG, ZHANG_2, member, refused, roster, sits

TAG = "0123456789abcdef"


def team() -> Membership:
    """Li supervises; Zhang and Wang make calls; Eve is an agent who would like to read more."""
    membership = Membership(TEAM)
    membership.add_roster(roster(1, sits(LI)))
    for seq, (key, person) in enumerate([(ZHANG, "A017"), (WANG, "A018"), (EVE, "A019")], 1):
        membership.add_member(*member(LI, key, seq=seq, id=f"m{seq}", person=person))
    return membership


def file(by: DeviceKey, number: int, grants: list[Grant]) -> KeyFile:
    """A key file as a reader has it."""
    data = build_keys(by, TEAM.team, number, grants)
    return parse_keys(data, team=TEAM.team, writer=by.writer, number=number, public=by.public)


def ring_of(key: DeviceKey, agent: str = "A017", number: int = 1, month: str = "2026-11") -> Ring:
    return Ring.new(key.writer, number, agent, month)


def read(keyring: Keyring, key: Key, *files: KeyFile) -> Keyring:
    for one in files:
        keyring.add(one, open_keys(one, key).rings)
    return keyring


def sealed_in(ring: Ring, writer: str, seq: int, plain: bytes) -> Sealed:
    return Sealed(**seal(ring, TAG, writer, seq, plain))


def test_a_ring_is_read_by_its_readers_and_by_nobody_else() -> None:
    membership = team()
    ring = ring_of(ZHANG)
    keys = file(ZHANG, 1, [(ring, membership.readers("A017"))])
    for reader in (ZHANG, LI, OWNER):
        assert open_keys(keys, reader).rings == (ring,)
    for outsider in (WANG, EVE, CHEN):
        assert open_keys(keys, outsider).rings == ()


def test_a_punched_ring_travels_whole() -> None:
    ring = ring_of(ZHANG).puncture(TAG)
    assert open_keys(file(ZHANG, 1, [(ring, team().readers("A017"))]), LI).rings == (ring,)


def test_a_box_that_does_not_open_hides_no_other_ring() -> None:
    readers = team().readers("A017")
    one, other = ring_of(ZHANG, number=1), ring_of(ZHANG, number=2)
    keys = file(ZHANG, 1, [(one, readers), (other, readers)])
    # A box for somebody else under Li's name; and a ring that lies where another was sealed.
    first, second = keys.rings
    boxes = first.boxes | {LI.writer: first.boxes[ZHANG.writer]}
    for broken in (replace(first, boxes=boxes), replace(first, agent="A018")):
        opened = open_keys(replace(keys, rings=(broken, second)), LI)
        assert opened.rings == (other,)
        assert opened.failed == (one.id,)


def test_a_key_file_is_its_writers_under_its_own_number() -> None:
    data = build_keys(ZHANG, TEAM.team, 3, [])
    right = {"team": TEAM.team, "writer": ZHANG.writer, "number": 3, "public": ZHANG.public}
    assert parse_keys(data, team=TEAM.team, writer=ZHANG.writer, number=3, public=ZHANG.public).number == 3
    for wrong in ({"number": 4}, {"writer": WANG.writer}, {"public": WANG.public}):
        with refused("bad_document"):
            parse_keys(data, **(right | wrong))  # type: ignore[arg-type]
    with refused("wrong_team"):
        parse_keys(data, **(right | {"team": "a" * 16}))  # type: ignore[arg-type]


def test_a_record_is_opened_by_the_ring_it_names() -> None:
    membership = team()
    ring = ring_of(ZHANG)
    keyring = read(Keyring(membership), LI, file(ZHANG, 1, [(ring, membership.readers("A017"))]))
    sealed = sealed_in(ring, ZHANG.writer, 5, b"customer")
    assert keyring.open(sealed, TAG, ZHANG.writer, 5) == b"customer"
    with refused("unreadable"):
        keyring.open(sealed, TAG, ZHANG.writer, 6)
    with refused("no_ring"):
        read(Keyring(membership), WANG, file(ZHANG, 1, [(ring, membership.readers("A017"))])).open(
            sealed, TAG, ZHANG.writer, 5
        )


def test_a_colleague_cannot_put_a_false_ring_in_the_way() -> None:
    membership = team()
    ring = ring_of(ZHANG)
    false = Ring.new(ZHANG.writer, 1, "A017", "2026-11")
    own = file(ZHANG, 1, [(ring, membership.readers("A017"))])
    others = file(EVE, 1, [(false, membership.readers("A017"))])
    for files in ([own, others], [others, own]):
        assert read(Keyring(membership), LI, *files).get(ring.id) == (ring,)
    # Nor can she pretend that a reader has it.
    assert [pair for pair, _ in read(Keyring(membership), LI, others).missing()] == []
    partly = file(ZHANG, 1, [(ring, [(LI.writer, LI.public)])])
    lacking = dict(read(Keyring(membership), LI, partly, others).missing()[0][1])
    assert lacking.keys() == {ZHANG.writer, "owner"}


def test_files_of_a_supervisor_are_believed_after_the_makers_own() -> None:
    membership = team()
    ring = ring_of(ZHANG)
    handed_on = file(LI, 1, [(Ring.new(ZHANG.writer, 1, "A017", "2026-11"), membership.readers("A017"))])
    own = file(ZHANG, 1, [(ring, membership.readers("A017"))])
    keyring = read(Keyring(membership), LI, handed_on, own)
    assert keyring.get(ring.id)[0] == ring
    assert len(keyring.get(ring.id)) == 2
    # Where files disagree, the one that opens the record is right.
    for source in keyring.get(ring.id):
        assert keyring.open(sealed_in(source, ZHANG.writer, 5, b"customer"), TAG, ZHANG.writer, 5) == b"customer"


def test_false_rings_of_its_maker_hide_none_and_cost_a_reader_an_end_of_time() -> None:
    membership = team()
    readers = [(LI.writer, LI.public)]
    ring = ring_of(ZHANG)
    files = [file(ZHANG, n, [(ring_of(ZHANG), readers)]) for n in range(2, 300)]
    keyring = read(Keyring(membership), LI, file(ZHANG, 1, [(ring, readers)]), *files)
    assert keyring.open(sealed_in(ring, ZHANG.writer, 5, b"customer"), TAG, ZHANG.writer, 5) == b"customer"
    none = sealed_in(ring_of(ZHANG), ZHANG.writer, 6, b"noise")

    def noise() -> None:
        with refused("unreadable"):
            keyring.open(none, TAG, ZHANG.writer, 6)

    first = effort(noise)
    for _ in range(200):
        noise()
    assert effort(noise) < first / 20
    assert keyring.open(sealed_in(ring, ZHANG.writer, 7, b"customer"), TAG, ZHANG.writer, 7) == b"customer"


def test_a_key_file_with_a_ring_twice_is_none() -> None:
    """Which of them it is would be for each reader to choose."""
    readers = team().readers("A017")
    with refused("bad_document"):
        file(ZHANG, 1, [(ring_of(ZHANG), readers), (ring_of(ZHANG), readers)])


def test_where_files_disagree_a_new_supervisor_is_handed_all_that_they_say() -> None:
    membership = team()
    rings = [ring_of(ZHANG) for _ in range(3)]
    files = [file(ZHANG, n, [(ring, membership.readers("A017"))]) for n, ring in enumerate(rings, 1)]
    keyring = read(Keyring(membership), LI, *files)
    membership.add_roster(roster(2, sits(LI), sits(CHEN, "S002", "陈主管")))
    handed_on = [file(LI, n, batch) for n, batch in enumerate(batches(keyring.missing()), 1)]
    assert read(keyring, LI, *handed_on).missing() == ()
    at_chen = read(Keyring(membership), CHEN, *handed_on)
    for ring in rings:
        sealed = sealed_in(ring, ZHANG.writer, 5, b"customer")
        assert at_chen.open(sealed, TAG, ZHANG.writer, 5) == b"customer"


def test_a_new_supervisor_is_handed_every_ring() -> None:
    membership = team()
    ring, other = ring_of(ZHANG), ring_of(WANG, "A018")
    files = [
        file(ZHANG, 1, [(ring, membership.readers("A017"))]),
        file(WANG, 1, [(other, membership.readers("A018"))]),
    ]
    keyring = read(Keyring(membership), LI, *files)
    assert keyring.missing() == ()
    membership.add_roster(roster(2, sits(LI), sits(CHEN, "S002", "陈主管")))
    lacking = keyring.missing()
    assert {grant[0].id: grant[1] for grant in lacking} == {
        one.id: ((CHEN.writer, CHEN.public),) for one in (ring, other)
    }
    handed_on = file(LI, 1, list(lacking))
    keyring = read(keyring, LI, handed_on)
    assert keyring.missing() == ()
    at_chen = read(Keyring(membership), CHEN, *files, handed_on)
    assert at_chen.get(ring.id) == (ring,)
    assert at_chen.get(other.id) == (other,)


def test_one_more_ring_costs_the_same_however_many_there_are() -> None:
    membership = team()
    readers = membership.readers("A017")
    keyring, costs = Keyring(membership), []
    for first in (1, 41, 81):
        read(keyring, LI, *(file(ZHANG, n, [(ring_of(ZHANG, number=n), readers)]) for n in range(first, first + 39)))
        assert keyring.missing(MONDAY) == ()
        ring = ring_of(ZHANG, number=first + 39)
        read(keyring, LI, file(ZHANG, first + 39, [(ring, readers[:-1])]))
        costs.append(effort(lambda: keyring.missing(MONDAY)))
        # It is lacking until somebody has it.
        assert keyring.missing(MONDAY) == keyring.missing(MONDAY) == ((ring, readers[-1:]),)
        read(keyring, LI, file(LI, first, [(ring, readers[-1:])]))
    assert len(set(costs)) == 1


def test_an_agents_new_machine_is_handed_the_agents_rings_alone() -> None:
    membership = team()
    ring, other = ring_of(ZHANG), ring_of(WANG, "A018")
    keyring = read(
        Keyring(membership),
        LI,
        file(ZHANG, 1, [(ring, membership.readers("A017"))]),
        file(WANG, 1, [(other, membership.readers("A018"))]),
    )
    membership.add_member(*member(LI, ZHANG_2, seq=9, id="m9", person="A017"))
    assert keyring.missing() == ((ring, ((ZHANG_2.writer, ZHANG_2.public),)),)


def test_those_who_left_are_handed_nothing() -> None:
    membership = team()
    ring = ring_of(ZHANG)
    keyring = read(Keyring(membership), LI, file(ZHANG, 1, [(ring, [(LI.writer, LI.public), ("owner", OWNER.public)])]))
    assert dict(keyring.missing(MONDAY)[0][1]).keys() == {ZHANG.writer}
    membership.add_member(*member(LI, ZHANG, seq=8, id="m8", end=40, replaces=("m1",)))
    assert keyring.missing(MONDAY) == ()


def test_a_ring_to_write_with_has_every_tag_and_is_the_writers_for_agent_and_month() -> None:
    membership = team()
    readers = membership.readers("A017")
    keyring = Keyring(membership)
    read(keyring, ZHANG, file(ZHANG, 1, [(ring_of(ZHANG).puncture(TAG), readers)]))
    assert keyring.find(ZHANG.writer, "A017", "2026-11") is None
    second = ring_of(ZHANG, number=2)
    read(keyring, ZHANG, file(ZHANG, 2, [(second, readers)]))
    assert keyring.find(ZHANG.writer, "A017", "2026-11") == second
    assert keyring.find(ZHANG.writer, "A017", "2026-12") is None
    assert keyring.find(ZHANG.writer, "A018", "2026-11") is None
    # Known to somebody who is no reader any more.
    third = ring_of(ZHANG, number=3)
    read(keyring, ZHANG, file(ZHANG, 3, [(third, [*readers, ("a" * 16, CHEN.public)])]))
    assert keyring.find(ZHANG.writer, "A017", "2026-11") == second


def test_a_ring_that_came_back_from_others_alone_is_not_written_with() -> None:
    """The disk was put back, or is a copy: what its own file does not keep goes with the others' files."""
    membership = team()
    ring = ring_of(ZHANG)
    keyring = read(Keyring(membership), ZHANG, file(LI, 1, [(ring, membership.readers("A017"))]))
    assert keyring.get(ring.id) == (ring,)
    assert keyring.find(ZHANG.writer, "A017", "2026-11") is None
    assert keyring.free_number(ZHANG.writer) != ring.number
    read(keyring, ZHANG, file(ZHANG, 1, [(ring, membership.readers("A017"))]))
    assert keyring.find(ZHANG.writer, "A017", "2026-11") == ring


def test_copies_of_a_home_choose_unlike_numbers_for_their_rings() -> None:
    numbers = [Keyring(team()).free_number(ZHANG.writer) for _ in range(1000)]
    assert len(set(numbers)) == 1000
    taken = set(range(10, 100)) - {37}
    # A number is used up also by a ring that this machine cannot read.
    assert unused(taken, 2) == 37


def test_a_ring_gets_no_number_that_a_key_file_of_its_writer_ever_named(monkeypatch: pytest.MonkeyPatch) -> None:
    readers = team().readers("A017")
    least = 100_000_000
    mine, others = (ring_of(key, number=least) for key in (ZHANG, WANG))
    files = [file(key, 1, [(ring, readers)]) for key, ring in ((ZHANG, mine), (WANG, others))]
    keyring = read(Keyring(team()), LI, *files)
    drawn = iter([0, 7, 0])
    monkeypatch.setattr(rings, "randbelow", lambda _: next(drawn))
    assert keyring.free_number(ZHANG.writer) == least + 7
    # What another writer's is called takes no number from this one.
    assert keyring.free_number(EVE.writer) == least


def test_rings_are_shared_out_over_files_that_a_reader_takes() -> None:
    """The rings of years of an agent, many of whose customers were erased, fit into no single file."""
    readers = [(LI.writer, LI.public)]
    large = ring_of(ZHANG, number=1)
    for number in range(100):
        large = large.puncture(f"{number * 2**57:016x}")
    grants = [(with_changed(large, id=f"{ZHANG.writer}-{number:03d}"), readers) for number in range(60)]
    groups = list(batches(grants))
    assert [ring.id for group in groups for ring, _ in group] == [ring.id for ring, _ in grants]
    assert len(groups) > 1
    for number, group in enumerate(groups, 1):
        assert sum(weight(ring) for ring, _ in group) <= MOST
        assert len(file(ZHANG, number, group).rings) == len(group)


@given(st.data())
def test_the_order_of_key_files_makes_no_difference(data: st.DataObject) -> None:
    membership = team()
    readers = membership.readers("A017")
    rings = [Ring(f"{ZHANG.writer}-001", "A017", "2026-11", {"": bytes([n]) * 32}) for n in range(3)]
    files = [file(by, n, [(ring, readers[n:])]) for by in (ZHANG, LI, EVE) for n, ring in enumerate(rings, 1)]
    order = data.draw(st.permutations(files)) + data.draw(st.lists(st.sampled_from(files)))
    straight, mixed = (read(Keyring(membership), LI, *some) for some in (files, order))
    assert mixed.get(rings[0].id) == straight.get(rings[0].id)
    assert mixed.missing() == straight.missing()


def test_nothing_is_sealed_to_a_reader_without_a_key() -> None:
    with pytest.raises(TrustError):
        build_keys(ZHANG, TEAM.team, 1, [(ring_of(ZHANG), [(LI.writer, bytes(32))])])


@pytest.mark.parametrize("member", ["obeys", "spared"])
def test_a_key_file_names_no_more_erasures_than_a_reader_takes(member: str) -> None:
    """Else who wrote it would go on with keys that nobody else has."""
    ids = tuple(f"{number:032x}" for number in range(10_001))
    changed: list[dict[str, Any]] = [{member: ids[:-1]}, {member: ids}]
    most, more = (with_changed(ring_of(ZHANG), **members) for members in changed)
    made = build_keys(ZHANG, TEAM.team, 1, [(most, [])])
    assert parse_keys(made, team=TEAM.team, writer=ZHANG.writer, number=1, public=ZHANG.public).rings
    with pytest.raises(Problem, match="10000 customers"):
        build_keys(ZHANG, TEAM.team, 1, [(most, []), (more, [])])
