"""Whatever keys come, in whatever order: nothing breaks, nothing typed is lost, every answer can be taken back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from agent_tui.ui.desk.sheet import FIELDS, from_draft
from tests.ui.desk.world import LISTED, NUMBER, Desk

KEYS = st.lists(
    st.sampled_from(
        [*"0123456789", "１", " ", "a", "王", "enter", "tab", "shift+tab", "backspace", "escape", "delete", "left",
         "home", "^S", "^Z", "^O", "^N", "F9"]
    ),
    max_size=60,
)  # fmt: skip

_EDITING = frozenset({"backspace", "delete", "left", "home", "tab", "shift+tab", " ", "a", "王"})


@given(KEYS)
@settings(max_examples=150, deadline=None)
def test_any_keys_leave_a_form_that_works(keys: list[str]) -> None:
    desk = Desk(NUMBER, LISTED.phone, "13700137000").start()
    for key in keys:
        desk.wait(0.6).press(key)
        assert desk.focus in FIELDS
        assert desk.form.busy is None
        assert 0 <= desk.form.line.cursor <= len(desk.form.line.text)
        draft = desk.form.draft()
        for one in draft["entries"] if draft else ():
            from_draft(one)
    for record in desk.records:
        assert record.phone
        assert record.outcome


@given(KEYS.map(lambda keys: [key for key in keys if key not in ("^Z", "^O", "^N", "F9", "^S", "enter")]))
@settings(max_examples=100, deadline=None)
def test_undo_returns_to_the_untouched_entry(keys: list[str]) -> None:
    desk = Desk(NUMBER).start()
    untouched = desk.form.sheet
    for key in keys:
        desk.wait(0.6).press(key)
        if desk.records:
            return
    for _ in range(len(keys) + 1):
        desk.press("^Z")
    assert desk.said == "nothing_to_undo"
    assert desk.form.sheet.answers == untouched.answers


@given(KEYS.map(lambda keys: [key for key in keys if key != "^Z"]))
@settings(max_examples=100, deadline=None)
def test_what_was_typed_is_in_a_record_or_still_at_hand(keys: list[str]) -> None:
    desk = Desk(NUMBER, LISTED.phone).start().press("1", "2").type("说好明天")
    for key in (key for key in keys if key not in _EDITING):
        desk.wait(0.6).press(key)
    sheets = [desk.form.sheet, *(stack.sheet for stack in desk.form.parked)]
    kept = [record.note for record in desk.records] + [sheet.value("note") for sheet in sheets]
    assert any(note.replace(" ", "").startswith("说好明天") or "说好明天" in note for note in kept)
