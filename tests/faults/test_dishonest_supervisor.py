"""What a supervisor with a program of their own gains by lines that this one would not write: nothing unseen."""

import dataclasses
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
from msgspec.structs import replace

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.book.own import own
from agent_tui.book.place.rings import keep
from agent_tui.trust.errors import to_text
from agent_tui.trust.keys import DeviceKey
from agent_tui.trust.rings import NO_TAG, Ring
from agent_tui.trust.seal import seal
from shared_rules.records.entries import PointsEntry, PointsSecret, Withdrawal, WithdrawalSecret
from shared_rules.records.kinds import Erase, ErasedTag, Member, Notice, encode
from shared_rules.records.parts import About
from tests.book.world import DAY, TALKED
from tests.faults.dishonest import Dishonest

LISTED = "+8613800138000"


def test_an_erasure_of_what_names_no_customer_takes_no_entry_about_a_person(agent: Dishonest) -> None:
    """Points, payments and confirmations are sealed on the way to one tag, which is no customer's."""
    agent.boss.supervisor.points("A017", "award.excellent", DAY, points=20, note="带新人")
    agent.boss.supervisor.confirm("A017", DAY)
    before = agent.boss.day("A017", DAY)
    second = agent.company.second_supervisor()
    first, agent.desk, agent.place = agent.desk, second, second.session.place
    body = Erase(tags=(ErasedTag(agent="A017", tag=NO_TAG),))
    agent.publish(agent.line(agent.next, body, agent="S002"), agent.next)
    agent.company.sync()
    for book in (agent.boss, first):
        assert book.day("A017", DAY) == before


@pytest.mark.parametrize("others", [False, True], ids=["that agent alone", "everybody else rightly"])
@pytest.mark.parametrize("honest", ["before", "after", "never"])
def test_an_erasure_that_tells_another_customer_for_a_listed_number_counts_alike_on_every_machine(
    agent: Dishonest, honest: str, others: bool
) -> None:
    company, other = agent.company, "13900000001"
    lister, caller, hostile = company.join("A018", "李强"), company.join("A019", "王芳"), company.second_supervisor()
    del company.desks["S002"]
    board = company.desks["S003"] = company.supervisor("S003", "吴敏")
    lister.own.log(replace(TALKED, outcome="do_not_call"))
    company.sync()
    hostile.sync_once()
    keys, secret = own.keys(lister.session), hostile.session.place.tag_secret()
    assert secret is not None
    numbers = {"A019": f"+86{other}"} | ({"A018": LISTED, "A017": LISTED} if others else {})
    tags = tuple(ErasedTag(agent=id, tag=secret.for_agent(id).phone(number)) for id, number in numbers.items())
    agent.desk, agent.place = hostile, hostile.session.place
    body = Erase(tags=tags, team_tag=keys.team_phone(LISTED))
    for said in ("before", "lie", "after"):
        company.clock._start += timedelta(minutes=1)
        if said == "lie":
            agent.publish(agent.line(agent.next, body, agent=""), agent.next)
        elif said == honest:
            board.erasures.erase(LISTED)
        for _ in range(2):
            company.sync()
    company.clock._start += timedelta(days=1)
    caller.own.log_many([TALKED, replace(TALKED, phone=other)])
    company.sync()
    board.sync_once()
    again = [Book.open(company.folder / name, company.clock) for name in ("boss", "A019", "S003")]
    found = []
    for book in (agent.boss, caller, board, *again):
        book.load_month(DAY)
        calls = book.calls("A019", DAY + timedelta(days=1))
        found.append({call.customer.phone[-4:]: call.why_not for call in calls if call.customer})
    listed = None if others and honest == "never" else "do_not_call"
    assert found == [{"8000": listed, "0001": "do_not_call"}] * len(found)


def second_device(agent: Dishonest, *, lower: bool) -> Book:
    """A second device of S002, from which they write now; whether its name is lower than that of the first, which is
    returned.
    """
    company = agent.company
    first = company.second_supervisor()
    while True:
        # Whose name is the lower is as the keys fall: another key until it is so.
        home = Path(mkdtemp(dir=company.folder))
        teams.ask_to_join(home, company.share, "S002", "周丽", date(2026, 1, 5), company.clock)
        second = Book.open(home, company.clock)
        (request,) = home.glob("teams/*/own/join/*.json")
        if (request.stem < first.session.place.writer) is lower:
            break
        second.close()
        company.share.joinpath("join", request.name).unlink()
    second.sync_once()
    agent.boss.sync_once()
    agent.boss.members.approve(request.stem, "supervisor")
    agent.boss.sync_once()
    second.sync_once()
    company.desks["second"] = second
    agent.desk, agent.place = second, second.session.place
    return first


@pytest.mark.parametrize("lower", [False, True])
def test_an_entry_that_a_second_device_tells_otherwise_is_told(agent: Dishonest, lower: bool) -> None:
    """Of two lines with one id the lower device's stands: no withdrawal would tell that it was rewritten."""
    first = second_device(agent, lower=lower)
    entry = first.supervisor.points("A017", "award.excellent", DAY, points=20, note="带新人")
    first.sync_once()
    line = agent.line(1, PointsEntry(), PointsSecret(rule="award.excellent", on=DAY, points=2), id=entry.id)
    agent.desk.sync_once()  # the key before the record
    agent.publish(line, 1)
    for board in (agent.boss, agent.again()):
        board.load_month(DAY)
        assert [entry.points for entry in board.ledger("A017", "2026-11").entries] == [2 if lower else 20]
        assert [note for note in board.upkeep.notes() if note.startswith("S002 周丽: ") and ": 1 (" in note]
    assert [one.code for one in agent.check()] == ["refused"]


@pytest.mark.parametrize("lower", [False, True])
def test_a_record_of_another_kind_under_the_id_of_an_entry_is_told(agent: Dishonest, lower: bool) -> None:
    first = second_device(agent, lower=lower)
    entry = first.supervisor.points("A017", "award.excellent", DAY, points=20, note="带新人")
    first.sync_once()
    about = About(author="S002", id="x", day=DAY)
    line = agent.line(1, Withdrawal(), WithdrawalSecret(about=about, kind_of="points"), id=entry.id)
    agent.desk.sync_once()
    agent.publish(line, 1)
    agent.boss.load_month(DAY)
    assert [note for note in agent.boss.upkeep.notes() if note.startswith("S002 周丽: ") and ": 1 (" in note]


def test_a_device_that_is_let_in_no_more_as_its_record_is_told_otherwise_is_told(agent: Dishonest) -> None:
    """All its records would count nothing, and nobody would be missed who is in nobody's list."""
    first = second_device(agent, lower=True)
    asked = agent.company.ask("A018", "李雷")
    first.sync_once()
    writer = asked.sharing.waiting.place.writer if asked.sharing.waiting else ""
    first.members.approve(writer)
    first.sync_once()
    agent.boss.sync_once()
    (record,) = agent.boss.session.place.membership.records_about(writer)
    key = DeviceKey.generate()
    other = Member(writer=key.writer, public=to_text(key.public), person="A019", name="无", hired=DAY, joined=DAY)
    agent.publish(agent.line(1, other, agent="A019", id=record), 1)
    for board in (agent.boss, agent.again()):
        assert board.session.place.membership.binding(writer) is None
        assert [note for note in board.upkeep.notes() if note.startswith("S002 周丽: ") and "members" in note]
    assert "refused" in {one.code for one in agent.check()}


@pytest.mark.parametrize("lower", [False, True])
def test_a_notice_that_a_second_device_tells_otherwise_is_one_on_every_machine(agent: Dishonest, lower: bool) -> None:
    first = second_device(agent, lower=lower)
    said = [agent.line(1, Notice(text="二"), agent="S002", id="0198a2b4-0000-7000-8000-000000000001")]
    agent.publish(said[0], 1)
    agent.desk, agent.place = first, first.session.place
    seq = agent.next
    agent.publish(agent.line(seq, Notice(text="一"), agent="S002", id="0198a2b4-0000-7000-8000-000000000001"), seq)
    shown = [board.notice() for board in (agent.boss, agent.again())]
    assert shown[0] == shown[1]


@pytest.mark.parametrize("known", [False, True], ids=["a ring of their own", "two rings of one name"])
def test_an_entry_that_its_agent_and_the_others_cannot_open_is_told(agent: Dishonest, known: bool) -> None:
    """One board alone would have counted it, and the agent could not have appealed."""
    second = agent.company.second_supervisor()
    first, agent.desk, agent.place = agent.desk, second, second.session.place
    mine = [(agent.place.writer, agent.place.key.public)]
    ring = Ring.new(agent.place.writer, 123456789, "A017", "2026-11")
    if known:
        others = agent.place.membership.readers("A017")
        keep(
            agent.place,
            [(dataclasses.replace(ring, nodes={"": bytes(32)}), [one for one in others if one not in mine])],
        )
    keep(agent.place, [(ring, mine)])
    second.sync_once()
    seq = agent.next
    sealed = seal(ring, None, agent.place.writer, seq, encode(PointsSecret(rule="conduct.abuse", on=DAY, points=-50)))
    agent.publish(agent.line(seq, PointsEntry(), sealed=sealed), seq)
    first.sync_once()
    assert second.day("A017", DAY).points == first.day("A017", DAY).points
    for book in (agent.boss, agent.again(), first):
        book.load_month(DAY)
        assert [note for note in book.upkeep.notes() if note.startswith("S002 周丽: ") and ": 1 (" in note]
    assert [(one.code, one.detail) for one in agent.check()] == [("refused", "unopened")]
