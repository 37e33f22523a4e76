"""The shipped policies, and which version holds on a day."""

import hashlib
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared_rules.policies.names import BUILTINS, Builtin
from shared_rules.policies.policy import Policies, Policy, builtin, builtin_text, earlier, parse_policy
from shared_rules.records.parts import FIELDS


def test_each_shipped_policy_has_the_parts_of_its_page() -> None:
    parts = {name: (bool(p.quota), bool(p.points), bool(p.pay)) for name in BUILTINS for p in [builtin(name)]}
    assert parts == {
        "handbook": (True, True, True),
        "quota": (True, False, False),
        "points": (False, True, False),
        "pay": (False, False, True),
    }


def test_outcomes_in_their_order_with_digits_and_titles() -> None:
    told = [(outcome.digit, outcome.id, outcome.title.zh) for outcome in builtin().outcomes]
    assert told == [
        ("1", "talked", "有效沟通"),
        ("2", "refused", "拒绝"),
        ("3", "no_answer", "无人接"),
        ("4", "busy", "占线/挂断"),
        ("5", "dead_number", "空号停机"),
        ("6", "callback", "约回访"),
        ("7", "not_decider", "非负责人"),
        ("8", "existing_customer", "已合作"),
        ("9", "do_not_call", "勿再拨"),
        ("0", "other", "其他"),
    ]
    assert {outcome.digit for outcome in builtin().outcomes if outcome.spoke} == set("12678")


def test_what_the_form_does_for_an_outcome() -> None:
    by_digit = {outcome.digit: outcome for outcome in builtin().outcomes}
    assert {digit for digit, outcome in by_digit.items() if outcome.at_once} == set("345")
    assert {digit for digit, outcome in by_digit.items() if outcome.at_once_unless_spoken} == {"5"}
    assert {digit for digit, outcome in by_digit.items() if outcome.confirms or outcome.lists_number} == {"9"}
    assert set(by_digit["1"].asks) == set(by_digit["6"].asks) == {*FIELDS, "interest", "follow_up"} - {"phone"}
    assert by_digit["7"].presets == ("interest",)
    assert by_digit["2"].presets == by_digit["8"].presets == ("interest", "follow_up")
    assert by_digit["0"].asks == ("note",)
    assert all(not set(outcome.asks) & set(outcome.presets) for outcome in by_digit.values())


def test_what_the_form_offers() -> None:
    form = builtin().form
    assert len(form.choices["contact"]) == 9
    assert form.choices["note"]["1"].zh == "要报价"
    assert form.choices["note"]["0"].zh == "其他需求"
    told = [(choice.title.zh, choice.interest, choice.grade) for choice in form.interests]
    assert told[:2] == [("拟A", "intent", "A"), ("拟B", "intent", "B")]
    assert ("可发展", "developable", None) in told
    assert told[-1] == ("无", None, None)
    assert [choice.digit for choice in form.follow_ups] == list("1234560")


@pytest.mark.parametrize("name", BUILTINS)
def test_every_rule_tells_what_it_is(name: Builtin) -> None:
    for id, rule in builtin(name).rules.items():
        assert rule.title.zh, id
        assert rule.title.en.isascii(), id
        # What the page says is quoted; what it does not say is marked as ours (or as the hole the page has).
        assert rule.clause or rule.status in ("ours", "disputed"), id


def test_the_rule_ids_of_the_handbook() -> None:
    ids = set(builtin().rules)
    named = " ".join(
        (
            "quota.standard quota.new_hire quota.new_hire_days quota.visit quota.shortfall quota.excuse day.hours",
            "day.workdays day.stay_late day.hand_in att.late att.early att.half_day att.absent att.no_punch",
            "meet.missed",
            "week.summary leave.late_request duty.cleaning duty.desk conduct.seat conduct.abuse conduct.private_call",
            "conduct.harm report.false award.excellent pay.base pay.item2 pay.item3 pay.valid_calls pay.grade_a",
            "pay.grade_b pay.payments pay.points pay.fines points.base points.bonus points.malus week.plan week.review",
            "meet.daily meet.training list.swap phase.first_month",
        )
    )
    assert set(named.split()) <= ids
    assert max(map(len, ids)) <= 64


def test_the_deduction_table() -> None:
    part = builtin().points
    assert part is not None
    table = {id: (rule.points, rule.fine) for id, rule in part.rules.items() if rule.computed}
    assert table == {
        "att.late": (-2, 1000),
        "att.early": (-2, 1000),
        "att.half_day": (-5, 0),
        "att.absent": (-10, 0),
        "att.no_punch": (-2, 1000),
        "meet.missed": (-2, 0),
        "week.summary": (-5, 0),
        "duty.cleaning": (-5, 500),
        "duty.desk": (-2, 0),
        "conduct.seat": (-2, 0),
        "conduct.abuse": (-5, 0),
        "conduct.private_call": (-10, 10000),
        "conduct.harm": (-10, 0),
        "report.false": (0, 5000),
        "award.excellent": (0, 0),
    }
    absent = part.rules["att.absent"]
    assert (absent.day_pay_multiple, absent.day_pay_status) == (3, "disabled")


def test_the_shipped_rules_that_are_disputed_say_so() -> None:
    rules = builtin().rules
    assert rules["quota.visit"].status == "disputed"
    assert builtin().leads.new_hire_status == "disputed"
    quota = builtin().quota
    assert quota is not None
    assert quota.shortfall.leads_status == "disputed"


@pytest.mark.parametrize("name", BUILTINS)
def test_a_shipped_text_stands_for_itself(name: Builtin) -> None:
    again = parse_policy(builtin_text(name), "copy")
    assert again == builtin(name)
    assert again.digest == builtin(name).digest
    assert len({builtin(other).digest for other in BUILTINS}) == len(BUILTINS)


def test_a_policy_is_data_through_and_through() -> None:
    text = builtin_text("handbook").replace("calls = 120", "calls = 7").replace('lead = "5"', 'lead = "0.5"')
    policy = parse_policy(text, "ours")
    assert policy.quota is not None
    assert (policy.quota.standard.calls, policy.quota.shortfall.lead) == (7, 50)


def _named(name: str) -> tuple[str, str]:
    return name, builtin_text("handbook").replace('name = "handbook"', f'name = "{name}"')


def _on(policies: Policies, *days: date) -> list[str]:
    return [policies.on(day).name for day in days]


def test_a_day_is_judged_by_the_policy_in_force_and_by_no_later_one() -> None:
    at = datetime(2026, 10, 20, tzinfo=UTC)
    versions = [
        (date(2026, 11, 1), at, "w", 1, _named("one")[1]),
        (date(2026, 11, 10), at, "w", 2, _named("two")[1]),
        # Published later, for an earlier day than the second: it holds until the second begins.
        (date(2026, 11, 5), at.replace(day=25), "w", 3, _named("three")[1]),
    ]
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 5), date(2026, 11, 9), date(2026, 11, 10)]
    for order in permutations(versions):
        policies = Policies()
        for version in (*order, order[0]):
            assert policies.add(*version) is None
        assert _on(policies, *days) == ["handbook", "one", "three", "three", "two"]
        assert [one.effective.day for one in policies.versions()] == [10, 5, 1]


@given(st.permutations([1, 2, 3]), st.lists(st.integers(0, 3), min_size=3, max_size=3))
@settings(deadline=None)  # the first to validate a policy builds what validates
def test_of_two_for_one_day_the_later_holds_in_any_order(order: list[int], hours: list[int]) -> None:
    policies = Policies()
    for seq in order:
        at = datetime(2026, 11, 1, hours[seq - 1], tzinfo=UTC)
        policies.add(date(2026, 11, 2), at, "w", seq, _named(f"n{seq}")[1])
    latest = max((hours[seq - 1], seq) for seq in (1, 2, 3))[1]
    assert policies.on(date(2026, 11, 2)).name == f"n{latest}"


@given(st.permutations(["old", "new", "third"]), st.sets(st.sampled_from(["old", "new", "third"]), min_size=1))
@settings(deadline=None)
def test_a_version_that_is_brought_over_under_a_new_key_is_one(order: list[str], read: set[str]) -> None:
    """Whoever has read the one line or the other lists the same."""
    found = []
    for writers in (order, sorted(read)):
        policies = Policies()
        for writer in writers:
            at = datetime(2026, 11, 1, 9, tzinfo=UTC)
            policies.add(date(2026, 11, 2), at, writer, len(writer), builtin_text("pay"), by="S002", id="one")
        found.append([(one.by, one.id, one.effective, one.at, one.policy.name) for one in policies.versions()])
        lines = [(one.writer, one.seq) for one in policies.versions()]
        assert lines == [min((writer, len(writer)) for writer in writers)], "whatever was read first"
    assert found[0] == found[1]
    assert len(found[0]) == 1


def test_a_version_that_does_not_parse_is_left_out_and_said() -> None:
    policies = Policies()
    error = policies.add(date(2026, 11, 1), datetime(2026, 11, 1, tzinfo=UTC), "w", 1, "name = 1")
    assert error is not None
    assert error.source == "w:1"
    assert policies.on(date(2026, 11, 2)).name == "handbook"


def test_a_team_may_start_from_another_policy() -> None:
    assert Policies(builtin("pay")).on(date(2026, 11, 1)).name == "pay"


def test_new_hires_may_be_counted_by_another_reading() -> None:
    text = builtin_text("handbook").replace(
        'new_hire_interests = ["intent", "developable"]', 'new_hire_interests = ["intent"]'
    )
    policy = parse_policy(text, "narrow")
    assert policy.counting(True).interests == {"intent"}
    assert policy.counting().interests == {"intent", "developable"}
    off = parse_policy(text.replace('new_hire_status = "disputed"', 'new_hire_status = "disabled"'), "off")
    assert off.counting(True) == off.counting()


def test_a_policy_cannot_be_changed() -> None:
    policy: Policy = builtin()
    with pytest.raises(AttributeError):
        setattr(policy, "name", "other")  # noqa: B010 - the type checker forbids it, and so does the form


SHIPPED = {"0.1.0": "c0970bfc4b3a59cf95a279ad20de8e10d01579463fb0d1d774f52139042f43d5"}
"""By release the digest of its `handbook`. When that text changes after a release, the released one is kept as
shared_rules/policies/earlier/<digest>.toml, and the new digest is added here."""


def test_every_text_ever_shipped_is_found_again_by_its_digest() -> None:
    assert builtin().digest in SHIPPED.values()
    for digest in SHIPPED.values():
        found = Policies().named(digest)
        assert found is not None
        assert found.digest == digest


def test_a_day_keeps_the_text_that_an_earlier_program_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = builtin_text("handbook").replace("calls = 120", "calls = 110")
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert Policies().named(digest) is None
    earlier.cache_clear()
    monkeypatch.setattr("shared_rules.policies.policy.EARLIER", tmp_path)
    (tmp_path / f"{digest}.toml").write_text(text, encoding="utf-8", newline="\n")
    found = Policies().named(digest)
    assert found is not None
    assert (found.digest, found.quota and found.quota.standard.calls) == (digest, 110)
    for hostile in ("../" + digest, digest.upper(), "", "x" * 64):
        assert Policies().named(hostile) is None
    earlier.cache_clear()
