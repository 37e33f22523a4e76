"""Lines that are damaged, or of a newer program, cost nothing else and are said."""

from agent_tui.book import Book
from agent_tui.ids import uuid7
from tests.book.world import DAY, TALKED, valid
from tests.company import Company, talk


def test_lines_of_a_newer_program_are_kept_and_said_and_change_nothing(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    place = desk.session.place

    def newer(version: int, kind: str) -> object:
        return lambda seq: {
            "v": version, "id": uuid7(desk.now()), "kind": kind, "writer": place.writer, "seq": seq,
            "at": desk.now().isoformat(), "agent": "A017", "body": {"outcome": "telepathy", "mood": [1]},
        }  # fmt: skip

    stored = place.journal.append([newer(1, "hologram"), newer(2, "call")], desk.now())  # type: ignore[list-item]
    desk.sync_once()
    company.boss.sync_once()
    assert valid(company.boss, "A017") == valid(Book.open(company.folder / "A017", company.clock), "A017") == 1
    assert [one.why for one in company.boss.session.folds.left_out.values()] == ["newer", "newer"]
    copies = b"".join(path.read_bytes() for path in (company.boss_home / "teams").rglob("records/*/*"))
    assert all(one.raw in copies for one in stored)


def test_a_damaged_line_costs_itself_alone(company: Company) -> None:
    desk = company.join("A017", "张敏")
    for number in range(5):
        talk(desk, number)
    desk.close()
    (segment,) = (company.folder / "A017" / "teams" / desk.identity.team / "journal").glob("*.jsonl")
    data = bytearray(segment.read_bytes())
    data[data.index(b'"seq":3') + 20] ^= 1
    segment.write_bytes(data)
    again = Book.open(company.folder / "A017", company.clock)
    assert again.day("A017", DAY).figures.dials == 4
    talk(again, 9)
    assert again.day("A017", DAY).figures.dials == 5


def test_what_was_left_out_is_said(company: Company) -> None:
    desk = company.join("A017", "张敏")
    for number in range(3):
        talk(desk, number)
    desk.close()
    (segment,) = (company.folder / "A017" / "teams" / desk.identity.team / "journal").glob("*.jsonl")
    data = bytearray(segment.read_bytes())
    data[data.index(b'"seq":2') + 20] ^= 1
    segment.write_bytes(data)
    again = Book.open(company.folder / "A017", company.clock)
    assert again.day("A017", DAY).figures.dials == 2
    assert ["1" in note for note in again.upkeep.notes()] == [True]
