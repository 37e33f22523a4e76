"""What an agent with a program of his own gains by lines that this one would not write: nothing, and it is said."""

import dataclasses
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, cast
from zlib import crc32

import msgspec
import pytest
from msgspec.structs import replace

from agent_tui import teams
from agent_tui.book import Book, CallEntry
from agent_tui.book.own import own
from agent_tui.trust.keyfiles import build_keys
from shared_rules.records.entries import (
    Flag,
    FlagSecret,
    HandIn,
    HandInSecret,
    Plan,
    PlanSecret,
    PointsEntry,
    PointsSecret,
    Punch,
    PunchSecret,
    Request,
    RequestSecret,
)  # fmt: skip
from shared_rules.records.kinds import Call, Correction, DoNotCall, Void
from shared_rules.records.parts import About, Customer, Reason, Secret
from tests.book.world import DAY, approve, valid
from tests.company import talk
from tests.effort import effort
from tests.faults.dishonest import Dishonest


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param(lambda raw: raw.replace(b'"id":"00000000-0004-0"', b'"id":"' + b"x" * 41 + b'"'), id="long"),
        pytest.param(lambda raw: raw.replace(b'"id":"00000000-0004-0",', b""), id="none"),
        pytest.param(lambda raw: raw.replace(b'"id":"00000000-0004-0"', b'"id":""'), id="empty"),
        pytest.param(lambda raw: raw.replace(b'"id":"0', '"id":"\u202e'.encode()), id="bidi"),
        pytest.param(lambda raw: raw.replace(b'"id":"0', b'"id":" '), id="blank"),
        pytest.param(lambda raw: raw.replace(b'"id":"0', b'"id":"\\u0030'), id="escaped"),
        pytest.param(lambda raw: raw.replace(b'"id":', b'"id": '), id="spaced"),
        pytest.param(lambda raw: raw.replace(b'"kind":', b'"kind" :'), id="spaced kind"),
        pytest.param(lambda raw: raw.replace(b'{"v":1,', b'{"v":1,"id":"other",'), id="two ids"),
        pytest.param(lambda raw: raw.replace(b'"seq":4', b'"seq":5000000000'), id="seq"),
        pytest.param(lambda raw: raw.replace(b'"at":', b'"\\u0061t":'), id="escaped time's name"),
        pytest.param(lambda raw: raw.replace(b'"phone_tag":', b'"phone_tag": '), id="spaced tag"),
        pytest.param(lambda raw: raw.replace(b'"phone_tag":', b'"phone\\u005ftag":'), id="escaped tag's name"),
        pytest.param(
            lambda raw: re.sub(rb'"phone_tag":"(.)', lambda one: b'"phone_tag":"\\u%04x' % ord(one[1]), raw),
            id="escaped tag",
        ),
    ],
)
def test_a_record_that_nobody_could_name_counts_nothing_and_is_said(
    agent: Dishonest, spoilt: Callable[[bytes], bytes]
) -> None:
    """A verdict names a call, a confirmation and an end name a number, an erasure finds a tag: what those cannot is no
    record.
    """
    raw = spoilt(agent.call(4, 50).rpartition(b',"crc":')[0])
    agent.publish(raw + b',"crc":"%08x"}\n' % crc32(raw), 4)
    assert valid(agent.boss, "A017") == 3
    assert "unreadable" in {one.code for one in agent.check()}
    agent.boss.supervisor.confirm("A017", DAY)
    agent.boss.members.leave("A017", DAY)


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param({"clear": {"phone_tag": "0123456789abcdef"}}, id="one number as two"),
        pytest.param({"clear": {"company_tag": "0123456789abcdef"}}, id="another company"),
        pytest.param({"secret": Customer()}, id="empty"),
        pytest.param({"secret": Customer(phone="+8613800000001", company="宏达1公司", title="经理")}, id="no contact"),
        pytest.param({"sealed": {"ring": "a" * 16 + "-123", "data": "AAAA"}}, id="a ring that nobody has"),
        pytest.param({"sealed": None}, id="nothing sealed"),
    ],
)
def test_a_call_that_seals_something_else_than_it_counts_as_is_a_suspect(
    agent: Dishonest, spoilt: dict[str, Any]
) -> None:
    started = agent.desk.now() - timedelta(minutes=10)
    agent.publish(agent.call(4, 1, started=started, id="spoilt", **spoilt), 4)
    (found,) = agent.boss.read.suspects("A017", DAY).suspects[:1]
    assert (found.call.id, found.reasons[0].code) == ("spoilt", "unlike")


def test_a_number_listed_under_the_tag_of_another_is_not_on_the_list(agent: Dishonest) -> None:
    """Else a colleague's call would fall away on the board, whose number nobody finds on the list to lift it."""
    colleague = agent.company.join("A018", "李雷")
    talk(colleague, 7)
    agent.company.sync()
    keys = own.keys(agent.desk.session)
    number, other = "+8613800000007", "+8613800000008"
    at = (agent.desk.now() - timedelta(hours=1)).isoformat(timespec="milliseconds")
    lines = b""
    for seq, sealed in ((4, other), (5, number)):
        body = DoNotCall(phone_tag=keys.phone(other), team_tag=keys.team_phone(other))
        lines += agent.line(seq, body, Customer(phone=sealed), at=at)
    agent.publish(lines, 5)
    agent.company.sync()
    assert valid(agent.boss, "A018") == valid(colleague, "A018") == 1
    assert agent.boss.lists.listed(number) is None
    found = agent.boss.lists.listed(other)
    assert found and found[1] == "A017"
    assert [one.code for one in agent.check()] == ["refused"]


@pytest.mark.parametrize("sealed", ["打错了", "138 0000 0007"])
def test_a_number_listed_twice_once_with_something_else_sealed_is_on_the_list(agent: Dishonest, sealed: str) -> None:
    """Else his own calls to a number that a supervisor listed would count on the board again."""
    number = "+8613800000007"
    keys = own.keys(agent.desk.session)
    body = DoNotCall(phone_tag=keys.phone(number), team_tag=keys.team_phone(number))
    # In a file of an earlier day, which is read later.
    agent.publish(agent.line(4, body, Customer(phone=sealed)), 4)
    agent.company.clock._start += timedelta(days=1)
    day = DAY + timedelta(days=1)
    other = agent.company.join("A018", "李雷")
    other.own.log(CallEntry(phone=number, outcome="do_not_call"))
    agent.company.sync()
    agent.publish(agent.call(5, 7), 5, number=2, day=day)
    for _ in range(2):
        assert [call.why_not for call in agent.boss.calls("A017", day)] == ["do_not_call"]
        agent.again()


def test_what_is_refused_is_told_by_name_on_the_board(agent: Dishonest) -> None:
    entry = PointsSecret(rule="award.excellent", on=DAY, points=20)
    agent.publish(b"".join(agent.line(seq, PointsEntry(), entry) for seq in (4, 5)), 5)
    agent.boss.members.leave("A017", DAY)
    agent.publish(agent.call(6, 50), 6)
    for board in (agent.boss, agent.again()):
        board.load_month(DAY)
        told = [note for note in board.upkeep.notes() if note.startswith("A017 张敏: ")]
        assert [any(f": {n} (" in note for note in told) for n in (2, 1)] == [True, True]


def second_device(agent: Dishonest, *, lower: bool) -> None:
    """A second device of his, from which he writes now; whether its name is lower than the first one's."""
    while True:
        # Whose name is the lower is as the keys fall: another key until it is so.
        home = Path(mkdtemp(dir=agent.company.folder))
        teams.ask_to_join(home, agent.company.share, "A017", "张敏", date(2026, 1, 5), agent.company.clock)
        desk = agent.company.desks["second"] = Book.open(home, agent.company.clock)
        (request,) = home.glob("teams/*/own/join/*.json")
        if (request.stem < agent.place.writer) is lower:
            break
        desk.close()
        agent.company.share.joinpath("join", request.name).unlink()
    desk.sync_once()
    approve(agent.company)
    desk.sync_once()
    agent.company.sync()
    agent.desk, agent.place = desk, desk.session.place


@pytest.mark.parametrize("lower", [False, True])
def test_a_call_that_a_second_device_tells_otherwise_is_a_suspect(agent: Dishonest, lower: bool) -> None:
    """Of two lines with one id the lower device's stands: no correction tells that it was rewritten."""
    first = min(agent.boss.calls("A017", DAY), key=lambda one: one.started_at)
    second_device(agent, lower=lower)
    # The board has looked at the day: what comes now is told all the same.
    suspected = agent.boss.read.suspects("A017", DAY).suspects
    assert not any(reason.code == "unlike" for one in suspected for reason in one.reasons)
    agent.publish(agent.call(1, 1, started=first.started_at, id=first.id, clear={"interest": None}), 1)
    for _ in range(2):
        found = agent.boss.read.suspects("A017", DAY).suspects
        told = {one.call.id: [reason.code for reason in one.reasons] for one in found}
        # Where the second device's line stands, its number may be another call's too.
        assert "unlike" in told[first.id], told
        agent.again().load_month(DAY)


@pytest.mark.parametrize("lower", [False, True])
def test_a_confirmed_call_told_otherwise_is_not_settled_where_the_first_was_never_read(
    agent: Dishonest, lower: bool
) -> None:
    first = min(agent.boss.calls("A017", DAY), key=lambda one: one.started_at)
    (file,) = agent.company.share.glob(f"records/{DAY}/{agent.place.writer}-*.jsonl")
    second_device(agent, lower=lower)
    agent.boss.supervisor.confirm("A017", DAY)
    file.write_bytes(b"")
    apart = agent.company.second_supervisor()
    agent.publish(agent.call(1, 1, started=first.started_at, id=first.id, at=first.at.isoformat()), 1)
    apart.sync_once()
    assert [(call.id, call.why_not) for call in apart.calls("A017", DAY)] == [(first.id, "locked")]
    figures = {book: book.day("A017", DAY).figures for book in (apart, agent.boss)}
    assert [(one.valid, one.leads) for one in figures.values()] == [(0, 0), (3, 0)]
    assert [book.day("A017", DAY).beside for book in figures] == [1, 1]


def test_a_call_in_no_form_of_its_kind_does_not_keep_a_supervisor_from_its_customer(agent: Dishonest) -> None:
    tag = own.keys(agent.desk.session).phone("+8613800000001")
    body = msgspec.Raw(b'{"outcome":5,"about":7,"phone_tag":"%s"}' % tag.encode())
    kinds = ("call", "correction", "void", "lead", "handover", "do_not_call")
    agent.publish(b"".join(agent.call(4 + n, 1, kind=kind, id=kind, body=body) for n, kind in enumerate(kinds)), 9)
    agent.boss.supervisor.assign("13800000001", "A017")
    agent.boss.supervisor.payment("13800000001", "100", DAY)
    agent.boss.customers.start()
    assert [one.agent for one in agent.boss.read.payments("13800000001")] == ["A017"]


_DEEP = msgspec.Raw(b"[" * 20_000 + b"]" * 20_000)


class Deep(Secret):
    """With a member that no program knows."""

    more: msgspec.Raw


def test_what_is_sealed_and_nested_without_end_stops_no_page(agent: Dishonest) -> None:
    number = "+8613800000050"
    keys = own.keys(agent.desk.session)
    listing = DoNotCall(phone_tag=keys.phone(number), team_tag=keys.team_phone(number))
    made = agent.call(4, 50, id="deep", secret=Deep(more=_DEEP)) + agent.line(5, listing, Deep(more=_DEEP))
    agent.publish(made, 5)
    for board in (agent.boss, agent.again()):
        board.load_month(DAY)
        assert [call.customer for call in board.calls("A017", DAY) if call.id == "deep"] == [None]
        assert board.record("deep")["customer"] is None
        board.customers.build()
        board.sync_once()


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_record_about_a_day_at_the_end_of_the_calendar_stops_no_page(agent: Dishonest, day: date) -> None:
    call = agent.boss.calls("A017", DAY)[0]
    about = About(author="A017", id=call.id, day=day)
    changed = own.drafts(agent.desk.session, CallEntry(phone="13800000001", outcome="talked"), agent.desk.now())[0]
    said: list[tuple[Any, Any]] = [
        (Request(), RequestSecret(type="leave", on=day, minutes=60)),
        (HandIn(), HandInSecret(day=day)),
        (Flag(), FlagSecret(about=about)),
        (Correction(about=about, call=cast(Call, changed.body)), changed.secret),
        (Void(about=about), Reason()),
    ]
    made = [agent.line(4 + place, body, secret) for place, (body, secret) in enumerate(said)]
    agent.publish(b"".join(made), 3 + len(made))
    for board in (agent.boss, agent.again()):
        board.load_month(DAY)
        assert board.read.requests() == []
        assert board.read.meeting(DAY) == []
        board.customers.build()
        assert valid(board, "A017") == 3
        assert any("5" in note for note in board.upkeep.notes())


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_record_written_at_the_end_of_the_calendar_counts_nothing_and_stops_no_page(
    agent: Dishonest, at: str
) -> None:
    """In the team's zone there is no such instant: one line kept the whole board from being drawn."""
    said: list[tuple[Any, Any]] = [
        (Request(), RequestSecret(type="leave", on=DAY, minutes=60)),
        (HandIn(), HandInSecret(day=DAY)),
        (Punch(), PunchSecret(side="in")),
        (Plan(), PlanSecret(week="2026-W48", companies=1)),
    ]
    made = [agent.line(4 + place, body, secret, at=at) for place, (body, secret) in enumerate(said)]
    agent.publish(b"".join(made) + agent.call(8, 50, at=at) + agent.call(9, 51), 9)
    for board in (agent.boss, agent.again()):
        board.load_month(DAY)
        assert board.team(DAY).totals.valid == valid(board, "A017") == 4
        assert board.day("A017", DAY).state == "open"
        assert not board.read.requests()
        assert not board.read.day_records("A017", DAY)
        assert board.read.week("A017", "2026-W48").plan is None
        assert any(": 5 (" in note for note in board.upkeep.notes())
    assert {one.code for one in agent.check()} == {"refused"}


def test_an_honest_call_or_an_erased_customer_is_not_taken_for_one(agent: Dishonest) -> None:
    agent.boss.erasures.erase("13800000001")
    agent.company.sync()
    assert agent.boss.read.suspects("A017", DAY).suspects == ()


def test_a_listing_that_comes_before_its_key_is_on_the_list_once_that_is_there(agent: Dishonest) -> None:
    """A sync tool may bring the folder's files in any order; the books are equal once all are there."""
    colleague = agent.company.join("A018", "李雷")
    keys = own.keys(colleague.session)
    number = "+8613800000001"
    agent.desk, agent.place = colleague, colleague.session.place
    body = DoNotCall(phone_tag=keys.phone(number), team_tag=keys.team_phone(number))
    at = (colleague.now() - timedelta(hours=1)).isoformat(timespec="milliseconds")
    agent.publish(agent.line(1, body, Customer(phone=number), at=at, agent="A018"), 1)
    agent.boss.sync_once()
    assert valid(agent.boss, "A017") == 3
    (key,) = (agent.company.folder / "A018").glob("teams/*/own/keys/*/*.json")
    folder = agent.company.share / "keys" / agent.place.writer
    folder.mkdir()
    (folder / key.name).write_bytes(key.read_bytes())
    agent.boss.sync_once()
    assert valid(agent.boss, "A017") == 2
    assert valid(agent.again(), "A017") == 2


def test_one_id_for_a_call_and_for_a_change_stops_no_page_and_moves_no_confirmed_figure(agent: Dishonest) -> None:
    """The board took the change for another line of the call, as soon as any day was confirmed."""
    (first, *_) = agent.boss.calls("A017", DAY)
    about = About(author="A017", id=first.id, day=DAY)
    other = "0198a2b4-0000-7000-8000-000000000001"
    agent.publish(agent.call(4, 60, id=other) + agent.line(5, Void(about=about), id=other), 5)
    assert valid(agent.boss, "A017") == 3
    agent.boss.supervisor.confirm("A017", DAY)
    assert valid(agent.boss, "A017") == 3
    agent.publish(agent.line(6, Void(about=replace(about, id=other)), id=first.id), 6)
    for board in (agent.boss, agent.again()):
        assert valid(board, "A017") == 3
        assert board.day("A017", DAY).beside == 1
        assert len(board.calls("A017", DAY)) == 4
        board.team(DAY)


def test_a_ring_that_names_a_way_out_of_the_home_has_nothing_looked_through(agent: Dishonest) -> None:
    """One call had the board read whatever lies in the directory that it named, and below: a whole disk."""
    ring = "../" * 5 + "elsewhere-1"
    agent.publish(agent.call(4, 50, sealed={"ring": ring, "data": "AAAA"}), 4)
    assert (agent.boss.session.place.where.mirror / "keys" / ("../" * 5)).samefile(agent.company.folder)

    def looked() -> int:
        return effort(lambda: agent.again().calls("A017", DAY))

    looked()
    without = looked()
    for number in range(500):
        file = agent.company.folder / "elsewhere" / str(number) / "file"
        file.parent.mkdir(parents=True)
        file.write_bytes(b"")
    assert looked() < without + 500


@pytest.mark.parametrize("number", [1, 999_999])
def test_keys_that_claim_to_obey_an_erasure_and_open_nothing_take_no_customer_from_the_supervisors(
    agent: Dishonest, number: int
) -> None:
    """Who leaves would else take all of their customers from the company."""
    place = agent.place
    ring = agent.desk.session.rings.current("A017", agent.desk.now())
    agent.boss.erasures.erase("13800000001")
    agent.boss.sync_once()
    before = [call.customer for call in agent.boss.calls("A017", DAY)]
    claimed = agent.boss.session.rings.erasures.known("A017")
    false = dataclasses.replace(ring, nodes={"f": bytes(32)}, obeys=claimed)
    data = build_keys(place.key, place.team.team, number, [(false, place.membership.readers("A017"))])
    agent.company.share.joinpath("keys", place.writer, f"{number:06}.json").write_bytes(data)
    agent.boss.sync_once()
    board = agent.again()
    board.sync_once()
    assert [call.customer for call in board.calls("A017", DAY)] == before
    assert before.count(None) == 1
    assert board.session.awaited == (place.writer,)
    # Of a machine that was ended the supervisors make the keys anew themselves.
    board.members.leave("A017", DAY)
    board.erasures.erase("13800000002")
    board.sync_once()
    board = agent.again()
    board.sync_once()
    assert [call.customer for call in board.calls("A017", DAY)].count(None) == 2
    assert board.session.awaited == ()
