"""Leave and visits asked for in writing, and what the answers take off a day."""

from datetime import timedelta

from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import Fact
from shared_rules.leave import Away, Request, approvals, asked_with, away, open_with, requests
from shared_rules.policies.policy import builtin
from tests.shared_rules.making import AGENT, DAY, ZONE, clock, fold_of, in_both_orders, refusal, request, withdrawal
from tests.shared_rules.making import away as approved

YESTERDAY = DAY - timedelta(days=1)


def asked(*facts: Fact) -> list[Request]:
    return in_both_orders(facts, lambda fold: requests(fold.dossier, ZONE, lambda _: builtin()))


def test_a_request_is_open_until_it_is_answered() -> None:
    one = request("q", at=clock(12, day=YESTERDAY))
    assert [each.state for each in asked(one)] == ["open"]
    assert [each.state for each in asked(one, approved("t", 60, answers="q"))] == ["approved"]
    assert [each.state for each in asked(one, refusal("r", "q"))] == ["refused"]
    back = withdrawal("w", "q", "request", by=AGENT, author=AGENT, seq=2)
    assert [each.state for each in asked(one, back)] == ["withdrawn"]
    # What an answer took off the day it still takes: a withdrawal that passed over it hides nothing.
    answered = fold_of(one, back, approved("t", 60, answers="q"))
    assert [each.state for each in asked(one, back, approved("t", 60, answers="q"))] == ["approved"]
    assert away(answered.dossier, DAY).minutes == 60


def test_two_answers_to_one_request_do_not_add_up() -> None:
    one = request("q")
    first = approved("t1", 60, "leave", answers="q", at=clock(13))
    second = approved("t2", 90, "leave", answers="q", at=clock(14), seq=2)
    assert away(fold_of(one, first, second).dossier, DAY) == Away(leave=90)
    refused = refusal("r", "q", at=clock(15), seq=3)
    assert away(fold_of(one, first, second, refused).dossier, DAY) == Away()
    # The refusal taken back, the latest approval holds again.
    assert away(fold_of(one, first, second, refused, withdrawal("w", "r", "refusal", seq=4)).dossier, DAY).leave == 90
    # Those that answer no request add up.
    assert away(fold_of(first, approved("t3", 30, "leave", seq=5)).dossier, DAY) == Away(leave=90)


def test_the_same_minutes_entered_by_two_who_did_not_see_each_other_count_once() -> None:
    def counted(*facts: Fact) -> tuple[int, list[str]]:
        def ask(fold: AgentFold) -> tuple[int, list[str]]:
            return away(fold.dossier, DAY).minutes, [fact.id for fact in approvals(fold.dossier, DAY)]

        return in_both_orders(facts, ask)

    one, two = approved("t1", 60, at=clock(13)), approved("t2", 60, at=clock(14), seq=2)
    assert counted(one, two) == (60, ["t1"])
    assert counted(one, two, withdrawal("w", "t1", "time_away", seq=3)) == (60, ["t2"])
    # Other minutes, and leave beside a visit, are something else.
    assert counted(one, approved("t3", 90, seq=2))[0] == 150
    assert counted(one, approved("t3", 60, "leave", seq=2))[0] == 120
    # What answers a request counts; two requests are two absences.
    asked_for = approved("t3", 60, answers="q", at=clock(15), seq=3)
    assert counted(one, two, asked_for) == (60, ["t3"])
    assert counted(one, asked_for, approved("t4", 60, answers="p", at=clock(16), seq=4)) == (120, ["t3", "t4"])
    # An answer that a later one took the place of counts nothing in anybody's place.
    assert counted(one, asked_for, refusal("r", "q", at=clock(17), seq=5)) == (60, ["t1"])


def test_leave_is_asked_for_a_day_ahead_and_sick_leave_with_its_note() -> None:
    def faults(fact: Fact) -> tuple[str, ...]:
        return asked(fact)[0].faults

    assert faults(request("q", at=clock(23, 59, day=YESTERDAY))) == ()
    assert faults(request("q", at=clock(0, 0))) == ("late",)
    assert faults(request("q", "visit", at=clock(0, 0))) == ()
    assert faults(request("q", sick=True, at=clock(12, day=YESTERDAY))) == ("no_note",)
    assert faults(request("q", sick=True, note=True, at=clock(12))) == ("late",)


def test_the_days_that_were_asked_for_in_one_go_are_answered_together() -> None:
    days = [DAY + timedelta(days=number) for number in range(4)]
    go = [request(f"g{number}", on=on, minutes=420, seq=number) for number, on in enumerate(days, 1)]
    beside = [
        request("minutes", on=DAY, minutes=60, seq=11),
        request("visit", "visit", on=DAY, minutes=420, seq=12),
        request("later", on=DAY, minutes=420, at=clock(13), seq=13),
        request("elsewhere", on=DAY, minutes=420, writer="b" * 16, seq=14),
    ]
    answers = [
        approved("t", 420, answers="g2", seq=21),
        withdrawal("w", "g4", "request", by=AGENT, author=AGENT, seq=22),
    ]
    dossier = fold_of(*reversed(go), *beside, *answers).dossier
    assert [one.id for one in asked_with(dossier, go[1])] == ["g1", "g2", "g3", "g4"]
    assert [one.id for one in open_with(dossier, go[0], days[-1])] == ["g1", "g3"]
    assert [one.id for one in open_with(dossier, go[0], days[1])] == ["g1"]
    assert [one.id for one in open_with(dossier, go[2], days[-1])] == ["g3"]
