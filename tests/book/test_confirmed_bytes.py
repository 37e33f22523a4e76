"""A confirmed day names the bytes it was read from: `check` holds what is there against them."""

from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from agent_tui.book import Book
from agent_tui.trust.signatures import build_signature
from shared_rules.records import lines
from tests.book.world import DAY
from tests.company import Company, talk


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """A day confirmed, and a call that came later."""
    company = Company(tmp_path)
    desk = company.join("A017", "张敏")
    for number in range(2):
        talk(desk, number)
    company.sync()
    company.boss.supervisor.confirm("A017", DAY)
    talk(desk, 2)
    company.sync()
    return company


def findings(company: Company) -> list[tuple[str, str, str]]:
    book = Book.open(company.boss_home, company.clock)
    found = book.upkeep.check().findings
    book.close()
    return [(one.code, one.where.rpartition("/")[2], one.detail) for one in found]


def copies(company: Company) -> list[Path]:
    """The desk's segment, on the share and as the supervisor mirrors it."""
    writer = company.desks["A017"].identity.writer
    return [
        *company.share.glob(f"records/*/{writer}-*"),
        *company.boss_home.glob(f"teams/*/mirror/records/*/{writer}-*"),
    ]


def rewritten(company: Company, data: bytes) -> bytes:
    """The same history with the durations another, as long as before, signed with the desk's own key."""
    desk = company.desks["A017"]
    new, last = b"", 0
    for raw in data.splitlines(keepends=True):
        members = msgspec.json.decode(raw)
        if members["kind"] == "signature":
            new += build_signature(
                desk.session.place.key,
                team=desk.session.place.team.team,
                segment=copies(company)[0].name,
                last_seq=last,
                roster=members["roster"],
                at=members["at"],
                digest=sha256(new).digest(),
            )
            continue
        last = members["seq"]
        del members["crc"]
        if members["kind"] == "call":
            members["body"]["duration_s"] = 78
        new += lines.encode(members)
    return new


def test_what_came_after_the_confirmation_is_no_fault(company: Company) -> None:
    assert findings(company) == []


def test_a_history_of_equal_length_in_place_of_the_confirmed_one_is_named_with_its_day(company: Company) -> None:
    share, mirror = copies(company)
    data = rewritten(company, share.read_bytes())
    assert len(data) == share.stat().st_size
    share.write_bytes(data)
    mirror.write_bytes(data)
    told = ("unlike_confirmed", share.name, f"A017 {DAY}")
    assert findings(company) == [told, told]


def test_a_day_confirmed_anew_stands_by_what_was_read_then(company: Company) -> None:
    share, mirror = copies(company)
    data = rewritten(company, share.read_bytes())
    share.write_bytes(data)
    mirror.write_bytes(data)
    book = Book.open(company.boss_home, company.clock)
    book.supervisor.confirm("A017", DAY)
    book.close()
    assert findings(company) == []
