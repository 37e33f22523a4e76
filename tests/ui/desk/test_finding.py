"""Customers found on 电话 and companies on 单位: the keys of the form, without a screen."""

from agent_tui.ui.desk.finding import Match
from agent_tui.ui.desk.layout import match_rows
from tests.ui.desk.world import NUMBER, WANG, Desk

FOUND = [Match(NUMBER, "宏达 王经理", "8000"), Match("+8613800138001", "宏达电子 李", "8001")]


def desk() -> Desk:
    made = Desk()
    made.found = {
        "phone": FOUND,
        "company": [Match("宁波宏达科技有限公司", "宁波宏达科技有限公司"), Match("宏达电子", "宏达电子")],
    }
    return made.start()


def titles(made: Desk) -> list[str]:
    return [match.title for match in made.form.finding.matches]


def test_a_name_finds_customers_and_enter_takes_the_first() -> None:
    made = desk().type("宏达")
    assert titles(made) == ["宏达 王经理", "宏达电子 李"]
    made.press("enter")
    assert (made.value("phone"), made.focus, made.value("company")) == (NUMBER, "outcome", WANG.company)
    assert titles(made) == []


def test_the_arrows_choose_and_enter_takes_what_they_chose() -> None:
    made = desk().type("宏达").press("down", "enter")
    assert (made.value("phone"), made.focus) == ("+8613800138001", "outcome")


def test_what_may_be_a_number_is_taken_as_typed_unless_an_arrow_chose() -> None:
    made = desk()
    made.found["phone"] = [Match(NUMBER, "13800138000 王", "8000")]
    made.type("13800138000")
    assert made.form.finding.picked is None
    made.press("enter")
    assert (made.value("phone"), made.focus) == ("13800138000", "outcome")


def test_up_from_the_first_picks_none_and_then_goes_back() -> None:
    made = desk()
    made.found["phone"] = [Match(NUMBER, "8000")]
    made.type("8000").press("down", "up")
    assert (made.form.finding.picked, made.focus) == (None, "phone")
    made.press("up")
    assert made.focus == "follow_up"


def test_the_last_one_is_where_down_ends() -> None:
    made = desk().type("宏达").press("down", "down", "down")
    assert made.form.finding.picked == 1


def test_what_is_found_goes_with_the_text() -> None:
    made = desk().type("宏达")
    made.press("backspace", "backspace")
    assert titles(made) == []
    made.type("宏").press("tab")
    assert titles(made) == []


def test_a_known_company_is_taken_only_by_down_and_enter() -> None:
    made = desk().type("13900139111").press("enter").wait().press("1")
    assert made.focus == "company"
    made.type("宏达").press("enter")
    assert (made.value("company"), made.focus) == ("宏达", "contact")
    made.press("shift+tab").type("宏达").press("down", "enter")
    assert (made.value("company"), made.focus) == ("宁波宏达科技有限公司", "contact")
    assert made.records == []


def test_taking_is_taken_back() -> None:
    made = desk().type("宏达").press("enter").wait()
    made.press("^Z")
    assert made.value("phone") == "宏达"
    made.press("^Z")
    assert made.value("phone") == ""


def test_a_do_not_call_customer_is_told_before_the_call() -> None:
    made = Desk(listed={NUMBER: (Desk().now(), "A009")})
    made.found = {"phone": FOUND}
    made.start().type("宏达").press("enter")
    assert (made.focus, made.said) == ("phone", "listed")


def test_what_is_found_fits_in_two_rows_and_shows_what_is_picked() -> None:
    made = desk()
    made.found["phone"] = [Match(str(n), f"宁波宏达电子{n} 王经理", f"{n:04}") for n in range(12)]
    made.type("宏达")
    rows = match_rows(made.form.finding, 76, 6)
    assert len(rows) == 2
    shown = [span.target for row in rows for span in row if span.target]
    assert shown[0] == "match:0"
    assert len(set(shown)) < 12
    for _ in range(11):
        made.press("down")
    rows = match_rows(made.form.finding, 76, 6)
    assert "match:11" in {span.target for row in rows for span in row}
    assert all(span.at + len(span.text) <= 76 for row in rows for span in row)
