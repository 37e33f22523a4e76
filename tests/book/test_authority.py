"""Who may write and read what: a record that its author may not write counts nothing."""

import pytest

from agent_tui.book import Book
from agent_tui.book.place.pen import Draft
from agent_tui.errors import Problem
from agent_tui.ids import uuid7
from shared_rules.records.entries import PointsEntry, PointsSecret, Verdict, VerdictSecret
from shared_rules.records.kinds import Call, Void
from shared_rules.records.parts import About, Customer
from tests.book.world import DAY, TALKED, valid
from tests.company import Company


def forge(book: Book, agent: str, body: object, secret: object) -> None:
    """Write a record past the book's own refusals, as a changed program would."""
    draft = Draft(uuid7(book.now()), agent, body, secret)  # type: ignore[arg-type]
    book.session.pen.write([draft], book.now())
    book.sync_once()


def test_an_agents_points_verdicts_and_others_calls_count_nothing_anywhere(company: Company) -> None:
    honest, cheat = company.join("A001", "刘洋"), company.join("A002", "李强")
    call = honest.own.log(TALKED)
    company.boss.supervisor.points("A002", "att.late", DAY)
    company.sync()
    about = About(author="A001", id=call.id, day=DAY)
    forge(cheat, "A002", PointsEntry(), PointsSecret(rule="award.excellent", on=DAY, points=20))
    forge(cheat, "A001", PointsEntry(), PointsSecret(rule="att.late", on=DAY, points=-2, fen=1000))
    forge(cheat, "A001", Verdict(), VerdictSecret(about=about, false=True))
    forge(cheat, "A001", Void(about=about), Customer())
    started = company.boss.now()
    forge(cheat, "A001", Call(outcome="talked", filled=("phone",), started_at=started), Customer())
    company.sync()
    for book in (company.boss, honest):
        assert valid(book, "A001") == 1
        assert book.ledger("A001", "2026-11").entries == ()
    assert company.boss.ledger("A002", "2026-11").balance == 98
    refused = [one for one in company.boss.session.folds.left_out.values() if one.why != "newer"]
    assert sorted(one.why for one in refused) == ["not_own", "not_own", *["supervisors_only"] * 3]


def test_a_supervisor_enters_nothing_about_themselves(company: Company) -> None:
    with pytest.raises(Problem):
        company.boss.supervisor.points("S001", "award.excellent", DAY, points=5)
    forge(company.boss, "S001", PointsEntry(), PointsSecret(rule="award.excellent", on=DAY, points=20))
    assert Book.open(company.boss_home, company.clock).ledger("S001", "2026-11").entries == ()


def test_a_supervisor_may_call_and_nothing_is_asked_of_one(company: Company) -> None:
    company.boss.own.log(TALKED)
    (row,) = company.boss.team(DAY).agents
    assert (row.agent, row.figures.valid, row.judged, row.pace, row.must_stay) == ("S001", 1, False, None, False)
    assert company.boss.team(DAY).totals.quota_calls == 0


def test_a_colleague_reads_counts_and_no_customer(company: Company) -> None:
    desk, other = company.join("A001", "刘洋"), company.join("A002", "李强")
    desk.own.log(TALKED)
    company.boss.supervisor.points("A001", "att.late", DAY, note="迟到十分钟")
    company.sync()
    company.sync()
    written = b"".join(path.read_bytes() for path in company.folder.rglob("*") if path.is_file())
    for secret in ("13800138000", "宏达", "采购经理", "要报价", "迟到十分钟"):
        assert secret.encode() not in written
    assert [call.customer for call in other.calls("A001", DAY)] in ([], [None])
    with pytest.raises(Problem, match="A001 is somebody else"):
        other.ledger("A001", "2026-11")
