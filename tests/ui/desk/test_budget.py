"""The keystroke budget of the form, replayed key by key: the number of keys, and what is recorded."""

from datetime import timedelta

from tests.ui.desk.world import LISTED, NUMBER, START, Desk


def test_a_unanswered_is_one_key() -> None:
    desk = Desk(NUMBER).start().press("3")
    assert desk.keys == 1
    [call] = desk.records
    assert (call.outcome, call.phone, call.company) == ("no_answer", NUMBER, "宁波宏达科技有限公司")


def test_b_known_customer_spoke_is_five_keys_one_after_hanging_up() -> None:
    desk = Desk(NUMBER).start().press("1", "2", "1", "5")
    assert not desk.records
    desk.press("enter")
    assert desk.keys == 5
    [call] = desk.records
    assert (call.outcome, call.interest, call.grade, call.note) == ("talked", "intent", "B", "要报价")
    assert (call.contact, call.title, call.headcount) == ("王", "采购经理", "51-200")
    assert call.follow_up is not None
    assert call.follow_up.date() == (START + timedelta(days=7)).date()


def test_c_known_customer_refused_is_three_keys() -> None:
    desk = Desk(NUMBER).start().press("2", "1", "enter")
    assert desk.keys == 3
    [call] = desk.records
    assert (call.outcome, call.interest, call.note, call.follow_up) == ("refused", None, "要报价", None)


def test_d_new_customer_of_the_list_is_ten_keys() -> None:
    desk = Desk(LISTED.phone).start().press("1", "3", "3", "2", "3", "1", "1", "2", "2", "enter")
    assert desk.keys == 10
    [call] = desk.records
    assert (call.company, call.contact, call.title, call.department) == (LISTED.company, "张", "采购经理", "采购部")
    assert (call.headcount, call.it_status, call.interest, call.grade) == ("51-200", "有系统", "intent", "A")
    assert call.note == "发资料"
    assert call.follow_up == START.replace(day=24, hour=9, minute=0)


def test_d_with_surname_and_follow_up_typed_is_at_most_sixteen_keys() -> None:
    desk = Desk(LISTED.phone).start().press("1", "欧", "阳", "enter", "3", "2", "3", "1", "1", "2").type("15号")
    desk.press("enter")
    assert desk.keys <= 16
    [call] = desk.records
    assert (call.contact, call.note) == ("欧阳", "发资料")
    assert call.follow_up == START.replace(month=12, day=15, hour=9, minute=0)


def test_e_brand_new_is_fifty_keys() -> None:
    company = "ningbo hongda keji yxgs ltd"
    desk = Desk().start().type("13700137000").press("enter", "1").type(company).press("enter", *"33231125")
    assert not desk.records
    desk.press("enter")
    assert (len(company), desk.keys) == (27, 50)
    [call] = desk.records
    assert (call.phone, call.company, call.contact) == ("13700137000", company, "张")
    assert call.follow_up is not None
