"""The differences between two policies, as they are shown before one is published."""

from shared_rules.policies.changes import Change, changes
from shared_rules.policies.policy import builtin, builtin_text, parse_policy

POLICY = builtin()
TEXT = builtin_text("handbook")
DEAD = """[[outcomes]]
id = "dead_number"
title = { zh = "空号停机", en = "Dead number" }
digit = "5"
spoke = false
at_once = true
at_once_unless_spoken = true

"""


def test_a_policy_does_not_differ_from_itself() -> None:
    assert changes(POLICY, POLICY) == []


def test_an_outcome_added_removed_and_changed() -> None:
    assert TEXT.count(DEAD) == 1
    without = parse_policy(TEXT.replace(DEAD, ""), "without")
    assert changes(POLICY, without) == [Change("outcomes.dead_number", "removed")]
    assert changes(without, POLICY) == [Change("outcomes.dead_number", "added")]
    renamed = parse_policy(TEXT.replace(DEAD, DEAD.replace("空号停机", "空号")), "renamed")
    assert changes(POLICY, renamed) == [Change("outcomes.dead_number", "changed")]


def test_a_value_and_a_status_of_a_rule() -> None:
    old = 'beyond = "att.half_day"\ncites = "punch"\nproposed_by = "late"\n'
    assert TEXT.count(old) == 1
    looser = parse_policy(TEXT.replace(old, old.replace('cites = "punch"\n', "")), "looser")
    assert changes(POLICY, looser) == [Change("att.late", "changed", "cites", "punch", "")]
    off = parse_policy(TEXT.replace(old, old + 'status = "disabled"\n'), "off")
    (found,) = changes(POLICY, off)
    assert (found.rule, found.key, found.after) == ("att.late", "status", "disabled")
