"""The recovery code: a team taken over whose machine is lost, also in a folder that went back."""

import os
import shutil

import pytest

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.errors import Problem
from agent_tui.recovery import recover
from agent_tui.trust.errors import TrustError
from agent_tui.trust.keys import OwnerKey
from tests.book.test_trust import readable
from tests.book.world import DAY, valid
from tests.company import Company, talk


def test_the_recovery_code_takes_over_a_team_whose_machine_is_lost(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.boss.supervisor.points("A017", "att.late", DAY, note="迟到")
    company.sync()
    lost = company.boss.identity.writer
    company.boss.close()
    shutil.rmtree(company.boss_home)

    company.boss_home = company.folder / "new boss"
    assert (
        recover(company.boss_home, company.share, f" {company.code.lower()}\n", "S001", "陈静", company.clock) == "一组"
    )
    boss = company.boss = Book.open(company.boss_home, company.clock)
    boss.sync_once()
    assert (boss.identity.role, boss.identity.agent) == ("supervisor", "S001")
    assert (valid(boss, "A017"), readable(boss, "A017")) == (1, [True])
    assert [entry.note for entry in boss.ledger("A017", "2026-11").entries] == ["迟到"]
    boss.members.leave(lost, DAY)
    company.join("A018", "李强")
    second = company.second_supervisor()
    talk(desk, 2)
    company.sync()
    company.sync()
    assert [valid(book, "A017") for book in (boss, second)] == [2, 2]
    assert all(readable(second, "A017"))
    assert boss.upkeep.check().findings == []
    modes = {path.stat().st_mode & 0o077 for path in company.boss_home.rglob("*")}
    assert modes == {0} or os.name == "nt"


@pytest.mark.parametrize("lost", [False, True])
def test_a_team_taken_over_in_a_folder_that_went_back_loses_no_supervisor(company: Company, *, lost: bool) -> None:
    """The roster used the number again of one that the folder lacked: nobody was told, and the next left her out."""
    company.join("A017", "张敏")
    company.sync()
    before = company.folder / "before"
    shutil.copytree(company.share, before)
    second = company.second_supervisor()
    company.sync()
    shutil.rmtree(company.share)
    shutil.copytree(before, company.share)
    home = company.folder / "new boss"
    recover(home, company.share, company.code, "S003", "孙丽", company.clock)
    new = Book.open(home, company.clock)
    machines = [new, second] if lost else [new, company.boss, second]
    for machine in machines * 2:
        machine.sync_once()
    if lost:
        # Without the machine that let her in, hers says what is missing, and puts it back.
        assert "gone" in {one.code for one in second.upkeep.check().findings}
        second.upkeep.refill(str(company.share))
        for machine in machines * 2:
            machine.sync_once()
    for machine in machines:
        sitting = machine.session.place.membership.people()
        assert {one.id for one in sitting if one.role == "supervisor"} == {"S001", "S002", "S003"}
    new.close()


def test_who_takes_a_team_over_in_a_folder_that_went_back_is_told_that_a_supervisor_was_ended(company: Company) -> None:
    """The folder was of before her end, and the roster made in it let her in again, above the one that ended her."""
    desk = company.join("A017", "张敏")
    second = company.second_supervisor()
    company.sync()
    before = company.folder / "before"
    shutil.copytree(company.share, before)
    company.boss.members.leave("S002", DAY)
    company.boss.sync_once()
    company.sync()
    company.boss.close()
    shutil.rmtree(company.share)
    shutil.copytree(before, company.share)
    home = company.folder / "new boss"
    recover(home, company.share, company.code, "S003", "孙丽", company.clock)
    new = Book.open(home, company.clock)
    machines = [new, desk, second]
    for machine in machines:
        machine.sync_once()
    membership = desk.session.place.membership
    assert [one.code for one in membership.reports()] == ["roster_left_out"]
    (told,) = (note for note in desk.upkeep.notes() if "S002" in note)
    assert "refill" in told
    desk.upkeep.refill(str(company.share))
    for machine in machines * 2:
        machine.sync_once()
    assert membership.reports() == ()
    for machine in machines:
        (ended,) = (one for one in machine.session.place.membership.bindings() if one.person == "S002")
        assert ended.end is not None
    new.close()


def test_a_supervisor_who_has_written_nothing_yet_hands_on_the_rings_too(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    company.boss.close()
    home = company.folder / "new boss"
    recover(home, company.share, company.code, "S001", "陈静", company.clock)
    boss = company.boss = Book.open(home, company.clock)
    # A supervisor is let in by the roster: no record is written.
    second = company.second_supervisor()
    company.sync()
    company.sync()
    assert boss.session.place.journal.last_seq == 0
    assert readable(second, "A017") == [True]


def test_a_supervisors_machine_can_be_given_the_owners_key(company: Company) -> None:
    company.second_supervisor()
    company.sync()
    company.sync()
    company.boss.close()
    company.desks.pop("S002").close()
    recover(company.folder / "S002", company.share, company.code, "S002", "周丽", company.clock)
    company.boss_home = company.folder / "S002"
    company.boss = Book.open(company.boss_home, company.clock)
    third = company.supervisor("S003", "吴")
    company.sync()
    company.sync()
    assert third.identity.role == "supervisor"


def test_a_wrong_code_changes_nothing(company: Company) -> None:
    home = company.folder / "new"
    before = {path: path.read_bytes() for path in company.share.rglob("*") if path.is_file()}
    mistyped = company.code[:3] + ("A" if company.code[3] != "A" else "B") + company.code[4:]
    for code in ("", mistyped, "x" * 300):
        with pytest.raises(TrustError, match="recovery code"):
            recover(home, company.share, code, "S001", "陈静", company.clock)
    with pytest.raises(Problem, match="another team"):
        recover(home, company.share, OwnerKey.generate().recovery_code(), "S001", "陈静", company.clock)
    with pytest.raises(Problem, match="陈静"):
        recover(home, company.share, company.code, "S001", "别人", company.clock)
    assert not teams.has_team(home)
    assert before == {path: path.read_bytes() for path in company.share.rglob("*") if path.is_file()}
    recover(home, company.share, company.code, "S001", "陈静", company.clock)
    assert Book.open(home, company.clock).identity.role == "supervisor"
