"""What copies of a home wrote apart: each line reaches everybody, can be read, and is as it was written."""

import shutil
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any, ClassVar

import msgspec
import pytest
from msgspec.structs import replace

from agent_tui.book import Book
from agent_tui.book.own import own
from agent_tui.book.place.pen import Draft
from agent_tui.ids import uuid7
from agent_tui.store.journal import Journal
from shared_rules.records.kinds import BODIES, encode
from shared_rules.records.parts import Body
from tests.book.copies import copied, forked, numbers, settle
from tests.book.world import DAY, TALKED, approve
from tests.company import Company, talk


def test_two_of_three_copies_agree_on_a_line_that_the_third_has_not(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    one, other = copied(company, "A017")
    talk(other, 2)
    other, third = copied(company, "copy", "third")
    third.sync_once()
    company.boss.sync_once()
    (file,) = company.share.glob(f"records/*/{one.identity.writer}-*.jsonl")
    theirs = file.read_bytes()
    # A sync tool lets one version win, and then the other: the board has read the first.
    file.unlink()
    talk(one, 3)
    one.sync_once()
    its = file.read_bytes()
    file.write_bytes(theirs)
    talk(other, 4)
    other.sync_once()
    talk(third, 5)
    third.sync_once()
    assert third.identity.waiting
    file.write_bytes(its)
    settle(company)
    settle(company)
    assert numbers(company.boss) == ["0001", "0002", "0003", "0004", "0005"]
    assert [numbers(book) for book in company.desks.values()] == [numbers(company.boss)] * 3


@pytest.mark.parametrize("later", ["A017", "A018"])
def test_the_rings_of_before_and_after_a_restore_are_both_read(company: Company, later: str) -> None:
    """A supervisor's disk is put back, and what is entered then is sealed before anything of the lost time is heard.

    An erasure, meanwhile, has every machine make its key files anew.
    """
    desk = company.join("A017", "张敏")
    company.join("A018", "李强")
    other = company.ask("S002", "周丽")
    company.boss.sync_once()
    asked = next(one for one in company.boss.members.all() if one.state == "waiting")
    company.boss.members.approve(asked.writer, "supervisor")
    company.sync()
    company.sync()
    other.close()
    home, backup = company.folder / "S002", company.folder / "backup"
    shutil.copytree(home, backup)
    other = Book.open(home, company.clock)
    other.supervisor.points("A017", "att.late", DAY)
    other.sync_once()
    other.close()
    company.boss.erasures.erase(TALKED.phone)
    company.boss.sync_once()
    shutil.rmtree(home)
    shutil.copytree(backup, home)
    other = company.desks["S002"] = Book.open(home, company.clock)
    other.supervisor.points(later, "att.early", DAY)
    settle(company)
    for book in (company.boss, other):
        entries = {entry.rule for agent in ("A017", "A018") for entry in book.ledger(agent, "2026-11").entries}
        assert entries == {"att.late", "att.early"}
    assert "att.late" in [entry.rule for entry in desk.ledger("A017", "2026-11").entries]


def test_a_copy_that_died_when_it_had_read_the_others_request_hears_of_it_at_its_next_start(company: Company) -> None:
    one, other = forked(company)
    place = one.session.place
    one.close()
    (place.where.mirror / "join").mkdir(exist_ok=True)
    for path in company.share.glob("join/*.json"):
        shutil.copy(path, place.where.mirror / "join")
    one = company.desks["A017"] = Book.open(company.folder / "A017", company.clock)
    one.sync_once()
    assert one.identity.waiting == "一组"
    settle(company)
    assert numbers(company.boss) == numbers(one) == numbers(other) == ["0001", "0002"]


class Later(Body):
    """A record of a kind that this program does not know."""

    kind: ClassVar[str] = "of_the_future"


def test_what_a_newer_program_wrote_is_brought_over_too(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    company.join("A017", "张敏")
    one, other = copied(company, "A017")
    talk(one, 1)
    one.sync_once()
    # A newer program at the other copy: a call with more members than this one knows, and a record of another kind.
    place, now = other.session.place, other.now()
    call = own.drafts(other.session, replace(TALKED, phone="13800000002"), now)[0]
    later = Draft(uuid7(now), "A017", Later())

    def made(draft: Draft, seq: int) -> Mapping[str, Any]:
        members = dict(other.session.pen._maker(draft, now)(seq))
        body = msgspec.json.decode(encode(draft.body)) | {"mood": "glad"}
        return members | {"body": body, "more": [1, {"and": None}]}

    journal = Journal(place.where.journal, place.writer, place.zone)
    journal.append([partial(made, call), partial(made, later)], now)
    journal.close()
    talk(other, 3)
    settle(company)
    assert numbers(company.boss) == numbers(other) == ["0001", "0002", "0003"]
    brought = lines_of(other)
    assert later.id not in brought
    assert (brought[call.id]["body"]["mood"], brought[call.id]["more"]) == ("glad", [1, {"and": None}])
    # Nothing is looked at again for that, until a program that knows the kind is there.
    other.close()
    with monkeypatch.context() as updated:
        updated.setitem(BODIES, "of_the_future", Later)
        other = company.desks["copy"] = Book.open(company.folder / "copy", company.clock)
        other.sync_once()
    assert lines_of(other)[later.id]["body"] == {"mood": "glad"}
    assert numbers(other) == ["0001", "0002", "0003"]


def lines_of(book: Book) -> dict[str, Any]:
    """The lines that this device wrote under the key it has now, by id."""
    journal = book.session.place.journal
    lines = [msgspec.json.decode(one.raw) for segment in journal.segments() for one in journal.read(segment.name)]
    return {line["id"]: line for line in lines if "id" in line}


def test_an_erasure_that_is_brought_over_erases_nobody_again(company: Company) -> None:
    """A customer who was erased calls again, and is recorded; then the erasure is said under a new key."""
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    company.sync()
    company.boss.close()
    shutil.copytree(company.boss_home, company.folder / "copy")
    company.boss = one = Book.open(company.boss_home, company.clock)
    other = company.desks["copy"] = Book.open(company.folder / "copy", company.clock)
    other.erasures.erase(TALKED.phone)
    other.sync_once()
    desk.sync_once()
    company.clock._start += timedelta(minutes=1)
    desk.own.log(TALKED)
    desk.sync_once()
    one.supervisor.points("A017", "att.late", DAY)
    before = other.identity.writer
    settle(company)
    settle(company)
    assert other.identity.writer != before
    assert [line["kind"] for line in lines_of(other).values()] == ["erase"]
    for book in (one, other, desk):
        assert numbers(book) == ["8000", "?"]


def test_what_an_erasure_takes_is_gone_at_once_where_it_is_brought_over(company: Company) -> None:
    """The new key's books were read before the erasure was brought into them."""
    company.second_supervisor()
    desk = company.join("A017", "张敏")
    desk.agent.flag(desk.own.log(TALKED).id, "难")
    company.sync()
    company.sync()
    one, other = copied(company, "S002")
    one.supervisor.points("A017", "att.late", DAY)
    one.sync_once()
    other.erasures.erase(TALKED.phone)
    before = other.identity.writer
    for book in (other, company.boss):
        book.sync_once()
    approve(company)
    for book in (company.boss, other):
        book.sync_once()
    assert other.identity.writer != before
    assert numbers(other) == ["?"]
    assert other.read.meeting(DAY) == []


def test_a_copy_of_the_owners_key_that_signed_more_rosters_puts_nobody_out(company: Company) -> None:
    company.boss.close()
    shutil.copytree(company.boss_home, company.folder / "copy")
    one, other = (Book.open(home, company.clock) for home in (company.boss_home, company.folder / "copy"))
    company.boss = one
    # Both let supervisors in before either hears of the other: the one one of them, the other two.
    for book, ids in ((one, ("S002",)), (other, ("S003", "S004"))):
        for id in ids:
            book.session.place.take_join(*request_of(company, company.ask(id, f"主管{id}")))
            asked = next(member for member in book.members.all() if member.id == id)
            book.members.approve(asked.writer, "supervisor")
    for _ in range(3):
        for book in (other, one, *company.desks.values()):
            book.sync_once()
    for book in (other, one, *company.desks.values()):
        assert {one.id for one in book.members.all() if one.role == "supervisor"} == {"S001", "S002", "S003", "S004"}
        assert book.identity.role == "supervisor"


def request_of(company: Company, desk: Book) -> tuple[str, bytes]:
    """The request to join that a desk left, by name on the share."""
    assert desk.sharing.waiting
    name = f"join/{desk.sharing.waiting.place.writer}.json"
    return name, company.share.joinpath(name).read_bytes()
