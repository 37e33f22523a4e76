"""What an erasure does to key files: which go, which stay, how many it may be."""

import dataclasses
from datetime import timedelta

import pytest

from agent_tui.book import Book
from agent_tui.book.erasures.following import follow
from agent_tui.book.place.pen import Draft
from agent_tui.book.place.rings import keep
from agent_tui.errors import Problem
from agent_tui.ids import uuid7
from agent_tui.trust.keyfiles import KeyFile, build_keys, open_keys
from agent_tui.trust.rings import Ring
from shared_rules.records.kinds import Erase, ErasedTag
from shared_rules.validating import checked_json
from tests.book.copies import second_device
from tests.book.test_erasing import DAY, OTHER, TALKED, customers
from tests.company import Company


def test_a_key_file_that_alone_has_a_ring_is_kept_until_its_writer_makes_it_anew(company: Company) -> None:
    """One ring of it is handed on as it must be elsewhere; the other, which was made knowing of the erasure, is not."""
    desk = company.join("A017", "张敏")
    company.boss.erasures.erase(TALKED.phone)
    place, erasures, key = company.boss.session.place, company.boss.session.rings.erasures, desk.session.place.key
    behind = Ring.new(key.writer, 1, "A017", "2026-10")
    alone = Ring.new(key.writer, 2, "A017", "2026-11", erasures.known("A017"))
    reader = [(place.writer, place.key.public)]
    folder = place.where.mirror / "keys" / key.writer
    folder.mkdir(parents=True)
    first, second = folder / "000001.json", folder / "000002.json"
    first.write_bytes(build_keys(key, place.team.team, 1, [(behind, reader), (alone, reader)]))
    second.write_bytes(build_keys(key, place.team.team, 2, [(erasures.punched(behind), reader)]))
    assert follow(place, erasures, DAY) == (key.writer,)
    assert first.exists()
    # Now it has.
    third = folder / "000003.json"
    third.write_bytes(build_keys(key, place.team.team, 3, [(alone, reader)]))
    assert follow(place, erasures, DAY) == ()
    assert [path.name for path in sorted(folder.iterdir())] == [second.name, third.name]


def test_what_does_not_open_here_is_in_place_of_no_key_file(company: Company) -> None:
    """A supervisor's machine, a stolen one too, may say that it hands on the rings of others."""
    desk = company.join("A017", "张敏")
    other = company.second_supervisor()
    company.sync()
    desk.own.log(OTHER)
    company.sync()
    company.boss.erasures.erase(TALKED.phone)
    company.boss.sync_once()
    other.sync_once()
    theirs, mine = other.session.place, company.boss.session.place
    ((_, data),) = mine.documents(f"keys/{desk.identity.writer}")
    (ring,) = open_keys(checked_json(KeyFile, data.partition(b',"sig"')[0] + b"}"), mine.key).rings
    obeying = dataclasses.replace(ring, obeys=other.session.rings.erasures.known("A017"))
    keep(theirs, [(obeying, [(mine.writer, theirs.key.public)])])
    other.sync_once()
    company.boss.sync_once()
    company.boss.close()
    company.boss = Book.open(company.boss_home, company.clock)
    company.boss.sync_once()
    assert customers(company.boss) == ["华泰"]


def test_more_erasures_than_keys_can_name_are_refused_in_one_line(company: Company) -> None:
    """Past ten thousand no desk could make a key any more, and nobody could log: a thousand are left for supervisors
    who erase without having heard of each other.
    """
    desk, now = company.join("A017", "张敏"), company.boss.now()
    tags = [ErasedTag(agent="A017", tag=f"{number:016x}") for number in range(1, 10_001)]
    drafts = [Draft(uuid7(now), "", Erase(tags=(tag,))) for tag in tags]
    company.boss.write(drafts[:9000], now, members=True)
    with pytest.raises(Problem, match="9000 customers"):
        company.boss.erasures.erase(TALKED.phone)
    company.boss.write(drafts[9000:], now, members=True)
    company.sync()
    company.sync()
    desk.own.log(TALKED)
    company.sync()
    assert customers(company.boss) == ["宏达"]


def test_who_left_goes_on_reading_what_was_entered_about_them(company: Company) -> None:
    """The keys made anew came to nobody who had been ended, who had read with the ones before."""
    desk = company.join("A017", "张敏")
    desk.own.log(TALKED)
    company.sync()
    company.boss.supervisor.points("A017", "award.excellent", DAY, points=20, note="带新人")
    company.boss.supervisor.confirm("A017", DAY)
    company.boss.members.leave("A017", DAY)
    company.sync()
    company.sync()
    company.boss.erasures.erase(TALKED.phone)
    for _ in range(2):
        company.sync()
    desk.close()
    desk = company.desks["A017"] = Book.open(company.folder / "A017", company.clock)
    desk.sync_once()
    desk.load_month(DAY)
    assert desk.day("A017", DAY) == company.boss.day("A017", DAY)
    assert customers(desk) == [None]


def test_keys_made_anew_go_to_no_supervisor_who_left_and_to_no_device_that_never_had_them(company: Company) -> None:
    old = company.join("A017", "张敏")
    other = company.second_supervisor()
    given_up, left = old.identity.writer, other.identity.writer
    company.boss.members.leave(given_up, DAY)
    company.sync()
    desk = second_device(company, "A017", "张敏", "second")
    desk.own.log(TALKED)
    desk.own.log(OTHER)
    desk.sync_once()
    company.sync()
    rightful = {desk.identity.writer, company.boss.identity.writer, "owner"}
    assert readers(company, desk) == {*rightful, left}
    company.boss.members.leave(left, DAY - timedelta(days=1))
    company.boss.erasures.erase(TALKED.phone)
    for _ in range(2):
        company.sync()
        desk.sync_once()
    assert readers(company, desk) == rightful
    assert sorted(customers(company.boss), key=str) == [None, "华泰"]


def readers(company: Company, desk: Book) -> set[str]:
    """To whom the keys that a desk has published are sealed."""
    files = (company.share / "keys" / desk.identity.writer).glob("*.json")
    read = [checked_json(KeyFile, path.read_bytes().partition(b',"sig"')[0] + b"}") for path in files]
    return {reader for file in read for ring in file.rings for reader in ring.boxes}
