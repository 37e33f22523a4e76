"""What a supervisor decides at the keys about an agent: a day, a call, an entry, a grade."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from agent_tui.book import CallEntry
from agent_tui.book.acts.judging import entry_rules
from agent_tui.ui.app import Shell
from agent_tui.ui.board.doing.judging import false_costs
from agent_tui.ui.board.wording import call_text
from shared_rules.money import yuan
from shared_rules.points import fine_of
from shared_rules.policies.policy import builtin_text
from tests.company import NOW, ZONE, Company, talk
from tests.ui.board.keys import MONDAY, Supervisor, at_board, book_of, ready
from tests.ui.golden import screen_text


class HandClock:
    """A clock that is put on by hand."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self, zone: ZoneInfo) -> datetime:
        return self.at.astimezone(zone)


async def test_what_digits_do_about_a_day(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, lead=True)
    company.sync()
    async with at_board(company) as boss:
        book = boss.book
        await boss.press("3")
        await boss.fill("", "停电半天")
        await boss.sees("short 119 calls, 24 leads: 715 yuan")
        assert not book.day("A017", MONDAY).excused
        await boss.press("enter")
        await boss.sees("excused: A017 张敏")
        assert book.day("A017", MONDAY).excused
        await boss.press("ctrl+z")
        await boss.sees("Take this back?")
        await boss.press("enter")
        await boss.sees("taken back: excused")
        assert not book.day("A017", MONDAY).excused

        await boss.press("5", "9")
        await boss.fill("", "180", "", "看客户")
        await boss.sees("visit 180 min")
        await boss.press("enter")
        await boss.sees("approved: A017 张敏")
        await boss.sees("1/69")

        await boss.press("4")
        await boss.sees("valid 1/69")
        await boss.sees("the agent has not handed the day in")
        await boss.sees("it is 14:32, the day ends at 18:00")
        await boss.press("enter")
        await boss.sees("confirmed: A017 张敏")
        assert book.day("A017", MONDAY).state == "confirmed"
        await boss.press("4")
        await boss.sees("already")
        assert "Confirm and lock?" not in screen_text(boss.shell), "told before anything is asked"
        await boss.press("3")
        await boss.fill("", "二次")
        await boss.press("escape")


async def test_the_keys_of_the_day_act_on_a_call_that_is_read_in_full(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    async with at_board(company) as boss:
        await boss.press("enter")
        await boss.sees("all 1 call")
        await boss.press("enter")
        await boss.sees("1 verify  2 points  6 grade  9 meeting  Esc back")
        await boss.press("1")
        await boss.sees("1 true")
        await boss.press("escape", "enter", "9")
        await boss.sees("For the meeting")
        await boss.fill("讲得好")
        await boss.sees("for the meeting: A017 张敏, 11-23")
        await boss.press("f9", "2", "enter", "2")
        await boss.sees("1 verify  2 points  6 grade  9 meeting  Esc back")
        await boss.press("1")
        await boss.sees("2 false")


async def test_a_call_is_found_false_from_the_day_and_true_again(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, lead=True)
    company.sync()
    async with at_board(company) as boss:
        book = boss.book
        await boss.press("1")
        await boss.ready()
        await boss.sees("verify 1 of 1 (0 done)")
        await boss.press("1", "2")
        await boss.fill("空号")
        await boss.sees("does not count, fine 50 yuan")
        await boss.press("enter")
        await boss.sees("found false: A017 张敏")
        assert book.day("A017", MONDAY).figures.valid == 0
        await boss.press("f8")
        await boss.ready()
        await boss.press("enter")
        await boss.sees("what came after")
        await boss.sees("verified false 空号")
        await boss.press("escape", "ctrl+z", "enter")
        await boss.sees("taken back: found false")
        assert book.day("A017", MONDAY).figures.valid == 1


async def test_points_from_a_day_cite_the_call_under_the_cursor_only_where_the_rule_does(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, company="宁波宏达")
    company.sync()
    async with at_board(company) as boss:
        book = boss.book
        await boss.press("2")
        assert "False record" not in screen_text(boss.shell), "such an entry follows from a call found false alone"
        await boss.press(*["down"] * 10, "enter")
        await boss.sees("This rule cites a call: Enter opens the day")
        await boss.press("enter", "2", "1")
        await boss.fill("", "")
        await boss.press("enter")
        await boss.sees("entered: A017 张敏, Late")
        await boss.press("2", *["down"] * 10, "enter")
        await boss.fill("", "骂人")
        await boss.sees("call    11-23")
        await boss.press("enter")
        await boss.sees("entered: A017 张敏, Insulting a customer")
        (call,) = book.calls("A017", MONDAY)
        entries = book.ledger("A017", "2026-11").entries
        assert [(one.rule, one.evidence) for one in entries] == [("att.late", ""), ("conduct.abuse", call.id)]


async def test_an_entry_that_would_be_refused_is_asked_again_with_what_was_typed(company: Company) -> None:
    company.join("A017", "张敏")
    async with at_board(company) as boss:
        book = boss.book
        await boss.press("2", *["up"], "enter")
        await boss.fill("", "5", "")
        await boss.sees("reason")
        assert "Enter these points?" not in screen_text(boss.shell)
        await boss.fill("带新人")
        await boss.sees("+5 points")
        await boss.press("enter")
        await boss.sees("entered: A017 张敏, Award")
        (entry,) = book.ledger("A017", "2026-11").entries
        assert (entry.points, entry.note) == (5, "带新人")


async def test_a_customer_becomes_a_in_three_steps(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, lead=True, company="宁波宏达")
    company.sync()
    async with at_board(company) as boss:
        await boss.press("6")
        await boss.sees("宁波宏达")
        await boss.press("1", "3")
        await boss.sees("missing: visited")
        assert "recorded" not in screen_text(boss.shell), "a signature needs the two other steps"
        for digit in ("1", "2"):
            await boss.press("6", "1", digit)
            await boss.fill("", "")
            await boss.sees("recorded: A017 张敏")
        await boss.press("6", "1", "3")
        await boss.fill("", "周强")
        await boss.sees("+100 yuan")
        assert "宁波宏达 138 0000 0001" in screen_text(boss.shell), "whom it is about, by name"
        await boss.press("enter")
        await boss.sees("signed as A")
        statement = boss.book.read.statement("A017", "2026-11")
        assert statement is not None
        assert [one.line.fen for one in statement.lines if one.line.rule == "pay.grade_a"] == [10_000]


async def test_in_the_morning_it_is_told_how_long_a_desk_is_silent(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    company.boss.close()
    shell = Shell(company.boss_home, HandClock(datetime(2026, 11, 24, 10, 12, tzinfo=ZoneInfo(ZONE))), ascii=True)
    shell.open_book()
    async with shell.run_test() as pilot:
        boss = Supervisor(pilot)
        await ready(pilot)
        await boss.press("f9", "1")
        await boss.sees("last heard 19 h ago")
    shell.close_book()


async def test_stay_late_and_release_in_the_evening(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    company.boss.close()
    clock = HandClock(datetime(2026, 11, 23, 18, 20, tzinfo=ZoneInfo(ZONE)))
    shell = Shell(company.boss_home, clock, ascii=True)
    shell.open_book()
    async with shell.run_test() as pilot:
        boss = Supervisor(pilot)
        await ready(pilot)
        await boss.sees("must stay")
        await boss.press("f9", "3")
        await boss.sees("stays")
        await boss.sees("not before midnight; overtime today 20 min, month 0.3 h")
        await boss.press("enter")
        await boss.fill("家里有事")
        await boss.sees("Release, short of the quota?")
        await boss.press("enter")
        await boss.sees("released: A017 张敏")
        assert book_of(shell).day("A017", MONDAY).released
        await boss.press("8")
        await boss.sees("already")
    shell.close_book()


async def test_the_question_before_an_entry_names_what_it_takes_in_days_of_pay(company: Company) -> None:
    company.join("A017", "张敏")
    fined = builtin_text("handbook").replace('day_pay_status = "disabled"', 'day_pay_status = "disputed"')
    company.boss.supervisor.publish_policy(fined, "x.toml", MONDAY)
    policy = company.boss.policy(MONDAY)
    assert policy.points is not None
    fine = fine_of(policy, policy.points.rules["att.absent"], MONDAY)
    assert fine > policy.points.rules["att.absent"].fine
    async with at_board(company, size=(120, 34)) as boss:
        await boss.on("A017")
        await boss.press("2", str(1 + list(entry_rules(policy)).index("att.absent")))
        await boss.fill("", "")
        await boss.sees(yuan(fine))
        await boss.press("enter")
        await boss.sees("A017 张敏")
        (entry,) = boss.book.ledger("A017", "2026-11").entries
        assert entry.fen == fine


def test_what_a_false_call_costs_is_told_by_the_rules_that_its_day_was_confirmed_under(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    company.boss.supervisor.confirm("A017", MONDAY)
    dearer = builtin_text("handbook").replace(
        'fine = "50"\ncites = "call"\nby_verdict = true', 'fine = "90"\ncites = "call"\nby_verdict = true'
    )
    company.boss.supervisor.publish_policy(dearer, "x.toml", MONDAY)
    (call,) = company.boss.calls("A017", MONDAY)
    assert "50 yuan" in false_costs(company.boss, call)


def test_a_call_is_named_in_a_question_as_its_row_names_it(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, company="济南雅迈软件股份有限公司")
    company.sync()
    (call,) = company.boss.calls("A017", MONDAY)
    assert call_text(call) == "11-23 14:32 济南雅迈软件 王经理"


async def test_the_question_says_that_nothing_is_due_on_a_day_off(tmp_path: Path) -> None:
    company = Company(tmp_path, NOW + timedelta(days=5))
    desk = company.join("A017", "张敏")
    talk(desk, 1)
    company.sync()
    async with at_board(company) as boss:
        await boss.on("A017")
        await boss.press("4")
        await boss.sees("nothing is due on this day")
    company.close()


async def test_an_entry_that_nobody_appealed_against_is_withdrawn_in_the_ledger_and_upheld_again(
    company: Company,
) -> None:
    company.join("A017", "张敏")
    company.boss.supervisor.points("A017", "att.late", MONDAY)
    async with at_board(company) as boss:
        book = boss.book
        await boss.press("f4")
        await boss.sees("7 rule")
        await boss.press("7")
        await boss.sees("A017 张敏  Late -2 points")
        await boss.press("1")
        await boss.fill("记错人了")
        await boss.press("enter")
        await boss.sees("withdrawn: A017 张敏")
        assert book.ledger("A017", "2026-11").balance == 100
        await boss.sees("2026-11: 100 points")
        await boss.press("ctrl+z", "enter")
        await boss.sees("2026-11: 98 points")


async def test_what_a_row_of_a_narrow_day_has_no_room_for_stands_beneath(company: Company) -> None:
    desk = company.join("A017", "张敏")
    talk(desk, 1, minutes_ago=5, lead=True)
    (first,) = desk.calls("A017", MONDAY)
    talk(desk, 2)
    company.sync()
    company.boss.supervisor.verify(first.id, True, "查无此人")
    company.boss.supervisor.confirm("A017", MONDAY)
    company.sync()
    desk.own.correct(first.id, CallEntry(phone="13800000001", outcome="refused"))
    company.sync()
    async with at_board(company) as boss:
        await boss.on("A017")
        await boss.press("enter", "end")
        await boss.sees("found false change waits")
        await boss.press("up")
        assert "change waits" not in screen_text(boss.shell), "the line is the cursor's row"
        await boss.pilot.resize_terminal(160, 24)
        await boss.press("end")
        await boss.sees("found false change waits")
        assert not boss.shell.screen.query_one("#rest").display, "each has a column"
