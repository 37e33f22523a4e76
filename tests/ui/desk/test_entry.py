"""The form's key table and state table, to the letter."""

from datetime import date, timedelta

import pytest

from agent_tui.ui.desk.sheet import FIELDS
from agent_tui.views import CallView
from tests.ui.desk.world import LISTED, NUMBER, START, WANG, Desk


def call_view(outcome: str = "talked", **changes: object) -> CallView:
    values = {
        "id": "call-7", "author": "A017", "agent": "A017", "day": date(2026, 11, 23),
        "started_at": START - timedelta(hours=1), "at": START - timedelta(hours=1), "outcome": outcome,
        "interest": "intent", "grade": "B", "duration_s": 87, "follow_up": None,
        "customer": WANG.model_copy(update={"note": "", "phone": "+8613600136000"}), "missing": ("note",),
        "valid": False, "lead": False, "why_not": "incomplete", "late": False, "corrected": False,
    }  # fmt: skip
    return CallView(**{**values, **changes})  # type: ignore[arg-type]


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


# ---- digits and text ----


@pytest.mark.parametrize("digit", ["1", "１"])
def test_a_full_width_digit_chooses_too(digit: str) -> None:
    assert Desk(NUMBER).start().press(digit).value("outcome") == "talked"


@pytest.mark.parametrize("character", ["a", "有", " ", "-"])
def test_a_choice_field_ignores_letters_and_says_so(character: str) -> None:
    desk = Desk(NUMBER).start().press(character)
    assert (desk.value("outcome"), desk.said) == ("", "digits_only")


def test_a_digit_without_a_choice_is_said() -> None:
    desk = Desk(NUMBER).start().press("1", "9")
    assert (desk.focus, desk.said) == ("interest", "no_such_digit")


def test_digits_are_typed_in_the_company() -> None:
    desk = Desk("13700137000").start().press("1").type("360科技").press("enter")
    assert (desk.value("company"), desk.focus) == ("360科技", "contact")


@pytest.mark.parametrize("blank", [" ", "\u3000"])
def test_a_blank_first_makes_digits_text(blank: str) -> None:
    desk = Desk(NUMBER).start().press("1", "2", blank).type("3月再联系")
    assert (desk.value("note"), desk.focus) == ("3月再联系", "note")


def test_a_blank_on_a_selected_value_replaces_it() -> None:
    desk = Desk(NUMBER).start().press("1", "escape", *["tab"] * 5, " ").type("200")
    assert desk.value("headcount") == "200"


def test_a_blank_within_a_text_is_a_blank() -> None:
    desk = Desk(NUMBER).start().press("1", "2").type("要 3 份")
    assert desk.value("note") == "要 3 份"


def test_a_digit_after_text_is_text() -> None:
    desk = Desk(NUMBER).start().press("1", "2").type("约3点")
    assert desk.value("note") == "约3点"


def test_text_replaces_a_selected_value() -> None:
    desk = Desk(NUMBER).start().press("tab", "tab").type("李")
    assert desk.value("contact") == "李"


def test_arrows_and_backspace_edit_the_line() -> None:
    desk = Desk("13700137000").start().press("1").type("宁波达").press("left").type("宏").press("end", "backspace")
    assert desk.value("company") == "宁波宏"
    desk.press("home", "delete")
    assert desk.value("company") == "波宏"
    desk.press("ctrl+u")
    assert desk.value("company") == ""


def test_backspace_in_an_empty_field_goes_one_back() -> None:
    desk = Desk("13700137000").start().press("1", "backspace")
    assert desk.focus == "outcome"


def test_backspace_deletes_a_choice_with_its_presets() -> None:
    desk = Desk(NUMBER).start().press("2", "escape", "backspace")
    assert (desk.value("outcome"), desk.value("interest"), desk.focus) == ("", "", "outcome")


# ---- number ----


def test_enter_without_a_number_says_so() -> None:
    desk = Desk().start().press("enter")
    assert (desk.focus, desk.said) == ("phone", "number_needed")


def test_a_changed_number_is_another_customer_and_what_was_typed_stays() -> None:
    desk = Desk(NUMBER).start().press("1", "2").type("很急").press("escape", "up")
    desk.type("13900139000").press("enter")
    assert (desk.value("company"), desk.value("contact")) == (LISTED.company, "")
    assert (desk.value("note"), desk.value("outcome")) == ("很急", "talked")


def test_the_same_number_written_otherwise_changes_nothing() -> None:
    desk = Desk(NUMBER).start()
    started = desk.form.sheet.started_at
    desk.press("up").type("138-0013 8000").press("enter")
    assert desk.value("contact") == "王"
    assert desk.form.sheet.started_at == started


def test_an_unusable_number_is_kept() -> None:
    desk = Desk().start().type("1380013").press("enter", "3")
    assert desk.records[0].phone == "1380013"


def test_a_pasted_line_fills_the_form() -> None:
    desk = Desk().start()
    desk.form.paste("张总 13700137000 宁波宏达科技有限公司")
    assert (desk.value("phone"), desk.value("contact")) == ("13700137000", "张总")
    assert (desk.value("company"), desk.focus) == ("宁波宏达科技有限公司", "outcome")
    desk.press("3")
    assert desk.records[0].contact == "张总"


def test_a_pasted_text_in_another_field_is_text() -> None:
    desk = Desk(NUMBER).start().press("1", "2")
    desk.form.paste("3\n\x1b[31m个")
    assert desk.value("note") == "3 [31m个"


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


# ---- undo ----


def test_undo_takes_back_answer_by_answer_and_says_which() -> None:
    desk = Desk(NUMBER).start().press("1", "2", "1")
    seen = []
    for _ in range(3):
        desk.press("^Z")
        assert desk.form.said is not None
        seen.append((desk.form.said.values["field"], desk.focus))
    assert seen == [("note", "note"), ("interest", "interest"), ("outcome", "outcome")]
    assert desk.form.sheet.untouched


def test_undo_takes_back_a_typed_text_as_a_whole() -> None:
    desk = Desk(NUMBER).start().press("1", "2").type("要报价单").press("^Z")
    assert (desk.value("note"), desk.focus) == ("", "note")
    assert desk.value("interest") == "intentB"


def test_undo_in_an_untouched_entry_takes_back_the_last_save() -> None:
    desk = Desk(NUMBER, LISTED.phone).start().press("1", "2", "1", "5", "enter").press("^Z")
    assert desk.withdrawn == ["call-1"]
    assert (desk.value("note"), desk.focus, desk.said) == ("要报价", "follow_up", "save_undone")
    assert len(desk.form.parked) == 1
    desk.press("^Z", "^Z")
    assert desk.value("note") == ""
    desk.press("4", "4", "enter").wait()
    assert desk.form.sheet.number == LISTED.phone
    assert desk.records[1].note == "问功能"
    assert desk.form.sheet.number == LISTED.phone
    assert not desk.form.parked


def test_undo_of_a_digit_save_stands_as_before_the_digit() -> None:
    desk = Desk(NUMBER).start().press("3", "^Z")
    assert (desk.focus, desk.form.sheet.untouched) == ("outcome", True)
    desk.press("4")
    assert [call.outcome for call in desk.records] == ["no_answer", "busy"]


def test_undo_repeats_over_saves() -> None:
    desk = Desk(NUMBER, LISTED.phone).start().press("3").wait().press("4", "^Z", "^Z")
    assert desk.withdrawn == ["call-2", "call-1"]
    assert desk.form.sheet.number == NUMBER


def test_undo_with_nothing_left_says_so() -> None:
    assert Desk(NUMBER).start().press("^Z").said == "nothing_to_undo"


def test_a_failed_withdrawal_changes_nothing() -> None:
    desk = Desk(NUMBER, LISTED.phone).start().press("3").wait()
    desk.disk_full = True
    desk.press("^Z")
    assert (desk.form.sheet.number, desk.said) == (LISTED.phone, "not_saved")
    desk.disk_full = False
    assert desk.press("^Z").withdrawn == ["call-1"]


# ---- parked ----


def test_a_new_number_lays_the_entry_aside_until_the_next_save() -> None:
    desk = Desk(NUMBER).start().press("1", "2", "^O")
    assert (desk.focus, len(desk.form.parked)) == ("phone", 1)
    desk.type("13700137000").press("enter", "3").wait()
    assert (desk.value("interest"), desk.focus, desk.form.parked) == ("intentB", "outcome", [])
    desk.press("enter")
    assert desk.focus == "note"
    assert desk.form.entry().duration_s is None


def test_the_last_laid_aside_returns_first() -> None:
    desk = Desk(NUMBER).start().press("1", "^O").type("13600136000").press("enter", "1", "^O")
    desk.type("13700137000").press("enter", "3").wait()
    assert desk.value("phone") == "13600136000"


def test_an_empty_entry_is_not_laid_aside() -> None:
    assert Desk().start().press("^O", "^O").form.parked == []


def test_skip_goes_on_and_a_skipped_number_does_not_return() -> None:
    desk = Desk(NUMBER, LISTED.phone).start().press("^N").wait()
    assert desk.form.sheet.number == LISTED.phone
    desk.press("^N")
    assert (desk.focus, desk.said) == ("phone", "no_next")
    assert desk.form.parked == []


def test_skip_loses_no_answers() -> None:
    desk = Desk(NUMBER, LISTED.phone).start().press("1", "2", "^N").wait().press("3").wait()
    assert desk.value("interest") == "intentB"


def test_a_callback_is_taken_over_an_unfinished_entry() -> None:
    desk = Desk(NUMBER).start().press("^O").type("13700137000").press("enter", "1", "F9")
    assert desk.said == "no_callback"
    desk.offers.append(LISTED.phone)
    desk.press("F9").wait()
    assert (desk.form.sheet.number, len(desk.form.parked)) == (LISTED.phone, 2)


# ---- correcting ----


def test_a_recorded_call_is_completed_from_its_first_missing_field() -> None:
    desk = Desk(NUMBER).start()
    desk.form.correct(call_view())
    desk.wait()
    assert (desk.focus, desk.value("company")) == ("note", WANG.company)
    desk.press("1", "enter", "enter").wait()
    assert desk.corrected["call-7"].note == "要报价"
    assert desk.corrected["call-7"].started_at == START - timedelta(hours=1)
    assert desk.corrected["call-7"].duration_s == 87
    assert desk.form.sheet.number == NUMBER


def test_a_correction_without_a_change_writes_nothing() -> None:
    desk = Desk().start()
    desk.form.correct(call_view())
    desk.wait().press("^S")
    assert (desk.corrected, desk.said) == ({}, "unchanged")


def test_undo_of_a_correction_gives_the_former_values_back() -> None:
    desk = Desk().start()
    desk.form.correct(call_view())
    desk.wait().press("1", "^S", "^Z")
    assert desk.corrected["call-7"].note == ""
    assert desk.withdrawn == []
    assert desk.value("note") == "要报价"


def test_undo_leaves_an_untouched_correction() -> None:
    desk = Desk(NUMBER).start().press("1", "2")
    desk.form.correct(call_view())
    desk.wait().press("^Z")
    assert desk.value("interest") == "intentB"
    assert desk.form.sheet.correcting is None


def test_a_promise_whose_time_has_come_stays_as_it_was() -> None:
    promised = START - timedelta(minutes=30)
    desk = Desk().start()
    desk.form.correct(call_view(follow_up=promised))
    desk.wait().press("1", "enter", "enter")
    assert desk.corrected["call-7"].follow_up == promised


# ---- draft ----


def test_unfinished_and_parked_entries_come_back_from_a_draft() -> None:
    desk = Desk(NUMBER).start().press("1", "2").type("说到一半").press("^O").type("13700137000").press("enter", "2")
    draft = desk.form.draft()
    after = Desk(NUMBER, known=())
    after.form.start(draft)
    after.wait()
    assert (after.value("phone"), after.value("outcome")) == ("13700137000", "refused")
    after.press("enter", *["enter"] * 7).wait()
    assert (after.value("note"), after.value("company")) == ("说到一半", WANG.company)
    assert after.form.sheet.started_at == START


def test_nothing_unfinished_makes_no_draft() -> None:
    assert Desk().start().form.draft() is None


def test_an_entry_being_written_is_still_in_the_draft() -> None:
    desk = Desk(NUMBER).start()
    desk.form.type("3")
    assert desk.form.draft() is not None
    desk.carry_out()
    assert desk.form.draft() is None
