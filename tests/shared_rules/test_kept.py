"""What was validated once is made again without validating, and is the same."""

import tomllib
from datetime import date

import pytest
from msgspec.structs import replace

from shared_rules.kept import remake
from shared_rules.policies.names import BUILTINS, Builtin
from shared_rules.policies.policy import Policy, builtin, builtin_text, parse_policy
from shared_rules.records.kinds import Call
from shared_rules.records.parts import About
from shared_rules.validating import checked
from tests.shared_rules.making import clock


@pytest.mark.parametrize("name", BUILTINS)
def test_a_shipped_policy_is_the_one_that_validating_gives(name: Builtin) -> None:
    validated = parse_policy(builtin_text(name), name)
    assert builtin(name) == validated
    assert builtin(name).digest == validated.digest
    assert builtin(name).rules == validated.rules
    assert remake(Policy, tomllib.loads(builtin_text(name))) != replace(validated, name="other")


def test_values_get_the_types_of_the_fields_and_what_is_left_out_its_default() -> None:
    members = {"outcome": "talked", "started_at": clock(14).isoformat(), "filled": ["phone"], "grade": None, "more": 1}
    assert remake(Call, members) == checked(Call, members)
    about = remake(About, {"author": "A017", "id": "x", "day": "2026-11-23"})
    assert about == About(author="A017", id="x", day=date(2026, 11, 23))


@pytest.mark.parametrize("members", [{}, {"author": "A", "id": "x"}, {"author": "A", "id": "x", "day": "someday"}])
def test_data_of_another_shape_is_a_value_error(members: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        remake(About, members)
