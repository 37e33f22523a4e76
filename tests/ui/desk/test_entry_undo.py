"""Entries taken back, laid aside and found again after a crash."""

from datetime import timedelta

from agent_tui.ui.desk.layout import form_titles
from agent_tui.ui.kit.when import moment
from tests.ui.desk.world import LISTED, NUMBER, START, WANG, Desk

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


def test_what_lay_aside_tells_when_its_call_was_and_no_time_that_runs_on() -> None:
    desk = Desk(NUMBER).start().press("1", "2", "^O")
    desk.type("13700137000").press("enter", "3").wait()
    begun = desk.form.sheet.started_at
    assert begun is not None
    assert form_titles(desk.form, begun + timedelta(minutes=5))[0] == f"Log the call of {begun:%H:%M}"
    assert form_titles(desk.form, begun + timedelta(days=3))[0] == f"Log the call of {moment(begun)}"


def test_the_last_laid_aside_returns_first() -> None:
    desk = Desk(NUMBER).start().press("1", "^O").type("13600136000").press("enter", "1", "^O")
    desk.type("13700137000").press("enter", "3").wait()
    assert desk.value("phone") == "13600136000"


def test_an_empty_entry_is_not_laid_aside() -> None:
    assert Desk().start().press("^O", "^O").form.parked == []


def test_skip_from_an_empty_form_takes_the_next_number_and_says_nothing_of_skipping() -> None:
    desk = Desk(NUMBER).start().press("^O")
    desk.press("^N").wait()
    assert (desk.value("phone"), desk.said) == (NUMBER, None)


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


# ---- draft ----


def test_unfinished_and_parked_entries_come_back_from_a_draft() -> None:
    desk = Desk(NUMBER).start().press("1", "2").type("说到一半").press("^O").type("13700137000").press("enter", "2")
    draft = desk.form.draft()
    assert draft
    after = Desk(NUMBER, known=())
    after.form.start([draft])
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
