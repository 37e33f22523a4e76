"""When the form saves, what it asks first, and the keys it is deaf to."""

from datetime import timedelta

import pytest

from tests.ui.desk.world import LISTED, NUMBER, START, Desk

# ---- saving ----


def test_save_from_any_field() -> None:
    desk = Desk(NUMBER).start().press("1", "2").type("要报价单").press("^S")
    assert desk.records[0].note == "要报价单"


def test_save_needs_number_and_outcome() -> None:
    desk = Desk().start().press("^S")
    assert (desk.said, desk.focus) == ("number_needed", "phone")
    desk.type("13700137000").press("^S")
    assert (desk.said, desk.focus) == ("outcome_needed", "outcome")


@pytest.mark.parametrize(("text", "problem"), [("某天", "unreadable"), ("2026-11-01", "past")])
def test_an_unreadable_follow_up_is_said_enter_does_not_save_and_save_does_without(text: str, problem: str) -> None:
    desk = Desk(NUMBER).start().press("1", "2", "1").type(text).press("enter")
    assert (desk.said, desk.records) == (problem, [])
    desk.press("^S")
    assert desk.records[0].follow_up is None


def test_a_follow_up_digit_becomes_text_with_more() -> None:
    desk = Desk(NUMBER).start().press("1", "2", "1").type("3天后")
    assert desk.form.due.at == (desk.now() + timedelta(days=3))


def test_a_duration_is_counted_from_the_start_of_the_call() -> None:
    desk = Desk(NUMBER).start().wait(60).press("3")
    assert desk.records[0].duration_s == 61
    assert desk.records[0].started_at == START


def test_do_not_call_asks_once_and_escape_refuses() -> None:
    desk = Desk(NUMBER).start().press("9")
    assert desk.form.asking
    desk.press("escape")
    assert not desk.form.asking
    assert not desk.records
    desk.press("9", "enter")
    assert desk.records[0].outcome == "do_not_call"


def test_do_not_call_asks_from_any_field_and_only_enter_confirms() -> None:
    desk = Desk(NUMBER).start().press("9", "tab", "^S")
    assert desk.form.asking
    desk.press("^S")
    assert not desk.records
    desk.press("enter")
    assert len(desk.records) == 1


def test_a_listed_number_is_refused_once_with_date_and_name() -> None:
    listed = (START - timedelta(days=3), "A003")
    desk = Desk(known=(), listed={NUMBER: listed}).start().type("13800138000").press("enter")
    assert (desk.focus, desk.said) == ("phone", "listed")
    assert desk.form.said is not None
    assert desk.form.said.values == {"since": "11-20", "by": "A003"}
    desk.press("enter")
    assert desk.focus == "outcome"


def test_a_listed_number_is_refused_by_tab_and_paste_too() -> None:
    listed = (START - timedelta(days=3), "A003")
    desk = Desk(known=(), listed={NUMBER: listed}).start().type("13800138000").press("tab")
    assert (desk.focus, desk.said) == ("phone", "listed")
    desk = Desk(known=(), listed={NUMBER: listed}).start()
    desk.form.paste("张总 13800138000")
    assert (desk.focus, desk.said) == ("phone", "listed")
    desk = Desk(known=(), listed={NUMBER: listed}).start().type("张总 13800138000").press("enter")
    assert (desk.focus, desk.said) == ("phone", "listed")


# ---- guard ----


def test_a_held_digit_costs_one_record() -> None:
    desk = Desk(NUMBER, LISTED.phone, "13700137000").start()
    for _ in range(40):
        desk.time += 0.03 - 0.2
        desk.press("3")
    assert len(desk.records) == 1
    assert desk.said == "deaf"
    desk.wait(0.8).press("3")
    assert len(desk.records) == 2


def test_each_key_prolongs_the_silence() -> None:
    desk = Desk(NUMBER)
    desk.form.start()
    desk.press("3", "3").wait(0.4).press("3").wait(0.4).press("3")
    assert not desk.records


def test_a_held_enter_saves_one_entry() -> None:
    desk = Desk(NUMBER).start().press("1", "2", "1", "5", "^O").type("13700137000").press("enter", "3")
    assert (desk.value("note"), desk.focus) == ("要报价", "outcome")
    desk.press("enter", "enter", "^S")
    assert len(desk.records) == 1
    desk.wait().press("enter")
    assert len(desk.records) == 2


def test_a_digit_in_an_answered_entry_waits_for_enter() -> None:
    desk = Desk(NUMBER).start().press("1", "2", "escape", "3")
    assert not desk.records
    desk.press("enter")
    assert desk.records[0].outcome == "no_answer"


def test_dead_number_asks_for_enter_where_they_spoke_before() -> None:
    desk = Desk(NUMBER, spoken=True).start().press("5")
    assert (desk.records, desk.said) == ([], "enter_saves")
    desk.press("enter")
    assert desk.records[0].outcome == "dead_number"


def test_after_a_number_by_hand_the_outcome_listens_at_once() -> None:
    assert len(Desk().start().type("13700137000").press("enter", "3").records) == 1
