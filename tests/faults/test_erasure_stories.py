"""An erasure together with what else befalls a team: a maker who is gone, lists, the recovery code, who came back."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from agent_tui import teams
from agent_tui.book import Book, CallEntry
from agent_tui.recovery import recover
from shared_rules.records.parts import Customer
from tests.book.copies import settle
from tests.book.test_spared_late import followed_beside
from tests.book.test_sparing import MARKS, found, readable
from tests.book.world import DAY, TALKED, approve
from tests.company import Company, talk
from tests.faults.vault import look

LATER = DAY + timedelta(days=3)
WRONG, WRONG_TOO = "13900000009", "13900000008"
NAME, OTHER = "镇海永兴轴承厂", "慈溪白云山泉"


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("heard", [False, True], ids=["a maker who never heard", "a maker who followed and wrote on"])
def test_a_supervisor_who_was_away_until_the_maker_of_a_ring_was_gone(company: Company, heard: bool) -> None:
    maker = company.join("A017", "张敏")
    away = company.second_supervisor()
    talk(maker, 1)
    if not heard:
        maker.own.log(TALKED)
    company.sync()
    company.sync()
    del company.desks["S002"]
    company.boss.erasures.erase(MARKS[1])
    company.boss.sync_once()
    if heard:
        followed_beside(company)
        company.boss.sync_once()
        maker.own.log(TALKED)
        maker.sync_once()
        company.boss.sync_once()
    company.desks.pop("A017").close()
    shutil.rmtree(company.folder / "A017")
    company.boss.members.leave("A017", DAY)
    settle(company)
    company.desks["S002"] = away
    settle(company)
    assert found(company.folder) == []
    for book in (company.boss, away):
        assert readable(book) == ["0001", "gone"]
        assert book.erasures.obey() == ()


def test_a_folder_that_was_restored_once_the_maker_of_a_ring_was_gone(company: Company) -> None:
    """The maker had taken its key files back, and nobody looked whether they were there again."""
    maker = company.join("A017", "张敏")
    maker.own.log(TALKED)
    settle(company)
    copy = company.folder.parent / "copy of the share"
    shutil.copytree(company.share, copy)
    company.boss.erasures.erase(MARKS[1])
    settle(company)
    company.boss.members.leave("A017", DAY)
    settle(company)
    company.desks.pop("A017").close()
    shutil.rmtree(company.folder / "A017")
    shutil.copytree(copy, company.share, dirs_exist_ok=True)
    assert found(company.folder)
    company.boss.close()
    company.boss = Book.open(company.boss_home, company.clock)
    settle(company)
    assert found(company.folder) == []


@pytest.mark.parametrize("given", [False, True], ids=["assigned", "handed to a colleague"])
def test_a_customer_on_an_assigned_list(company: Company, given: bool) -> None:
    desk, colleague = company.join("A017", "张敏"), company.join("A018", "李强")
    assert take_list(company.boss) == 3
    settle(company)
    for book in (desk, colleague, company.boss):
        book.customers.build()
    if given:
        desk.lists.hand_over(TALKED.phone, "A018")
        settle(company)
        colleague.customers.hear()
        for offer in colleague.lists.offered():
            colleague.lists.accept(offer.id)
        settle(company)
    assert found(company.folder)
    company.boss.erasures.erase(TALKED.phone)
    settle(company)
    # No list brings the customer back, and nobody is offered the number.
    assert take_list(company.boss) == 0
    for book in (desk, colleague, company.boss):
        book.customers.hear()
        book.customers._save()
    assert found(company.folder) == []
    assert (desk.lists.left(), colleague.lists.left()) == (2, 0)
    following = desk.lists.next()
    assert following
    assert following.phone == "+8613800138001"


def take_list(boss: Book) -> int:
    """Assign a list of three numbers, as far as they are on none yet; how many were."""
    taker = boss.lists.taking("名单", ["A017"])
    rows = [(n, "", Customer(phone=f"+861380013800{n}", company=TALKED.company if not n else "")) for n in range(3)]
    new = [row for row in rows if taker.is_new(row[2])]
    taker.take(new)
    return len(new)


@pytest.mark.parametrize("first", ["erased", "recovered"])
def test_a_team_that_was_taken_over_with_its_recovery_code(company: Company, first: str) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    desk.own.log(TALKED)
    company.sync()
    lost = company.boss.identity.writer
    if first == "erased":
        company.boss.erasures.erase(MARKS[1])
        company.boss.sync_once()
    company.boss.close()
    shutil.rmtree(company.boss_home)
    company.boss_home = company.folder / "new boss"
    recover(company.boss_home, company.share, company.code, "S001", "陈静", company.clock)
    boss = company.boss = Book.open(company.boss_home, company.clock)
    boss.sync_once()
    boss.members.leave(lost, DAY)
    if first == "recovered":
        assert found(company.folder)
        boss.erasures.erase(MARKS[1])
    settle(company)
    assert found(company.folder) == []
    for book in (boss, desk):
        assert readable(book) == ["0001", "gone"]


@pytest.mark.parametrize("home", ["A017", "new"])
def test_a_member_who_left_and_came_back(company: Company, home: str) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    desk.own.log(TALKED)
    company.sync()
    company.boss.members.leave("A017", DAY)
    settle(company)
    company.clock._start += timedelta(days=3)
    teams.ask_to_join(company.folder / home, company.share, "A017", "张敏", date(2026, 1, 5), company.clock)
    desk = company.desks[home] = Book.open(company.folder / home, company.clock)
    settle(company)
    desk.own.log(TALKED)
    talk(desk, 2)
    settle(company)
    assert found(company.folder)
    company.boss.erasures.erase(MARKS[1])
    settle(company)
    assert found(company.folder) == []
    for book in (desk, company.boss):
        assert readable(book) == ["0001", "gone"]
        assert sorted(call.customer is None for call in book.calls("A017", LATER)) == [False, True]


@pytest.mark.parametrize("another", [False, True], ids=["a slip", "somebody else's number"])
def test_a_call_whose_number_was_put_right(company: Company, another: bool) -> None:
    """It was first recorded under the wrong number, with the name: that goes too, unless it is another customer's."""
    desk = company.join("A017", "张敏")
    first, second, third = (replace(TALKED, phone=phone, company=NAME) for phone in (WRONG, WRONG_TOO, TALKED.phone))
    desk.own.log(first)
    (call,) = desk.calls("A017", DAY)
    desk.own.correct(call.id, second)
    desk.own.correct(call.id, third)
    if another:
        desk.own.log(replace(TALKED, phone=WRONG, company=OTHER))
    company.sync()
    assert len(written(company)) == 3
    # Whose call was once recorded under a number is not erased with it.
    company.boss.erasures.erase(WRONG_TOO)
    settle(company)
    assert len(written(company)) == 2
    company.boss.erasures.erase(TALKED.phone)
    settle(company)
    assert len(written(company)) == (1 if another else 0)
    assert bool(look(company.share, company.boss_home).found(OTHER)) is another
    for book in (desk, company.boss):
        assert readable(book) == ["0009", "gone"][not another :]


@pytest.mark.parametrize("number", ["", "1380013800"], ids=["none", "a digit short"])
def test_a_call_that_had_no_usable_number_before_it_was_put_right(company: Company, number: str) -> None:
    """Without a number it had no tag, and lay under the one key that opens all such calls and is never erased."""
    desk = company.join("A017", "张敏")
    desk.own.log(replace(TALKED, phone=number, company=OTHER))
    call = desk.own.log(replace(TALKED, phone=number))
    settle(company)
    desk.own.correct(call.id, TALKED)
    settle(company)
    assert found(company.folder)
    company.boss.erasures.erase(TALKED.phone)
    settle(company)
    assert found(company.folder) == []
    assert look(company.folder).found(OTHER)


@pytest.mark.parametrize("waits", [False, True], ids=["erased later", "erased while it waits"])
@pytest.mark.parametrize("number", ["", "1380013800", WRONG], ids=["none", "a digit short", "wrong"])
def test_a_call_whose_number_was_put_right_before_its_desk_joined(company: Company, number: str, waits: bool) -> None:
    """Its first version stays in the journal of the team of one that the desk was before, and is brought over."""
    desk = company.ask("A017", "张敏")
    desk.own.log(replace(TALKED, phone=WRONG_TOO, company=OTHER))
    call = desk.own.log(replace(TALKED, phone=number))
    desk.own.correct(call.id, TALKED)
    if waits:
        company.boss.erasures.erase(TALKED.phone)
    approve(company)
    settle(company)
    if not waits:
        assert found(company.folder)
        company.boss.erasures.erase(TALKED.phone)
    settle(company)
    assert found(company.folder) == []
    assert look(company.folder).found(OTHER)


def test_a_wrong_number_that_is_listed_later_is_listed_on_every_machine(company: Company) -> None:
    """The erasure of the right one took its tag at that agent, who had not heard of it."""
    desk, colleague = company.join("A017", "张敏"), company.join("A018", "李晓梅")
    log_and_put_right(desk)
    desk.sync_once()
    company.boss.sync_once()
    company.boss.erasures.erase(TALKED.phone)
    desk.own.log(CallEntry(phone=WRONG, outcome="do_not_call"))
    settle(company)
    company.clock._start += timedelta(minutes=1)
    colleague.own.log(replace(TALKED, phone=WRONG, company=OTHER))
    settle(company)
    for book in (colleague, company.boss):
        (call,) = book.calls("A018", DAY)
        assert call.why_not == "do_not_call"


def test_a_wrong_number_that_a_colleague_lists_is_listed_where_it_is_called_again(company: Company) -> None:
    """What the agent wrote of it first does not open any more; what came after the erasure does."""
    desk, colleague = company.join("A017", "张敏"), company.join("A018", "李晓梅")
    log_and_put_right(desk)
    company.sync()
    company.boss.erasures.erase(TALKED.phone)
    settle(company)
    company.clock._start += timedelta(minutes=1)
    colleague.own.log(CallEntry(phone=WRONG, outcome="do_not_call"))
    settle(company)
    company.clock._start += timedelta(minutes=1)
    again = desk.own.log(replace(TALKED, phone=WRONG, company=OTHER))
    settle(company)
    assert_listed_everywhere(company, desk, again.id)


def test_a_listed_number_that_was_wrong_once_counts_alike_where_its_erased_call_does_not_open(company: Company) -> None:
    """The agent called it once more before hearing of the erasure: which number that was, the erasure alone tells."""
    desk, colleague = company.join("A017", "张敏"), company.join("A018", "李晓梅")
    log_and_put_right(desk)
    desk.sync_once()
    company.boss.sync_once()
    company.boss.erasures.erase(TALKED.phone)
    colleague.own.log(CallEntry(phone=WRONG, outcome="do_not_call"))
    company.clock._start += timedelta(minutes=1)
    again = desk.own.log(replace(TALKED, phone=WRONG, company=OTHER))
    settle(company)
    assert_listed_everywhere(company, desk, again.id)
    # At the colleague's the number is nobody's who was erased.
    company.clock._start += timedelta(minutes=1)
    colleague.own.log(replace(TALKED, phone=WRONG, company=OTHER))
    settle(company)
    assert [call.customer.phone for call in company.boss.calls("A018", DAY) if call.customer] == [f"+86{WRONG}"] * 2


def test_a_number_put_right_on_a_confirmed_day_is_reached_under_the_wrong_one(company: Company) -> None:
    """The figures stay as they were confirmed; whose customer it is, the agent tells."""
    desk = company.join("A017", "张敏")
    desk.own.log(replace(TALKED, phone=WRONG, company=NAME))
    company.sync()
    company.boss.supervisor.confirm("A017", DAY)
    company.sync()
    (call,) = desk.calls("A017", DAY)
    desk.own.correct(call.id, replace(TALKED, company=NAME))
    company.sync()
    company.boss.erasures.erase(TALKED.phone)
    settle(company)
    assert written(company) == []
    assert company.boss.day("A017", DAY).figures.valid == 1


def log_and_put_right(desk: Book) -> None:
    """A call is recorded under the wrong number, with the name, and put right."""
    desk.own.log(replace(TALKED, phone=WRONG, company=NAME))
    (call,) = desk.calls("A017", DAY)
    desk.own.correct(call.id, replace(TALKED, company=NAME))


def assert_listed_everywhere(company: Company, desk: Book, id: str) -> None:
    """The call `id` counts as one to a listed number: on the board, at the desk, and there after a start."""
    for book in (company.boss, desk, Book.open(company.folder / "A017", company.clock)):
        (why,) = [call.why_not for call in book.calls("A017", DAY) if call.id == id]
        assert why == "do_not_call", book.identity.agent


def written(company: Company) -> list[str]:
    """The lines in the folder in which somebody with all the keys reads the name."""
    return [place for place in look(company.folder).found(NAME) if place.startswith(str(company.share))]
