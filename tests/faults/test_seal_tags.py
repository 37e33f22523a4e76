"""The tag of its own under which a call without a usable number is sealed: absent, as older programs wrote it, or
false; and calls whose number was taken out.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from agent_tui import teams
from agent_tui.book import Book, CallEntry
from agent_tui.book.own import own
from agent_tui.book.place.pen import Draft, Kept
from agent_tui.ids import uuid7
from agent_tui.trust.seal import seal
from shared_rules.records import lines
from shared_rules.records.kinds import Call, Correction, encode
from shared_rules.records.parts import About, Reason
from tests.book.copies import settle
from tests.book.test_sparing import readable
from tests.book.world import DAY, TALKED, approve
from tests.company import Company, talk
from tests.faults.dishonest import Dishonest
from tests.faults.vault import look

NAME = "镇海永兴轴承厂"
NAMED = replace(TALKED, company=NAME)


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path)
    yield made
    made.close()


def told(book: Book) -> list[str]:
    """What `check` says of calls that still tell of somebody who was erased."""
    return [one.where for one in book.upkeep.check().findings if one.code == "unerased"]


def test_a_call_whose_number_was_taken_out_goes_with_the_number(company: Company) -> None:
    """The correction was sealed under a tag of its own, which no erasure named."""
    desk = company.join("A017", "张敏")
    ids = [desk.own.log(NAMED).id for _ in range(2)]
    desk.own.correct(ids[0], replace(NAMED, phone=""))
    desk.own.correct(ids[1], replace(NAMED, phone="13900000009"))
    desk.own.correct(ids[1], replace(NAMED, phone="1390000000"))
    settle(company)
    assert look(company.folder).found(NAME)
    company.boss.erasures.erase(TALKED.phone)
    settle(company)
    assert look(company.folder).found(NAME) == []
    assert told(company.boss) == []


def test_a_number_that_is_taken_out_after_the_erasure_is_told_until_it_is_erased_once_more(company: Company) -> None:
    desk = company.join("A017", "张敏")
    call = desk.own.log(NAMED)
    settle(company)
    company.boss.erasures.erase(TALKED.phone)
    desk.own.correct(call.id, replace(NAMED, phone=""))
    settle(company)
    assert told(company.boss) == [call.id]
    company.boss.erasures.erase(TALKED.phone)
    settle(company)
    assert told(company.boss) == []
    assert look(company.folder).found(NAME) == []


def test_a_correction_of_an_erased_call_that_names_nobody_is_not_told(company: Company) -> None:
    desk = company.join("A017", "张敏")
    call = desk.own.log(NAMED)
    settle(company)
    company.boss.erasures.erase(TALKED.phone)
    settle(company)
    desk.own.correct(call.id, CallEntry(phone="", outcome="no_answer"))
    settle(company)
    assert told(company.boss) == []


def test_a_correction_to_a_tag_that_was_erased_at_a_colleague_stops_no_check(agent: Dishonest) -> None:
    """The tags of an erasure are there for everybody to read."""
    colleague = agent.company.join("A018", "李雷")
    talk(colleague, 7)
    agent.company.sync()
    agent.boss.erasures.erase("13800000007")
    agent.company.sync()
    tag = own.keys(colleague.session).phone("+8613800000007")
    call = agent.desk.calls("A017", DAY)[0]
    draft = own.drafts(agent.desk.session, NAMED, agent.desk.now())[0]
    assert isinstance(draft.body, Call)
    assert draft.secret
    said = Correction(about=About(author="A017", id=call.id, day=DAY), call=replace(draft.body, phone_tag=tag))
    ring = agent.desk.session.rings.current("A017", agent.desk.now())
    sealed = seal(ring, tag, agent.place.writer, 4, encode(draft.secret))
    agent.publish(agent.line(4, said, sealed=sealed), 4)
    agent.company.sync()
    assert [one for one in agent.check() if one.code == "unerased"] == []
    agent.again().erasures.look()


def log_as_before(desk: Book, entry: CallEntry) -> str:
    """Log a call as a program did that gave it no such tag; its id."""
    session, now = desk.session, desk.now()
    made = own.drafts(session, entry, now)[0]
    members = {
        name: msgspec.Raw(encode(made.body)) for name in ("v", "id", "kind", "writer", "seq", "at", "agent", "body")
    }
    session.write([Draft(id := uuid7(now), "A017", made.body, made.secret, now, Kept(members, None))])
    session.take_own()
    for stored in session.place.journal.read(session.place.journal.segments()[-1].name):
        session.take(stored)
    assert b"seal_tag" not in stored.raw
    return id


def test_calls_of_older_programs_are_read_and_changed_by_all(company: Company) -> None:
    desk = company.join("A017", "张敏")
    void, right, still = (log_as_before(desk, replace(NAMED, phone=phone)) for phone in ("", "1380013800", ""))
    settle(company)
    second = company.second_supervisor()
    teams.ask_to_join(company.folder / "A017b", company.share, "A017", "张敏", date(2026, 1, 5), company.clock)
    other = company.desks["A017b"] = Book.open(company.folder / "A017b", company.clock)
    other.sync_once()
    approve(company)
    settle(company)
    books = (company.boss, second, desk, other)
    for book in books:
        assert [one.customer.company for one in book.calls("A017", DAY) if one.customer] == [NAME] * 3
    other.own.void(void)
    other.own.correct(right, TALKED)
    desk.own.correct(still, replace(NAMED, phone="", contact="李"))
    settle(company)
    for book in books:
        assert sorted(one.customer.contact for one in book.calls("A017", DAY) if one.customer) == ["李", "王", "王"]
        assert book.upkeep.check().findings == []
    second.erasures.erase(TALKED.phone)
    settle(company)
    for book in books:
        assert readable(book) == ["", "", "gone"]
    assert look(company.folder).found(TALKED.company) == []


def test_a_withdrawal_is_sealed_as_what_it_withdraws_was_and_is_told_of_nowhere(company: Company) -> None:
    """Of a call that never had a usable number, of one that lost it, and of one that was corrected without one."""
    desk = company.join("A017", "张敏")
    ids = [desk.own.log(replace(NAMED, phone=phone)).id for phone in ("", TALKED.phone, "")]
    desk.own.correct(ids[1], replace(NAMED, phone=""))
    desk.own.correct(ids[2], replace(NAMED, phone="", contact="李"))
    for id in ids:
        desk.own.void(id, "重复")
    settle(company)
    for book in (company.boss, desk):
        assert book.upkeep.check().findings == []


TAGS = ["own", "colleague", "erased", "none", "garbage", "number"]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("kind", ["call", "call with a number", "correction", "void"])
def test_a_false_tag_takes_nobody_elses_customers_and_brings_nobody_back(agent: Dishonest, kind: str, tag: str) -> None:
    colleague = agent.company.join("A018", "李雷")
    talk(colleague, 7)
    agent.company.sync()
    agent.boss.erasures.erase("13800000000")
    settle(agent.company)
    keys = own.keys(agent.desk.session)
    value: Any = {
        "own": keys.phone("+8613800000002"),
        "colleague": own.keys(colleague.session).phone("+8613800000007"),
        "erased": keys.phone("+8613800000000"),
        "none": "0" * 16,
        "garbage": "zz",
        "number": 5,
    }[tag]
    numbered = kind == "call with a number"
    draft = own.drafts(agent.desk.session, replace(NAMED, phone="13800000009" * numbered), agent.desk.now())[0]
    call = msgspec.json.decode(encode(draft.body)) | {"seal_tag": value}
    about = {"author": "A017", "id": agent.desk.calls("A017", DAY)[0].id, "day": str(DAY)}
    body = {"correction": {"about": about, "call": call}, "void": {"about": about, "seal_tag": value}}.get(kind, call)
    path = call["phone_tag"] if numbered else value if len(str(value)) == 16 else None
    secret = Reason(text="x") if kind == "void" else draft.secret
    assert secret
    members = {
        "v": 1, "id": "00000000-0004", "kind": kind.split(maxsplit=1)[0], "writer": agent.place.writer, "seq": 4,
        "at": agent.desk.now().isoformat(timespec="milliseconds"), "agent": "A017", "body": body,
    }  # fmt: skip
    ring = agent.desk.session.rings.current("A017", agent.desk.now())
    members["sealed"] = seal(ring, path if tag != "erased" or numbered else None, agent.place.writer, 4, encode(secret))
    agent.publish(lines.encode(members), 4)
    agent.company.sync()
    for number in ("13800000001", "13800000002"):
        agent.boss.erasures.erase(number)
        settle(agent.company)
    for book in (agent.boss, agent.again()):
        assert [one.customer.phone for one in book.calls("A018", DAY) if one.customer] == ["+8613800000007"]
        readings = {one.customer.phone for one in book.calls("A017", DAY) if one.customer}
        assert readings <= {"", "+8613800000009"}
    said = {one.code: one.detail for one in agent.check() if one.code != "cloned"}
    assert said
    assert said.get("seal_tag") == (None if tag in ("garbage", "number") else "00000000-0004")
