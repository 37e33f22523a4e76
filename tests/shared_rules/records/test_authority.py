"""Who may write what."""

import pytest

from shared_rules.records.authority import may_write
from shared_rules.records.kinds import BODIES
from shared_rules.records.parts import Role


@pytest.mark.parametrize("kind", ["call", "void", "punch", "appeal", "hand_in"])
def test_calls_are_the_agents_own(kind: str) -> None:
    assert may_write(kind, "A1", "agent", "A1", alone=False) is None
    assert may_write(kind, "A2", "agent", "A1", alone=False) == "not_own"
    assert may_write(kind, "S1", "supervisor", "A1", alone=False) == "not_own"
    assert may_write(kind, "S1", "supervisor", "S1", alone=False) is None
    assert may_write(kind, "S1", "supervisor", "A1", alone=True) == "not_own"


@pytest.mark.parametrize("kind", ["points", "verdict", "excuse", "ruling", "confirm", "payment"])
def test_supervisors_write_about_agents_not_themselves(kind: str) -> None:
    assert may_write(kind, "S1", "supervisor", "A1", alone=False) is None
    assert may_write(kind, "S1", "supervisor", "S1", alone=False) == "about_self"
    assert may_write(kind, "A1", "agent", "A1", alone=False) == "supervisors_only"
    assert may_write(kind, "A1", "agent", "A2", alone=False) == "supervisors_only"


@pytest.mark.parametrize("kind", ["member", "policy", "card", "erase"])
def test_the_team_is_the_supervisors(kind: str) -> None:
    assert may_write(kind, "S1", "supervisor", "", alone=False) is None
    assert may_write(kind, "A1", "agent", "A1", alone=False) == "supervisors_only"


@pytest.mark.parametrize("kind", ["plan", "flag", "lead", "withdrawal"])
def test_what_an_agent_begins_and_a_supervisor_goes_on_with(kind: str) -> None:
    assert may_write(kind, "A1", "agent", "A1", alone=False) is None
    assert may_write(kind, "A1", "agent", "A2", alone=False) == "not_own"
    assert may_write(kind, "S1", "supervisor", "A1", alone=False) is None


def test_anybody_lists_a_number_and_a_supervisor_lifts_it() -> None:
    assert may_write("do_not_call", "A1", "agent", "A1", alone=False) is None
    assert may_write("do_not_call", "A1", "agent", "A2", alone=False) == "not_own"
    assert may_write("do_not_call", "A1", "agent", "A1", alone=False, lifting=True) == "supervisors_only"
    assert may_write("do_not_call", "S1", "supervisor", "A1", alone=False, lifting=True) is None


@pytest.mark.parametrize("kind", sorted(BODIES))
@pytest.mark.parametrize("role", ["agent", "supervisor"])
def test_one_person_alone_is_both(kind: str, role: Role) -> None:
    assert may_write(kind, "A1", role, "A1", alone=True, lifting=True) is None


def test_a_kind_of_a_newer_program_counts_nothing() -> None:
    assert may_write("verdict_2", "S1", "supervisor", "A1", alone=True) == "unknown_kind"
