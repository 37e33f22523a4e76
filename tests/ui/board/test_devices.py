"""The page of the devices: let in by four words, the hire date told, put right, and that taken back."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from agent_tui import teams
from agent_tui.clock import SetClock
from agent_tui.trust.documents import build_join
from agent_tui.trust.keys import DeviceKey
from agent_tui.ui.app import Shell
from agent_tui.ui.board.devices import DevicesScreen
from agent_tui.ui.kit.table import Table
from tests.company import NOW, Company, talk
from tests.ui.board.keys import MONDAY, Supervisor, at_board, board, book_of, ready
from tests.ui.golden import screen_text
from tests.ui.shells import comes


async def test_a_device_is_let_in_after_its_four_words(company: Company) -> None:
    home = company.folder / "A030"
    words = teams.ask_to_join(home, company.share, "A030", "欧阳建国", date(2026, 1, 5), company.clock)()
    async with at_board(company) as boss:
        assert await comes(boss.pilot, "devices 1")
        await boss.pilot.press("f9", "8")
        assert await comes(boss.pilot, " ".join(words))
        await boss.pilot.press("enter")
        await boss.ready()
        asked = screen_text(boss.shell)
        assert "A030 欧阳建国" in asked
        assert "  ".join(words) in asked
        await boss.pilot.press("escape")
        await boss.ready()
        assert boss.shell.book is not None
        assert [member.state for member in boss.shell.book.members.all() if member.id == "A030"] == ["waiting"]
        await boss.pilot.press("８")
        await boss.ready()
        await boss.pilot.press("enter")
        assert await comes(boss.pilot, "let in: A030 欧阳建国")
        assert [member.state for member in boss.shell.book.members.all() if member.id == "A030"] == ["approved"]
        await boss.pilot.press("escape")
        assert await comes(boss.pilot, "A030")
        assert "devices 1" not in screen_text(boss.shell)


async def test_a_request_that_is_ignored_waits_no_more_and_can_still_be_let_in(company: Company) -> None:
    teams.ask_to_join(company.folder / "A030", company.share, "A030", "欧阳建国", date(2026, 1, 5), company.clock)
    async with at_board(company) as boss:
        assert await comes(boss.pilot, "devices 1")
        await boss.pilot.press("f9", "8")
        assert await comes(boss.pilot, "A030")
        await boss.pilot.press("3")
        assert await comes(boss.pilot, "waits no more here: A030 欧阳建国")
        assert await comes(boss.pilot, "ignored")
        table = boss.pilot.app.screen.query_one(Table)
        assert boss.shell.book is not None
        (writer,) = [one.writer for one in boss.shell.book.members.all() if one.id == "A030"]
        assert [one.state for one in boss.shell.book.members.all() if one.id == "A030"] == ["ignored"]
        table.move_to(writer)
        await boss.pilot.press("enter")
        await boss.ready()
        await boss.pilot.press("enter")
        assert await comes(boss.pilot, "let in: A030 欧阳建国")
        await boss.pilot.press("escape")
        assert await comes(boss.pilot, "A030")
        assert "devices 1" not in screen_text(boss.shell)


async def test_many_requests_keep_nobody_waiting_for_their_words(company: Company) -> None:
    """Who can write into the folder can leave any number; each takes a third of a second, and the board stood still."""
    home, team = company.folder / "A030", company.boss.session.place.team.team
    words = teams.ask_to_join(home, company.share, "A030", "欧阳建国", date(2026, 1, 5), company.clock)()
    for number in range(25):
        key = DeviceKey.generate()
        at = NOW - timedelta(days=1, seconds=number)
        made = build_join(key, team, id=f"X{number}", name="无", hired=NOW.date(), at=at)
        (company.share / "join" / f"{key.writer}.json").write_bytes(made)
    company.boss.sync_once()
    listed = company.boss.members.all(words=True)
    assert [bool(one.words) for one in listed if one.state == "waiting"] == [True] * 20 + [False] * 6
    async with at_board(company) as boss:
        assert await comes(boss.pilot, "devices 26")
        await boss.pilot.press("f9", "8")
        assert await comes(boss.pilot, "A030")
        table = boss.pilot.app.screen.query_one(Table)
        table.move_to(next(one.writer for one in listed if one.id == "A030"))
        await boss.pilot.press("enter")
        assert await comes(boss.pilot, "  ".join(words))


async def test_after_one_device_the_next_that_waits_is_under_the_cursor(company: Company) -> None:
    for id, name in (("A030", "欧阳建国"), ("A031", "王五")):
        teams.ask_to_join(company.folder / id, company.share, id, name, date(2026, 1, 5), company.clock)
    async with at_board(company) as boss:
        assert await comes(boss.pilot, "devices 2")
        await boss.pilot.press("f9", "8")
        assert await comes(boss.pilot, "A031")
        for who in ("A030 欧阳建国", "A031 王五"):
            await boss.pilot.press("enter")
            await boss.ready()
            await boss.pilot.press("enter")
            assert await comes(boss.pilot, f"let in: {who}")
            await boss.ready()


async def test_a_second_device_with_another_hire_date_is_told_before_it_is_let_in(company: Company) -> None:
    company.join("A017", "张敏", date(2026, 9, 1))
    teams.ask_to_join(company.folder / "home", company.share, "A017", "张敏", date(2026, 11, 20), company.clock)
    async with at_board(company) as boss:
        assert await comes(boss.pilot, "devices 1")
        await boss.pilot.press("f9", "8")
        assert await comes(boss.pilot, "waits")
        await boss.pilot.press("enter")
        await boss.ready()
        asked = screen_text(boss.shell)
        assert "A017 张敏, hired 2026-09-01" in asked
        assert "The request says 2026-11-20" in asked
        await boss.pilot.press("enter")
        assert await comes(boss.pilot, "let in: A017 张敏")
        assert boss.shell.book is not None
        person = boss.shell.book.session.place.membership.person("A017")
        assert person
        assert (len(person.writers), person.hired) == (2, date(2026, 9, 1))


class HandClock:
    """A clock that is put on by hand."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self, zone: ZoneInfo) -> datetime:
        return self.at.astimezone(zone)


async def test_the_header_of_the_devices_goes_on_by_itself(company: Company) -> None:
    company.boss.close()
    clock = HandClock()
    shell = Shell(company.boss_home, clock, ascii=True)
    shell.open_book()
    async with shell.run_test() as pilot:
        await ready(pilot)
        await pilot.press("f9", "８")
        assert await comes(pilot, "Devices of")
        assert "14:32" in screen_text(shell)
        clock.at += timedelta(minutes=5)
        assert await comes(pilot, "14:37")
        company.share.rename(company.folder / "unplugged")
        assert await comes(pilot, "not synced since 14:37")
        clock.at += timedelta(days=3)
        assert await comes(pilot, "not synced since Mon 11-23 14:37")
    shell.close_book()


async def test_a_hire_date_is_put_right_and_that_taken_back(company: Company) -> None:
    company.join("A017", "张敏", date(2025, 11, 9))
    company.ask("A018", "李强")
    company.boss.sync_once()
    shell = board(company)
    async with shell.run_test(size=(120, 30)) as pilot:
        await ready(pilot)
        book, keys = book_of(shell), Supervisor(pilot)
        shell.push_screen(DevicesScreen(book))
        await keys.sees("2025-11-09")
        await keys.press("home", "2")
        await keys.sees("let the device in first")
        await keys.press("down", "2")
        await keys.fill("2026-11-09")
        await keys.sees("2025-11-09")
        await keys.sees("days stay as they are")
        await keys.press("enter")
        await keys.sees("A017 张敏 was hired on 2026-11-09")
        assert book.day("A017", MONDAY).new_hire_day == 15
        await keys.press("ctrl+z", "enter")
        await keys.sees("taken back")
        assert book.day("A017", MONDAY).new_hire_day is None, screen_text(shell)


async def test_who_leaves_is_ended_and_a_lost_device_alone(company: Company) -> None:
    for id, name in (("A017", "张敏"), ("A018", "李强")):
        talk(company.join(id, name), 1)
    company.sync()
    async with at_board(company) as boss:
        await boss.pilot.press("f9", "8")
        assert await comes(boss.pilot, "李强")
        book = boss.book
        writers = {one.id: one.writer for one in book.members.all()}
        boss.pilot.app.screen.query_one(Table).move_to(writers["A017"])
        await boss.pilot.press("4", "1")
        await boss.ready()
        await boss.pilot.press(*["backspace"] * 10, *"2026-11-30", "enter")
        assert await comes(boss.pilot, "2026-11-30 is still to come")
        await boss.pilot.press(*["backspace"] * 10, *"2026-11-23", "enter")
        await boss.ready()
        asked = screen_text(boss.shell)
        assert "张敏 leaves: all devices end" in asked
        assert "2026-11-23 Mon" in asked
        await boss.pilot.press("escape")
        await boss.ready()
        assert {one.state for one in book.members.all()} == {"approved"}
        await boss.pilot.press("4", "1")
        await boss.ready()
        await boss.pilot.press("enter")
        await boss.ready()
        await boss.pilot.press("enter")
        assert await comes(boss.pilot, "A017 张敏: the last day that counts is 2026-11-23")
        boss.pilot.app.screen.query_one(Table).move_to(writers["A018"])
        await boss.pilot.press("4", "2")
        await boss.ready()
        await boss.pilot.press("enter")
        await boss.ready()
        await boss.pilot.press("enter")
        assert await comes(boss.pilot, "that machine of A018 李强")
        people = {person.id: person.left for person in book.session.place.membership.people()}
        assert (people["A017"], people["A018"]) == (MONDAY, None)


async def test_two_devices_of_a_person_are_told_apart_by_when_they_last_wrote(tmp_path: Path) -> None:
    company = Company(tmp_path)
    talk(first := company.join("A017", "张敏"), 1)
    company.sync()
    first.close()
    lost = first.identity.writer
    company.folder = tmp_path / "second"
    company.folder.mkdir()
    second = company.join("A017", "张敏")
    company.clock = SetClock(NOW + timedelta(days=1), ticking=False)
    async with at_board(company) as boss:
        await boss.press("f9", "8")
        await boss.sees("last wrote 2026-11-23")
        await boss.sees("wrote nothing yet")
        await boss.sees("this device")
        boss.pilot.app.screen.query_one(Table).move_to(lost)
        await boss.press("4", "2")
        await boss.fill("2026-11-23")
        await boss.sees(f"{lost}  last wrote 2026-11-23")
        await boss.press("enter")
        await boss.sees("that machine of A017 张敏")
        states = {one.writer: one.state for one in boss.book.members.all()}
        assert (states[lost], states[second.identity.writer]) == ("left", "approved")
    company.close()


async def test_that_a_device_will_be_a_supervisors_is_told_before_it_is_let_in(company: Company) -> None:
    for home, id, name in (("second", "S001", "陈静"), ("A030", "A030", "欧阳建国")):
        teams.ask_to_join(company.folder / home, company.share, id, name, date(2026, 1, 5), company.clock)
    shell = board(company)
    async with shell.run_test() as pilot:
        assert await comes(pilot, "devices 2")
        await pilot.press("f9", "8")
        assert await comes(pilot, "A030")
        waiting = {one.id: one.writer for one in book_of(shell).members.all() if one.state == "waiting"}
        for id, told in (("S001", True), ("A030", False)):
            pilot.app.screen.query_one(Table).move_to(waiting[id])
            await pilot.press("enter")
            assert await comes(pilot, "Let this device in?")
            assert ("a supervisor's device" in screen_text(shell)) == told
            await pilot.press("escape")
            await ready(pilot)
    shell.close_book()


async def test_who_cannot_be_ended_here_is_told_before_anything_is_asked(company: Company) -> None:
    """Oneself, at the own device; at a second one of the own only that device is offered."""
    second = company.supervisor("S001", "陈静")
    async with at_board(company) as boss:
        await boss.pilot.press("f9", "8")
        assert await comes(boss.pilot, "S001")
        table = boss.pilot.app.screen.query_one(Table)
        table.move_to(company.boss.identity.writer)
        await boss.pilot.press("4")
        assert await comes(boss.pilot, "cannot enter anything about themselves")
        assert isinstance(boss.pilot.app.screen, DevicesScreen)
        table.move_to(second.identity.writer)
        await boss.pilot.press("4")
        assert await comes(boss.pilot, "2 this device alone ends; 陈静 stays")
        assert "all devices end" not in screen_text(boss.shell)
