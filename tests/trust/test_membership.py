"""Membership: who is bound to whom, by rosters and records."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from agent_tui.trust.membership import Membership, Report
from shared_rules.records.kinds import End
from tests.trust.world import (
    CHEN,
    EVE,
    LI,
    MONDAY,
    NEXT_DAY,
    NOBODY,
    NOON,
    OWNER,
    TEAM,
    WANG,
    ZHANG,
    ZHANG_2,
    join,
    member,
    roster,
    sits,
    team,
)

# ---- binding ----


def test_a_supervisor_binds_an_agents_device() -> None:
    membership = team(member(LI, ZHANG))
    binding = membership.binding(ZHANG.writer)
    assert binding is not None
    assert (binding.person, binding.name, binding.role, binding.public) == ("A017", "张敏", "agent", ZHANG.public)
    assert (binding.hired, binding.joined, binding.left, binding.end) == (date(2026, 11, 9), MONDAY, None, None)
    assert membership.public(ZHANG.writer) == ZHANG.public
    assert membership.counts(ZHANG.writer, 1) is None


def test_a_supervisor_is_bound_by_the_roster_and_is_a_person() -> None:
    membership = team(member(LI, ZHANG))
    binding = membership.binding(LI.writer)
    assert binding is not None
    assert (binding.person, binding.role) == ("S001", "supervisor")
    assert [(person.id, person.role) for person in membership.people()] == [("A017", "agent"), ("S001", "supervisor")]
    assert membership.person("S001") == membership.people()[1]
    assert membership.person("S009") is None


@pytest.mark.parametrize("by", [ZHANG, EVE, NOBODY])
def test_only_supervisors_bind(by: Any) -> None:
    membership = team(member(LI, ZHANG), member(by, EVE, id="m2"), member(by, ZHANG, id="m3", person="A099"))
    assert membership.binding(EVE.writer) is None
    assert membership.counts(EVE.writer, 1) == "unbound"
    assert membership.binding(ZHANG.writer) == team(member(LI, ZHANG)).binding(ZHANG.writer)


def test_records_bind_no_supervisor() -> None:
    membership = team(member(LI, LI, person="A001"), member(LI, CHEN, id="m2", person="S002"))
    assert [(one.person, one.role) for one in membership.bindings() if one.writer == LI.writer] == [
        ("S001", "supervisor")
    ]
    # A device is a supervisor's by the roster alone, whatever person a record names.
    membership.add_member(*member(CHEN, EVE, id="m3"))
    assert membership.binding(EVE.writer) is None


def test_a_key_that_is_not_the_writers_binds_nothing() -> None:
    assert team(member(LI, ZHANG, public=EVE.public)).binding(ZHANG.writer) is None
    line, body = member(LI, ZHANG)
    for public in ("", "no base64", body.public + "\n"):
        assert not team().add_member(line, msgspec.structs.replace(body, public=public))


@pytest.mark.parametrize("at", ["", "yesterday", "2026-11-23T12:00:00", "9" * 400])
def test_a_record_without_a_time_binds_nothing(at: str) -> None:
    assert team(member(LI, ZHANG, at=at)).binding(ZHANG.writer) is None


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_the_ends_of_time_do_no_harm(at: str) -> None:
    membership = team(member(LI, ZHANG, at=at), member(LI, ZHANG, seq=2, id="m2"))
    assert membership.binding(ZHANG.writer) is not None


def test_the_latest_record_holds_that_no_other_replaces() -> None:
    first = member(LI, ZHANG, id="m1", name="张敏")
    later = member(LI, ZHANG, seq=2, id="m2", name="章敏", at=NEXT_DAY)
    # Its clock is behind, but it saw the later one.
    replacing = member(LI, ZHANG, seq=3, id="m3", name="张民", replaces=("m2",))
    assert _name(team(first, later)) == "章敏"
    assert _name(team(later, replacing)) == "张民"
    assert _name(team(first, later, replacing)) == "张民"


def test_at_one_time_the_writer_and_then_the_sequence_decide() -> None:
    low, high = sorted([LI, CHEN], key=lambda key: key.writer)
    membership = Membership(TEAM)
    membership.add_roster(roster(1, sits(LI), sits(CHEN, "S002", "陈主管")))
    membership.add_member(*member(high, ZHANG, seq=1, id="m2", name="high"))
    membership.add_member(*member(low, ZHANG, seq=9, id="m1", name="low"))
    assert _name(membership) == "high"
    membership.add_member(*member(high, ZHANG, seq=2, id="m3", name="higher"))
    assert _name(membership) == "higher"


def test_a_new_record_can_name_all_it_replaces() -> None:
    records = [member(LI, ZHANG, id="m2"), member(EVE, ZHANG, id="m3"), member(LI, ZHANG, seq=2, id="m1")]
    membership = team(*records, member(LI, WANG, seq=3, id="m4", person="A018"))
    assert membership.records_about(ZHANG.writer) == ("m1", "m2")
    assert membership.records_about(NOBODY.writer) == ()


def test_records_that_replace_each_other_do_not_unbind() -> None:
    assert _name(team(member(LI, ZHANG, id="m1", replaces=("m1",)))) == "张敏"
    one = member(LI, ZHANG, id="m1", replaces=("m2",))
    other = member(LI, ZHANG, seq=2, id="m2", replaces=("m1",), name="章敏")
    assert _name(team(one, other)) == _name(team(other, one)) == "章敏"


def test_a_repeat_is_known_by_author_and_id_and_the_lower_line_stands() -> None:
    first = member(LI, ZHANG, seq=1, id="m1", name="张敏")
    repeat = member(LI, ZHANG, seq=2, id="m1", name="章敏", at=NEXT_DAY)
    assert _name(team(first, repeat)) == _name(team(repeat, first)) == "张敏"
    # A repeat about another device is one too, and binds nothing.
    assert team(first, member(LI, WANG, seq=2, id="m1")).binding(WANG.writer) is None
    # Another author's record may have the same id.
    membership = team(first, member(CHEN, WANG, seq=2, id="m1"))
    membership.add_roster(roster(2, sits(LI), sits(CHEN, "S002", "陈主管")))
    assert membership.binding(WANG.writer) is not None
    # One author on two machines is one author.
    membership.add_roster(roster(3, sits(LI), sits(CHEN)))
    assert sum(membership.binding(key.writer) is not None for key in (ZHANG, WANG)) == 1


def _name(membership: Membership) -> str:
    binding = membership.binding(ZHANG.writer)
    assert binding
    return binding.name


# ---- rosters ----


def test_the_highest_roster_holds() -> None:
    membership = Membership(TEAM)
    assert membership.roster is None
    assert membership.roster_number == 0
    assert membership.add_roster(roster(2, sits(LI)))
    assert not membership.add_roster(roster(1, sits(CHEN, "S002", "陈主管")))
    assert membership.roster_number == 2
    assert membership.binding(CHEN.writer) is None
    assert membership.add_roster(roster(3, sits(CHEN, "S002", "陈主管")))
    assert membership.binding(LI.writer) is None


def test_what_a_supervisor_wrote_counts_when_the_roster_comes_later() -> None:
    membership = Membership(TEAM)
    membership.add_member(*member(LI, ZHANG))
    assert membership.binding(ZHANG.writer) is None
    membership.add_roster(roster(1, sits(LI)))
    assert membership.binding(ZHANG.writer) is not None


def test_an_end_counts_by_sequence() -> None:
    membership = team(member(LI, ZHANG, seq=5), member(LI, WANG, seq=6, id="m2", person="A018"))
    membership.add_roster(roster(2, sits(LI, end=5)))
    assert membership.binding(ZHANG.writer) is not None
    assert membership.binding(WANG.writer) is None
    assert [membership.counts(LI.writer, seq) for seq in (4, 5, 6)] == [None, None, "ended"]


def test_an_end_names_the_branch_that_counts() -> None:
    line, body = member(LI, ZHANG, end=5)
    membership = team((line, msgspec.structs.replace(body, end=msgspec.structs.replace(body.end, line="ab"))))
    assert membership.counts(ZHANG.writer, 5, "ab") is None
    assert membership.counts(ZHANG.writer, 5) is None
    assert membership.counts(ZHANG.writer, 5, "cd") == "branch"
    assert membership.counts(ZHANG.writer, 4, "cd") is None
    binding = membership.binding(ZHANG.writer)
    assert binding
    assert binding.end == End(seq=5, line="ab")


def test_an_end_may_be_moved_for_honest_late_work() -> None:
    ended = member(LI, ZHANG, seq=2, id="m2", end=5, replaces=("m1",))
    moved = member(LI, ZHANG, seq=3, id="m3", end=9, replaces=("m2",))
    assert team(member(LI, ZHANG), ended).counts(ZHANG.writer, 7) == "ended"
    assert team(member(LI, ZHANG), ended, moved).counts(ZHANG.writer, 7) is None


def test_a_roster_that_cannot_come_about_honestly_is_reported() -> None:
    membership = team(member(LI, ZHANG))
    membership.named_roster(ZHANG.writer, 1)
    assert membership.reports() == ()
    membership.named_roster(ZHANG.writer, 4)
    membership.named_roster(ZHANG.writer, 3)
    membership.named_roster(NOBODY.writer, 10**9)
    assert membership.reports() == (Report("roster_behind", 4, ZHANG.writer),)
    membership.add_roster(roster(4, sits(LI)))
    assert membership.reports() == ()
    membership.add_roster(roster(4, sits(LI), sits(CHEN, "S002", "陈主管")))
    assert membership.reports() == (Report("roster_forked", 4),)
    membership.add_roster(roster(5, sits(LI)))
    assert membership.reports() == (Report("roster_forked", 4),)
    membership.add_roster(roster(6, sits(LI), sits(CHEN, "S002", "陈主管")))
    assert membership.reports() == ()
    membership.add_roster(roster(1007, sits(LI)))
    assert membership.reports() == (Report("roster_forked", 4), Report("roster_left_out", 6, CHEN.writer))


# ---- requests, readers ----


def test_requests_wait_until_a_device_is_bound() -> None:
    membership = team()
    assert membership.add_request(join(WANG, "A018", "王芳", NOON + timedelta(hours=1)))
    assert membership.add_request(join(ZHANG))
    assert not membership.add_request(join(ZHANG))
    assert [one.id for one in membership.waiting()] == ["A017", "A018"]
    assert membership.add_request(join(ZHANG, "A071", "张敏", NOON + timedelta(minutes=1)))
    assert not membership.add_request(join(ZHANG))
    assert [one.id for one in membership.waiting()] == ["A071", "A018"]
    membership.add_member(*member(LI, ZHANG, end=3))
    assert [one.id for one in membership.waiting()] == ["A018"]
    request = membership.request(ZHANG.writer)
    assert request
    assert request.id == "A071"


def test_a_supervisors_own_request_does_not_wait() -> None:
    membership = team()
    membership.add_request(join(LI, "S001", "李主管"))
    assert membership.waiting() == ()


def test_readers_are_the_agents_devices_the_supervisors_and_the_owner() -> None:
    friday = MONDAY + timedelta(days=4)
    membership = team(
        member(LI, ZHANG, left=friday),
        member(LI, ZHANG_2, seq=2, id="m2", end=9),
        member(LI, WANG, seq=3, id="m3", person="A018"),
    )
    membership.add_roster(roster(2, sits(LI), sits(CHEN, "S002", "陈主管", end=9)))
    assert dict(membership.readers("A017")) == {
        ZHANG.writer: ZHANG.public,
        LI.writer: LI.public,
        "owner": OWNER.public,
    }
    assert ZHANG.writer in dict(membership.readers("A017", friday))
    assert ZHANG.writer not in dict(membership.readers("A017", friday + timedelta(days=1)))
    # A supervisor, about whom there may be rings too (a team of one), is named once.
    assert [name for name, _ in membership.readers("S001")] == [LI.writer, "owner"]


def test_rings_are_handed_on_by_their_maker_and_by_supervisors() -> None:
    membership = team(member(LI, ZHANG), member(LI, EVE, seq=2, id="m2", person="A019"))
    assert membership.may_hand_on(ZHANG.writer, ZHANG.writer)
    assert membership.may_hand_on(LI.writer, ZHANG.writer)
    assert not membership.may_hand_on(EVE.writer, ZHANG.writer)
    assert not membership.may_hand_on(NOBODY.writer, ZHANG.writer)
