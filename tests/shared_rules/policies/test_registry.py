"""The registry of rules is complete: each id of the handbook is in the policy, is computed, entered or shown."""

import re
from pathlib import Path

import pytest

from shared_rules.policies.names import BUILTINS
from shared_rules.policies.policy import builtin

HANDBOOK = Path(__file__).resolve().parents[4] / "shared" / "handbook.md"

# Where each rule of the handbook lives: computed from records, entered by a supervisor, or shown alone.
IDS = {
    "quota.standard": "computed", "quota.new_hire": "computed", "quota.new_hire_days": "computed",
    "quota.visit": "computed", "quota.shortfall": "computed", "quota.excuse": "computed",
    "day.hours": "computed", "day.workdays": "computed", "day.stay_late": "computed", "day.hand_in": "computed",
    "att.late": "entered", "att.early": "entered", "att.half_day": "entered", "att.absent": "entered",
    "att.no_punch": "entered", "meet.missed": "entered", "week.summary": "entered", "leave.late_request": "computed",
    "duty.cleaning": "entered", "duty.desk": "entered", "conduct.seat": "entered", "conduct.abuse": "entered",
    "conduct.private_call": "entered", "conduct.harm": "entered", "report.false": "computed",
    "award.excellent": "entered",
    "pay.base": "computed", "pay.item2": "computed", "pay.item3": "computed", "pay.valid_calls": "computed",
    "pay.grade_a": "computed", "pay.grade_b": "computed", "pay.payments": "computed", "pay.points": "computed",
    "pay.fines": "computed", "points.base": "computed", "points.bonus": "computed", "points.malus": "computed",
    "week.plan": "computed", "week.review": "computed", "meet.daily": "shown", "meet.training": "shown",
    "list.swap": "shown", "phase.first_month": "computed",
}  # fmt: skip
# What a policy says besides its rules: the parts that hold them, and data of records.
_NO_RULES = {"data", "handbook", "screens", "design", "models", "source", "quality"}


@pytest.mark.parametrize("id", IDS)
def test_each_rule_is_in_the_policy_with_titles_in_both_languages(id: str) -> None:
    policy = builtin()
    rule = policy.rules[id]
    assert rule.title.zh
    assert rule.title.en
    assert re.search(r"[\u4e00-\u9fff]", rule.title.zh)
    assert not re.search(r"[\u4e00-\u9fff]", rule.title.en)
    assert rule.clause or rule.status == "ours" or id.startswith("pay.item")
    if IDS[id] == "entered":
        assert policy.points is not None
        found = policy.points.rules[id]
        assert found.computed
        assert not found.by_verdict
        assert found.points or found.fine or found.least


def test_the_list_is_the_handbooks() -> None:
    if not HANDBOOK.exists():
        pytest.skip(f"no handbook at {HANDBOOK}: the list of ids above stands alone")
    text = HANDBOOK.read_text(encoding="utf-8")
    tables = re.findall(r"^\| ([a-z_.]+(?:, [a-z_.]+)*) \|", text, re.MULTILINE)
    found = {id for row in tables for id in row.split(", ") if "." in id}
    for listed in re.findall(r"[Rr]ule ids(?: here)?: ([^)\n]+(?:\n[^)\n]+)*?)\.?(?:\n\n|\n?$|\))", text):
        found |= set(re.findall(r"\b[a-z]+\.[a-z_0-9]+\b", listed))
    found |= set(re.findall(r"\b(?:pay|points|phase|list|meet|week)\.[a-z_0-9]+\b", text))
    assert {id for id in found if id.partition(".")[0] not in _NO_RULES} == set(IDS)


def test_every_shipped_policy_titles_every_rule_in_both_languages() -> None:
    for name in BUILTINS:
        for id, rule in builtin(name).rules.items():
            assert rule.title.zh, (name, id)
            assert rule.title.en, (name, id)
