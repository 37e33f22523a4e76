"""What a key does in a field: digits, text, the number."""

import pytest

from tests.ui.desk.world import LISTED, NUMBER, Desk

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


def test_backspace_in_the_empty_first_field_goes_nowhere() -> None:
    """Held down to clear a number, it must not come round to the last field."""
    desk = Desk().start().type("1391").press(*["backspace"] * 6)
    assert (desk.value("phone"), desk.focus) == ("", "phone")


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
    desk = Desk().start().type("1380013").press("enter").wait().press("3")
    assert desk.records[0].phone == "1380013"


@pytest.mark.parametrize("key", ["enter", "tab"])
def test_an_unusable_number_is_said_to_be_that_before_anything_is_recorded(key: str) -> None:
    desk = Desk().start().type("1380013800").press(key)
    assert (desk.focus, desk.said) == ("outcome", "number_unusable")
    desk = Desk().start().type("13800138000").press(key)
    assert desk.said is None


def test_a_pasted_line_fills_the_form() -> None:
    desk = Desk().start()
    desk.form.paste("张总 13700137000 宁波宏达科技有限公司")
    assert (desk.value("phone"), desk.value("contact")) == ("13700137000", "张总")
    assert (desk.value("company"), desk.focus) == ("宁波宏达科技有限公司", "outcome")
    desk.press("3")
    assert desk.records[0].contact == "张总"


@pytest.mark.parametrize("key", ["enter", "tab", "^S"])
def test_a_line_that_comes_as_keys_fills_the_form_too(key: str) -> None:
    # So a terminal pastes that knows no bracketed paste.
    desk = Desk().press("^O").type("张总 13700137000 宁波宏达科技有限公司").press(key)
    assert desk.value("phone") == "13700137000"
    assert (desk.value("company"), desk.value("contact")) == ("宁波宏达科技有限公司", "张总")


def test_a_pasted_text_in_another_field_is_text() -> None:
    desk = Desk(NUMBER).start().press("1", "2")
    desk.form.paste("3\n\x1b[31m个")
    assert desk.value("note") == "3 [31m个"
