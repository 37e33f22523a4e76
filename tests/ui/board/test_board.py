"""The board over a real folder: what it shows, that it updates by itself, that it stays put under a hand."""

import re
from datetime import date

import pytest

from agent_tui.i18n import Language, set_language
from agent_tui.ui.app import Shell
from agent_tui.ui.board import screen
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.table import Table
from tests.company import Company, talk
from tests.ui.board.keys import at_board, board, ready
from tests.ui.golden import check_golden, screen_text, settle, type_text
from tests.ui.shells import comes
from tests.waiting import happens

SIZES = ((80, 24), (140, 40))


def busy(company: Company) -> Company:
    """Three agents of different fortunes, one of them with a hostile name; a device waits."""
    zhang = company.join("A017", "张敏", date(2026, 11, 9))
    liu = company.join("A009", "刘洋")
    company.join("A020", "[/]王五[VIP]")
    for number in range(55):
        talk(zhang, number, minutes_ago=5 * number, lead=number % 6 == 0)
    for number in range(12):
        talk(liu, 100 + number, minutes_ago=20 * number, lead=number == 3)
    company.boss.supervisor.points("A009", "att.late", date(2026, 11, 20), note="堵车")
    company.sync()
    company.ask("A030", "欧阳建国")
    company.boss.sync_once()
    return company


async def test_a_message_of_two_rows_is_seen_whole_on_each_screen_of_the_board(company: Company) -> None:
    text = "".join(chr(ord("一") + number) for number in range(70))
    async with at_board(company) as boss:
        for keys in ((), ("enter",), ("escape", "f9", "3"), ("escape", "f9", "8")):
            await boss.pilot.press(*keys)
            await boss.ready()
            boss.shell.say(text, "error")
            await settle(boss.pilot)
            assert text in "".join(screen_text(boss.shell).split())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
async def test_goldens(company: Company, language: Language, size: tuple[int, int]) -> None:
    set_language(language)
    shell = board(busy(company))
    name = f"{language}-{size[0]}x{size[1]}"
    async with shell.run_test(size=size) as pilot:
        await ready(pilot)
        if size == SIZES[1]:
            assert await comes(pilot, "0/0"), "proposed grades and hours come from the background"
        check_golden(shell, f"board/{name}")
        await pilot.press("down", "2")
        await ready(pilot)
        check_golden(shell, f"board/points-{name}")
        await pilot.press("escape", "down", "enter")
        await ready(pilot)
        check_golden(shell, f"board/day-{name}")
        await pilot.press("enter")
        await ready(pilot)
        last = "the first complete one" if language == "en" else "第一条完整记录"
        assert await comes(pilot, last), screen_text(shell)
        if size == SIZES[0]:
            # Farther down stand ids that are never the same.
            check_golden(shell, f"board/record-{name}")
        await pilot.press("escape", "escape", "f3")
        await ready(pilot)
        check_golden(shell, f"board/charts-{name}")
        await pilot.press("escape", "f9")
        await settle(pilot)
        check_golden(shell, f"board/queues-{name}")
        for digit, queue in (("1", "morning"), ("3", "evening"), ("4", "week"), ("5", "month")):
            await pilot.press(digit)
            await ready(pilot)
            check_golden(shell, f"board/{queue}-{name}")
            await pilot.press("f9")
            await settle(pilot)
    shell.close_book()


async def test_hints_that_need_two_lines_have_them_and_a_click_on_either_is_the_key(company: Company) -> None:
    company.join("A017", "张敏")
    async with at_board(company, size=SIZES[0]) as boss:
        *_, first, second = screen_text(boss.shell).rstrip("\n").split("\n")
        assert "1 verify" in first
        assert "9 meeting" in second
        await boss.pilot.click(offset=(second.index("F3 charts"), 23))
        assert await comes(boss.pilot, "valid calls by hour, today")
        await boss.pilot.press("escape")
        await boss.ready()
        await boss.pilot.click(offset=(first.index("3 excuse"), 22))
        assert await comes(boss.pilot, "Excuse A017")
        await boss.pilot.press("escape")


async def test_the_day_after_is_offered_where_there_is_one(company: Company) -> None:
    company.join("A017", "张敏")
    async with at_board(company, size=SIZES[1]) as boss:
        await boss.pilot.press("enter")
        assert await comes(boss.pilot, "day before")
        assert "day after" not in screen_text(boss.shell)
        await boss.pilot.press("left")
        assert await comes(boss.pilot, "day after")
        await boss.pilot.press("right")
        assert await happens(lambda: "day after" not in screen_text(boss.shell))


async def test_a_question_changes_nothing_in_the_hints_beneath_it(company: Company) -> None:
    company.join("A017", "张敏")
    set_language("zh")
    async with at_board(company, size=SIZES[0]) as boss:
        hints = screen_text(boss.shell).rstrip().split("\n")[-1]
        assert "^P命令" in hints
        await boss.pilot.press("3")
        assert await comes(boss.pilot, "免责 A017")
        # The board draws itself anew with each record that comes.
        boss.shell.screen_stack[-2].query_one(HintLine).refresh()
        await boss.pilot.pause()
        assert screen_text(boss.shell).rstrip().split("\n")[-1] == hints
        await boss.pilot.press("escape")


async def test_the_way_from_dial_to_grade_of_today_and_of_the_month(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    talk(desk, 2, minutes_ago=3 * 24 * 60)
    company.sync()
    async with at_board(company) as boss:
        await boss.pilot.press("f3")
        await boss.ready()
        assert await comes(boss.pilot, "from dial to grade, today")
        assert dials(boss.shell) == 1
        await boss.pilot.press("2")
        await boss.ready()
        assert await comes(boss.pilot, "from dial to grade, the month")
        assert dials(boss.shell) == 2


def dials(shell: Shell) -> int:
    found = re.search(r"dials +[#.]+ +(\d+)", screen_text(shell))
    assert found
    return int(found[1])


async def test_a_call_logged_at_a_desk_appears_by_itself(company: Company) -> None:
    desk = company.join("A017", "张敏")
    async with at_board(company) as boss:
        assert "0/120" in screen_text(boss.shell)
        talk(desk, 1)
        desk.sync_once()
        assert await comes(boss.pilot, "1/120")


async def test_no_row_moves_under_a_hand_and_the_cursor_stays_on_its_agent(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "HOLD_S", 3600.0)
    ahead, behind = company.join("A001", "赵一"), company.join("A002", "钱二")
    talk(ahead, 1)
    talk(ahead, 2)
    company.sync()
    async with at_board(company) as boss:
        table = boss.shell.screen.query_one(Table)
        assert [row.key for row in table.rows] == ["A002", "A001"]
        await boss.pilot.press("down")
        for number in range(5):
            talk(behind, 10 + number)
        behind.sync_once()
        assert boss.shell.book is not None
        boss.shell.book.sync_once()
        await boss.ready()
        assert [row.key for row in table.rows] == ["A002", "A001"]
        # A key that does nothing, after which rows are held for a moment alone.
        monkeypatch.setattr(screen, "HOLD_S", 0.1)
        await boss.pilot.press("x")
        assert await happens(lambda: table.rows[0].key == "A001")
        assert [row.key for row in table.rows] == ["A001", "A002"]
        assert table.cursor_key == "A001"


async def test_points_are_entered_with_a_digit_and_a_confirmation_that_names_all(company: Company) -> None:
    company.join("A017", "张敏")
    async with at_board(company) as boss:
        await boss.pilot.press("２", "１")
        await boss.ready()
        await boss.pilot.press("home", "shift+end", "delete")
        await type_text(boss.pilot, "soon")
        await boss.pilot.press("enter", "enter")
        assert "'soon' is not a day" in screen_text(boss.shell)
        await boss.pilot.press("home", "shift+end")
        await type_text(boss.pilot, "11-20")
        await boss.pilot.press("enter")
        await type_text(boss.pilot, "堵车[/]")
        await boss.pilot.press("enter")
        await boss.ready()
        asked = screen_text(boss.shell)
        for part in ("A017 张敏", "Late", "-2 points, fine 10 yuan", "2026-11-20", "堵车[/]"):
            assert part in asked
        assert boss.shell.book is not None
        assert not boss.shell.book.ledger("A017", "2026-11").entries
        await boss.pilot.press("enter")
        assert await comes(boss.pilot, "entered: A017 张敏, Late -2 points")
        (entry,) = boss.shell.book.ledger("A017", "2026-11").entries
        assert (entry.rule, entry.on, entry.points, entry.note) == ("att.late", date(2026, 11, 20), -2, "堵车[/]")
        assert await comes(boss.pilot, " 98 ")


async def test_esc_leaves_an_entry_at_every_step(company: Company) -> None:
    company.join("A017", "张敏")
    async with at_board(company) as boss:
        for steps in (["2"], ["2", "1"], ["2", "1", "enter", "enter"]):
            await boss.pilot.press(*steps)
            await boss.ready()
            await boss.pilot.press("escape")
            await boss.ready()
        assert boss.shell.book is not None
        assert not boss.shell.book.ledger("A017", "2026-11").entries


HOSTILE = ("[/]", "[VIP]李四", "\x1b[2J\x1b[31m", "abc\u202edef", "[@click=app.quit]x[/]", "\x9b2J", "王\u200b五")


async def test_hostile_text_from_a_desk_is_shown_as_text(company: Company) -> None:
    desk = company.join("A017", "[b]张敏[/b]")
    for number, text in enumerate(HOSTILE):
        talk(desk, number, company=text)
    company.sync()
    async with at_board(company, size=SIZES[1]) as boss:
        seen = screen_text(boss.shell)
        await boss.pilot.press("enter")
        await boss.ready()
        seen += screen_text(boss.shell)
        for _ in HOSTILE:
            await boss.pilot.press("enter")
            await boss.ready()
            seen += screen_text(boss.shell)
            await boss.pilot.press("escape", "down")
        assert boss.shell.is_running
        for raw in ("\x1b", "\x9b", "\u202e", "\u200b"):
            assert raw not in seen
        for shown in ("[b]张敏[/b]", "[/]", "[VIP]李四", "[2J", "[31m", "abc", "[@click=app.quit]x[/]", "王"):
            assert shown in seen


async def test_order_and_filter_are_chosen_and_remembered(company: Company) -> None:
    company.join("A002", "钱二", date(2026, 11, 20))
    company.join("A001", "赵一")
    shell = board(company)
    async with shell.run_test() as pilot:
        await ready(pilot)
        await pilot.press("f7", "f8", "f8")
        await ready(pilot)
        seen = screen_text(shell)
        assert "F7 sorted by id  F8 showing new hires" in seen
        assert [row.key for row in shell.screen.query_one(Table).rows] == ["A002"]
    shell.close_book()
    again = board(company)
    async with again.run_test() as pilot:
        await ready(pilot)
        assert "F7 sorted by id  F8 showing new hires" in screen_text(again)
    again.close_book()


async def test_what_is_said_names_the_keys_in_use(company: Company) -> None:
    company.join("A001", "赵一")
    async with at_board(company) as boss:
        boss.shell.prefer("keys", {"board.filter": "f12", "board.day.filter": "ctrl+f"})
        await boss.pilot.press("f12", "f12")
        await boss.ready()
        assert "Nobody here. F12 changes the filter." in screen_text(boss.shell)
        await boss.pilot.press("f12")
        await boss.ready()
        await boss.pilot.press("enter")
        await boss.ready()
        assert "^F shows others" in screen_text(boss.shell)


async def test_an_empty_team_says_how_agents_come_in(company: Company) -> None:
    async with at_board(company) as boss:
        assert "joins with the team's folder" in screen_text(boss.shell)
        await boss.pilot.press("2", "enter")
        await boss.ready()
        assert "joins with the team's folder" in screen_text(boss.shell)


async def test_the_days_of_an_agent_are_turned_but_not_beyond_today(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, minutes_ago=24 * 60, company="昨天公司")
    company.sync()
    async with at_board(company) as boss:
        await boss.pilot.press("enter", "right")
        await boss.ready()
        assert "2026-11-23 Mon" in screen_text(boss.shell)
        await boss.pilot.press("left")
        await boss.ready()
        assert "2026-11-22 Sun" in screen_text(boss.shell)
        assert "昨天" in screen_text(boss.shell)
        await boss.pilot.press("escape")
        await boss.ready()
        assert "sorted by" in screen_text(boss.shell)


@pytest.mark.parametrize(("size", "told"), [((60, 20), True), ((80, 18), True), ((80, 24), False)])
async def test_a_window_that_cuts_the_keys_says_what_it_needs(
    company: Company, size: tuple[int, int], told: bool
) -> None:
    company.join("A017", "张敏")
    async with at_board(company, size=size) as boss:
        await boss.sees("A017")
        assert ("needs 80x24" in screen_text(boss.shell)) == told
