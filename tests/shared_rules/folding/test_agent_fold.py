"""From records to what stands, case by case."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import msgspec
import pytest

from shared_rules.figures import DayFigures
from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.call_states import CallState
from shared_rules.folding.contents import Listing
from shared_rules.folding.facts import Fact
from shared_rules.policies.policy import builtin, builtin_text, parse_policy
from tests.shared_rules.making import (
    AGENT,
    COMPLETE,
    DAY,
    NEXT,
    POLICY,
    ZONE,
    call,
    call_body,
    clock,
    confirm,
    correction,
    fact,
    fold_of,
    points,
    verdict,
    void,
)

LISTED = 7, ("s" * 16, 1)


def figures_of(*facts: Fact, day: date = DAY) -> DayFigures:
    return fold_of(*facts).figures(day, POLICY)


def states_of(*facts: Fact, day: date = DAY) -> dict[str, CallState]:
    return {state.id: state for state in fold_of(*facts).calls(day, POLICY)}


def test_the_figures_of_a_day_count_each_number_and_company_once() -> None:
    found = figures_of(
        call("1", "1", seq=1, company="x", interest="intent"),
        call("2", "2", seq=2, company="x"),
        call("3", "3", seq=3, company="y", filled=("company", "phone")),
        call("4", "4", seq=4, company="z", outcome="no_answer", filled=()),
        call("5", "2", seq=5, company="x", interest="developable"),
    )
    assert found == DayFigures(dials=5, connected=4, complete=3, incomplete=1, valid=2, leads=2, companies=1)


def test_a_day_without_calls_has_no_figures() -> None:
    assert figures_of() == DayFigures()
    assert fold_of().calls(DAY, POLICY) == []


def test_the_same_number_twice_is_one_valid_call() -> None:
    one, two = call("1", start=clock(10), seq=2), call("2", start=clock(11), seq=1)
    assert figures_of(one, two).valid == 1
    states = states_of(two, one)
    assert [states["1"].why_not, states["2"].why_not] == [None, "repeat"]


def test_the_next_takes_the_place_of_one_that_falls_away() -> None:
    calls = call("1", start=clock(10)), call("2", start=clock(11), seq=2)
    assert figures_of(*calls, verdict("v", "1")).valid == 1
    states = states_of(*calls, verdict("v", "1"))
    assert [states["1"].why_not, states["2"].why_not] == ["false", None]


def test_the_first_incomplete_record_does_not_take_the_place() -> None:
    states = states_of(call("1", start=clock(10), filled=("phone",)), call("2", start=clock(11), seq=2))
    assert [states["1"].why_not, states["2"].why_not] == ["incomplete", None]
    assert states["1"].missing == ("company", "contact", "title", "note")


def test_a_repeat_that_turns_a_refusal_into_interest_is_the_lead() -> None:
    facts = (
        call("1", outcome="refused", start=clock(10)),
        call("2", interest="intent", start=clock(11), seq=2),
        call("3", interest="developable", start=clock(12), seq=3),
    )
    states = states_of(*facts)
    assert [(states[id].valid, states[id].lead) for id in "123"] == [(True, False), (False, True), (False, False)]
    assert (figures_of(*facts).valid, figures_of(*facts).leads) == (1, 1)


def test_an_interest_without_a_conversation_or_complete_record_is_no_lead() -> None:
    assert figures_of(call("1", interest="intent", outcome="busy")).leads == 0
    assert figures_of(call("1", interest="intent", filled=("phone",))).leads == 0


def test_without_a_usable_number_a_call_is_incomplete() -> None:
    states = states_of(call("1", None), call("2", None, seq=2, filled=()))
    assert states["1"].missing == ("phone",)
    assert not states["1"].valid


def test_a_policy_that_asks_no_number_counts_each_call_for_itself() -> None:
    text = builtin_text("handbook").replace('"title", "phone", "note"]', '"title", "note"]', 1)
    policy = parse_policy(text, "x")
    fold = fold_of(call("1", None), call("2", None, seq=2), call("3", "7", seq=3), call("4", "7", seq=4))
    assert fold.figures(DAY, policy).valid == 3
    assert fold.figures(DAY, POLICY).valid == 1


def test_an_unknown_outcome_is_a_dial_and_no_more() -> None:
    assert figures_of(call("1", outcome="hologram")) == DayFigures(dials=1)


def test_figures_under_several_policies_stay_up_to_date() -> None:
    fold = fold_of(call("1"))
    pay = builtin("pay")
    assert (fold.figures(DAY, POLICY).valid, fold.figures(DAY, pay).valid) == (1, 0)
    fold.add(call("2", "2", seq=2, filled=(*COMPLETE, "department", "headcount", "it_status")))
    assert (fold.figures(DAY, POLICY).valid, fold.figures(DAY, pay).valid) == (2, 1)


def test_a_new_hires_leads_may_be_read_more_narrowly() -> None:
    narrow = builtin_text("handbook").replace(
        'new_hire_interests = ["intent", "developable"]', 'new_hire_interests = ["intent"]'
    )
    policy = parse_policy(narrow, "x")
    fold = fold_of(call("1", interest="intent"), call("2", "2", seq=2, interest="developable"))
    assert fold.figures(DAY, policy).leads == 2
    assert fold.figures(DAY, policy, new_hire=True).leads == 1
    assert [state.lead for state in fold.calls(DAY, policy, new_hire=True)] == [True, False]


# ---- repeats, corrections, withdrawals ----


def test_a_repeat_is_no_second_call_and_the_lower_line_stands() -> None:
    first = call("1", writer="a" * 16, seq=7)
    again = call("1", writer="b" * 16, seq=1, outcome="busy")
    for order in ((first, again), (again, first), (first, first, again, again)):
        assert figures_of(*order) == DayFigures(1, 1, 1, 0, 1, 0, 1)


def test_a_row_that_two_devices_imported_contradicts_nothing_and_a_call_entered_twice_does() -> None:
    row = msgspec.structs.replace(call_body(), imported=True)
    first, again = fact("call", row, "1", at=clock(18)), fact("call", row, "1", writer="c" * 16, at=clock(19))
    other = fact("call", msgspec.structs.replace(row, outcome="busy"), "1", writer="d" * 16, at=clock(18))
    assert not fold_of(first, again).contradicted("A017", "1")
    assert fold_of(first, again, other).contradicted("A017", "1")
    assert fold_of(call("1"), fact("call", call_body(), "1", writer="c" * 16, at=clock(19))).contradicted("A017", "1")
    # Nor may it take away that the first was late.
    assert fold_of(first, fact("call", row, "1", writer="b" * 16, at=clock(9, day=NEXT))).contradicted("A017", "1")
    # Of the second nobody needs to confirm anything again.
    assert fold_of(first, again, confirm("k", read=[first], at=clock(20))).beside(DAY) == 0
    assert fold_of(first, other, confirm("k", read=[first], at=clock(20))).beside(DAY) == 1


def test_what_an_add_changed_is_told() -> None:
    fold = AgentFold(AGENT, ZONE)
    assert fold.add(call("1")) == {DAY}
    revision = fold.revision
    assert fold.add(call("1")) == frozenset()
    assert fold.revision == revision
    assert fold.add(correction("k", "1", call_body(start=clock(10, day=NEXT)))) == {DAY, NEXT}
    # Its call may be in what was not asked for yet.
    assert fold.add(correction("j", "elsewhere", call_body())) == {DAY}
    assert fold.add(points("p", "att.late", -2, on=NEXT)) == {NEXT}
    assert fold.add(fact("card", None, "r")) == frozenset()
    assert fold.revision == revision + 3
    # Another line of the call, from a second device, is news where it tells something else.
    assert fold.add(call("1", writer="x" * 16)) == frozenset()
    assert fold.add(call("1", writer="y" * 16, outcome="busy")) == {DAY, NEXT}
    assert fold.revision == revision + 4


def test_a_fact_about_another_agent_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="A002"):
        fold_of().add(fact("call", call_body(), "1", author="A002", agent="A002"))


def test_completing_a_call_later_counts_it() -> None:
    facts = call("1", filled=("phone",)), correction("k", "1", call_body())
    assert figures_of(*facts).valid == figures_of(*reversed(facts)).valid == 1
    state = states_of(*facts)["1"]
    assert (state.corrected, state.source.id, state.fact.id) == (True, "k", "1")


def test_a_correction_may_move_a_call_to_another_day() -> None:
    facts = call("1"), correction("k", "1", call_body(start=clock(10, day=NEXT)), at=clock(12, day=NEXT))
    assert figures_of(*facts) == DayFigures()
    assert figures_of(*facts, day=NEXT).valid == 1
    assert fold_of(*facts).day_of(AGENT, "1") == NEXT
    assert fold_of(*facts).call_days() == [NEXT]


def test_nobody_corrects_anothers_call() -> None:
    facts = call("1"), correction("k", "1", call_body(outcome="busy"), author="A002")
    assert figures_of(*facts).valid == 1


def test_a_withdrawal_counts_nothing_and_stays_visible() -> None:
    facts = call("1"), void("z", "1")
    assert figures_of(*facts) == DayFigures()
    assert states_of(*facts)["1"].why_not == "void"
    assert [one.id for one in states_of(*facts)["1"].history] == ["z"]


def test_a_call_counts_once_the_one_before_it_turns_out_to_be_another_numbers() -> None:
    fold = fold_of(call("c1", "1", start=clock(9)), call("c2", "1", seq=2, start=clock(10)))

    def why_not() -> list[str | None]:
        states = (fold.call(AGENT, id, POLICY) for id in ("c1", "c2"))
        return [state.why_not if state else "gone" for state in states]

    assert why_not() == [None, "repeat"]
    fold.add(correction("x1", "c1", call_body("2", start=clock(9)), at=clock(11), seq=3))
    assert why_not() == [None, None]


def test_a_correction_that_replaces_a_withdrawal_undoes_it() -> None:
    facts = call("1"), void("z", "1"), correction("k", "1", call_body(interest="intent"), replaces=("z",), seq=3)
    assert figures_of(*facts).leads == 1


def test_a_withdrawn_call_is_shown_as_last_corrected() -> None:
    body = call_body(outcome="callback", start=clock(11))
    state = states_of(call("1"), correction("k", "1", body), void("z", "1", replaces=("k",)))["1"]
    assert (state.why_not, state.outcome, state.started_at) == ("void", "callback", clock(11))


def test_of_two_corrections_the_one_that_replaces_the_other_holds() -> None:
    # The clock of the second desk is behind: what it saw and replaced tells more than its time.
    first = correction("k1", "1", call_body(interest="intent"), at=clock(15))
    second = correction("k2", "1", call_body(outcome="busy"), at=clock(13), replaces=("k1",))
    assert figures_of(call("1"), first, second) == figures_of(second, first, call("1")) == DayFigures(dials=1)


def test_of_two_that_did_not_see_each_other_the_later_holds() -> None:
    first = correction("k1", "1", call_body(outcome="busy"), at=clock(13).astimezone(UTC))
    second = correction("k2", "1", call_body(interest="intent"), at=clock(13, 1))
    assert figures_of(call("1"), second, first).leads == 1
    same = correction("k3", "1", call_body(outcome="busy"), at=clock(13, 1), writer="b" * 16)
    assert figures_of(call("1"), second, same) == DayFigures(dials=1)


def test_corrections_that_replace_each_other_in_a_ring_still_end() -> None:
    first = correction("k1", "1", call_body(outcome="busy"), at=clock(13), replaces=("k2", "k1"))
    second = correction("k2", "1", call_body(interest="intent"), at=clock(14), replaces=("k1",))
    assert figures_of(call("1"), first, second).leads == figures_of(second, call("1"), first).leads == 1


# ---- verdicts ----


def test_a_call_found_false() -> None:
    facts = call("1", interest="intent"), verdict("v", "1")
    assert figures_of(*facts) == DayFigures(1, 1, 1, 0, 0, 0, 1)
    state = states_of(*facts)["1"]
    assert (state.why_not, state.lead) == ("false", False)
    assert state.verdict is not None


def test_a_verdict_outlives_corrections_and_may_come_first() -> None:
    facts = verdict("v", "1"), correction("k", "1", call_body(interest="intent")), call("1")
    assert figures_of(*facts).valid == figures_of(*reversed(facts)).valid == 0


def test_a_later_verdict_replaces_an_earlier_one() -> None:
    found = verdict("v1", "1", at=clock(15))
    cleared = verdict("v2", "1", false=False, at=clock(14), replaces=("v1",))
    assert figures_of(call("1"), found, cleared).valid == figures_of(cleared, call("1"), found).valid == 1


# ---- numbers not to call ----


def test_a_call_after_the_listing_counts_no_more() -> None:
    fold = fold_of(
        call("1", start=clock(10)), call("2", "2", start=clock(10), seq=2), call("3", start=clock(15), seq=3)
    )
    assert fold.set_listed({"1".zfill(16): (Listing(clock(12), *LISTED, supervisor=True),)}) == {DAY}
    assert fold.figures(DAY, POLICY).valid == 2
    assert fold.set_listed({"2".zfill(16): (Listing(clock(9), *LISTED, supervisor=True),)}) == {DAY}
    found = fold.figures(DAY, POLICY)
    assert (found.dials, found.complete, found.valid) == (3, 3, 1)
    states = {state.id: state.why_not for state in fold.calls(DAY, POLICY)}
    assert states == {"1": None, "2": "do_not_call", "3": "do_not_call"}
    assert fold.set_listed({"2".zfill(16): ()}) == {DAY}
    assert fold.figures(DAY, POLICY).valid == 2
    assert fold.set_listed({"2".zfill(16): (), "9".zfill(16): ()}) == frozenset()


def test_the_call_that_listed_its_number_still_counts() -> None:
    fold = fold_of(call("1", start=clock(10)))
    fold.set_listed({"1".zfill(16): (Listing(clock(10), *LISTED, supervisor=True),)})
    assert fold.figures(DAY, POLICY).valid == 1


def test_the_list_may_come_before_the_call() -> None:
    fold = fold_of()
    fold.set_listed({"1".zfill(16): (Listing(clock(9), *LISTED, supervisor=True),)})
    fold.add(call("1"))
    assert fold.figures(DAY, POLICY).valid == 0


# ---- days, zones, clocks ----


def test_a_calls_day_is_that_of_its_start_in_the_teams_zone() -> None:
    late = call("1", start=datetime(2026, 11, 23, 16, 30, tzinfo=UTC))
    assert figures_of(late, day=NEXT).dials == 1
    west = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=-8)))
    assert figures_of(call("1", start=west)).dials == 1
    fold = AgentFold(AGENT, ZoneInfo("America/New_York"))
    assert fold.add(late) == {DAY}


def test_a_late_entry_counts_on_the_day_of_the_call_and_is_marked() -> None:
    entry = fact("call", call_body(start=clock(23, 50)), "1", at=clock(0, 10, day=NEXT))
    state = states_of(entry)["1"]
    assert (state.late, state.valid) == (True, True)
    assert not states_of(call("2"))["2"].late


def test_a_call_of_tomorrow_written_today_is_not_counted() -> None:
    ahead = fact("call", call_body(start=clock(12, 1, day=NEXT)), "1", at=clock(12))
    assert figures_of(ahead, day=NEXT) == DayFigures()
    assert states_of(ahead, day=NEXT)["1"].why_not == "clock"
    within = fact("call", call_body(start=clock(12, day=NEXT)), "1", at=clock(12))
    assert figures_of(within, day=NEXT).dials == 1


@pytest.mark.parametrize("start", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC)])
def test_a_clock_at_the_end_of_time_does_no_harm(start: datetime) -> None:
    fold = AgentFold(AGENT, ZoneInfo("America/New_York"))
    for zone in (fold, fold_of()):
        zone.add(fact("call", call_body(start=start), "1", at=start))
        (day,) = zone.call_days()
        assert zone.calls(day, POLICY)[0].valid
