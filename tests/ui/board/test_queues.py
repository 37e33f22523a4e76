"""What a supervisor does at the keys in the queues, from the morning's requests to the month's end."""

from datetime import timedelta
from pathlib import Path

import pytest

from agent_tui.clock import SetClock
from agent_tui.ui.board.queue import QueueScreen
from shared_rules.records.parts import Customer
from tests.company import NOW, Company, talk
from tests.ui.board.keys import MONDAY, Supervisor, at_board, board, book_of, ready
from tests.ui.golden import screen_text
from tests.waiting import happens


async def test_the_queues_of_a_day_and_the_months_end(company: Company) -> None:
    desk = company.join("A017", "张敏")
    other = company.join("A018", "李强")
    talk(desk, 1, lead=True)
    desk.agent.ask("leave", MONDAY + timedelta(days=1), 120, "看牙")
    talk(other, 2)
    company.sync()
    call = company.boss.calls("A018", MONDAY)[0]
    async with at_board(company, size=(100, 30)) as boss:
        book = boss.book
        await boss.press("f9", "1")
        await boss.sees("leave 11-24 120 min")
        await boss.press("enter", "1")
        await boss.sees("Approve?")
        await boss.press("enter")
        await boss.sees("approved: A017 张敏, 2026-11-24, 120 min")
        assert book.day("A017", MONDAY + timedelta(days=1)).leave_minutes == 120
        await boss.board()

        await boss.on("A018")
        await boss.press("enter")
        await boss.ready()
        await boss.press("9")
        await boss.fill("讲评一下")
        await boss.sees("for the meeting: A018 李强")
        await boss.press("f9", "2")
        await boss.sees("讲评一下")
        await boss.press("enter", "1")
        await boss.fill("先听完再答")
        await boss.sees("the note goes to A018 李强")
        assert [note.text for item in book.read.meeting(MONDAY) for note in item.notes] == ["先听完再答"]
        assert book.read.meeting(MONDAY)[0].call_id == call.id
        await boss.board()

        await boss.press("f9", "4")
        await boss.sees("not rated")
        await boss.on("A018")
        await boss.press("enter", "3")
        await boss.fill("200", "2", "机械", "先打老客户")
        await boss.sees("plan approved: A018 李强, 2026-W49")
        await boss.press("enter", "1")
        await boss.fill("6", "")
        await boss.sees("'6' is not 1 to 5")
        await boss.fill("4", "进步快")
        await boss.sees("rated: A018 李强, 4")
        await boss.board()

        await boss.press("f9", "3")
        await boss.on("A018")
        await boss.press("enter", "enter")
        await boss.sees("confirmed: A018 李强")
        await boss.board()

        await boss.press("f9", "5")
        await boss.sees("points 100  est. 280.50 yuan  incl. -720 yuan confirmed")
        assert isinstance(boss.shell.screen, QueueScreen)
        await boss.board()

        await boss.press("f9", "7")
        await boss.sees("No card is in use.")
        await boss.press("enter", "1")
        await boss.fill("税改", "", "要等新政策", "现在正是机遇", "您用哪种票?")
        await boss.sees("Publish to every desk?")
        await boss.sees("税改 2026-11-23")
        await boss.sees("objection: 要等新政策")
        await boss.sees("next question: 您用哪种票?")
        await boss.press("enter")
        await boss.sees("published: 税改")
        assert [card.event for card in book.cards()] == ["税改"]
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back: published")
        assert not book.cards()


async def test_what_went_to_every_desk_is_taken_back_and_that_too(company: Company) -> None:
    company.join("A017", "张敏")
    company.boss.supervisor.publish_card("税改", MONDAY, "要等新政策", "现在正是机遇", "您用哪种票?")
    company.boss.supervisor.notice("早上的通知")
    async with at_board(company, size=(100, 30)) as boss:
        book = boss.book

        def told() -> str:
            shown = book.notice()
            return shown.text if shown else ""

        await boss.press("f9", "7")
        await boss.sees("税改")
        await boss.press("enter", "2")
        await boss.fill("下午的通知", "11-30")
        await boss.sees("through 2026-11-30")
        await boss.press("enter")
        await boss.sees("the notice goes to every desk")
        assert told() == "下午的通知"
        await boss.press("enter", "2")
        await boss.fill("一直的通知", "")
        await boss.sees("until the next notice")
        await boss.press("escape", "ctrl+z", "enter")
        await boss.sees("taken back: the notice")
        assert told() == "早上的通知"

        await boss.press("home", "enter", "3")
        await boss.sees("Take this notice back?")
        await boss.press("enter")
        await boss.sees("the notice is taken back")
        assert told() == ""
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back: the notice is")
        assert told() == "早上的通知"

        await boss.press("end", "enter", "3", "enter")
        await boss.sees("taken back: 税改")
        assert not book.cards()
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back: taken back")
        assert [card.event for card in book.cards()] == ["税改"]


async def test_an_offered_customer_is_given_or_not_and_that_taken_back(company: Company) -> None:
    giver, _ = company.join("A017", "张敏"), company.join("A018", "李强")
    company.boss.lists.taking("名单", ["A017"]).take([(1, "", Customer(phone="+8613800138001", company="宏达"))])
    company.boss.sync_once()
    giver.sync_once()
    giver.lists.hand_over("13800138001", "A018")
    company.sync()
    async with at_board(company, size=(100, 30)) as boss:
        book = boss.book
        await boss.press("f9", "1")
        await boss.sees("hand over")
        await boss.sees("to A018 李强")
        await boss.press("enter")
        await boss.sees("give the customer")
        await boss.press("escape", "escape", "f9", "6")
        await boss.sees("宏达")
        await boss.press("home", "enter", "2")
        await boss.fill("打完再说")
        await boss.sees("refused: A017 张敏")
        assert not book.lists.offered()
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back: refused")
        assert [one.to for one in book.lists.offered()] == ["A018"]
        await boss.ready()
        await boss.press("home", "enter", "1", "enter")
        await boss.sees("宏达 138 0013 8001 is A018 李强's")
        assert book.lists.file("13800138001").owner == "A018"
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back: 宏达")
        # It was on a list and nobody's customer: so it is again, and the offer waits as before.
        assert book.lists.file("13800138001").owner is None
        (again,) = book.lists.offered()
        assert again.to == "A018"
        # And its place on the list is not lost.
        book.lists.refuse(again.id, "打完再说")
        book.sync_once()
        giver.sync_once()
        giver.customers.build()
        assert giver.lists.left() == 1


async def test_a_customer_offered_by_who_does_not_own_it_is_said_to_be_anothers_and_goes_back_there(
    company: Company,
) -> None:
    giver, _, owner = (company.join(id, name) for id, name in (("A017", "张敏"), ("A018", "李强"), ("A019", "韩梅")))
    talk(owner, 1, lead=True, company="宏达")
    company.sync()
    company.sync()
    giver.lists.hand_over("13800000001", "A018")
    company.sync()
    async with at_board(company, size=(100, 30)) as boss:
        book = boss.book
        await boss.press("f9", "6")
        await boss.sees("A018")
        await boss.press("home", "enter", "1")
        await boss.sees("Give this customer away?")
        await boss.sees("the customer is A019's, not A017's")
        await boss.press("enter")
        await boss.sees("138 0000 0001 is A018 李强's")
        assert book.lists.file("13800000001").owner == "A018"
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back: ")
        assert book.lists.file("13800000001").owner == "A019"


async def test_before_a_customer_is_given_on_it_is_said_to_be_anothers(company: Company) -> None:
    owner, _, _ = (company.join(id, name) for id, name in (("A019", "韩梅"), ("A017", "张敏"), ("A018", "李强")))
    talk(owner, 1, lead=True, company="宏达")
    company.sync()
    async with at_board(company, size=(100, 30)) as boss:
        await boss.on("A017")
        await boss.press("6", "0")
        await boss.fill("13800000001")
        await boss.press("7", "1")
        await boss.sees("Give this customer away?")
        await boss.sees("the customer is A019's, not A017's")


async def test_the_month_and_the_week_that_a_queue_is_about_stand_in_its_title(tmp_path: Path) -> None:
    company = Company(tmp_path, NOW + timedelta(days=8))
    company.join("A017", "张敏")
    company.sync()
    async with at_board(company, size=(100, 30)) as boss:
        await boss.press("f9", "5")
        await boss.sees("Month end 2026-11")
        await boss.board()
        await boss.press("f9", "4")
        await boss.sees("Friday review 2026-W49")
    company.close()


async def test_a_review_missed_on_friday_is_made_later_and_the_next_plan_approved_beside_it(company: Company) -> None:
    desk = company.join("A017", "张敏")
    desk.agent.plan("2026-W49", companies=120, grades=2, trades="", text="")
    company.join("A018", "李强")
    company.sync()
    company.clock = SetClock(NOW + timedelta(days=8), ticking=False)
    async with at_board(company, size=(140, 30)) as boss:
        await boss.press("f9", "4")
        await boss.sees("Friday review 2026-W49")
        await boss.sees("not rated, W50: no plan sent")
        await boss.press("left")
        await boss.sees("Friday review 2026-W48")
        await boss.sees("not rated, W49: plan to approve")
        await boss.sees("not rated, W49: no plan sent")
        await boss.press("enter")
        await boss.sees("approve the plan of 2026-W49")
        await boss.press("3")
        await boss.fill("", "", "", "")
        await boss.sees("not rated, W49: plan approved")
        await boss.press("right")
        await boss.sees("Friday review 2026-W49")
        assert await happens(lambda: "later week" not in screen_text(boss.shell))


async def test_the_lists_there_are_stand_in_their_queue_without_the_customers_page(company: Company) -> None:
    company.join("A017", "张敏")
    company.boss.lists.taking("展会", ["A017"]).take([(1, "", Customer(phone="+8613800138001", company="宏达"))])
    async with at_board(company, size=(100, 30)) as boss:
        await boss.press("f9", "6")
        await boss.sees("展会")
        await boss.sees("rows 1")
        customers = boss.book.customers
        customers.ready, customers.progress = False, (3, 8)
        await boss.pilot.resize_terminal(90, 30)
        await boss.sees("reading records 3/8")
        await boss.press("enter")
        await boss.sees("Lead lists")
        await boss.sees("reading records 3/8")
        customers.ready = True


async def test_a_report_is_named_after_its_day_and_a_wrong_name_is_told_in_the_form(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: company.folder)
    talk(company.join("A017", "张敏"), 1, minutes_ago=3 * 24 * 60)
    company.sync()
    async with at_board(company) as boss:
        await boss.press("x", "1")
        await boss.fill("", "A999", "")
        await boss.sees("A999 is not in this team")
        await boss.press("escape", "x", "1")
        await boss.fill("2026-11-20", "", "day.ods")
        await boss.sees("ends in neither")
        await boss.fill(str(Path(company.share) / "day.xlsx"))
        await boss.sees("choose another folder")
        await boss.sees("2026-11-20")
        await boss.fill("", "", str(company.folder / "2026-11-23.xlsx"))
        await boss.sees("written:")
        assert not (company.folder / "2026-11-23.xlsx").exists(), "that would be the name of another day"
        assert (company.folder / "2026-11-20.xlsx").exists()


async def test_a_spreadsheet_from_the_board_and_the_leaderboard_off(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    shell = board(company)
    to = company.folder / "day.xlsx"
    async with shell.run_test() as pilot:
        boss = Supervisor(pilot)
        await ready(pilot)
        await boss.press("x", "1")
        await boss.fill("", "", str(company.share / "day.xlsx"))
        await boss.reads("in a team's shared folder")
        await boss.fill("", "A017", str(to))
        await boss.sees("written:")
        assert to.read_bytes().startswith(b"PK")
        await boss.press("f3")
        await ready(pilot)
        await boss.sees("A017")
        await boss.press("1")
        await boss.sees("the leaderboard is off")
        assert book_of(shell).machine.setting("board.leaderboard") is False
        await boss.press("1", "enter")
        await ready(pilot)
        await boss.sees("all 1 call")
    shell.close_book()


async def test_a_card_is_read_to_its_end_and_changed_where_it_stands(company: Company) -> None:
    reframe = "先听客户把顾虑说完,再讲同行的做法," * 12 + "讲法到此"
    company.boss.supervisor.publish_card("个税调整", MONDAY, "现在不是时候", reframe, "周三上午方便吗?")
    async with at_board(company) as boss:
        await boss.press("f9", "7")
        await boss.ready()
        await boss.sees("You say")
        await boss.press("tab", "end")
        await boss.sees("讲法到此")
        await boss.sees("周三上午方便吗?")
        await boss.press("shift+tab", "enter", "4")
        await boss.fill("", "", "", "现在正是机遇", "")
        await boss.sees("Put this text in its place")
        await boss.press("enter")
        await boss.sees("changed: 个税调整")
        book = boss.book
        assert [(card.reframe, card.objection) for card in book.cards()] == [("现在正是机遇", "现在不是时候")]
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back")
        assert [card.reframe for card in book.cards()] == [reframe]
