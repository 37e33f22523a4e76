"""The form's states, and the walk from field to field."""

import pytest

from agent_tui.ui.desk.sheet import FIELDS
from tests.ui.desk.world import LISTED, NUMBER, WANG, Desk

# ---- states ----


def test_empty_stands_on_the_number_and_enter_makes_it_ready() -> None:
    desk = Desk().start()
    assert desk.focus == "phone"
    desk.type("138 0013 8000").press("enter")
    assert desk.focus == "outcome"
    assert desk.value("contact") == "王"
    assert desk.form.sheet.started_at == desk.now()


def test_a_number_loads_itself_and_the_outcome_has_the_focus() -> None:
    desk = Desk(NUMBER).start()
    assert (desk.focus, desk.value("company")) == ("outcome", WANG.company)


@pytest.mark.parametrize("digit", ["3", "4", "5"])
def test_unanswered_is_saved_at_once(digit: str) -> None:
    assert len(Desk(NUMBER).start().press(digit).records) == 1


@pytest.mark.parametrize("digit", ["1", "2", "6", "7", "8", "0"])
def test_the_others_walk(digit: str) -> None:
    desk = Desk(NUMBER).start().press(digit)
    assert not desk.records
    assert desk.focus != "outcome"


def test_after_a_save_comes_the_next_number_and_then_an_empty_form() -> None:
    desk = Desk(NUMBER, LISTED.phone).start().press("3").wait()
    assert desk.form.sheet.number == LISTED.phone
    desk.press("4")
    assert (desk.focus, desk.value("phone")) == ("phone", "")


def test_keys_do_nothing_while_the_entry_is_written() -> None:
    desk = Desk(NUMBER).start()
    desk.form.type("3")
    frozen = desk.form.sheet
    for key in ("1", "enter", "tab", "backspace", "escape"):
        desk.form.press(key, key if len(key) == 1 else None)
    desk.form.undo()
    desk.form.new_number()
    assert desk.form.sheet == frozen
    assert len(desk.effects) == 1


def test_a_failed_save_brings_the_entry_back_with_the_reason() -> None:
    desk = Desk(NUMBER).start()
    desk.disk_full = True
    desk.press("1", "2", "1", "5", "enter")
    assert (desk.said, desk.value("note"), desk.focus) == ("not_saved", "要报价", "follow_up")
    desk.disk_full = False
    desk.press("enter")
    assert desk.records[0].note == "要报价"


def test_a_failed_save_by_digit_leaves_the_entry_as_before_the_digit() -> None:
    desk = Desk(NUMBER).start()
    desk.disk_full = True
    desk.press("3")
    assert desk.form.sheet.untouched
    assert desk.focus == "outcome"


# ---- walk and presets ----


def test_talked_asks_all_and_refused_only_customer_and_note() -> None:
    desk = Desk("13700137000").start().press("1")
    assert desk.form.left == ["company", "contact", "title", "department", "headcount", "it_status", "interest",
                              "note", "follow_up"]  # fmt: skip
    desk = Desk("13700137000").start().press("2")
    assert desk.form.left[-2:] == ["it_status", "note"]
    assert (desk.value("interest"), desk.value("follow_up")) == ("none", "0")


@pytest.mark.parametrize("digit", ["1", "2", "6", "7", "8", "0"])
def test_no_outcome_presets_a_lead(digit: str) -> None:
    desk = Desk(NUMBER).start().press(digit)
    assert desk.form.entry().interest is None


def test_not_the_decider_presets_no_interest_and_asks_the_follow_up() -> None:
    desk = Desk(NUMBER).start().press("7", "1")
    assert (desk.value("interest"), desk.focus) == ("none", "follow_up")


def test_another_outcome_takes_back_what_the_first_preset() -> None:
    desk = Desk(NUMBER).start().press("2", "escape", "1")
    assert (desk.value("interest"), desk.value("follow_up"), desk.focus) == ("", "", "interest")


def test_what_was_answered_is_not_preset_over() -> None:
    desk = Desk(NUMBER).start().press("1", "2", "escape", "2")
    assert desk.value("interest") == "intentB"


def test_enter_accepts_an_empty_field_and_asks_it_no_more() -> None:
    desk = Desk("13700137000").start().press("1", *["enter"] * 8)
    assert desk.focus == "follow_up"
    assert not desk.records
    desk.press("enter")
    assert desk.records[0].outcome == "talked"


def test_the_walk_goes_on_where_it_was_after_a_field_was_replaced() -> None:
    desk = Desk(NUMBER).start().press("1", "2")
    assert desk.focus == "note"
    desk.press("shift+tab", "shift+tab", "shift+tab")
    assert (desk.focus, desk.form.line.selected) == ("headcount", True)
    desk.press("1")
    assert (desk.value("headcount"), desk.focus) == ("1-20", "note")


def test_tab_visits_every_field_in_the_order_of_the_screen() -> None:
    desk = Desk(NUMBER).start()
    seen = []
    for _ in FIELDS:
        desk.press("tab")
        seen.append(desk.focus)
    assert seen == [*FIELDS[2:], *FIELDS[:2]]


def test_up_and_down_are_shift_tab_and_tab() -> None:
    desk = Desk(NUMBER).start().press("down")
    assert desk.focus == "company"
    desk.press("up", "up")
    assert desk.focus == "phone"
