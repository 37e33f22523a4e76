"""Which fields are there, and which keep a record from being complete."""

import pytest
from msgspec.structs import replace

from shared_rules.completeness import filled, missing
from shared_rules.policies.policy import builtin
from shared_rules.records.parts import Customer

_ALL = Customer(
    phone="+8613800138000",
    company="宁波宏达科技有限公司",
    contact="王",
    title="采购经理",
    department="采购部",
    headcount="51-200",
    it_status="有系统",
    note="要报价",
)


def test_a_full_record_lacks_nothing_under_any_policy() -> None:
    for name in ("handbook", "quota", "points", "pay"):
        policy = builtin(name)
        assert missing(filled(_ALL, policy), policy) == ()


def test_what_each_policy_asks_in_its_order() -> None:
    assert missing((), builtin("handbook")) == ("company", "contact", "title", "phone", "note")
    assert missing((), builtin("quota")) == missing((), builtin("handbook"))
    pay = ("company", "contact", "department", "title", "phone", "headcount", "it_status")
    assert missing((), builtin("pay")) == pay


@pytest.mark.parametrize("name", ["department", "title", "it_status"])
@pytest.mark.parametrize("word", ["无", " 无 ", "none", "None"])
def test_none_is_an_answer_here(name: str, word: str) -> None:
    assert name in filled(replace(_ALL, **{name: word}), builtin())


@pytest.mark.parametrize("name", ["company", "contact", "note", "headcount"])
@pytest.mark.parametrize("word", ["无", "none", "ＮＯＮＥ"])
def test_none_is_no_answer_there(name: str, word: str) -> None:
    assert name not in filled(replace(_ALL, **{name: word}), builtin())


@pytest.mark.parametrize("name", ["company", "contact", "title", "department", "headcount", "it_status", "note"])
@pytest.mark.parametrize("word", ["", " \u3000", "\u200b", "不明", "未知", "unknown", "UNKNOWN", "ｕｎｋｎｏｗｎ"])
def test_blanks_and_unknown_are_an_answer_nowhere(name: str, word: str) -> None:
    assert name not in filled(replace(_ALL, **{name: word}), builtin())


def test_a_phone_is_there_when_it_is_usable() -> None:
    assert "phone" not in filled(replace(_ALL, phone="12345"), builtin())
    assert "phone" in filled(replace(_ALL, phone="0574-87654321"), builtin())


def test_a_word_within_a_text_is_an_answer() -> None:
    assert "note" in filled(replace(_ALL, note="预算未知"), builtin())
