"""The week and the talk cards, on the real program."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from agent_tui.i18n import Language
from agent_tui.ui.cards.screen import CardsScreen
from agent_tui.ui.desk.screen import DeskScreen
from agent_tui.ui.kit.dialogs import Ask
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.when import parse_coming_day
from agent_tui.ui.week.screen import WeekScreen
from agent_tui.ui.why.screen import WhyScreen
from tests.ui.desk.bench import DAY, at_desk
from tests.ui.golden import check_golden, paste, screen_lines, screen_text, type_text
from tests.ui.pages.bench import fetched

SIZES = [(80, 24), (140, 40)]
LANGUAGES: list[Language] = ["zh", "en"]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("spoken", LANGUAGES)
async def test_week_cards_and_day_as_they_look(home: Path, spoken: Language, size: tuple[int, int]) -> None:
    name = f"{spoken}-{size[0]}x{size[1]}"
    async with at_desk(home, size, language=spoken, ascii=size[0] == 80) as hands:
        await hands.press("f6")
        await fetched(hands)
        check_golden(hands.app, f"week/{name}")
        await hands.press("left")
        await fetched(hands)
        check_golden(hands.app, f"week/{name}-before")
        await hands.press("escape", "f7")
        await fetched(hands)
        check_golden(hands.app, f"cards/{name}")
        await hands.press("escape", "f8")
        await fetched(hands)
        check_golden(hands.app, f"day/{name}")


# ---- the week ----


async def test_a_plan_is_sent_for_next_week_and_changed(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f6")
        await fetched(hands)
        await hands.press("1")
        assert isinstance(hands.app.screen, WeekScreen)  # this week's is approved
        await hands.press("right")
        await hands.until(lambda: "2026-W49" in screen_text(hands.app))
        await hands.press("1")
        assert isinstance(hands.app.screen, Ask)
        await type_text(hands.pilot, "many")
        await hands.press("enter", "enter", "enter", "enter")
        assert "不是整数" in screen_text(hands.app)
        await type_text(hands.pilot, "１２０")
        await hands.press("enter")
        await type_text(hands.pilot, "3")
        await hands.press("enter")
        await type_text(hands.pilot, "机械")
        await hands.press("enter", "enter")
        await hands.until(lambda: hands.book.read.week("A017", "2026-W49").plan is not None)
        plan = hands.book.read.week("A017", "2026-W49").plan
        assert plan is not None
        assert (plan.companies, plan.grades, plan.trades, plan.approved) == (120, 3, "机械", False)
        await fetched(hands)
        assert "家数 0 / 120" in screen_text(hands.app)


async def test_on_friday_the_plan_to_write_is_that_of_next_week(home: Path) -> None:
    async with at_desk(home) as hands:
        hands.app.turned.at += timedelta(days=4)
        before = hands.book.read.week("A017", "2026-W48").plan
        await hands.press("f6")
        await hands.until(lambda: "下周计划 周六 11-28 18:00 前要交:按 1 写" in screen_text(hands.app))
        assert "2026-W48" in screen_lines(hands.app)[0]
        await hands.press("1")
        assert "2026-W49 计划(11-30 至 12-06)" in screen_text(hands.app)
        await type_text(hands.pilot, "120")
        await hands.press("enter", "enter", "enter", "enter")
        await hands.until(lambda: "家数 0 / 120" in screen_text(hands.app))
        assert "2026-W49" in screen_lines(hands.app)[0]
        assert hands.book.read.week("A017", "2026-W48").plan == before
        await hands.press("left")
        await hands.until(lambda: "2026-W48" in screen_lines(hands.app)[0])
        await fetched(hands)
        assert "前要交" not in screen_text(hands.app)


async def test_a_plan_that_was_changed_shows_what_had_been_sent(home: Path) -> None:
    async with at_desk(home) as hands:
        hands.book.agent.plan("2026-W49", companies=120, grades=2, trades="机械", text="回访")
        hands.book.supervisor.plan("A017", "2026-W49", companies=150, trades="", text="先打新名单")
        hands.book.agent.plan("2026-W50", companies=120, grades=2)
        hands.book.supervisor.plan("A017", "2026-W50")
        await hands.press("f6", "right")
        await hands.until(lambda: "2026-W49" in screen_text(hands.app))
        await fetched(hands)
        shown = screen_text(hands.app)
        for row in (
            "改后批准",
            "家数 0 / 150(原报 120)",
            "A/B 客户 0 / 2 ",
            "行业:-(原报 机械)",
            "先打新名单",
            "原报:回访",
        ):
            assert row in shown, shown
        await hands.press("right")
        await hands.until(lambda: "2026-W50" in screen_text(hands.app))
        await fetched(hands)
        assert "原报" not in screen_text(hands.app)
        assert "已批准" in screen_text(hands.app)


async def test_a_plan_whose_time_is_over_was_due(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f6", "right")
        await hands.until(lambda: "2026-W49" in screen_text(hands.app))
        await fetched(hands)
        assert "─ 周六 11-28 18:00 前提交 ─" in screen_text(hands.app)
        hands.app.turned.at += timedelta(days=6)
        await hands.press("left", "right")
        await hands.until(lambda: "─ 应在 周六 11-28 18:00 前提交 ─" in screen_text(hands.app))


async def test_a_long_plan_and_summary_are_read_to_their_end(home: Path) -> None:
    async with at_desk(home) as hands:
        hands.book.agent.plan("2026-W49", text="先把老客户全部回访一遍," * 15 + "计划到此")
        hands.book.agent.plan("2026-W50", text="先打名单里的新客户," * 20)
        hands.book.agent.summary("2026-W48", "\n".join([*"一二三四五六七八九十", "总结到此"]))
        await hands.press("f6")
        await fetched(hands)
        assert "总结到此" not in screen_text(hands.app)
        assert "上下键 翻看" in screen_text(hands.app)
        await hands.press("end")
        await hands.until(lambda: "总结到此" in screen_text(hands.app))
        await hands.press("right")
        await hands.until(lambda: "2026-W49" in screen_text(hands.app))
        await fetched(hands)
        await hands.press("end")
        await hands.until(lambda: "计划到此" in screen_text(hands.app))
        await hands.press("right")
        await hands.until(lambda: "2026-W50" in screen_text(hands.app))
        await fetched(hands)
        assert "家数" in screen_lines(hands.app)[2]
        await hands.press("left", "left")
        await hands.until(lambda: "2026-W48" in screen_text(hands.app))


async def test_a_summary_is_written_with_its_figures_above(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f6")
        await fetched(hands)
        await hands.press("2")
        assert "有效 14" in screen_text(hands.app)
        assert re.search(r"天  A \d 个,B \d 个", screen_text(hands.app)), "no figure is parted"
        await paste(hands.pilot, "本周开发五家。\n下周拜访宏达。")
        await hands.press("ctrl+s")
        await hands.until(lambda: hands.book.read.week("A017", "2026-W48").summary is not None)
        summary = hands.book.read.week("A017", "2026-W48").summary
        assert summary is not None
        assert summary.text == "本周开发五家。\n下周拜访宏达。"
        await fetched(hands)
        await hands.press("2")
        await hands.until(lambda: "这份会替代它" in screen_text(hands.app))
        await hands.press("escape")
        await hands.press(*["right"] * 6)
        await hands.until(lambda: "2026-W52" in screen_text(hands.app))
        await fetched(hands)
        await hands.press("2")
        assert isinstance(hands.app.screen, WeekScreen)


# ---- talk cards ----


async def test_the_card_used_is_marked_and_goes_with_the_call(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("ctrl+o", "f7")
        await fetched(hands)
        await hands.press("enter")
        assert isinstance(hands.app.screen, CardsScreen)  # no call is going on
        await hands.press("escape", *"13700137000", "enter", "f7")
        await fetched(hands)
        await hands.press("down", "enter")
        assert isinstance(hands.app.screen, DeskScreen)
        assert "竞品涨价" in hands.app.screen.query_one(StatusLine).text
        assert "用话术卡" in screen_text(hands.app)
        await hands.press("1", "ctrl+z")
        assert "用话术卡" in screen_text(hands.app)
        used = hands.book.cards()[1]
        hands.book.supervisor.publish_card(used.event, used.on, "贵了", "换个算法", "现在用哪家?", instead_of=used.id)
        await hands.until(lambda: "话术卡有更新(F7):竞品涨价" in hands.app.screen.query_one(StatusLine).text)
        await hands.press("f7")
        await fetched(hands)
        assert "本通" in next(row for row in screen_lines(hands.app) if "竞品涨价" in row)
        await hands.press("escape", "1", "ctrl+s")
        card = hands.book.cards()[1]
        assert card.event == "竞品涨价"
        assert (card.uses.calls, card.without.calls) == (1, 16)
        await hands.press("f7")
        await fetched(hands)
        await hands.press("down", "7")
        await hands.until(lambda: "用到 1 通,其中意向 0 通" in screen_text(hands.app))
        assert "不涉及积分" in screen_text(hands.app)
        await hands.press("escape", "escape")
        assert "用话术卡" not in screen_text(hands.app)


async def test_a_new_card_and_a_notice_are_said_once(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.until(lambda: "通知(F8):今天 16:30 开会" in hands.app.screen.query_one(StatusLine).text)
        assert "另有 2 条" in hands.app.screen.query_one(StatusLine).text
        await hands.until(lambda: not hands.book.news.unseen())
        hands.book.supervisor.publish_card("新卡", DAY, "a", "b", "c")
        await hands.until(lambda: "新话术卡(F7):新卡" in hands.app.screen.query_one(StatusLine).text)
        await hands.until(lambda: not hands.book.news.unseen())
    async with at_desk(home) as hands:
        await hands.press("f8")
        await fetched(hands)
        assert "新卡" not in hands.app.screen.query_one(StatusLine).text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11-24", date(2026, 11, 24)),
        ("1-5", date(2027, 1, 5)),
        ("24", date(2026, 11, 24)),
        ("5", date(2026, 12, 5)),
        ("2026-11-20", date(2026, 11, 20)),
        ("tomorrow", date(2026, 11, 24)),
        ("明天", date(2026, 11, 24)),
        ("后天", date(2026, 11, 25)),
        ("周五", date(2026, 11, 27)),
        ("下周一", date(2026, 11, 30)),
        ("今天", date(2026, 11, 23)),
        ("明天见", None),
    ],
)
def test_a_coming_day_is_the_next_such_day(text: str, day: date | None) -> None:
    assert parse_coming_day(text, date(2026, 11, 23)) == day


async def test_why_of_the_records_of_a_week(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f6")
        await fetched(hands)
        await hands.press("7", "1")
        assert isinstance(await fetched(hands), WhyScreen)
        assert "week.plan" in screen_text(hands.app)
        await hands.press("escape")
        assert isinstance(hands.app.screen, WeekScreen)
