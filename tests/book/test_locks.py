"""A day confirmed on the board locks it on every machine."""

from contextlib import closing
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from agent_tui.book import Book, CallEntry
from agent_tui.clock import SetClock
from agent_tui.errors import Problem
from shared_rules.policies.policy import builtin, builtin_text
from shared_rules.records.entries import (
    Appeal,
    AppealSecret,
    HandIn,
    HandInSecret,
    Ruling,
    RulingSecret,
    Verdict,
    VerdictSecret,
)
from shared_rules.records.kinds import PolicyVersion
from shared_rules.records.parts import About
from tests.book.copies import copied, settle
from tests.book.world import TALKED
from tests.book.writing import write
from tests.company import NOW, Company, talk
from tests.faults.erasure import second_device

DAY = date(2026, 11, 23)


def test_a_confirmed_day_keeps_its_figures_until_it_is_confirmed_again(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    talk(desk, 2)
    write(desk, "A017", HandIn(), HandInSecret(day=DAY))
    assert desk.day("A017", DAY).state == "handed_in"
    company.sync()
    assert company.boss.day("A017", DAY).state == "handed_in"
    company.boss.supervisor.confirm("A017", DAY)
    company.boss.sync_once()
    company.sync()
    desk.sync_once()

    talk(desk, 3)
    second = desk.calls("A017", DAY)[-1]
    desk.own.void(second.id)
    company.sync()
    for book in (desk, company.boss, Book.open(company.boss_home, company.clock)):
        view = book.day("A017", DAY)
        assert (view.state, view.figures.valid, view.figures.dials, view.beside) == ("confirmed", 2, 2, 2)
        assert view.closed
        by_why = {call.why_not for call in book.calls("A017", DAY)}
        assert by_why == {None, "locked"}

    company.boss.supervisor.confirm("A017", DAY)
    company.boss.sync_once()
    desk.sync_once()
    for book in (desk, company.boss):
        view = book.day("A017", DAY)
        assert (view.figures.valid, view.figures.dials, view.beside) == (2, 2, 0)


def test_a_confirmed_day_is_the_same_where_another_history_of_the_agents_key_was_read(company: Company) -> None:
    company.join("A017", "张敏")
    one, other = copied(company, "A017")
    talk(one, 1)
    talk(one, 2)
    one.sync_once()
    company.boss.sync_once()
    company.boss.supervisor.confirm("A017", DAY)
    company.boss.sync_once()
    (file,) = company.share.glob(f"records/*/{one.identity.writer}-*.jsonl")
    file.write_bytes(b"")
    # Its first call stands in the same line as the first of those that were read.
    talk(other, 7)
    other.sync_once()
    settle(company)
    for book in (company.boss, one, other):
        view = book.day("A017", DAY)
        assert (view.state, view.figures.valid, view.beside) == ("confirmed", 2, 1)
        assert [call.why_not for call in book.calls("A017", DAY)].count("locked") == 1


def test_a_day_of_more_records_than_a_confirmation_can_name_is_refused_in_one_line(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log_many([CallEntry(phone=f"138{number:08}", outcome="busy") for number in range(4_501)])
    company.sync()
    with pytest.raises(Problem, match="4501"):
        company.boss.supervisor.confirm("A017", DAY)


def test_a_day_that_was_corrected_on_many_later_days_can_be_confirmed_again(company: Company) -> None:
    desk = company.join("A017", "张敏")
    for number in range(25):
        talk(desk, number)
    calls = desk.calls("A017", DAY)
    company.sync()
    company.boss.supervisor.confirm("A017", DAY)
    for call in calls:
        company.clock._start += timedelta(days=1)
        desk.own.void(call.id)
    company.sync()
    company.boss.supervisor.confirm("A017", DAY)
    company.sync()
    desk.sync_once()
    for book in (company.boss, desk):
        view = book.day("A017", DAY)
        assert (view.state, view.figures.valid, view.beside) == ("confirmed", 0, 0)


def test_a_day_whose_records_count_no_more_can_be_confirmed_again_as_it_is_now(company: Company) -> None:
    desk = company.join("A017", "张敏")
    second = second_device(company)
    talk(desk, 1)
    talk(second, 2)
    second.sync_once()
    company.sync()
    company.boss.supervisor.confirm("A017", DAY)
    company.boss.members.leave(second.identity.writer, DAY - timedelta(days=1))
    assert gone(company.boss) == [1]
    company.boss.supervisor.confirm("A017", DAY)
    assert gone(company.boss) == []
    with pytest.raises(Problem, match="confirmed already"):
        company.boss.supervisor.confirm("A017", DAY)
    # The end moves back: what was left out stands beside the day that was confirmed without it.
    company.boss.members.leave(second.identity.writer, DAY)
    company.sync()
    desk.sync_once()
    for book in (company.boss, desk):
        view = book.day("A017", DAY)
        assert (view.figures.valid, view.beside) == (1, 1)
    second.close()


def gone(book: Book) -> list[object]:
    """How many of the confirmed records of the day are told to be gone."""
    return [term.values["n"] for term in book.read.why(f"day:A017:{DAY}:valid").why.terms if term.code == "gone"]


def test_a_finding_after_the_lock_counts_at_once_and_its_entry_can_be_appealed(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    company.boss.supervisor.confirm("A017", DAY)
    (call,) = company.boss.calls("A017", DAY)
    about = About(author="A017", id=call.id, day=DAY)
    found = write(company.boss, "A017", Verdict(), VerdictSecret(about=about, false=True, text="打不通"))
    company.sync()
    desk.sync_once()
    assert desk.day("A017", DAY).figures.valid == 0
    (entry,) = desk.ledger("A017", "2026-11").entries
    assert (entry.id, entry.rule, entry.fen, entry.evidence, entry.state) == (
        found, "report.false", 5000, call.id, "standing",
    )  # fmt: skip
    assert entry.after_lock

    entry_about = About(author=entry.by, id=entry.id, day=entry.on)
    asked = write(desk, "A017", Appeal(), AppealSecret(about=entry_about, text="客户当时在开会"))
    company.sync()
    (entry,) = company.boss.ledger("A017", "2026-11").entries
    assert entry.state == "appealed"
    assert entry.appeal is not None
    assert (entry.appeal.by, entry.appeal.text) == ("A017", "客户当时在开会")
    write(company.boss, "A017", Ruling(), RulingSecret(about=entry_about, upheld=False, appeal=asked, text="核实"))
    company.boss.sync_once()
    desk.sync_once()
    for book in (company.boss, desk):
        (entry,) = book.ledger("A017", "2026-11").entries
        assert entry.state == "withdrawn"
        assert book.day("A017", DAY).figures.valid == 1


def test_no_version_judges_a_day_that_was_over_or_confirmed(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    company.boss.supervisor.confirm("A017", DAY)
    other = builtin_text("handbook").replace("calls = 120", "calls = 100")
    # A program that lies about the day it is in force from.
    write(company.boss, "S001", PolicyVersion(name="handbook", effective=date(2026, 11, 1), toml=other))
    company.boss.sync_once()
    desk.sync_once()
    for book in (company.boss, desk, Book.open(company.boss_home, company.clock)):
        quotas = [view.quota.calls for day in (20, 23, 24) if (view := book.day("A017", DAY.replace(day=day))).quota]
        # Friday was over; Monday was confirmed under the rules before; Tuesday has the new ones.
        assert quotas == [120, 120, 100]
        assert book.policy(DAY).digest != builtin().digest


def test_the_charts_count_a_confirmed_day_as_its_row_does(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    company.sync()
    company.boss.supervisor.confirm("A017", DAY)
    asking = builtin_text("handbook").replace('required = ["company",', 'required = ["headcount", "company",')
    company.boss.supervisor.publish_policy(asking, "x.toml", DAY)
    boss = company.boss
    assert "headcount" in boss.policy(DAY).validity.required
    valid = boss.day("A017", DAY).figures.valid
    assert valid == sum(boss.overview.detail("A017", DAY).hours) == boss.overview.funnel([DAY]).valid == 1


def test_a_conversation_that_waits_beside_a_confirmed_day_is_none_with_a_talk_card_yet(company: Company) -> None:
    desk = company.join("A017", "张敏")
    card = company.boss.supervisor.publish_card("税改", DAY, "没有用", "正是机遇", "何时有空?").id
    company.sync()
    talk(desk, 1)
    company.sync()
    company.boss.supervisor.confirm("A017", DAY)
    company.sync()
    desk.own.log(replace(TALKED, card=card))
    company.sync()
    for uses in (0, 1):
        if uses:
            company.boss.supervisor.confirm("A017", DAY)
            company.sync()
            desk.sync_once()
        for book in (desk, company.boss):
            (view,) = book.cards()
            assert (view.uses.calls, view.without.calls) == (uses, 1)
            assert [one.role for one in book.read.why(card).why.records].count("counts") == uses


def test_the_money_mode_hides_amounts_and_points(company: Company) -> None:
    desk = company.join("A017", "张敏")
    for mode, day in (("points", 24), ("off", 25)):
        text = builtin_text("handbook").replace('mode = "estimate"', f'mode = "{mode}"')
        company.boss.supervisor.publish_policy(text, "x.toml", DAY.replace(day=day))
    company.sync()
    desk.sync_once()
    shown = []
    for days in range(3):
        clock = SetClock(NOW + timedelta(days=days), ticking=False)
        with closing(Book.open(desk.session.place.home.path, clock)) as then:
            # Of an earlier day too: what is shown the policy of today tells.
            shown.append(then.day("A017", DAY))
    assert [(view.estimate is not None, view.points is not None) for view in shown] == [
        (True, True),
        (False, True),
        (False, False),
    ]
