"""From the fold to a month's statement."""

from datetime import date, timedelta

from shared_rules.folding.facts import Fact
from shared_rules.months import month_facts, paid_calls
from shared_rules.pay import Fine, MonthFacts, statement
from shared_rules.policies.policy import Policy, builtin, builtin_text, parse_policy
from tests.shared_rules.making import DAY, away, call, clock, confirm, excuse, fold_of, points

POLICY = builtin()
FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), DAY, date(2026, 11, 24)
VETERAN = date(2020, 1, 1)


def _facts(
    *facts: Fact,
    today: date = TUESDAY,
    joined: date | None = FRIDAY,
    left: date | None = None,
    confirmed: tuple[date, ...] = (),
    policy: Policy = POLICY,
) -> MonthFacts:
    fold = fold_of(*facts)
    for number, day in enumerate(confirmed):
        fold.add(confirm(f"confirm-{number}", day, seq=number + 1))
    return month_facts(
        fold,
        lambda _: policy,
        "2026-11",
        today,
        hired_on=lambda _: VETERAN,
        judged=lambda day: (joined is None or joined <= day) and (left is None or day <= left),
    )


def _short(facts: MonthFacts) -> list[tuple[date, int, bool]]:
    return [(fine.on, fine.quantity, fine.unconfirmed) for fine in facts.fines if fine.cause == "quota.shortfall"]


def test_closed_workdays_are_judged_from_the_day_of_joining() -> None:
    # Friday and Monday are over; the weekend asks nothing; today is not closed yet.
    both = [(FRIDAY, 120, True), (FRIDAY, 25, True), (MONDAY, 120, True), (MONDAY, 25, True)]
    assert _short(_facts()) == both
    assert _short(_facts(joined=MONDAY)) == both[2:]
    assert _short(_facts(left=FRIDAY)) == both[:2]
    assert len(_short(_facts(joined=None))) == 2 * 16


def test_a_confirmed_day_is_closed_and_not_marked() -> None:
    found = _short(_facts(joined=TUESDAY, confirmed=(TUESDAY,)))
    assert found == [(TUESDAY, 120, False), (TUESDAY, 25, False)]


def test_todays_calls_count_and_todays_shortfall_does_not() -> None:
    found = _facts(call("1", start=clock(10, day=TUESDAY)), joined=TUESDAY)
    assert (found.valid_calls, found.fines) == (1, ())


def test_the_calls_of_the_first_day_are_paid_for_and_none_of_before() -> None:
    found = fold_of(*(call(str(n), str(n), seq=n, start=clock(10, day=MONDAY)) for n in (1, 2)))
    paid = [paid_calls(found, POLICY, MONDAY, hired) for hired in (None, FRIDAY, MONDAY, TUESDAY)]
    assert paid == [2, 2, 2, 0]


def test_what_clears_a_shortfall() -> None:
    assert _short(_facts(excuse("e", MONDAY), joined=MONDAY)) == []
    assert _short(_facts(points("p", "att.absent", -10, on=MONDAY), joined=MONDAY)) == []
    assert _short(_facts(away("a", 420, on=MONDAY), joined=MONDAY)) == []
    assert _short(_facts(away("a", 210, on=MONDAY, leads=0), joined=MONDAY)) == [(MONDAY, 60, True)]


def test_fines_are_of_the_policy_of_their_day_switched_on_or_off_later() -> None:
    text = builtin_text("handbook")
    clause = 'clause = "少一个罚5元; 罚款10元"\nstatus = "disputed"'
    assert text.count(clause) == 1
    off = parse_policy(text.replace(clause, clause.replace("disputed", "disabled")), "x")
    for first, then, fined in ((POLICY, off, FRIDAY), (off, POLICY, MONDAY)):
        fold = fold_of(
            points("p1", "att.late", -2, 1000, on=FRIDAY), points("p2", "att.late", -2, 1000, on=MONDAY, seq=2)
        )

        def policy_on(day: date, first: Policy = first, then: Policy = then) -> Policy:
            return first if day < MONDAY else then

        facts = month_facts(fold, policy_on, "2026-11", TUESDAY, judged=lambda day: day >= FRIDAY)
        found = statement(then, facts)
        assert found is not None
        assert [(line.on, line.cause) for line in found.lines if line.rule == "pay.fines"] == [
            (fined, "att.late"), (fined, "quota.shortfall"), (fined, "quota.shortfall"),
        ]  # fmt: skip
        assert facts.balance == 96


def test_entries_count_by_their_own_date() -> None:
    found = _facts(
        points("p1", "att.late", -2, 1000, on=MONDAY),
        points("p2", "meet.missed", -2, on=MONDAY, seq=2),
        points("p3", "att.late", -2, 1000, on=date(2026, 10, 30), seq=3),
        points("p4", "att.late", -2, 1000, on=date(2026, 11, 30), seq=4),
        joined=TUESDAY,
    )
    assert found.balance == 96
    assert found.fines == (Fine("att.late", MONDAY, 1, 1000, "p1"),)


def test_the_leads_half_is_marked_as_disputed_or_left_out() -> None:
    assert [fine.disputed for fine in _facts(joined=MONDAY).fines] == [False, True]
    text = builtin_text("handbook").replace('leads_status = "disputed"', 'leads_status = "disabled"')
    off = _facts(joined=MONDAY, policy=parse_policy(text, "x"))
    assert _short(off) == [(MONDAY, 120, True)]


def test_a_policy_without_parts() -> None:
    assert _facts(policy=builtin("pay")) == MonthFacts()
    assert _facts(policy=builtin("quota")).balance is None


def test_each_day_is_judged_by_its_own_policy() -> None:
    fewer = parse_policy(builtin_text("handbook").replace("calls = 120", "calls = 10"), "x")
    found = month_facts(
        fold_of(),
        lambda day: fewer if day >= MONDAY else POLICY,
        "2026-11",
        TUESDAY,
        hired_on=lambda _: VETERAN,
        judged=lambda day: day >= FRIDAY,
    )
    assert [quantity for _, quantity, _ in _short(found)] == [120, 25, 10, 25]


def test_an_estimate_from_calls_and_a_late() -> None:
    calls = (call(str(n), str(n), seq=n, start=clock(9, day=TUESDAY) + timedelta(minutes=n)) for n in range(1, 838))
    found = statement(POLICY, _facts(*calls, points("p", "att.late", -2, 1000, on=TUESDAY, seq=900), joined=TUESDAY))
    assert found is not None
    assert (found.total, found.calls, found.fines) == (100000 + 41850 - 1000, 41850, 1000)


def test_a_month_that_has_not_begun() -> None:
    assert _facts(today=date(2026, 10, 31)).valid_calls == 0
