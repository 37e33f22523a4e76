"""A confirmed day: what was read is settled, an agent's later records stand beside, a supervisor's count at once."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.contents import Listing
from shared_rules.folding.facts import Fact
from shared_rules.folding.locks import day_state
from shared_rules.policies.policy import builtin
from shared_rules.records import entries
from tests.shared_rules.making import (
    DAY,
    DESK,
    ZONE,
    call,
    call_body,
    clock,
    confirm,
    correction,
    fact,
    fold_of,
    make,
    ruling,
    verdict,
    void,
    withdrawal,
)

POLICY = builtin()
NEXT = DAY + timedelta(days=1)
FIRST = call("1", "1", seq=1)
LOCK = confirm("k", read=[FIRST], at=clock(19))


def valid(*facts: Fact) -> tuple[int, int]:
    """The valid calls of the two days, asked in both orders of arrival."""
    found = []
    for order in (facts, facts[::-1]):
        fold = fold_of(*order)
        found.append((fold.figures(DAY, POLICY).valid, fold.figures(NEXT, POLICY).valid))
    assert found[0] == found[1]
    return found[0]


def test_a_late_entry_stands_beside_a_confirmed_day_until_it_is_confirmed_again() -> None:
    late = call("2", "2", seq=2)
    assert valid(FIRST, LOCK) == (1, 0)
    assert valid(FIRST, LOCK, late) == (1, 0)
    fold = fold_of(FIRST, LOCK, late)
    assert [(one.id, one.why_not) for one in fold.calls(DAY, POLICY)] == [("1", None), ("2", "locked")]
    assert fold.beside(DAY) == 1
    again = confirm("k2", read=[FIRST, late], at=clock(20), seq=2, replaces=("k",))
    assert valid(FIRST, LOCK, late, again) == (2, 0)
    assert fold_of(FIRST, LOCK, late, again).beside(DAY) == 0


def test_a_later_correction_or_withdrawal_changes_no_figure() -> None:
    undone, changed = void("x", "1", seq=2), correction("c", "1", call_body(outcome="busy"), seq=2)
    for change in (undone, changed):
        assert valid(FIRST, LOCK, change) == (1, 0)
        (state,) = fold_of(FIRST, LOCK, change).calls(DAY, POLICY)
        assert (state.valid, state.corrected, state.pending) == (True, False, (change,))
        assert fold_of(FIRST, LOCK, change).beside(DAY) == 1
        assert valid(FIRST, change, confirm("k", read=[FIRST, change])) == (0, 0)


def test_a_call_corrected_into_another_day_stands_once() -> None:
    moved = correction("c", "1", call_body(start=clock(10, day=NEXT)), seq=2)
    assert valid(FIRST, moved) == (0, 1)
    # Its own day keeps it while it is locked; the day it was to go to does not count it as well.
    assert valid(FIRST, moved, LOCK) == (1, 0)
    # The other day, locked without the correction, does not take it; its own day has lost it.
    assert valid(FIRST, moved, confirm("k", NEXT, [FIRST])) == (0, 0)
    # Both locked, and the second read the correction: the first keeps it until it is confirmed again.
    other = confirm("k2", NEXT, [FIRST, moved], at=clock(20), seq=2)
    assert valid(FIRST, moved, LOCK, other) == (1, 0)
    again = confirm("k3", DAY, [FIRST, moved], at=clock(21), seq=3)
    assert valid(FIRST, moved, LOCK, other, again) == (0, 1)


def test_a_call_that_a_confirmed_day_gives_free_waits_beside_another_confirmed_day() -> None:
    """Nobody has confirmed it there, and no figure of a confirmed day changes because another day was opened."""
    moved = correction("c", "1", call_body(start=clock(10, day=NEXT)), seq=2)
    # The supervisor knows of the correction and confirms the other day as it stands, the call still on its own.
    empty = confirm("k2", NEXT, [], at=clock(20), seq=2)
    opened = withdrawal("w", "k", "confirm", seq=3)
    assert valid(FIRST, LOCK, moved, empty) == (1, 0)
    assert valid(FIRST, LOCK, moved, empty, opened) == (0, 0)
    assert fold_of(FIRST, LOCK, moved, empty, opened).beside(NEXT) == 2
    again = confirm("k3", NEXT, [FIRST, moved], at=clock(21), seq=4, replaces=("k2",))
    assert valid(FIRST, LOCK, moved, empty, opened, again) == (0, 1)


def test_a_confirmation_that_keeps_a_call_tells_the_day_that_it_was_moved_to_also_before_anybody_looked() -> None:
    moved = correction("c", "1", call_body(start=clock(10, day=NEXT)), seq=4, writer="b" * 16)
    assert fold_of(FIRST, moved).add(LOCK) == {DAY, NEXT}


def test_a_supervisors_verdict_and_ruling_count_at_once() -> None:
    found = verdict("v", "1", at=clock(20), writer="s" * 16, seq=5)
    assert valid(FIRST, LOCK, found) == (0, 0)
    lock = fold_of(FIRST, LOCK).lock(DAY)
    assert lock is not None
    assert lock.before(found)
    assert valid(FIRST, LOCK, found, ruling("r", "v", upheld=False, at=clock(21), seq=6)) == (1, 0)
    assert valid(FIRST, LOCK, found, ruling("r", "v", upheld=True, at=clock(21), seq=6)) == (0, 0)


def test_a_confirmation_taken_back_opens_the_day() -> None:
    late = call("2", "2", seq=2)
    assert valid(FIRST, LOCK, late, withdrawal("w", "k", "confirm", seq=3)) == (2, 0)
    # Of a day confirmed again the one before holds anew.
    again = confirm("k2", read=[FIRST, late], at=clock(20), seq=2, replaces=("k",))
    assert valid(FIRST, LOCK, late, again) == (2, 0)
    assert valid(FIRST, LOCK, late, again, withdrawal("w", "k2", "confirm", seq=3)) == (1, 0)
    # An agent cannot take a supervisor's confirmation back.
    assert valid(FIRST, LOCK, late, withdrawal("w", "k", "confirm", by="A017", seq=3)) == (1, 0)


def test_of_two_confirmations_the_later_holds() -> None:
    late = call("2", "2", seq=2)
    other = confirm("k2", read=[FIRST, late], at=clock(18), writer="t" * 16)
    assert valid(FIRST, late, LOCK, other) == (1, 0)
    assert valid(FIRST, late, LOCK, confirm("k2", read=[FIRST, late], at=clock(20), writer="t" * 16)) == (2, 0)


def test_what_was_read_from_a_second_device_stays_settled_when_the_first_shows_the_same_record() -> None:
    read = call("1", "1", seq=1, writer="b" * 16)
    lock = confirm("k", read=[read])
    # The lower line of the two is another device's, and was not read; what it tells otherwise changes nothing.
    other = call("1", "1", seq=1, outcome="busy")
    assert valid(read, lock, FIRST) == valid(FIRST, lock) == (1, 0)
    assert valid(read, lock, other) == (1, 0)


def test_a_lock_settles_records_and_no_line_that_another_copy_of_a_key_wrote() -> None:
    """Of two histories of one key the supervisor read one; the other's machine has its own call in the same place."""
    read, again = FIRST, call("1", "1", seq=5, writer="c" * 16)
    mine, brought = call("2", "2", seq=1), call("2", "2", seq=5, writer="b" * 16)
    assert [one.line for one in (read, mine)] == [(DESK, 1)] * 2
    for here in ((read, brought), (mine, again), (mine, again, brought), (read, again, brought)):
        assert valid(*here, LOCK) == (1, 0)
        states = {one.id: one.why_not for one in fold_of(*here, LOCK).calls(DAY, POLICY)}
        assert states == {"1": None, "2": "locked"}


def test_another_line_with_a_records_id_stands_for_it_only_if_it_tells_the_same() -> None:
    same, other = call("1", "1", seq=5, writer="c" * 16), call("1", "1", seq=5, writer="c" * 16, outcome="busy")
    written_later = fact("call", FIRST.body, "1", seq=5, writer="c" * 16, at=clock(18))
    assert valid(same, LOCK) == (1, 0)
    for told in (other, written_later):
        assert valid(told, LOCK) == (0, 0)
        assert [state.why_not for state in fold_of(told, LOCK).calls(DAY, POLICY)] == ["locked"]
        assert valid(FIRST, told, LOCK) == (1, 0)
        assert fold_of(told, LOCK).beside(DAY) == fold_of(FIRST, told, LOCK).beside(DAY) == 1
        assert fold_of(told, FIRST, call("1", "1", writer="0" * 16), LOCK).beside(DAY) == 1
    assert fold_of(same, LOCK).beside(DAY) == fold_of(FIRST, same, LOCK).beside(DAY) == 0


def test_the_line_that_was_read_stands_before_one_made_to_have_the_same_number() -> None:
    forged = replace(call("1", "1", writer="0" * 16, outcome="busy"), told=FIRST.told)
    assert valid(FIRST, forged, LOCK) == (1, 0)


def test_what_a_confirmation_read_and_is_not_here_is_counted() -> None:
    second, moved = call("2", "2", seq=2), correction("c", "1", call_body(start=clock(10, day=NEXT)), seq=3)
    lock = confirm("k", read=[FIRST, second])
    assert [len(fold_of(*here, lock).gone(DAY)) for here in ((FIRST, second), (second,), ())] == [0, 1, 2]
    # The same record under another key is it; one that tells something else is another.
    assert not fold_of(call("1", "1", seq=5, writer="c" * 16), second, lock).gone(DAY)
    assert len(fold_of(call("1", "1", seq=5, writer="c" * 16, outcome="busy"), second, lock).gone(DAY)) == 1
    # With all lines of it here, each that was read is.
    again, told = call("1", "1", seq=5, writer="c" * 16, outcome="busy"), confirm("k", read=[second])
    assert not fold_of(FIRST, again, second, told, correction("c", "1", call_body(), seq=3)).gone(DAY)
    assert len(fold_of(FIRST, again, void("v", "1", seq=3), confirm("k", read=[FIRST, again, second])).gone(DAY)) == 1
    # What stands on another day that was confirmed too is here.
    both = (FIRST, second, moved, confirm("k2", NEXT, [FIRST, moved], at=clock(18), seq=2))
    assert not fold_of(*both).gone(NEXT) and not fold_of(*both, lock).gone(DAY)
    assert not fold_of(FIRST, second).gone(DAY)


@pytest.mark.parametrize("records", ["", "!", "AAAA", "AAAAAAAAAAA", "é" * 12, "A" * 4000])
def test_a_confirmation_that_names_no_records_or_others_settles_none(records: str) -> None:
    body = make(entries.ConfirmSecret, day=DAY, records=records, segments=LOCK.body.segments)
    assert valid(FIRST, fact("confirm", body, "k", author="S001", at=clock(19))) == (0, 0)


def test_an_agents_listing_after_the_lock_changes_nothing_and_a_supervisors_does() -> None:
    listed = fact("do_not_call", None, "l1", seq=2)
    lock = confirm("k", read=[FIRST, listed])

    def counted(listing: Listing) -> int:
        fold = fold_of(FIRST, lock)
        fold.set_listed({"1".zfill(16): (listing,)})
        return fold.figures(DAY, POLICY).valid

    assert counted(Listing(clock(9), listed.told + 1, (DESK, 3), supervisor=False)) == 1
    assert counted(Listing(clock(9), listed.told, (DESK, 2), supervisor=False)) == 0
    assert counted(Listing(clock(9), 7, ("s" * 16, 9), supervisor=True)) == 0


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_day_is_open_then_handed_in_then_confirmed(confirmed: bool) -> None:
    fold = AgentFold("A017", ZONE)
    assert day_state(fold.dossier, DAY) == "open"
    body = make(entries.HandInSecret, day=DAY)
    assert fold.add(fact("hand_in", body, "h")) == {DAY}
    assert day_state(fold.dossier, DAY) == "handed_in"
    if confirmed:
        assert fold.add(LOCK) == {DAY}
        assert day_state(fold.dossier, DAY) == "confirmed"
    else:
        fold.add(withdrawal("w", "h", "hand_in", by="A017", author="A017", seq=9))
        assert day_state(fold.dossier, DAY) == "open"


def test_a_withdrawal_of_another_call_under_the_same_id_settles_nothing_of_this_one() -> None:
    other, taken = void("x", "2", seq=5, at=clock(18)), void("x", "1", seq=4, at=clock(20))
    lock = confirm("k", read=[FIRST, other], at=clock(19))
    fold = fold_of(FIRST, lock, taken)
    assert fold.figures(DAY, POLICY).valid == 1
    fold.add(other)
    assert fold.figures(DAY, POLICY).valid == 1
    # Nor where it was there before anybody asked.
    assert valid(FIRST, lock, taken, other) == (1, 0)


FIXED = correction("x1", "1", call_body("1", outcome="busy"), seq=3)
TAKEN_BACK = void("v1", "2", seq=4)


@pytest.mark.parametrize(
    "other",
    [
        *(fact("hand_in", make(entries.HandInSecret, day=DAY), id) for id in ("1", "x1", "v1")),
        *(call(id, "8") for id in ("x1", "v1")),
        *(correction(id, about, call_body("9")) for id, about in (("x1", "2"), ("x1", "1"), ("v1", "2"), ("1", "2"))),
        *(void(id, about) for id, about in (("v1", "1"), ("x1", "1"), ("1", "2"))),
    ],
    ids=lambda other: f"{other.kind} {other.id}",
)
@pytest.mark.parametrize("writer", ["a" * 16, "z" * 16], ids=["lower", "higher"])
def test_another_record_with_the_id_of_a_call_or_of_a_change_takes_nothing_from_a_confirmed_day(
    other: Fact, writer: str
) -> None:
    """Whoever gives one id to several, of a second device's lower name or not: no figure moves, and no page stops."""
    read = [replace(one, writer="b" * 16) for one in (call("1", "1"), call("2", "2", seq=2), FIXED, TAKEN_BACK)]
    other = replace(other, writer=writer, seq=9)
    story = [*read, confirm("k", read=read)]
    for facts in ([*story, other], [other, *story], [read[0], other, *story[1:]]):
        fold = fold_of(*facts)
        figures = fold.figures(DAY, POLICY)
        assert (figures.dials, figures.valid) == (1, 0)
        assert [fold.day_of("A017", id) for id in ("1", "2")] == [DAY, DAY]
        assert not fold.gone(DAY)
        assert len(fold.amendments("A017", "1")) + len(fold.amendments("A017", "2")) >= 2
