"""The parts of the form: pasted lines, the edited line, the policy's choices, drafts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.i18n import Language, set_language, t
from agent_tui.ui.desk.layout import display_due, flow, picture
from agent_tui.ui.desk.line import Line
from agent_tui.ui.desk.lists import call_rows
from agent_tui.ui.desk.paste import read_paste
from agent_tui.ui.desk.rules import FormRules
from agent_tui.ui.desk.sheet import FIELDS, Sheet, from_draft, identity
from agent_tui.ui.kit.text import width
from agent_tui.views import CallView
from shared_rules.policies.names import BUILTINS
from shared_rules.policies.policy import builtin
from shared_rules.records.parts import Customer
from tests.ui.desk.world import START, Desk

RULES = FormRules(builtin("handbook"), "zh")


@pytest.mark.parametrize(
    ("text", "phone", "others"),
    [
        ("张总 13800138000 宁波宏达公司", "13800138000", {"contact": "张总", "company": "宁波宏达公司"}),
        ("宏达公司\t王经理\t0574-87654321转12", "0574-87654321转12",
         {"company": "宏达公司", "contact": "王", "title": "经理"}),
        ("13800138000", "13800138000", {}),
        ("李 138 0013 8000 要报价", "138 0013 8000", {"contact": "李", "note": "要报价"}),
        ("+86 138-0013-8000 Ningbo Hongda Co., Ltd", "+86 138-0013-8000", {"company": "Ningbo Hongda Co. Ltd"}),
        ("电话:13800138000,联系人:欧阳先生", "13800138000", {"contact": "欧阳先生"}),
    ],
)  # fmt: skip
def test_a_pasted_line_is_read(text: str, phone: str, others: dict[str, str]) -> None:
    found = read_paste(text)
    assert found is not None
    assert (found.phone, dict(found.others)) == (phone, others)


@pytest.mark.parametrize("text", ["", "张总", "1380013", "宁波宏达科技有限公司 2026-11-23"])
def test_a_line_without_a_number_is_no_paste(text: str) -> None:
    assert read_paste(text) is None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", FIELDS)
def test_what_an_empty_field_asks_for_is_seen_whole(language: Language, name: str) -> None:
    set_language(language)
    desk = Desk().start()
    desk.form.focus(name)
    rows = picture(desk.form, 76, language, None, START).rows[:5]
    shown = [span.text.strip() for row in rows for span in row if span.target == name]
    assert shown[1] in {t("desk.digit_only"), t("desk.digit_or_text"), t("desk.text")}


@given(st.text(max_size=80))
def test_any_line_can_be_pasted(text: str) -> None:
    desk = Desk().start()
    desk.form.paste(text)
    assert "\x1b" not in desk.value("phone") + desk.value("company") + desk.value("note")


@given(st.lists(st.sampled_from(["a", "字", "<", ">", "back", "del", "home", "end", "clear"]), max_size=30))
def test_the_cursor_stays_in_the_line(keys: list[str]) -> None:
    line = Line.of("起初")
    for key in keys:
        match key:
            case "<":
                line.move(line.cursor - 1)
            case ">":
                line.move(line.cursor + 1)
            case "back":
                line.backspace()
            case "del":
                line.delete()
            case "home":
                line.move(0)
            case "end":
                line.move(len(line.text))
            case "clear":
                line.clear()
            case _:
                line.insert(key, 10)
        assert 0 <= line.cursor <= len(line.text) <= 10


@pytest.mark.parametrize("name", BUILTINS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_shipped_policy_makes_a_form(name: str, language: str) -> None:
    rules = FormRules(builtin(name), language)  # type: ignore[arg-type]
    for option in rules.options("outcome"):
        for field in rules.presets(option.value):
            assert rules.presets(option.value)[field]
    for option in rules.options("interest"):
        interest, grade = rules.interested(option.value)
        assert rules.interest_value(interest, grade) == (option.value if interest else "")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("field", FIELDS)
def test_the_choices_of_each_field_fit_into_the_two_hint_rows(field: str, language: Language) -> None:
    set_language(language)
    options = FormRules(builtin("handbook"), language).options(field)
    assert len(flow(options, 76, width(t(f"desk.field_{field}")) + 2)) <= 2


@pytest.mark.parametrize(
    ("digit", "expected"),
    [
        ("1", START + timedelta(hours=1)),
        ("2", START.replace(day=24, hour=9, minute=0)),
        ("3", START.replace(day=24, hour=14, minute=0)),
        ("4", START + timedelta(days=3)),
        ("5", START + timedelta(days=7)),
        ("６", START.replace(month=12)),
        ("0", None),
    ],
)
def test_a_follow_up_by_digit(digit: str, expected: object) -> None:
    due = RULES.due(digit, START)
    assert (due.at, due.problem) == (expected, "")


def test_an_hour_from_now_may_be_tomorrow() -> None:
    late = START.replace(hour=23, minute=40)
    assert RULES.due("1", late).at == (late + timedelta(hours=1))


def test_a_past_or_unreadable_follow_up_is_a_problem() -> None:
    assert RULES.due("2026-11-20", START).problem == "past"
    assert RULES.due("有空", START).problem == "unreadable"


def test_numbers_written_differently_are_one() -> None:
    assert (
        len(
            {identity(text) for text in ("13800138000", "138 0013 8000", "+86 138-0013-8000", "１３８００１３８０００")}
        )
        == 1
    )
    assert identity("1380013") == "1380013"


FIELD_TEXTS = st.dictionaries(
    st.sampled_from(["phone", "outcome", "company", "contact", "note"]), st.text(max_size=20), max_size=5
)


@given(FIELD_TEXTS, st.booleans())
def test_a_draft_brings_back_what_it_kept(values: dict[str, str], started: bool) -> None:
    sheet = Sheet(started_at=START if started else None)
    for name, value in values.items():
        sheet = sheet.put(name, value)
    again = from_draft(sheet.draft())
    assert again.answers == sheet.answers
    assert again.started_at == sheet.started_at


@pytest.mark.parametrize(("typed", "off"), [("2", True), ("周六下午3点", True), ("5", False), ("下周一", False)])
def test_a_follow_up_on_a_day_off_says_so_and_is_taken(typed: str, off: bool) -> None:
    friday = START + timedelta(days=4)
    due = RULES.due(typed, friday)
    assert due.at is not None
    assert not due.problem
    assert display_due(due, typed, friday).endswith(t("desk.due_off")) == off


def test_a_call_without_a_company_shows_its_number_once() -> None:
    at = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    for company, place, phone in (("宏达公司", "宏达", "138 0013 8000"), ("", "13800138000", "")):
        customer = Customer(phone="+8613800138000", company=company)
        call = CallView(
            id="1", author="A017", agent="A017", day=at.date(), started_at=at, at=at, outcome="no_answer",
            interest=None, grade=None, duration_s=None, follow_up=None, customer=customer, missing=(), valid=False,
            lead=False, why_not=None, late=False, corrected=False, pending=0, withdrawn=False, erased=False,
        )  # fmt: skip
        (row,) = call_rows([call], builtin("handbook"), "zh")
        assert (row.cells["company"], row.cells["phone"]) == ((place, "plain"), (phone, "muted"))
