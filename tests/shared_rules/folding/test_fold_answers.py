"""What the day and the month ask the fold."""

from datetime import date, timedelta

from shared_rules.leave import Away, excused
from shared_rules.leave import away as away_of
from shared_rules.ledger import entries
from tests.shared_rules.making import AGENT, DAY, NEXT, POLICY, away, call, clock, excuse, fold_of, points


def test_when_the_quota_was_made() -> None:
    fold = fold_of(*(call(str(n), str(n % 3), seq=n, start=clock(9 + n), interest="intent") for n in range(6)))
    assert [fold.made_at(DAY, POLICY, n) for n in (0, 1, 3, 4)] == [None, clock(9), clock(11), None]
    assert fold.lead_made_at(DAY, POLICY, 2) == clock(10)
    fold.add(call("early", "9", seq=9, start=clock(8)))
    assert fold.made_at(DAY, POLICY, 1) == clock(8)
    assert fold.made_at(NEXT, POLICY, 1) is None


def test_whether_a_number_has_its_valid_call() -> None:
    fold = fold_of(call("1", "1"), call("2", "2", seq=2, outcome="busy"))
    assert fold.has_valid(DAY, POLICY, "1".zfill(16))
    assert not fold.has_valid(DAY, POLICY, "2".zfill(16))
    assert not fold.has_valid(NEXT, POLICY, "1".zfill(16))


def test_whether_a_call_with_a_number_would_come_after_the_valid_one() -> None:
    fold = fold_of(*(call(str(n), str(n), seq=n, start=clock(9 + n)) for n in (1, 2, 3)))
    assert [fold.repeats(AGENT, str(n), POLICY, "2".zfill(16)) for n in (1, 2, 3, 4)] == [False, False, True, False]


def test_one_call_by_author_and_id() -> None:
    fold = fold_of(call("1"), call("2", seq=2))
    state = fold.call(AGENT, "2", POLICY)
    assert state is not None
    assert state.why_not == "repeat"
    assert fold.call(AGENT, "3", POLICY) is None


def test_facts_of_some_kinds_in_the_order_of_writing() -> None:
    later = points("p", "att.late", -2, at=clock(13), seq=2)
    fold = fold_of(later, excuse("e"), away("t", 60, seq=4), call("1", seq=5))
    assert [fact.id for fact in fold.facts("points", "excuse")] == ["e", "p"]
    assert [fact.id for fact in fold.facts("call")] == ["1"]
    assert fold.facts("release") == []


def test_companies_of_a_week_are_counted_once() -> None:
    fold = fold_of(
        call("1", company="x"),
        call("2", company="x", start=clock(10, day=NEXT), seq=2),
        call("3", "3", company="y", start=clock(11, day=NEXT), seq=3),
    )
    assert fold.companies([(DAY, POLICY), (NEXT, POLICY), (NEXT + timedelta(days=1), POLICY)]) == 2


def test_the_ledger_of_a_month() -> None:
    fold = fold_of(
        points("p2", "att.late", -2, 1000, on=date(2026, 11, 20), seq=2),
        points("p1", "meet.missed", -2, on=date(2026, 11, 18), seq=3),
        points("p3", "att.late", -2, 1000, on=date(2026, 10, 31), seq=4),
    )
    assert [(entry.rule, entry.points, entry.fen) for entry in entries(fold.dossier, "2026-11", lambda _: POLICY)] == [
        ("meet.missed", -2, 0),
        ("att.late", -2, 1000),
    ]
    assert [entry.fact.id for entry in entries(fold.dossier, "2026-10", lambda _: POLICY)] == ["p3"]
    assert entries(fold.dossier, "2026-12", lambda _: POLICY) == []


def test_leave_and_visits_add_up() -> None:
    fold = fold_of(away("a", 60), away("b", 120, "leave", leads=20), away("c", 30, leads=22), away("d", 9, on=NEXT))
    assert away_of(fold.dossier, DAY) == Away(leave=120, visit=90, leads=20)
    assert away_of(fold.dossier, DAY).minutes == 210
    assert away_of(fold.dossier, NEXT) == Away(visit=9)
    assert away_of(fold.dossier, NEXT + timedelta(days=1)) == Away()


def test_an_excuse_is_of_its_day_alone() -> None:
    fold = fold_of(excuse("e"))
    assert excused(fold.dossier, DAY)
    assert not excused(fold.dossier, NEXT)
