"""Key files grow in number for years: a poll, and a ring that is made, cost little for each that is there already."""

from datetime import timedelta
from functools import partial

import msgspec
import pytest

from agent_tui.book.place.rings import Rings, withdrawn_path
from agent_tui.book.upkeep.checking import check
from agent_tui.sync.mirror import Mirror
from agent_tui.trust.errors import TrustError
from shared_rules.records import lines
from tests.company import Company, talk
from tests.effort import effort

# Its name and size are seen, and that is all.
_SEEN = 8


def months(company: Company, count: int) -> None:
    """Let months go by in each of which the supervisor writes about the agent, and the agent of a call."""
    for _ in range(count):
        company.clock._start += timedelta(days=31)
        talk(company.desks["A017"], 1)
        company.sync()
        company.boss.supervisor.confirm("A017", company.boss.today())
        company.sync()


def own_files(company: Company) -> int:
    """How many key files the supervisor's machine has made."""
    return len(list((company.boss.session.place.where.path / "own" / "keys").rglob("*.json")))


def test_a_poll_reads_no_key_file_again(company: Company) -> None:
    company.join("A017", "张敏")
    place = company.boss.session.place
    costs = []
    for _ in range(2):
        months(company, 5)
        before = place.own_documents()
        costs.append((own_files(company), effort(place.own_documents)))
        assert place.own_documents() == before
    (few, little), (many, much) = costs
    assert many >= few + 5
    assert much - little <= _SEEN * (many - few)


def test_a_key_file_that_lost_its_end_is_read_again(company: Company) -> None:
    company.join("A017", "张敏")
    months(company, 1)
    place = company.boss.session.place
    name = next(name for name in place.own_documents() if name.startswith("keys/"))
    path = place.where.path / "own" / name
    path.write_bytes(path.read_bytes()[:-1])
    assert place.own_documents()[name] == path.read_bytes()
    path.unlink()
    assert name not in place.own_documents()


def test_a_key_file_that_was_made_anew_opens_nothing_more_where_it_still_lies(company: Company) -> None:
    """Which were made anew is written first: whoever was stopped there has the old ones removed by the next sync."""
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    place = desk.session.place
    stored = next(
        one for held in desk.session.segments.held() for one in desk.session.segments.read(held) if one.line.sealed
    )
    (tag,) = lines.tags_in(stored.raw)
    assert Rings(place).open(stored.line, tag)
    place.home.write(withdrawn_path(place), msgspec.json.encode(sorted(place.own_documents())))
    with pytest.raises(TrustError) as refused:
        Rings(place).open(stored.line, tag)
    assert refused.value.code == "no_ring"


def test_a_new_ring_opens_no_key_file_again(company: Company) -> None:
    company.join("A017", "张敏")
    costs = []
    for _ in range(2):
        months(company, 5)
        later = company.boss.now() + timedelta(days=31)
        there = own_files(company)
        costs.append((there, effort(partial(company.boss.session.rings.current, "A017", later))))
        assert own_files(company) == there + 1
    (few, little), (many, much) = costs
    # Three times: what was not taken yet, a number that is free, and where the new one lies.
    assert much - little <= 3 * _SEEN * (many - few)


@pytest.mark.parametrize("junk", [".DS_Store", "desktop.ini", "000001 - 副本.json", "000001.json.tmp"])
@pytest.mark.parametrize("folder", ["", "join", "keys"])
def test_what_a_file_manager_leaves_in_a_home_stops_neither_desk_nor_sync(
    company: Company, folder: str, junk: str
) -> None:
    desk = company.join("A017", "张敏")
    place = desk.session.place
    own = place.where.path / "own" / (f"keys/{place.writer}" if folder == "keys" else folder)
    talk(desk, 1)
    for each in (own, place.where.mirror / "roster"):
        (each / junk).write_bytes(b"\0\0\0\1Bud1")
    months(company, 1)  # with a call under a new ring
    (call,) = company.boss.calls("A017", company.boss.today())
    assert call.customer
    assert not list(company.share.rglob(junk))


def test_key_files_that_an_erasure_took_are_missed_by_nobody_who_has_not_heard_of_it(company: Company) -> None:
    desk, other = company.join("A017", "张敏"), company.second_supervisor()
    talk(desk, 1)
    company.sync()
    mirror = Mirror(other.session.place.where.mirror)
    read = {name for name, _ in mirror.documents() if name.startswith("keys/")}
    (call,) = desk.calls("A017", desk.today())
    assert call.customer
    company.boss.erasures.erase(call.customer.phone)
    for book in (company.boss, desk, company.boss):
        book.sync_once()
    assert any(not (company.share / name).exists() for name in read)
    assert not check(other.session, str(company.share)).findings
