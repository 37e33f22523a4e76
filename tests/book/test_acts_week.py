"""Acts of the week and for every desk: plans, cards, notices."""

from datetime import timedelta

import pytest

from agent_tui.book import Book, CallEntry, Change
from agent_tui.book.acts.base import span_of_week
from agent_tui.book.cards.cards import cards, notice
from agent_tui.errors import Problem
from tests.book.acting import refuse
from tests.book.world import DAY
from tests.company import Company


def test_a_plan_is_sent_changed_and_approved(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    refuse(desk, lambda: desk.agent.plan("2026-W47", companies=5), "over")
    refuse(desk, lambda: desk.agent.plan("2026-W54", companies=5), "not a week")
    refuse(desk, lambda: desk.agent.plan("2026-W49"), "say something")
    first = desk.agent.plan("2026-W49", companies=100, grades=2, trades="机械")
    second = desk.agent.plan("2026-W49", companies=120, grades=3, trades="机械", text="跟进老客户")
    assert second.content["replaces"] == [first.id]
    company.sync()
    refuse(boss, lambda: boss.supervisor.plan("A001", "2026-W50"), "no plan")
    approved = boss.supervisor.plan("A001", "2026-W49", grades=4)
    assert (approved.content["companies"], approved.content["grades"], approved.content["approved"]) == (120, 4, True)
    company.sync()
    desk.sync_once()
    refuse(desk, lambda: desk.agent.plan("2026-W49", companies=1), "approved")
    refuse(desk, lambda: desk.agent.withdraw(second.id), "approved")
    refuse(desk, lambda: desk.agent.summary("2026-W49", "还没到"), "not begun")
    desk.agent.summary("2026-W48", "本周")
    refuse(boss, lambda: boss.supervisor.review("A001", "2026-W48", 6), "1 to 5")
    boss.supervisor.review("A001", "2026-W48", 4, "开场白好")
    boss.supervisor.withdraw(approved.id)
    company.sync()
    desk.sync_once()
    desk.agent.withdraw(second.id)  # no approved plan stands in its place any more


def test_cards_reach_every_desk_and_have_versions(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    changes: list[Change] = []
    end = desk.subscribe(changes.append)
    texts = ("个税调整", DAY, "现在不是时候", "现在正是机遇", "周三上午方便吗?")
    first = boss.supervisor.publish_card(*texts)
    refuse(boss, lambda: boss.supervisor.publish_card(*texts), "out already")
    refuse(boss, lambda: boss.supervisor.publish_card(" ", DAY, "a", "b", "c"), "text")
    second = boss.supervisor.publish_card(
        "个税调整", DAY, "现在不是时候", "现在正是机遇", "周四上午方便吗?", instead_of=first.id
    )
    boss.supervisor.notice("今天 16:30 开会", until=DAY)
    company.sync()
    desk.sync_once()
    end()
    assert [card.id for card in cards(desk.session.folds)] == [second.id]
    assert any(change.told for change in changes)
    shown = notice(desk.session.folds, DAY)
    assert shown is not None
    assert shown.body.text == "今天 16:30 开会"
    assert notice(desk.session.folds, DAY + timedelta(days=1)) is None
    refuse(boss, lambda: boss.supervisor.take_back_card(first.id), "not a talk card")
    gone = boss.supervisor.take_back_card(second.id)
    again = boss.supervisor.offer_card_again(gone.id)
    refuse(boss, lambda: boss.supervisor.offer_card_again(gone.id), "not a talk card")
    company.sync()
    desk.sync_once()
    assert [card.body.question for card in cards(desk.session.folds)] == ["周四上午方便吗?"]
    boss.supervisor.take_back_card(again.id)
    company.sync()
    desk.sync_once()
    assert cards(desk.session.folds) == []
    reopened = Book.open(company.folder / "A001", company.clock)
    assert cards(reopened.session.folds) == []
    reopened.close()


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("13800000001", "13800000001"),
        ("13800000001", "138 0000 0001"),
        ("13800000001", "１３８-0000-0001"),
        ("13800000001", "+86 138 0000 0001"),
        ("13800000001", "8613800000001"),
        ("13800000001", "008613800000001"),
        ("0574-87654322", "0574 87654322"),
        ("0574-87654322", "057487654322"),
        ("4008005678", "400-800-5678"),
        ("+1 415 555 2671", "+14155552671"),
    ],
)
def test_a_text_for_every_desk_names_no_customers_number(company: Company, phone: str, number: str) -> None:
    """It is sealed to nobody: the folder would have it for good, and no erasure reaches it."""
    desk, boss = company.join("A001", "刘洋"), company.boss
    desk.own.log(CallEntry(phone=phone, outcome="no_answer"))
    company.sync()
    text = f"请不要再打 13900000002、{number}(宏达)"
    refuse(boss, lambda: boss.supervisor.notice(text), "is a customer's")
    refuse(boss, lambda: boss.supervisor.publish_card(text, DAY, "a", "b", "c"), "is a customer's")
    refuse(boss, lambda: boss.supervisor.publish_card("税改", DAY, "a", "b", text), "is a customer's")
    boss.supervisor.notice("投诉请转 400-800-1234,前台 0574-87654321,或 13900000002")


def test_a_notice_ends_and_the_next_one_is_shown(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    refuse(boss, boss.supervisor.end_notice, "no notice")
    boss.supervisor.notice("今天 16:30 开会")
    boss.supervisor.end_notice()
    company.sync()
    desk.sync_once()
    assert notice(desk.session.folds, DAY) is None
    boss.supervisor.notice("改到 17:00")
    assert boss.notice() is not None


@pytest.mark.parametrize(
    "week",
    ["2026-W54", "9999-W52", "2026-48", "W48", "２０２６-W48", "0000-W01", "0001-W01", "1899-W52", "2026-W48 ", ""],
)
def test_what_is_no_week_is_refused(week: str) -> None:
    with pytest.raises(Problem, match="not a week"):
        span_of_week(week)


@pytest.mark.parametrize("week", ["0001-W01", "9999-W52"])
def test_a_week_at_the_ends_of_the_calendar_is_none_to_look_at(company: Company, week: str) -> None:
    company.join("A001", "刘洋")
    with pytest.raises(Problem, match="not a week"):
        company.boss.read.week("A001", week)
