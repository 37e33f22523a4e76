"""The write side: what supervisors and agents record, and what is refused with nothing recorded."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from agent_tui.book import Book, CallEntry, Change
from agent_tui.book.acts.base import days_of_week
from agent_tui.book.acts.dealing import fen_of
from agent_tui.book.acts.looking import owner_of
from agent_tui.book.cards import cards, notice
from agent_tui.errors import Problem
from shared_rules.leave import away as away_of
from tests.ui.company import Company

DAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 20)
TALKED = CallEntry(
    phone="138 0013 8000",
    outcome="talked",
    interest="intent",
    company="宁波宏达科技有限公司",
    contact="王",
    title="采购经理",
    note="要报价",
)
NUMBER = "+8613800138000"


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    company = Company(tmp_path)
    yield company
    company.close()


def kinds(book: Book) -> list[str]:
    """The kinds of this machine's own records."""
    place = book.session.place
    return [
        stored.line.kind
        for segment in place.journal.segments()
        for stored in place.journal.read(segment.name)
        if stored.line.kind != "signature"
    ]


def refuse(book: Book, act: Callable[[], object], match: str) -> None:
    """The act is refused with one line that says `match`, and nothing is recorded."""
    before = kinds(book)
    with pytest.raises(Problem, match=match) as refused:
        act()
    assert "\n" not in str(refused.value)
    assert kinds(book) == before


# ---- who, and when ----


def test_every_act_of_a_supervisor_is_refused_to_an_agent_and_about_oneself(company: Company) -> None:
    desk = company.join("A001", "刘洋")
    call = desk.own.log(TALKED)
    request = desk.agent.ask("leave", DAY, 60, "看病")
    company.sync()
    acts: list[Callable[[Book, str], object]] = [
        lambda book, who: book.supervisor.points(who, "att.late", DAY),
        lambda book, who: book.supervisor.excuse(who, DAY, "停电"),
        lambda book, who: book.supervisor.time_away(who, "leave", DAY, 60),
        lambda book, who: book.supervisor.release(who, DAY),
        lambda book, who: book.supervisor.confirm(who, DAY),
        lambda book, who: book.supervisor.punch_check(who, DAY, "in"),
        lambda book, who: book.supervisor.attendance(who, "daily", DAY, "missed"),
        lambda book, who: book.supervisor.plan(who, "2026-W49", companies=5),
        lambda book, who: book.supervisor.review(who, "2026-W48", 4),
        lambda book, who: book.supervisor.assign("13800138000", who),
        lambda book, who: book.supervisor.payment("13800138000", "5", DAY, agent=who),
        lambda book, who: book.supervisor.grade_step("13800138000", "visited", "A", agent=who),
        lambda book, who: book.supervisor.visit_report("13800138000", "谈了", agent=who),
    ]
    for act in acts:
        refuse(desk, lambda act=act: act(desk, "A001"), "only a supervisor")  # type: ignore[misc]
        refuse(company.boss, lambda act=act: act(company.boss, "S001"), "themselves|no agent of this team")  # type: ignore[misc]
        refuse(company.boss, lambda act=act: act(company.boss, "A099"), "A099")  # type: ignore[misc]
    for alone in (
        lambda: desk.supervisor.verify(call.id, True, "没打"),
        lambda: desk.supervisor.rule_on(call.id, upheld=True, text="维持"),
        lambda: desk.supervisor.approve(request.id),
        lambda: desk.supervisor.refuse(request.id, "不行"),
        lambda: desk.supervisor.coaching(call.id, "慢一点"),
        lambda: desk.supervisor.flag(call.id),
        lambda: desk.supervisor.lift("13800138000"),
        lambda: desk.supervisor.notice("开会"),
        lambda: desk.supervisor.publish_card("税改", DAY, "贵", "划算", "何时方便?"),
    ):
        refuse(desk, alone, "only a supervisor")


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2026, 11, 24), "to come"), (date(2026, 1, 4), "2026-01-05"), (date(2026, 11, 23), "2026-11-20")],
)
def test_a_day_that_cannot_be_is_refused(company: Company, day: date, said: str) -> None:
    company.join("A001", "刘洋")
    if said == "2026-11-20":
        company.boss.members.leave("A001", FRIDAY)
    boss = company.boss
    for act in (
        lambda: boss.supervisor.points("A001", "att.late", day),
        lambda: boss.supervisor.excuse("A001", day, "停电"),
        lambda: boss.supervisor.release("A001", day),
        lambda: boss.supervisor.confirm("A001", day),
        lambda: boss.supervisor.punch_check("A001", day, "in"),
        lambda: boss.supervisor.attendance("A001", "daily", day, "missed"),
        lambda: boss.supervisor.payment("13800138000", "100", day, agent="A001"),
        lambda: boss.supervisor.grade_step("13800138000", "file", "B", on=day, agent="A001"),
    ):
        refuse(boss, act, said)


# ---- the day ----


def test_leave_is_asked_approved_and_refused_once(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    tomorrow = DAY + timedelta(days=1)
    asked = desk.agent.ask("leave", tomorrow, 180, "看病", sick=True)
    refuse(desk, lambda: desk.agent.ask("leave", tomorrow, 180, "看病"), "already")
    refuse(desk, lambda: desk.agent.ask("leave", tomorrow, 421, "看病"), "420")
    refuse(desk, lambda: desk.agent.ask("visit", tomorrow, 60, " \u3000"), "reason")
    visit = desk.agent.ask("visit", tomorrow, 60, "拜访宏达")
    company.sync()
    refuse(boss, lambda: boss.supervisor.approve(asked.id, minutes=0), "420")
    refuse(boss, lambda: boss.supervisor.approve(asked.id, leads=26), "25")
    given = boss.supervisor.approve(asked.id, leads=10, text="准假")
    assert (given.kind, given.agent, given.content["minutes"], given.content["leads"]) == ("time_away", "A001", 180, 10)
    assert given.content["request"]["id"] == asked.id
    refuse(boss, lambda: boss.supervisor.approve(asked.id), "answered")
    refuse(boss, lambda: boss.supervisor.refuse(asked.id, "不行"), "answered")
    boss.supervisor.refuse(visit.id, "人手不够")
    refuse(boss, lambda: boss.supervisor.refuse(given.id, "不行"), "no request")
    refuse(boss, lambda: boss.supervisor.time_away("A001", "leave", tomorrow, 180), "already")
    company.sync()
    desk.sync_once()
    refuse(desk, lambda: desk.agent.withdraw(asked.id), "answered")
    away = away_of(desk.session.folds.fold("A001").dossier, tomorrow)
    assert (away.leave, away.visit, away.leads) == (180, 0, 10)


def test_an_excuse_and_a_release_are_given_once(company: Company) -> None:
    company.join("A001", "刘洋")
    boss = company.boss
    refuse(boss, lambda: boss.supervisor.excuse("A001", DAY, "  "), "reason")
    excuse = boss.supervisor.excuse("A001", DAY, "停电")
    refuse(boss, lambda: boss.supervisor.excuse("A001", DAY, "停电"), excuse.id)
    boss.supervisor.withdraw(excuse.id)
    refuse(boss, lambda: boss.supervisor.withdraw(excuse.id), "withdrawn already")
    boss.supervisor.excuse("A001", DAY, "停电半天")
    refuse(boss, lambda: boss.supervisor.release("A001", date(2026, 11, 22)), "no workday")
    boss.supervisor.release("A001", DAY)
    refuse(boss, lambda: boss.supervisor.release("A001", DAY), "already")


def test_a_confirmed_day_names_what_was_read_and_is_locked(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    call = desk.own.log(TALKED)
    desk.agent.hand_in()
    refuse(desk, desk.agent.hand_in, "nothing has come since")
    desk.own.log(replace(TALKED, phone="13900000001"))
    desk.agent.hand_in(text="补两个")
    company.sync()
    confirmed = boss.supervisor.confirm("A001", DAY)
    (segment,) = confirmed.content["segments"]
    journal = desk.session.place.where.journal / segment["name"]
    read = journal.read_bytes()[: segment["length"]]
    assert segment["sha256"] == sha256(read).hexdigest()
    assert (segment["first"], segment["last"]) == (1, 4)
    assert confirmed.content["policy"] == boss.policy(DAY).digest
    refuse(boss, lambda: boss.supervisor.confirm("A001", DAY), "nothing has come")
    refuse(boss, lambda: boss.supervisor.release("A001", DAY), "locked")
    company.sync()
    desk.sync_once()
    refuse(desk, desk.agent.hand_in, "locked")
    desk.own.correct(call.id, replace(TALKED, note="要演示"))
    company.sync()
    again = boss.supervisor.confirm("A001", DAY)
    assert again.content["replaces"] == [confirmed.id]
    assert again.content["segments"][0]["last"] == 5
    # An excuse is the supervisor's own and comes at once.
    boss.supervisor.excuse("A001", DAY, "停电")


# ---- points, verdicts, appeals ----


def test_a_call_is_verified_under_its_customers_tag(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    call = desk.own.log(TALKED)
    company.sync()
    refuse(boss, lambda: boss.supervisor.verify(call.id, True, ""), "why")
    refuse(boss, lambda: boss.supervisor.verify("nothing", True, "没打"), "no record")
    found = boss.supervisor.verify(call.id, True, "号码主人说没接过")
    refuse(boss, lambda: boss.supervisor.verify(call.id, True, "没打"), "verified so already")
    assert boss.day("A001", DAY).figures.valid == 0
    line = next(
        stored.line
        for segment in boss.session.place.journal.segments()
        for stored in boss.session.place.journal.read(segment.name)
        if stored.line.id == found.id
    )
    keys = desk.session.place.tag_keys()
    assert keys is not None
    assert keys.phone(NUMBER).encode() in bytes(line.body)
    true = boss.supervisor.verify(call.id, False)
    assert true.content["replaces"] == [found.id]
    assert boss.day("A001", DAY).figures.valid == 1
    entry = boss.supervisor.points("A001", "att.late", DAY)
    refuse(boss, lambda: boss.supervisor.verify(entry.id, True, "x"), "no call")


def test_an_entry_is_appealed_against_once_and_ruled_on_by_a_supervisor(company: Company) -> None:
    desk, other, boss = company.join("A001", "刘洋"), company.join("A002", "李强"), company.boss
    entry = boss.supervisor.points("A001", "att.late", DAY)
    theirs = boss.supervisor.points("A002", "att.late", DAY)
    company.sync()
    for book in (desk, other):
        book.sync_once()
    refuse(desk, lambda: desk.agent.appeal(entry.id, "  "), "why")
    refuse(desk, lambda: desk.agent.appeal(theirs.id, "不对"), "record")
    desk.agent.appeal(entry.id, "地铁停运")
    refuse(desk, lambda: desk.agent.appeal(entry.id, "地铁停运"), "once")
    refuse(desk, lambda: desk.supervisor.rule_on(entry.id, upheld=False, text="本人撤销"), "supervisor")
    company.sync()
    refuse(boss, lambda: boss.supervisor.rule_on(entry.id, upheld=False, text=""), "why")
    boss.supervisor.rule_on(entry.id, upheld=True, text="无证明")
    refuse(boss, lambda: boss.supervisor.rule_on(entry.id, upheld=True, text="无证明"), "already")
    boss.supervisor.rule_on(entry.id, upheld=False, text="补了证明")
    company.sync()
    desk.sync_once()
    refuse(desk, lambda: desk.agent.appeal(entry.id, "再申诉"), "once")


def test_what_is_taken_back_is_of_ones_own(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    call = desk.own.log(TALKED)
    flag = desk.agent.flag(call.id, "请教")
    punch = desk.agent.punch("in")
    entry = boss.supervisor.points("A001", "att.late", DAY)
    company.sync()
    desk.sync_once()
    refuse(desk, lambda: desk.agent.flag(call.id), "already")
    refuse(desk, lambda: desk.agent.punch("in"), "14:32")
    desk.agent.punch("out")
    refuse(desk, lambda: desk.agent.withdraw(entry.id), "S001")
    refuse(boss, lambda: boss.supervisor.withdraw(flag.id), "A001")
    refuse(desk, lambda: desk.agent.withdraw(call.id), "void")
    refuse(desk, lambda: desk.agent.withdraw(punch.id), "punch")
    desk.agent.withdraw(flag.id)
    desk.agent.flag(call.id, "再请教")
    boss.supervisor.withdraw(entry.id, "记错人")
    refuse(boss, lambda: boss.supervisor.rule_on(entry.id, upheld=True, text="x"), "withdrawn")


# ---- customers ----


def test_a_customer_is_its_first_lead_callers_until_it_is_given_on(company: Company) -> None:
    first, second, boss = company.join("A001", "刘洋"), company.join("A002", "李强"), company.boss
    refuse(boss, lambda: boss.supervisor.payment("13800138000", "100", DAY), "lead call")
    earlier = first.own.log(replace(TALKED, started_at=first.now() - timedelta(minutes=9)))
    second.own.log(TALKED)
    company.sync()
    paid = boss.supervisor.payment("138-0013-8000", "80,000.50", DAY)
    assert (paid.agent, paid.content["fen"]) == ("A001", 8_000_050)
    first.own.void(earlier.id)
    company.sync()
    assert owner_of(boss.session, NUMBER, DAY) == "A002"
    refuse(boss, lambda: boss.supervisor.assign("13800138000", "A002"), "already")
    given = boss.supervisor.assign("13800138000", "A001")
    assert (given.agent, given.content["other"]) == ("A001", "A002")
    assert owner_of(boss.session, NUMBER, DAY) == "A001"
    assert owner_of(boss.session, NUMBER, FRIDAY) is None
    refund = boss.supervisor.payment("13800138000", "-1200", DAY)
    assert (refund.agent, refund.content["fen"]) == ("A001", -120_000)


@pytest.mark.parametrize("amount", ["", "abc", "1e5", "12.345", "1,00", "0", "NaN", "--5", "5元"])
def test_what_is_no_payment_is_refused(company: Company, amount: str) -> None:
    company.join("A001", "刘洋")
    boss = company.boss
    refuse(boss, lambda: boss.supervisor.payment("13800138000", amount, DAY, agent="A001"), "amount|payment")


def test_a_grade_goes_through_its_steps(company: Company) -> None:
    company.join("A001", "刘洋")
    boss, step = company.boss, company.boss.supervisor.grade_step
    refuse(boss, lambda: step("13800138000", "signed", "B", by="周", agent="A001"), "visited.*file")
    step("13800138000", "visited", "B", by="周", agent="A001")
    refuse(boss, lambda: step("13800138000", "visited", "B", agent="A001"), "already")
    refuse(boss, lambda: step("13800138000", "signed", "B", by="周", agent="A001"), "missing: file")
    step("13800138000", "file", "B", agent="A001")
    refuse(boss, lambda: step("13800138000", "signed", "B", agent="A001"), "salesman")
    refuse(boss, lambda: step("13800138000", "signed", "B", by="周", on=FRIDAY, agent="A001"), "missing")
    step("13800138000", "signed", "B", by="周", agent="A001")
    refuse(boss, lambda: step("13800138000", "signed", "B", by="周", agent="A001"), "B since")
    step("13800138000", "signed", "A", by="周", agent="A001")
    refuse(boss, lambda: step("13800138000", "signed", "B", by="周", agent="A001"), "A since|B since")


def test_a_number_is_lifted_from_the_list(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    desk.own.log(replace(TALKED, outcome="do_not_call"))
    company.sync()
    assert boss.lists.listed("13800138000")
    boss.supervisor.lift("13800138000")
    assert boss.lists.listed("13800138000") is None
    refuse(boss, lambda: boss.supervisor.lift("13800138000"), "not on")
    company.sync()
    desk.sync_once()
    assert desk.lists.listed("13800138000") is None


# ---- the week, cards ----


def test_a_plan_is_sent_changed_and_approved(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    refuse(desk, lambda: desk.agent.plan("2026-W47", companies=5), "over")
    refuse(desk, lambda: desk.agent.plan("2026-W54", companies=5), "no week")
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
    refuse(boss, lambda: boss.supervisor.take_back_card(first.id), "no talk card")
    gone = boss.supervisor.take_back_card(second.id)
    again = boss.supervisor.offer_card_again(gone.id)
    refuse(boss, lambda: boss.supervisor.offer_card_again(gone.id), "no talk card")
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


def test_a_trial_refuses_what_the_act_would_and_writes_nothing(company: Company) -> None:
    company.join("A001", "刘洋")
    boss = company.boss
    before = boss.session.place.journal.last_seq
    boss.supervisor.trial.release("A001", DAY)
    boss.supervisor.trial.confirm("A001", DAY)
    assert boss.session.place.journal.last_seq == before
    assert boss.day("A001", DAY).state == "open"
    boss.supervisor.confirm("A001", DAY)
    refuse(boss, lambda: boss.supervisor.trial.confirm("A001", DAY), "already")
    refuse(boss, lambda: boss.supervisor.trial.release("A001", DAY), "confirmed")


def test_a_team_of_one_is_both(tmp_path: Path) -> None:
    from agent_tui.clock import SetClock
    from agent_tui.teams import create_solo
    from tests.ui.company import NOW, ZONE

    clock = SetClock(NOW)
    create_solo(tmp_path / "solo", "A001", "刘洋", date(2026, 1, 5), ZONE, clock)
    book = Book.open(tmp_path / "solo", clock)
    call = book.own.log(TALKED)
    request = book.agent.ask("leave", DAY, 60, "看病")
    book.supervisor.approve(request.id)
    assert book.supervisor.payment("13800138000", "500", DAY).agent == "A001"
    entry = book.supervisor.points("A001", "att.late", DAY)
    book.agent.appeal(entry.id, "地铁")
    book.supervisor.rule_on(entry.id, upheld=False, text="算了")
    book.supervisor.verify(call.id, True, "按错")
    confirmed = book.supervisor.confirm("A001", DAY)
    assert len(confirmed.content["segments"]) == 1
    book.close()


def test_what_was_handed_in_and_asked_while_waiting_is_brought_over(company: Company) -> None:
    desk = company.ask("A001", "刘洋")
    desk.agent.punch("in")
    asked = desk.agent.ask("leave", DAY + timedelta(days=1), 60, "看病")
    left = desk.agent.ask("visit", DAY + timedelta(days=1), 90, "拜访")
    desk.agent.withdraw(left.id)
    desk.agent.plan("2026-W48", companies=9)
    desk.agent.summary("2026-W48", "第一周")
    desk.agent.hand_in()
    company.boss.sync_once()
    (waiting,) = (one for one in company.boss.members.all() if one.state == "waiting")
    company.boss.members.approve(waiting.writer)
    company.boss.sync_once()
    desk.sync_once()
    company.sync()
    states = {one.id: one.state for one in company.boss.read.requests("A001")}
    assert states == {asked.id: "open", left.id: "withdrawn"}
    week = company.boss.read.week("A001", "2026-W48")
    assert week.plan is not None
    assert (week.plan.companies, week.plan.approved, week.summary_state) == (9, False, "handed_in")
    assert company.boss.day("A001", DAY).state == "handed_in"
    assert [one.kind for one in company.boss.read.day_records("A001", DAY) if one.kind == "punch"] == ["punch"]


def test_a_finding_that_a_ruling_withdrew_can_be_made_anew(company: Company) -> None:
    desk, boss = company.join("A001", "刘洋"), company.boss
    call = desk.own.log(TALKED)
    company.sync()
    first = boss.supervisor.verify(call.id, True, "没接过")
    boss.supervisor.rule_on(first.id, upheld=False, text="查错了号码")
    assert boss.day("A001", DAY).figures.valid == 1
    refuse(boss, lambda: boss.supervisor.rule_on(first.id, upheld=False, text="再撤"), "already")
    second = boss.supervisor.verify(call.id, True, "又问了一次,确实没接过")
    assert second.content["replaces"] == [first.id]


@pytest.mark.parametrize(
    "week", ["2026-W54", "9999-W52", "2026-48", "W48", "２０２６-W48", "0000-W01", "2026-W48 ", ""]
)
def test_what_is_no_week_is_refused(week: str) -> None:
    with pytest.raises(Problem, match="no week"):
        days_of_week(week)


@given(st.integers(-(10**12), 10**12), st.sampled_from(["", ","]))
def test_an_amount_is_read_to_the_fen(fen: int, thousands: str) -> None:
    yuan, part = divmod(abs(fen), 100)
    assert fen_of(f"{'-' if fen < 0 else ''}{yuan:{thousands}}.{part:02}") == fen
