"""What two supervisors answered differently without knowing of each other: in the morning's queue, until one answer is
taken back.
"""

from datetime import timedelta

from tests.company import Company, talk
from tests.ui.board.keys import MONDAY, at_board


async def test_a_request_that_two_answered_differently_is_told_to_both_and_settled(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    other = company.second_supervisor()
    asked = desk.agent.ask("leave", MONDAY + timedelta(days=2), 210, "看牙").id
    company.sync()
    other.sync_once()
    other.supervisor.refuse(asked, "人手不够")
    company.boss.supervisor.approve(asked)
    company.sync()
    other.sync_once()
    for book in (company.boss, other):
        (view,) = book.read.differing()
        assert {one.kind for one in view.answers} == {"time_away", "refusal"}
        assert sum(one.counts for one in view.answers) == 1
    refusal = next(place for place, one in enumerate(view.answers, 1) if one.kind == "refusal")
    async with at_board(company, size=(120, 34)) as keys:
        await keys.press("f9", "1")
        await keys.sees("leave 11-25 210 min")
        await keys.sees("S002 周丽 refused: 人手不够")
        await keys.press("enter", str(refusal))
        await keys.sees("Withdraw this?")
        await keys.press("enter")
        await keys.sees("Nobody waits and nobody is missing.")
        assert keys.book.day("A017", MONDAY + timedelta(days=2)).leave_minutes == 210


def test_a_proposal_that_one_accepted_and_another_dismissed_is_told(company: Company) -> None:
    company.join("A017", "张敏")
    other = company.second_supervisor()
    company.boss.supervisor.attendance("A017", "daily", MONDAY, "missed")
    company.sync()
    other.sync_once()
    (proposal,) = other.read.proposals()
    company.boss.supervisor.accept(proposal.id)
    assert company.boss.read.differing() == []
    other.supervisor.dismiss(proposal.id, "已请假")
    company.sync()
    other.sync_once()
    for book in (company.boss, other):
        (view,) = book.read.differing()
        assert [(one.kind, one.counts) for one in view.answers if one.counts] == [("points", True)]
    dismissed = next(one.id for one in view.answers if one.kind == "dismissal")
    other.supervisor.withdraw(dismissed)
    assert other.read.differing() == []


def test_the_same_answer_twice_is_no_difference(company: Company) -> None:
    desk = company.join("A017", "张敏")
    other = company.second_supervisor()
    asked = desk.agent.ask("leave", MONDAY + timedelta(days=2), 210, "看牙").id
    company.sync()
    other.sync_once()
    for book in (company.boss, other):
        book.supervisor.approve(asked)
    company.sync()
    assert company.boss.read.differing() == []


async def test_an_entry_that_two_ruled_on_differently_is_told_to_both_and_ruled_on_once_more(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    other = company.second_supervisor()
    entry = company.boss.supervisor.points("A017", "att.late", MONDAY).id
    company.boss.sync_once()
    company.sync()
    desk.agent.appeal(entry, "路上堵车")
    company.sync()
    other.sync_once()
    company.boss.supervisor.rule_on(entry, upheld=True, text="打卡为准")
    other.supervisor.rule_on(entry, upheld=False, text="有交警证明")
    assert company.boss.read.differing() == []
    other.sync_once()
    company.sync()
    other.sync_once()
    for book in (company.boss, other):
        (view,) = book.read.differing()
        assert {(one.by, one.kind) for one in view.answers} == {("S001", "upheld"), ("S002", "withdrawn")}
        assert sum(one.counts for one in view.answers) == 1
    holds = next(one.kind for one in view.answers if one.counts)
    async with at_board(company, size=(120, 34)) as keys:
        await keys.press("f9", "1")
        await keys.sees("S001 陈静 upheld it: 打卡为准")
        await keys.sees("S002 周丽 withdrew it: 有交警证明")
        # What counts already is said once more, so that it is settled for both.
        await keys.press("enter", "2" if holds == "upheld" else "1")
        await keys.fill("两人商定")
        await keys.press("enter")
        await keys.sees("Nobody waits and nobody is missing.")
        assert keys.book.ledger("A017", "2026-11").entries[0].state == holds
        keys.book.sync_once()
    other.sync_once()
    assert other.read.differing() == []
