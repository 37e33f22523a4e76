"""What the program proposes: late and missing punches, meetings, summaries; accepted or dismissed once."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import Fact
from shared_rules.policies.policy import Policy, builtin, builtin_text, parse_policy
from shared_rules.proposals import Agent, Proposal, proposals
from shared_rules.records import entries
from tests.shared_rules.making import (
    CHIEF,
    DAY,
    NEXT,
    away,
    clock,
    fact,
    in_both_orders,
    make,
    points,
    ruling,
    withdrawal,
)

_OFF = '# "plain" judges punches; a team that does not clock in and out leaves them off.\nstatus = "disabled"'
assert _OFF in builtin_text("handbook")
PUNCHES = parse_policy(builtin_text("handbook").replace(_OFF, 'status = "plain"'), "x")
TOMORROW = clock(9, day=NEXT)


def seen(
    *facts: Fact,
    now: datetime = TOMORROW,
    policy: Policy = PUNCHES,
    since: date = DAY,
    joined: date = DAY,
    left: date = date.max,
) -> list[Proposal]:
    def ask(fold: AgentFold) -> list[Proposal]:
        return proposals(Agent(fold, lambda _: policy, lambda day: joined <= day <= left), since, now)

    return in_both_orders(facts, ask)


def punch(side: str, hour: int, minute: int = 0, second: int = 0, **members: Any) -> Fact:
    at = clock(hour, minute, second)
    return fact("punch", make(entries.PunchSecret, side=side), f"{side}{at:%H%M%S}", at=at, **members)


OUT = punch("out", 18)
IN = punch("in", 9, seq=2)


def rules(*facts: Fact, **options: Any) -> list[tuple[str, int, str]]:
    return [(one.rule, one.minutes, one.reason) for one in seen(*facts, **options)]


@pytest.mark.parametrize(
    ("hour", "minute", "second", "expected"),
    [
        (8, 59, 0, []),
        (9, 0, 0, []),
        (9, 0, 1, [("att.late", 1, "late")]),
        (9, 30, 0, [("att.late", 30, "late")]),
        (9, 30, 1, [("att.half_day", 31, "late")]),
        (9, 31, 0, [("att.half_day", 31, "late")]),
    ],
)
def test_late_to_the_minute(hour: int, minute: int, second: int, expected: list[Any]) -> None:
    assert rules(punch("in", hour, minute, second), OUT) == expected


def test_what_late_costs_is_proposed_and_no_entry() -> None:
    (one,) = seen(punch("in", 9, 30), OUT)
    assert (one.points, one.fen, one.on, one.evidence, one.key, one.state) == (
        -2, 1000, DAY, "in093000", "punch:2026-11-23:in", "open",
    )  # fmt: skip
    (one,) = seen(punch("in", 9, 31), OUT)
    assert (one.points, one.fen, one.key) == (-5, 0, "punch:2026-11-23:in")


def test_early_and_missing_are_judged_when_the_day_is_over() -> None:
    assert rules(IN, punch("out", 17, 45)) == [("att.early", 15, "early")]
    assert rules(IN, punch("out", 17, 29)) == [("att.half_day", 31, "early")]
    assert rules(IN, punch("out", 12), OUT) == []
    assert rules(IN) == [("att.no_punch", 0, "no_punch_out")]
    assert rules() == [("att.no_punch", 0, "no_punch_in"), ("att.no_punch", 0, "no_punch_out")]
    assert rules(IN, now=clock(23, 59)) == []


def test_where_punches_are_not_judged() -> None:
    assert rules(policy=builtin()) == []
    assert rules(joined=NEXT) == []
    assert rules(policy=builtin("pay")) == []
    saturday = DAY - timedelta(days=2)
    assert rules(IN, OUT, since=saturday, joined=saturday) == []
    assert rules(away("t", 420)) == []
    assert rules(points("p", "att.absent", -10)) == []


def test_leave_takes_its_minutes_off_the_lateness() -> None:
    assert rules(punch("in", 10, 20), OUT, away("t", 60, "leave")) == [("att.late", 20, "late")]
    assert rules(punch("in", 10, 0), OUT, away("t", 60, "leave")) == []


def test_leave_is_working_time_so_that_lunch_and_the_meeting_are_neither_late_nor_early() -> None:
    morning, afternoon = away("t", 180, "leave"), away("t", 240, "leave")
    assert rules(punch("in", 13), OUT, morning) == []
    assert rules(punch("in", 13, 20), OUT, morning) == [("att.late", 20, "late")]
    assert rules(IN, punch("out", 12), afternoon) == []
    assert rules(IN, punch("out", 13), afternoon) == []
    assert rules(IN, punch("out", 11, 30), afternoon) == [("att.early", 30, "early")]
    assert rules(IN, punch("out", 16), away("t", 60, "visit")) == []
    assert rules(punch("in", 13, 0), OUT, away("t", 60, "leave")) == [("att.half_day", 120, "late")]


def test_an_absence_that_a_ruling_withdrew_clears_no_punch() -> None:
    absent = points("p", "att.absent", -10)
    ruled = ruling("r", "p", upheld=False, seq=3)
    assert rules(OUT, absent) == []
    assert rules(OUT, absent, ruled) == [("att.no_punch", 0, "no_punch_in")]


def test_a_checked_punch_proposes_nothing() -> None:
    checked = fact("punch_check", make(entries.PunchCheckSecret, day=DAY, side="in"), "k", author=CHIEF)
    assert rules(OUT, checked) == []
    assert rules(OUT, checked, withdrawal("w", "k", "punch_check", seq=3)) == [("att.no_punch", 0, "no_punch_in")]


def attendance(id: str, state: str, meeting: str = "daily", **members: Any) -> Fact:
    body = make(entries.AttendanceSecret, meeting=meeting, on=DAY, state=state)
    return fact("attendance", body, id, author=CHIEF, **members)


def test_a_meeting_missed_late_or_left_early() -> None:
    for state in ("late", "left_early", "missed"):
        (one,) = seen(attendance("a", state), policy=builtin())
        assert (one.rule, one.points, one.fen, one.reason, one.evidence) == (
            "meet.missed", -2, 0, f"meeting_{state}", "a",
        )  # fmt: skip
    for state in ("present", "on_leave"):
        assert seen(attendance("a", state), policy=builtin()) == []
    # The latest word of a day holds; a training costs no points.
    later = attendance("b", "present", at=clock(19), seq=2)
    assert seen(attendance("a", "missed"), later, policy=builtin()) == []
    assert seen(attendance("a", "missed", "training"), policy=builtin()) == []


def test_accepted_or_dismissed_once() -> None:
    missed = attendance("a", "missed")
    body = make(
        entries.PointsSecret, rule="meet.missed", on=DAY, points=-2, evidence="a", proposal="meeting:2026-11-23:daily"
    )
    accepted = fact("points", body, "p", author=CHIEF, seq=2)
    assert [one.state for one in seen(missed, accepted, policy=builtin())] == ["accepted"]
    undone = withdrawal("w", "p", "points", seq=3)
    assert [one.state for one in seen(missed, accepted, undone, policy=builtin())] == ["open"]
    body = make(entries.DismissalSecret, proposal="meeting:2026-11-23:daily", on=DAY)
    dismissed = fact("dismissal", body, "d", author=CHIEF, seq=2)
    assert [one.state for one in seen(missed, dismissed, policy=builtin())] == ["dismissed"]


SUNDAY, MONDAY_AFTER = date(2026, 11, 29), date(2026, 11, 30)


def summary(day: date, hour: int = 12) -> Fact:
    return fact("summary", make(entries.SummarySecret, week="2026-W48", text="…"), "s", at=clock(hour, day=day))


def test_a_summary_is_due_by_the_end_of_sunday() -> None:
    (one,) = seen(now=clock(0, day=MONDAY_AFTER), policy=builtin())
    assert (one.rule, one.points, one.on, one.evidence, one.key) == (
        "week.summary", -5, SUNDAY, "2026-W48", "summary:2026-W48",
    )  # fmt: skip
    assert seen(now=clock(23, 59, day=SUNDAY), policy=builtin()) == []
    assert seen(summary(SUNDAY, 23), now=clock(9, day=MONDAY_AFTER), policy=builtin()) == []
    assert len(seen(summary(MONDAY_AFTER), now=clock(13, day=MONDAY_AFTER), policy=builtin())) == 1


def test_no_summary_of_a_week_wholly_on_leave_or_before_joining() -> None:
    week = [DAY + timedelta(days=number) for number in range(5)]
    leave = [away(f"t{day.day}", 420, "leave", on=day, seq=day.day) for day in week]
    later = clock(9, day=MONDAY_AFTER)
    assert seen(*leave, now=later, policy=builtin()) == []
    assert len(seen(*leave[:4], now=later, policy=builtin())) == 1
    assert seen(now=later, policy=builtin(), joined=date(2026, 11, 28)) == []
    assert len(seen(now=later, policy=builtin(), joined=date(2026, 11, 27))) == 1


def test_no_summary_of_a_week_in_which_the_agent_left() -> None:
    later = clock(9, day=MONDAY_AFTER)
    assert len(seen(now=later, policy=builtin(), left=SUNDAY)) == 1
    assert seen(now=later, policy=builtin(), left=SUNDAY - timedelta(days=1)) == []
