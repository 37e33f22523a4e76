"""The customers on a supervisor's machine: everybody's, given to an agent, a list dealt out."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from agent_tui.book import CallEntry
from agent_tui.i18n import set_language
from agent_tui.ui.app import Shell
from agent_tui.ui.customers.file import CustomerScreen
from agent_tui.ui.customers.lists import ListsScreen
from agent_tui.ui.customers.screen import CustomersScreen
from agent_tui.ui.kit.dialogs import Confirm
from agent_tui.ui.kit.table import Table
from shared_rules.records.parts import Customer
from tests.company import NOW, Company, talk
from tests.ui.golden import screen_text, settle, type_text
from tests.waiting import happens


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path)
    yield made
    made.close()


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Wait for what a thread does."""
    assert await happens(condition)
    await settle(pilot)


async def test_a_customer_of_two_agents_is_given_and_a_list_dealt(company: Company, tmp_path: Path) -> None:
    set_language("zh")
    for agent, name in (("A017", "张敏"), ("A018", "李强")):
        desk = company.join(agent, name)
        talk(desk, 1, lead=agent == "A018", company="宁波宏达")
        talk(desk, int(agent[1:]), company=f"公司{agent}")
    company.sync()
    company.boss.close()
    file = tmp_path / "list.csv"
    file.write_text("电话\n13900000001\n13900000002\n", encoding="utf-8")
    shell = Shell(company.boss_home, company.clock, ascii=True)
    shell.open_book()
    book = shell.book
    assert book is not None
    async with shell.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+g", "3")
        await until(pilot, lambda: isinstance(shell.screen, CustomersScreen) and book.customers.ready)
        await until(pilot, lambda: len(shell.screen.query_one(Table).rows) == 4)
        await type_text(pilot, "nbhd")
        assert [row.cells["agent"] for row in shell.screen.query_one(Table).rows] in (
            ["A017", "A018"],
            ["A018", "A017"],
        )
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(shell.screen, CustomerScreen) and shell.screen.view is not None)
        assert "归属 A018 李强" in screen_text(shell)
        assert "在几位电话销售员那里" in screen_text(shell)
        await pilot.press("2", "1")
        await until(pilot, lambda: "A018 李强 -> A017 张敏" in screen_text(shell))
        await pilot.press("escape", "2", "1")
        assert book.read.owner("13800000001", NOW.date()).agent == "A018"
        await until(pilot, lambda: "A018 李强 -> A017 张敏" in screen_text(shell))
        await pilot.press("enter")
        await until(pilot, lambda: "归属 A017" in screen_text(shell))
        assert book.supervisor is not None
        await pilot.press("escape", "f9")
        await until(pilot, lambda: isinstance(shell.screen, ListsScreen))
        screen = shell.screen
        assert isinstance(screen, ListsScreen)
        await type_text(pilot, str(file))
        await pilot.press("enter")
        await until(pilot, lambda: screen.settled and "可导入 2" in screen_text(shell))
        assert "分给 A017 张敏、A018 李强" in screen_text(shell)
        await pilot.press("1")
        await settle(pilot)
        await pilot.press(*["backspace"] * 20)
        await type_text(pilot, "A099")
        await pilot.press("enter")
        await until(pilot, lambda: "A099" in screen_text(shell))
        await pilot.press(*["backspace"] * 4)
        await type_text(pilot, "A018")
        await pilot.press("enter")
        await until(pilot, lambda: screen.settled and "分给 A018" in screen_text(shell))
        await pilot.press("2")
        await until(pilot, lambda: "A018 李强 list:剩 2,共 2" in screen_text(shell))
    shell.close_book()


async def test_every_list_that_has_room_is_shown_and_the_rest_is_counted(company: Company) -> None:
    set_language("zh")
    company.join("A017", "张敏")
    for number in range(9):
        customer = Customer(phone=f"+861390000000{number}", company="宏达")
        company.boss.lists.taking(f"展会{number}", ["A017"]).take([(1, "", customer)])
    company.boss.close()
    shell = Shell(company.boss_home, company.clock, ascii=True)
    shell.open_book()
    async with shell.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+g", "3", "f9")
        await until(pilot, lambda: "展会8" in screen_text(shell))
        assert all(f"展会{number}:剩 1,共 1" in screen_text(shell) for number in range(9))
        await pilot.resize_terminal(80, 14)
        await until(pilot, lambda: "另有 4 份" in screen_text(shell))
    shell.close_book()


async def test_the_question_before_a_number_is_lifted_tells_whose_it_is(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, company="宁波宏达")
    desk.own.log(CallEntry(phone="13800000001", outcome="do_not_call", started_at=desk.now()))
    company.sync()
    company.boss.close()
    shell = Shell(company.boss_home, company.clock, ascii=True)
    shell.open_book()
    async with shell.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+g", "3")
        await until(
            pilot, lambda: isinstance(shell.screen, CustomersScreen) and bool(shell.screen.query_one(Table).rows)
        )
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(shell.screen, CustomerScreen) and shell.screen.view is not None)
        await pilot.press("5")
        await until(pilot, lambda: isinstance(shell.screen, Confirm))
        assert "宁波宏达 138 0000 0001" in screen_text(shell)
    shell.close_book()
