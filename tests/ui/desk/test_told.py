"""What a supervisor wrote about the agent is said at the desk, quietly and once."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.ui.desk.screen import DeskScreen
from agent_tui.ui.kit.status import StatusLine
from shared_rules.policies.policy import builtin_text
from tests.company import NOW, Company, talk
from tests.ui.board.keys import MONDAY
from tests.ui.desk.bench import Hands, at_desk
from tests.ui.golden import screen_text
from tests.ui.pages.bench import fetched

WEEK = "2026-W48"


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path)
    made.join("A017", "张敏")
    yield made
    made.close()


def said(hands: Hands) -> str:
    return hands.app.screen.query_one(StatusLine).text


def closed(company: Company) -> Path:
    """The desk's home, with all the supervisor wrote, and closed."""
    company.boss.sync_once()
    desk = company.desks.pop("A017")
    desk.sync_once()
    desk.close()
    return company.folder / "A017"


def coach(company: Company) -> None:
    company.boss.supervisor.coaching(company.boss.calls("A017", MONDAY)[0].named, "先问需求再报价")


def rule(company: Company) -> None:
    company.boss.supervisor.rule_on(company.boss.ledger("A017", "2026-11").entries[0].id, upheld=False, text="有证明")


def plan_back(company: Company) -> None:
    approved = company.boss.supervisor.plan("A017", WEEK)
    company.boss.supervisor.withdraw(approved.id, "弄错了")


def leave_back(company: Company) -> None:
    """Refused first: nothing of that stands."""
    asked = company.boss.read.requests("A017")[0].id
    company.boss.supervisor.withdraw(company.boss.supervisor.refuse(asked, "人手不够").id)
    company.boss.supervisor.withdraw(company.boss.supervisor.approve(asked).id, "弄错了")


ACTS: dict[str, tuple[Callable[[Company], object], str]] = {
    "coaching": (coach, "通话讲评(F8):先问需求再报价"),
    "review": (lambda team: team.boss.supervisor.review("A017", WEEK, 4, "稳"), "2026-W48 过堂:4 分(F6):稳"),
    "plan": (lambda team: team.boss.supervisor.plan("A017", WEEK), "2026-W48 计划已批准(F6)"),
    "plan_changed": (
        lambda team: team.boss.supervisor.plan("A017", WEEK, companies=150),
        "2026-W48 计划已批准,主管有改动(F6)",
    ),
    "ruling": (rule, "裁定:周一 11-23 迟到 已撤销(F4):有证明"),
    "leave": (
        lambda team: team.boss.supervisor.approve(team.boss.read.requests("A017")[0].id, text="早去早回"),
        "周二 11-24 请假 60 分已批准(F8):早去早回",
    ),
    "refusal": (
        lambda team: team.boss.supervisor.refuse(team.boss.read.requests("A017")[0].id, "人手不够"),
        "周二 11-24 的申请未获批准(F8):人手不够",
    ),
    "payment": (
        lambda team: team.boss.supervisor.payment("13800000001", "80000", MONDAY, agent="A017", note="首款"),
        "周一 11-23 回款 80,000.00 元(F5):首款",
    ),
    "policy": (
        lambda team: team.boss.supervisor.publish_policy(
            builtin_text("handbook").replace('call = "5"', 'call = "4"'), "t", MONDAY + timedelta(days=7)
        ),
        "周一 11-30 起制度有变:1 条(^R)",
    ),
    "plan_back": (plan_back, "2026-W48 计划的批准已撤回(F6):弄错了"),
    "leave_back": (leave_back, "周二 11-24 请假 60 分的批准已撤回(F8):弄错了"),
    "points": (lambda team: team.boss.supervisor.points("A017", "duty.desk", MONDAY), "记分 -2:周一 11-23"),
}


@pytest.mark.parametrize("name", ACTS)
async def test_what_came_while_the_desk_was_closed_is_said_once(company: Company, name: str) -> None:
    act, text = ACTS[name]
    talk(company.desks["A017"], 1)
    company.boss.supervisor.points("A017", "att.late", MONDAY)
    company.sync()
    desk = company.desks["A017"]
    desk.sync_once()
    desk.agent.appeal(desk.ledger("A017", "2026-11").entries[0].id, "地铁故障")
    desk.agent.ask("leave", MONDAY + timedelta(days=1), 60, "看牙")
    desk.agent.plan(WEEK, companies=120, grades=2, trades="机械", text="回访")
    company.sync()
    desk.sync_once()
    desk.news.seen(desk.news.unseen())
    act(company)
    async with at_desk(closed(company)) as hands:
        await hands.until(lambda: text in said(hands))
        assert isinstance(hands.app.screen, DeskScreen)
        await hands.until(lambda: not hands.book.news.unseen())
        await hands.press("f8")
        await fetched(hands)
    async with at_desk(company.folder / "A017") as hands:
        await hands.press("f8")
        await fetched(hands)
        await hands.press("escape")
        assert text not in said(hands)


async def test_the_key_that_was_told_opens_the_week_that_was_told(company: Company) -> None:
    company.boss.supervisor.review("A017", "2026-W47", 4, "稳")
    async with at_desk(closed(company)) as hands:
        await hands.until(lambda: "2026-W47 过堂" in said(hands))
        for week in ("2026-W47", WEEK):
            await hands.press("f6")
            await fetched(hands)
            assert week in screen_text(hands.app).splitlines()[0]
            await hands.press("escape")


async def test_what_comes_while_the_desk_is_open_takes_no_key(company: Company) -> None:
    async with at_desk(closed(company)) as hands:
        await hands.press("ctrl+o", *"138")
        company.boss.supervisor.points("A017", "duty.desk", MONDAY)
        company.boss.supervisor.review("A017", WEEK, 4, "稳")
        company.boss.supervisor.publish_card("个税调整", MONDAY, "不是时候", "正是机遇", "周三方便吗?")
        company.boss.sync_once()
        hands.book.sync_once()
        await hands.until(lambda: "过堂:4 分(F6):稳" in said(hands))
        assert "另有 2 条(F8)" in said(hands)
        assert hands.value("phone") == "138"
        await hands.press("f8")
        await fetched(hands)
        told = screen_text(hands.app)
        assert "过堂:4 分(F6):稳" in told
        assert "记分 -2" in told
        assert "新话术卡(F7):个税调整" in told


async def test_what_holds_again_is_told_and_not_that_it_was_taken_back(company: Company) -> None:
    desk, boss = company.desks["A017"], company.boss
    desk.agent.plan(WEEK, companies=120, grades=2, trades="机械", text="回访")
    company.sync()
    boss.supervisor.withdraw(boss.supervisor.plan("A017", WEEK, companies=150).id)
    boss.supervisor.plan("A017", WEEK)
    company.sync()
    desk.sync_once()
    assert [item.kind for item in desk.news.unseen()] == ["plan"]


async def test_of_two_weeks_ago_nothing_is_said(company: Company) -> None:
    company.boss.supervisor.review("A017", WEEK, 4, "稳")
    company.sync()
    desk = company.desks["A017"]
    desk.sync_once()
    assert [item.kind for item in desk.news.unseen()] == ["review"]
    desk.close()
    later = Book.open(company.folder / "A017", SetClock(NOW + timedelta(days=15), ticking=False))
    assert not later.news.unseen()
    later.close()
