"""The short form of erasing; the long one is `python -m tests.faults erasure`."""

import shutil
from json import loads
from pathlib import Path

import pytest

from agent_tui.book import Book
from agent_tui.book.erasures import erasing
from agent_tui.ids import uuid7
from shared_rules.phones import parse_phone
from shared_rules.records.kinds import BODIES
from tests.book.copies import copied, numbers, settle
from tests.company import Company, talk
from tests.faults.erasure import ANOTHER, CUSTOMER, DAY, MARKS, OTHER, PHONE, run, second_device
from tests.faults.failing import Failing, tell
from tests.faults.kinds import draft, secret_kinds
from tests.faults.vault import look


def test_after_erase_and_quiet_nobody_with_all_keys_finds_the_customer(tmp_path: Path) -> None:
    searched, held, found = run(tmp_path)
    assert searched > 100_000
    assert held > 50
    assert found == []


def test_the_control_that_leaves_the_key_files_as_they_are_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "follow", lambda *_, **__: ())
    _, _, found = run(tmp_path)
    assert found
    assert MARKS


def test_what_processes_that_were_killed_left_unfinished_opens_nobody_who_was_erased(tmp_path: Path) -> None:
    company = Company(tmp_path)
    agent = company.join("A017", "张敏")
    agent.own.log(CUSTOMER)
    agent.customers.build()
    agent.customers._save()
    company.sync()
    company.sync()
    for home in (company.boss_home, tmp_path / "A017"):
        files = [*home.glob("teams/*/*/keys/*/*.json"), *home.glob("cache/*.customers")]
        assert files
        for path in files:
            shutil.copy(path, path.with_name(f"{path.name}.tmp"))
    assert look(tmp_path).found(*MARKS)
    company.boss.erasures.erase(PHONE)
    for _ in range(3):
        company.sync()
    assert look(tmp_path).found(*MARKS) == []


def test_a_home_that_went_over_to_a_new_key_keeps_no_copies_of_key_files_from_before(tmp_path: Path) -> None:
    """What others handed on lies where the key of before put it, and no sync brings anything newer there."""
    company = Company(tmp_path)
    colleague = company.join("A018", "李强")
    company.join("A017", "张敏").own.log(CUSTOMER)
    company.desks["second"] = second_device(company)
    colleague.own.log(CUSTOMER)
    company.sync()
    company.sync()
    copies = copied(company, "A017")
    for number, book in enumerate(copies):
        talk(book, number)
    settle(company)
    for report in company.boss.session.place.membership.reports():
        company.boss.members.leave(report.writer, DAY)
    assert look(company.folder).found(*MARKS)
    company.boss.erasures.erase(PHONE)
    for _ in range(3):
        company.sync()
    assert look(company.folder).found(*MARKS) == []
    for book in copies:
        assert numbers(book) == ["0000", "0001", "?"]


def test_the_texts_of_records_about_a_person_stay_and_no_others(tmp_path: Path) -> None:
    company = Company(tmp_path)
    desk = company.join("A017", "张敏")
    keys = desk.session.place.tag_keys()
    number = parse_phone(PHONE)
    assert keys is not None
    assert number is not None
    for kind in secret_kinds():
        desk.write([draft(kind, uuid7(desk.now()), "A017", keys.phone(number.e164), MARKS[-1])], desk.now())
    company.sync()
    company.boss.erasures.erase(PHONE)
    for _ in range(3):
        company.sync()
    vault = look(company.folder)
    texts = {name for name in secret_kinds() if MARKS[-1] in repr(draft(name, "", "A017", "0" * 16, MARKS[-1]).secret)}
    lines = (place.rpartition(":") for place in vault.found(MARKS[-1]))
    kinds = {loads(vault.files[Path(path)].split(b"\n")[int(line) - 1])["kind"] for path, _, line in lines}
    assert kinds == {kind for kind in texts if BODIES[kind].stays}
    assert {"verdict", "payment", "points", "request", "ruling"} <= kinds


def test_a_device_that_was_ended_lets_go_of_what_nobody_seals_to_it_any_more(tmp_path: Path) -> None:
    company = Company(tmp_path)
    agent = company.join("A017", "张敏")
    agent.own.log(CUSTOMER)
    company.sync()
    second = company.desks["second"] = second_device(company)
    company.sync()
    company.boss.members.leave(second.identity.writer, DAY)
    company.sync()
    assert look(company.folder / "second").found(*MARKS)
    company.boss.erasures.erase(PHONE)
    for _ in range(3):
        company.sync()
    assert look(company.folder).found(*MARKS) == []
    assert numbers(agent) == ["?"]


def test_the_key_files_of_a_key_that_lives_twice_obey_before_it_is_ended(tmp_path: Path) -> None:
    """Nobody publishes with such a key: a supervisor's machine makes what its rings hold anew, as of who is gone."""
    company = Company(tmp_path)
    company.join("A017", "张敏").own.log(CUSTOMER)
    company.sync()
    copies = copied(company, "A017")
    for number, book in enumerate(copies):
        talk(book, number)
    settle(company)
    assert [one.code for one in company.boss.session.place.membership.reports()] == ["cloned"]
    assert look(company.share, company.boss_home).found(*MARKS)
    company.boss.erasures.erase(PHONE)
    for _ in range(3):
        company.sync()
    assert look(company.folder).found(*MARKS) == []
    for book in (*copies, company.boss):
        assert numbers(book) == ["0000", "0001", "?"]


class _Stopped(BaseException):
    """The machine stops here. No handler of the product may catch it."""


class _Stopping(Failing):
    def _due(self) -> bool:
        if super()._due():
            raise _Stopped
        return False


def following_stopped(folder: Path, every: int) -> int:
    """A desk that follows an erasure, stopped at every so manieth call that changes its disk; how often it was.

    After a restart and quiet the customer is erased, and the other one is not.
    """
    base, template = folder / "here", folder / "template"
    base.mkdir()
    company = Company(base)
    agent = company.join("A017", "张敏")
    agent.own.log(CUSTOMER)
    agent.own.log(ANOTHER)
    company.sync()
    company.boss.erasures.erase(PHONE)
    company.boss.sync_once()
    company.close()
    shutil.copytree(base, template)
    stop, going = 1, True
    while going:
        shutil.rmtree(base)
        shutil.copytree(template, base)
        going = False
        try:
            tell(base, "quiet", _Stopping(stop), share=False)
        except _Stopped:
            going = True
        books = [Book.open(base / home, company.clock) for home in ("A017", "boss")]
        for book in books * 2:
            book.sync_once()
        for book in books:
            names = {one.customer.company if one.customer else None for one in book.calls("A017", DAY)}
            assert names == {None, OTHER[1]}, stop
            book.close()
        assert look(base).found(*MARKS) == [], stop
        stop += every
    return stop // every


def test_a_stop_at_any_call_of_following_costs_no_other_customer(tmp_path: Path) -> None:
    assert following_stopped(tmp_path, 9) > 3
