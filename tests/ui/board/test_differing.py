"""What two supervisors answered differently without knowing of each other: in the morning's queue, until one answer is
taken back.
"""

from datetime import timedelta

from agent_tui.book import Book
from agent_tui.clock import SetClock
from tests.company import NOW, Company, talk
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


async def test_a_call_that_two_verified_differently_is_told_to_both_and_verified_once_more(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, minutes_ago=60)
    other = company.second_supervisor()
    company.sync()
    other.sync_once()
    (call,) = company.boss.calls("A017", MONDAY)
    company.boss.supervisor.verify(call.id, false=False, text="听过录音")
    other.supervisor.verify(call.id, false=True, text="客户说没接过")
    assert company.boss.read.differing() == []
    other.sync_once()
    company.sync()
    other.sync_once()
    for book in (company.boss, other):
        (view,) = book.read.differing()
        assert {(one.by, one.kind) for one in view.answers} == {("S001", "true"), ("S002", "false")}
        assert sum(one.counts for one in view.answers) == 1
    holds = next(one.kind for one in view.answers if one.counts)
    async with at_board(company, size=(120, 34)) as keys:
        await keys.press("f9", "1")
        await keys.sees("S001 陈静 verified it as true: 听过录音")
        await keys.sees("S002 周丽 verified it as false: 客户说没接过")
        # What counts already is said once more, so that it is settled for both.
        await keys.press("enter", "1" if holds == "true" else "2")
        await keys.fill("两人商定")
        if holds == "false":
            await keys.press("enter")
        await keys.sees("Nobody waits and nobody is missing.")
        assert keys.book.calls("A017", MONDAY)[0].valid == (holds == "true")
        keys.book.sync_once()
    other.sync_once()
    assert other.read.differing() == []


def test_a_finding_that_a_ruling_withdrew_and_a_call_its_agent_took_back_wait_for_nobody(company: Company) -> None:
    desk = company.join("A017", "张敏")
    other = company.second_supervisor()
    for number in (1, 2):
        talk(desk, number, minutes_ago=60)
    company.sync()
    other.sync_once()
    calls = company.boss.calls("A017", MONDAY)
    for call in calls:
        company.boss.supervisor.verify(call.id, false=False)
    # On this clock the finding is the later one.
    other.close()
    company.desks["S002"] = other = Book.open(
        company.folder / "S002", SetClock(NOW + timedelta(minutes=1), ticking=False)
    )
    found = [other.supervisor.verify(call.id, false=True, text="客户说没接过").id for call in calls]
    other.sync_once()
    company.sync()
    assert len(company.boss.read.differing()) == 2
    company.boss.supervisor.rule_on(found[0], upheld=False, text="有录音")
    assert [view.what for view in company.boss.read.differing()] == company.boss.calls("A017", MONDAY)[1:]
    desk.own.void(calls[1].id, "记错了")
    company.sync()
    assert company.boss.read.differing() == []
