"""A recorded call corrected in the form."""

from datetime import date, timedelta

from msgspec.structs import replace

from agent_tui.views import CallView
from tests.ui.desk.world import NUMBER, START, WANG, Desk


def call_view(outcome: str = "talked", **changes: object) -> CallView:
    values = {
        "id": "call-7", "author": "A017", "agent": "A017", "day": date(2026, 11, 23),
        "started_at": START - timedelta(hours=1), "at": START - timedelta(hours=1), "outcome": outcome,
        "interest": "intent", "grade": "B", "duration_s": 87, "follow_up": None,
        "customer": replace(WANG, note="", phone="+8613600136000"), "missing": ("note",),
        "valid": False, "lead": False, "why_not": "incomplete", "late": False, "corrected": False,
    }  # fmt: skip
    return CallView(**{**values, **changes})  # type: ignore[arg-type]


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


def test_escape_on_the_outcome_leaves_a_correction_that_changed_nothing() -> None:
    desk = Desk(NUMBER).start().press("1", "2")
    desk.form.correct(call_view())
    desk.wait().press("escape")
    assert (desk.focus, desk.form.sheet.correcting is not None) == ("outcome", True)
    desk.press("escape")
    assert (desk.said, desk.form.sheet.correcting, desk.value("interest")) == ("correction_left", None, "intentB")


def test_escape_leaves_no_correction_that_changed_something() -> None:
    desk = Desk().start()
    desk.form.correct(call_view())
    desk.wait().press("1", "escape", "escape", "escape")
    assert desk.form.sheet.correcting is not None
    assert desk.value("note") == "要报价"


def test_the_number_of_a_recorded_call_is_edited_as_people_write_it() -> None:
    desk = Desk().start()
    desk.form.correct(call_view())
    desk.wait()
    assert desk.value("phone") == "13600136000"
    desk.press("^S")
    assert desk.said == "unchanged"


def test_a_promise_whose_time_has_come_stays_as_it_was() -> None:
    promised = START - timedelta(minutes=30)
    desk = Desk().start()
    desk.form.correct(call_view(follow_up=promised))
    desk.wait().press("1", "enter", "enter")
    assert desk.corrected["call-7"].follow_up == promised
