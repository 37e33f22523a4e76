"""The ledger: appeals, rulings, what is taken back, and the one entry that a false finding makes."""

from typing import Any

from shared_rules.folding.facts import Fact
from shared_rules.ledger import Entry, entries, repeats
from shared_rules.policies.policy import builtin
from shared_rules.records.entries import PointsSecret, RulingSecret
from tests.shared_rules.making import (
    AGENT,
    CHIEF,
    DAY,
    about,
    appeal,
    call,
    clock,
    fact,
    fold_of,
    in_both_orders,
    make,
    points,
    ruling,
    verdict,
    withdrawal,
)

POLICY = builtin()
LATE = points("p", "att.late", -2, 1000)
MONTH = "2026-11"


def ledger(*facts: Fact) -> list[Entry]:
    return in_both_orders(facts, lambda fold: entries(fold.dossier, MONTH, lambda _: POLICY))


def states(*facts: Fact) -> list[tuple[str, int]]:
    return [(entry.state, entry.counted_points) for entry in ledger(*facts)]


def test_from_standing_over_appealed_to_upheld_or_withdrawn() -> None:
    asked = appeal("a", "p", seq=2)
    assert states(LATE) == [("standing", -2)]
    assert states(LATE, asked) == [("appealed", -2)]
    assert states(LATE, asked, ruling("r", "p", upheld=True, answers="a", seq=3)) == [("upheld", -2)]
    (entry,) = ledger(LATE, asked, ruling("r", "p", upheld=False, answers="a", seq=3))
    assert (entry.state, entry.points, entry.counted_points, entry.counted_fen) == ("withdrawn", -2, 0, 0)
    assert entry.appeal == asked


def test_a_ruling_before_the_appeal_does_not_answer_it() -> None:
    early = ruling("r", "p", upheld=True, seq=2)
    assert states(LATE, early) == [("upheld", -2)]
    assert states(LATE, early, appeal("a", "p", seq=3)) == [("appealed", -2)]


def test_of_two_appeals_the_first_is_shown_and_one_ruling_answers() -> None:
    first, second = appeal("a", "p", at=clock(13), seq=2), appeal("b", "p", at=clock(14), seq=3)
    (entry,) = ledger(LATE, first, second, ruling("r", "p", upheld=True, answers="b", seq=4))
    assert (entry.state, entry.appeal) == ("upheld", first)


def test_a_call_found_false_again_after_the_entry_was_withdrawn_makes_a_new_entry() -> None:
    first = verdict("v1", "1", at=clock(15), seq=2)
    asked, ruled = appeal("a", "v1", seq=3), ruling("r", "v1", upheld=False, answers="a", at=clock(16), seq=4)
    again = verdict("v2", "1", at=clock(17), replaces=("v1",), seq=5)
    old, new = ledger(call("1"), first, asked, ruled, again)
    assert (old.state, old.counted_points, old.appeal, old.ruling) == ("withdrawn", 0, asked, ruled)
    assert (new.state, new.appeal, new.fact) == ("standing", None, again)
    once_more = ruling("r2", "v2", upheld=False, at=clock(18), seq=6)
    assert states(call("1"), first, asked, ruled, again, once_more) == [("withdrawn", 0), ("withdrawn", 0)]
    # The first ruling made good: one finding, one entry.
    upheld = ruling("r3", "v1", upheld=True, answers="a", at=clock(19), replaces=("r",), seq=7)
    (entry,) = ledger(call("1"), first, asked, ruled, again, upheld)
    assert (entry.state, entry.related) == ("upheld", (first, again))


def test_a_later_ruling_replaces_an_earlier_one() -> None:
    one = ruling("r1", "p", upheld=False, at=clock(15), seq=2)
    assert states(LATE, one) == [("withdrawn", 0)]
    other = ruling("r2", "p", upheld=True, at=clock(14), replaces=("r1",), seq=3)
    assert states(LATE, one, other) == [("upheld", -2)]


def test_an_entry_taken_back_stays_visible_and_counts_nothing() -> None:
    assert states(LATE, withdrawal("w", "p", "points", seq=2)) == [("withdrawn", 0)]
    # By another supervisor too; not by the agent.
    assert states(LATE, withdrawal("w", "p", "points", by="S002", seq=2)) == [("withdrawn", 0)]
    assert states(LATE, withdrawal("w", "p", "points", by=AGENT, seq=2)) == [("standing", -2)]


def test_two_supervisors_who_accept_one_proposal_make_one_entry() -> None:
    def accepted(id: str, hour: int, seq: int) -> Fact:
        body = make(
            PointsSecret,
            rule="att.no_punch",
            on=DAY,
            points=-2,
            fen=1000,
            proposal="no_punch:2026-11-23:in",
        )
        return fact("points", body, id, author="S001", at=clock(hour), seq=seq)

    first, second = accepted("p1", 10, 1), accepted("p2", 11, 2)
    (entry,) = ledger(first, second)
    assert entry.fact == first
    # An appeal against either is about both, and when the first is taken back the second stands.
    assert states(first, second, appeal("a", "p2", seq=3)) == [("appealed", -2)]
    (entry,) = ledger(first, second, withdrawal("w", "p1", "points", seq=4))
    assert (entry.fact, entry.state) == (second, "standing")


def test_a_proposal_accepted_again_after_a_ruling_counts_once_the_acceptance_ruled_on_is_taken_back() -> None:
    def accepted(id: str, hour: int) -> Fact:
        return hand(id, hour, proposal="punch:2026-11-23:in")

    first, ruled = accepted("p1", 10), ruling("r", "p1", upheld=False, at=clock(12), seq=2)
    back = withdrawal("w", "p1", "points", at=clock(13), seq=3)
    assert states(first, ruled, accepted("p2", 14)) == [("withdrawn", 0)]
    assert states(first, ruled, back) == [("withdrawn", 0)]
    assert states(first, ruled, back, accepted("p2", 14)) == [("standing", -2)]
    # What another supervisor had accepted before the ruling, it was about as well.
    assert states(first, ruled, back, accepted("p2", 11)) == [("withdrawn", 0)]


def test_a_false_finding_makes_one_entry_however_many_found_it() -> None:
    found = verdict("v1", "1", at=clock(15), seq=2), verdict("v2", "1", at=clock(16), seq=3)
    (entry,) = ledger(call("1"), *found)
    assert (entry.rule, entry.fen, entry.points, entry.evidence, entry.on) == ("report.false", 5000, 0, "1", DAY)
    assert (entry.fact, entry.related) == (found[1], found)
    assert states(call("1"), *found, appeal("a", "v1", seq=4)) == [("appealed", 0)]


def test_a_finding_withdrawn_counts_nothing_and_the_call_again() -> None:
    found = verdict("v", "1", at=clock(15), seq=2)
    ruled = ruling("r", "v", upheld=False, at=clock(16), seq=3)
    (entry,) = ledger(call("1"), found, ruled)
    assert (entry.state, entry.counted_fen) == ("withdrawn", 0)
    # Found false again, later and knowing it: a new finding.
    again = verdict("v2", "1", at=clock(17), replaces=("v",), seq=4)
    old, new = ledger(call("1"), found, ruled, again)
    assert (old.state, old.counted_fen, old.fact) == ("withdrawn", 0, found)
    assert (new.state, new.counted_fen, new.fact) == ("standing", 5000, again)


def test_a_later_verdict_that_it_is_true_takes_the_entry_back() -> None:
    found, cleared = verdict("v1", "1", at=clock(15), seq=2), verdict("v2", "1", false=False, at=clock(16), seq=3)
    (entry,) = ledger(call("1"), found, cleared)
    assert (entry.state, entry.fact, entry.undone) == ("withdrawn", found, cleared)
    assert ledger(call("1"), cleared) == []


def test_the_rules_without_points_have_no_entry_for_a_finding() -> None:
    assert entries(fold_of(verdict("v", "1")).dossier, MONTH, lambda _: builtin("quota")) == []


# ---- likely entered twice ----


def hand(id: str, hour: int, **said: Any) -> Fact:
    """An entry of a lateness, made by hand or from a proposal."""
    body = make(PointsSecret, **{"rule": "att.late", "on": DAY, "points": -2, "fen": 1000, **said})
    return fact("points", body, id, author=CHIEF, at=clock(hour), seq=hour)


def repeated(*facts: Fact) -> dict[str, str]:
    told = repeats(ledger(*facts))
    return {id: earlier.fact.id for (_, id), earlier in told.items()}


def upheld(id: str, of: str, *beside: str, so: bool = True, hour: int = 17) -> Fact:
    body = make(RulingSecret, about=about(of, CHIEF, DAY), upheld=so, text="…", beside=beside)
    return fact("ruling", body, id, author=CHIEF, at=clock(hour), seq=hour)


def test_each_repeats_the_earliest_that_it_was_not_told_apart_from() -> None:
    first, second, third = hand("p1", 9), hand("p2", 10, note="堵车"), hand("p3", 11, beside=("p1",))
    assert repeated(first) == repeated(first, third) == {}
    assert repeated(first, second, third) == {"p2": "p1", "p3": "p2"}
    assert repeated(first, second, third, withdrawal("w", "p2", "points", seq=20)) == {}
    # The clock of who knew may go behind that of the entry known.
    assert repeated(hand("p0", 8, beside=("p1",)), first) == {}


def test_the_later_upheld_by_who_knew_of_the_earlier_is_a_default_of_its_own() -> None:
    first, second = hand("p1", 9), hand("p2", 10)
    assert repeated(first, second, upheld("r", "p2", "p1")) == {}
    assert repeated(first, second, upheld("r", "p2")) == {"p2": "p1"}
    assert repeated(first, second, upheld("r", "p1", "p2")) == {"p2": "p1"}
    # Who took it back, knowing of the earlier, did not say that both stand; who upheld it then did not know.
    assert repeated(first, second, upheld("r", "p2", "p1", so=False, hour=16), upheld("r2", "p2")) == {"p2": "p1"}


def test_what_is_no_repeat() -> None:
    first = hand("p1", 9, evidence="call-1")
    for other in (
        hand("p2", 10, evidence="call-2"),
        hand("p2", 10, rule="att.early"),
        hand("p2", 10, on=DAY.replace(day=20)),
        hand("p2", 10, rule="report.false", evidence="1"),
    ):
        assert repeated(first, call("1"), verdict("v", "1", at=clock(9), seq=8), other) == {}
    assert repeated(first, hand("p2", 10)) == repeated(first, hand("p2", 10, evidence="call-1")) == {"p2": "p1"}


def test_two_proposals_are_two_defaults_and_one_by_hand_repeats_what_was_accepted() -> None:
    came, went = hand("p1", 9, proposal="punch:2026-11-23:in"), hand("p2", 10, proposal="punch:2026-11-23:out")
    again = hand("p3", 11, proposal="punch:2026-11-23:in")
    assert repeated(came, went, again) == {}
    assert repeated(came, again, hand("p4", 12)) == {"p4": "p1"}
    # Told apart from either of those that accepted it, it is told apart from the entry.
    assert repeated(came, again, hand("p4", 12, beside=("p3",))) == {}
