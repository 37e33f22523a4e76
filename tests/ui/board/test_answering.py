"""What a supervisor answers at the keys: an appeal, a request."""

from datetime import timedelta

from tests.company import Company
from tests.ui.board.keys import MONDAY, at_board
from tests.ui.golden import screen_text


async def test_an_appeal_is_ruled_on_and_the_ruling_taken_back(company: Company) -> None:
    desk = company.join("A017", "张敏")
    entry = company.boss.supervisor.points("A017", "att.late", MONDAY).id
    company.sync()
    desk.sync_once()
    desk.agent.appeal(entry, "地铁故障")
    company.sync()
    async with at_board(company) as boss:
        book = boss.book
        await boss.sees("appeals 1")
        await boss.press("7")
        await boss.sees("appeal: 地铁故障")
        await boss.press("1")
        await boss.fill("有截图")
        await boss.sees("the entry counts 0")
        await boss.sees("Late")
        await boss.press("enter")
        await boss.sees("withdrawn: A017 张敏")
        assert book.ledger("A017", "2026-11").balance == 100
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back: withdrawn")
        assert book.ledger("A017", "2026-11").balance == 98
        await boss.press("7")
        await boss.sees("No appeal of A017 张敏 waits.")


async def test_what_an_agent_wrote_is_read_to_its_end_before_it_is_answered(company: Company) -> None:
    why = "今早八点五十地铁三号线在张村站信号故障停了四十分钟,站里广播了三次,我和同车的两位同事都有截图,末班为证"
    desk = company.join("A017", "张敏")
    entry = company.boss.supervisor.points("A017", "att.late", MONDAY).id
    company.sync()
    desk.sync_once()
    desk.agent.appeal(entry, why)
    desk.agent.ask("leave", MONDAY, 120, why)
    company.sync()
    async with at_board(company) as boss:
        for key, last in (("7", "2 uphold"), ("5", "3 refuse")):
            await boss.press(key)
            if key == "5":
                await boss.press("1")
            await boss.sees(last)
            assert why in "".join(screen_text(boss.pilot.app).replace("|", "").split()), screen_text(boss.pilot.app)
            await boss.press("escape")


async def test_leave_that_nobody_asked_for_is_given_in_words(company: Company) -> None:
    company.join("A017", "张敏")
    async with at_board(company) as boss:
        await boss.press("5", "8")
        await boss.fill("", "half a day", "", "sick child")
        await boss.sees("leave 210 min")
        await boss.press("enter")
        await boss.sees("approved: A017 张敏, 2026-11-23, 210 min")
        assert boss.book.day("A017", MONDAY).leave_minutes == 210


async def test_leave_of_several_days_is_answered_and_taken_back_in_one_go_or_a_day_alone(company: Company) -> None:
    desk = company.join("A017", "张敏")
    friday = MONDAY + timedelta(days=4)
    desk.agent.ask("leave", MONDAY + timedelta(days=1), 420, "回老家", until=friday)
    company.sync()

    def states() -> list[str]:
        return [one.state for one in boss.book.read.requests()]

    async with at_board(company) as boss:
        await boss.press("f9", "1")
        await boss.sees("leave 11-24 to 11-27, 4 days 420 min a day")
        await boss.press("enter", "1")
        await boss.sees("quota 480 calls, 100 leads -> 0 calls, 0 leads")
        await boss.press("enter")
        await boss.sees("approved: A017 张敏, 11-24 to 11-27, 4 days, 420 min a day")
        assert states() == ["approved"] * 4
        await boss.press("ctrl+z", "enter")
        await boss.sees("taken back: approved")
        assert states() == ["open"] * 4
        await boss.press("up", "enter", "4", "2", "3")
        await boss.fill("月末盘点")
        await boss.sees("refused: A017 张敏")
        assert states() == ["open", "refused", "open", "open"]
        await boss.sees("leave 11-24 to 11-27, 3 days 420 min a day")
        await boss.press("up", "enter", "2")
        await boss.fill("half a day", "", "")
        await boss.sees("210 min a day")
        await boss.press("enter")
        await boss.sees("approved: A017 张敏, 11-24 to 11-27, 3 days, 210 min a day")
        assert [one.granted for one in boss.book.read.requests()] == [210, 0, 210, 210]
