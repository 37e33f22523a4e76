"""The customers, one of them, and the lead lists, on the real program."""

import csv
from pathlib import Path

import pytest

from agent_tui.book import Book, CallEntry
from agent_tui.clock import SetClock
from agent_tui.i18n import Language
from agent_tui.ui.customers.file import CustomerScreen
from agent_tui.ui.customers.lists import ListsScreen
from agent_tui.ui.customers.screen import CustomersScreen
from agent_tui.ui.desk.past import Past
from agent_tui.ui.desk.screen import DeskScreen
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Table
from tests.ui.desk.bench import NOW, Hands, at_desk, make_home, with_list
from tests.ui.golden import check_golden, paste, screen_text, settle, type_text
from tests.ui.hostile import HOSTILE, LONG, home_of_hostile_calls, shown_safely
from tests.ui.pages.bench import fetched

SIZES = [(80, 24), (140, 40)]
LANGUAGES: list[Language] = ["zh", "en"]


def home_with_history(folder: Path) -> Path:
    """A home with a morning, a list, and a customer of whom more is recorded."""
    home = with_list(make_home(folder, calls=24))
    book = Book.open(home, SetClock(NOW, ticking=False))
    boss = book.supervisor
    boss.payment("13900000005", "80000", NOW.date())
    for step in ("visited", "file", "signed"):
        boss.grade_step("13900000005", step, "B", by="周强")
    book.close()
    return home


async def customers(hands: Hands) -> CustomersScreen:
    """The customers' screen, open and read."""
    await hands.press("f3")
    await hands.until(lambda: isinstance(hands.app.screen, CustomersScreen))
    screen = hands.app.screen
    assert isinstance(screen, CustomersScreen)
    await hands.until(lambda: hands.book.customers.up_to_date)
    await settle(hands.pilot)
    return screen


async def told(hands: Hands, screen: CustomersScreen) -> None:
    """Wait until what is known of the customer under the cursor is shown."""
    await hands.until(lambda: screen._file is not None and screen._file.phone == getattr(screen.current, "phone", ""))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_as_they_look(tmp_path: Path, language: Language, size: tuple[int, int]) -> None:
    home = home_with_history(tmp_path / "home")
    (tmp_path / "十一月名单.csv").write_text(
        "序号,单位名称,联系人,手机,来源\n1,[VIP]李四,王,13700000001,展会\n2,\x1b[31m红,李,1370000,\n"
        "3,鑫源,张,13700137001,老客户\n",
        encoding="utf-8",
    )
    name = f"customers/{language}-{size[0]}x{size[1]}"
    async with at_desk(home, size, language=language, ascii=size[0] == 80) as hands:
        screen = await customers(hands)
        await type_text(hands.pilot, "nbhd")
        await hands.press("down", "down")
        await told(hands, screen)
        check_golden(hands.app, f"{name}-found")
        await hands.press("up", "up")
        assert hands.app.focused is not None
        screen.query_one("#query").value = "0005"  # type: ignore[attr-defined]
        await settle(hands.pilot)
        await hands.press("enter")
        await fetched(hands)
        check_golden(hands.app, f"{name}-file")
        await hands.press("escape", "f9")
        await hands.until(lambda: isinstance(hands.app.screen, ListsScreen))
        await hands.until(lambda: "十一月名单" in screen_text(hands.app))
        check_golden(hands.app, f"{name}-lists")
        path = hands.app.screen.query_one("#path")
        path.value = str(tmp_path / "十一月名单.csv")  # type: ignore[attr-defined]
        await hands.press("enter")
        await hands.until(lambda: "1370000" in screen_text(hands.app) and "3" in screen_text(hands.app))
        await hands.until(lambda: isinstance(hands.app.screen, ListsScreen) and hands.app.screen.settled)
        path.value = "十一月名单.csv"  # type: ignore[attr-defined]
        await settle(hands.pilot)
        check_golden(hands.app, f"{name}-import")


async def test_every_key_narrows_what_is_found(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=24)) as hands:
        screen = await customers(hands)
        assert len(screen.query_one(Table).rows) == 24
        await type_text(hands.pilot, "宏达")
        assert len(screen.query_one(Table).rows) == 6
        await type_text(hands.pilot, " 0023")
        assert len(screen.query_one(Table).rows) == 1
        await type_text(hands.pilot, "x")
        assert screen.query_one(Table).rows == []
        await hands.press("enter")
        assert hands.app.screen is screen


async def test_beside_the_row_a_withdrawn_call_says_so(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=24)) as hands:
        again = hands.book.own.log(CallEntry(phone="13900000023", outcome="refused"))
        hands.book.own.void(again.id)
        screen = await customers(hands)
        await type_text(hands.pilot, "0023")
        await told(hands, screen)
        await settle(hands.pilot)
        assert "拒绝  作废" in screen_text(hands.app)


async def test_beside_the_row_a_call_runs_on_where_there_is_room(tmp_path: Path) -> None:
    note = "等他们老板从德国出差回来,下周三上午再打一次,先把五十人版本的报价单和试用账号发到邮箱"
    async with at_desk(make_home(tmp_path, calls=24), size=(140, 40)) as hands:
        hands.book.own.log(CallEntry(phone="13900000023", outcome="talked", note=note))
        screen = await customers(hands)
        await type_text(hands.pilot, "0023")
        await told(hands, screen)
        await settle(hands.pilot)
        assert "发到邮箱" in screen_text(hands.app)


async def test_a_customer_is_opened_and_called(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=24)) as hands:
        await customers(hands)
        await type_text(hands.pilot, "0023")
        await hands.press("enter")
        page = await fetched(hands)
        assert isinstance(page, CustomerScreen)
        assert "通话 1 次" in screen_text(hands.app)
        await hands.press("1")
        await hands.until(lambda: isinstance(hands.app.screen, DeskScreen))
        assert (hands.value("phone"), hands.focus) == ("13900000023", "outcome")


async def test_a_call_of_the_history_is_shown_in_full_and_another_record_is_not(tmp_path: Path) -> None:
    home = home_with_history(tmp_path / "home")
    async with at_desk(home) as hands:
        await customers(hands)
        await type_text(hands.pilot, "0005")
        await hands.press("enter")
        page = await fetched(hands)
        assert isinstance(page, CustomerScreen)
        table = page.query_one(Table)
        assert (table.cursor_key or "").startswith("event")
        await hands.press("enter")
        assert hands.app.screen is page
        await hands.press("end")
        assert not (table.cursor_key or "event").startswith("event")
        await hands.press("enter")
        await hands.until(lambda: isinstance(hands.app.screen, Past))
        assert "历史" in screen_text(hands.app)
        await hands.press("escape")
        assert hands.app.screen is page


async def test_two_spellings_become_one_from_the_page(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=8)) as hands:
        screen = await customers(hands)
        await type_text(hands.pilot, "鑫源")
        await hands.press("enter")
        await fetched(hands)
        await hands.press("3")
        await type_text(hands.pilot, "鑫源集团")
        await hands.press("enter")
        await hands.until(lambda: "显示为“鑫源集团”" in screen_text(hands.app))
        await hands.until(lambda: hands.book.customers.companies("鑫源", 5) == ["鑫源集团"])
        await hands.press("escape")
        assert hands.app.screen is screen
        await settle(hands.pilot)
        assert "鑫源集团" in screen_text(hands.app)


async def test_a_list_is_imported_with_a_column_that_is_told(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("谁,单位\n13700000001,宏达\n13700000001,宏达\n12,鑫源\n", encoding="utf-8")
    async with at_desk(make_home(tmp_path / "home")) as hands:
        await customers(hands)
        await hands.press("f9")
        await hands.until(lambda: isinstance(hands.app.screen, ListsScreen))
        screen = hands.app.screen
        assert isinstance(screen, ListsScreen)
        await type_text(hands.pilot, str(file))
        await hands.press("enter")
        await hands.until(lambda: "还没有指定电话列" in screen_text(hands.app))
        await hands.press("enter", "1")
        await hands.until(lambda: screen.settled and "可导入 1" in screen_text(hands.app))
        # Enter twice once more leaves the column what it is.
        await hands.press("enter", "enter")
        await hands.until(lambda: screen.settled and "可导入 1" in screen_text(hands.app))
        assert "第 4 行" in screen_text(hands.app)
        await hands.press("2")
        await hands.until(lambda: "已导入 1 个客户" in screen.query_one(StatusLine).text)
        assert (tmp_path / "list.refused.csv").exists()
        await hands.until(lambda: hands.book.lists.left() == 1)


async def test_a_list_below_a_title_with_two_columns_of_numbers_needs_no_telling(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("11月名单\n单位,手机,电话\n宏达,13700000001,\n鑫源,,0571-88886666\n", encoding="utf-8")
    async with at_desk(make_home(tmp_path / "home")) as hands:
        await customers(hands)
        await hands.press("f9")
        await hands.until(lambda: isinstance(hands.app.screen, ListsScreen))
        await type_text(hands.pilot, str(file))
        await hands.press("enter")
        await hands.until(lambda: "可导入 2" in screen_text(hands.app))
        assert "备用电话" in screen_text(hands.app)


async def test_what_was_imported_is_told_though_the_refused_rows_cannot_be_written(tmp_path: Path) -> None:
    share = tmp_path / "share"
    (share / "roster").mkdir(parents=True)
    (share / "team.json").touch()
    file = share / "list.csv"
    file.write_text("电话,单位\n13700000001,宏达\n12,鑫源\n", encoding="utf-8")
    async with at_desk(make_home(tmp_path / "home"), (140, 40)) as hands:
        await customers(hands)
        await hands.press("f9")
        await hands.until(lambda: isinstance(hands.app.screen, ListsScreen))
        await type_text(hands.pilot, str(file))
        await hands.press("enter")
        await hands.until(lambda: "可导入 1" in screen_text(hands.app))
        await hands.press("2")
        status = hands.app.screen.query_one(StatusLine)
        await hands.until(lambda: "已导入 1 个客户" in status.text and "共享文件夹" in status.text)
    assert not list(share.glob("*refused*"))


@pytest.mark.parametrize("name", ["nothing.csv", "list.xlsx"])
async def test_a_file_that_is_none_is_told_in_place(tmp_path: Path, name: str) -> None:
    (tmp_path / "list.xlsx").write_bytes(b"no workbook")
    async with at_desk(make_home(tmp_path / "home")) as hands:
        await customers(hands)
        await hands.press("f9")
        await hands.until(lambda: isinstance(hands.app.screen, ListsScreen))
        await type_text(hands.pilot, str(tmp_path / name))
        await hands.press("enter")
        await hands.until(lambda: name in hands.app.screen.query_one(StatusLine).text)
        assert hands.app.screen.query_one("#path").has_focus


async def test_a_customer_is_erased_from_the_page_after_a_question(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=24)) as hands:
        screen = await customers(hands)
        await type_text(hands.pilot, "0023")
        await hands.press("enter")
        await fetched(hands)
        await hands.press("9", "escape")
        assert isinstance(hands.app.screen, CustomerScreen)
        await hands.press("9", "enter")
        await hands.until(lambda: hands.app.screen is screen)
        await hands.until(lambda: hands.book.customers.up_to_date and screen.query_one(Table).rows == [])
        assert "已删除" in screen.query_one(StatusLine).text


async def test_hostile_customers_and_lists_are_shown_safely(tmp_path: Path) -> None:
    file = tmp_path / "[b]list.csv"
    cells = [text.replace("\ud800", "") for text in HOSTILE]
    rows = [["电话", *cells], ["13700137100", *cells], ["[/]\x1b[31m", *cells]]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    async with at_desk(home_of_hostile_calls(tmp_path / "home")) as hands:
        await customers(hands)
        shown_safely(hands)
        for text in ("[VIP]", "[/]", "\x1b[31m", LONG):
            await paste(hands.pilot, text)
            shown_safely(hands)
            await hands.press("ctrl+u")
        await hands.press("down")
        for _ in range(4):
            await hands.press("enter")
            await fetched(hands)
            shown_safely(hands)
            await hands.press("escape", "down")
        await hands.press("f9")
        await hands.until(lambda: isinstance(hands.app.screen, ListsScreen))
        screen = hands.app.screen
        assert isinstance(screen, ListsScreen)
        await type_text(hands.pilot, str(file))
        await hands.press("enter")
        await hands.until(lambda: screen.settled)
        shown_safely(hands)
        await hands.press("enter")
        shown_safely(hands)
        await hands.press("escape", "2")
        await hands.until(lambda: screen.settled and hands.book.lists.left() == 1)
        shown_safely(hands)
        await hands.press("escape", "escape", "ctrl+o")
        await type_text(hands.pilot, "[VIP]")
        shown_safely(hands)
