"""The points ledger and the statement, on the real program."""

from pathlib import Path

import pytest
from textual.widgets import TextArea

from agent_tui.i18n import Language
from agent_tui.ui.pay.screen import PayScreen
from agent_tui.ui.points.screen import PointsScreen
from tests.ui.desk.bench import at_desk
from tests.ui.golden import check_golden, paste, screen_text
from tests.ui.pages.bench import fetched, rows

SIZES = [(80, 24), (140, 40)]
LANGUAGES: list[Language] = ["zh", "en"]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("spoken", LANGUAGES)
async def test_points_and_pay_as_they_look(home: Path, spoken: Language, size: tuple[int, int]) -> None:
    name = f"{spoken}-{size[0]}x{size[1]}"
    async with at_desk(home, size, language=spoken, ascii=size[0] == 80) as hands:
        await hands.press("f4")
        await fetched(hands)
        await hands.press("down", "down")
        check_golden(hands.app, f"points/{name}", ids=True)
        await hands.press("escape", "f5")
        await fetched(hands)
        check_golden(hands.app, f"pay/{name}")


async def test_the_first_look_at_the_statement_says_which_keys_it_has(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f5")
        await fetched(hands)
        assert "Enter为什么" in screen_text(hands.app).rstrip().split("\n")[-1]


async def test_an_entry_is_appealed_against_once_from_its_row(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f4")
        assert isinstance(await fetched(hands), PointsScreen)
        assert [row["points"] for row in rows(hands)] == ["-2", "+5", "-2"]
        await hands.press("1", "ctrl+s")
        assert "2026-11-20 迟到 -2 分 -10 元:每条" in screen_text(hands.app)
        assert "请写明理由" in screen_text(hands.app)
        await paste(hands.pilot, "地铁停运\n有证明")
        assert hands.app.screen.query_one(TextArea).text == "地铁停运\n有证明"
        await hands.press("ctrl+s")
        await hands.until(lambda: hands.book.ledger("A017", "2026-11").entries[-1].appeal is not None)
        await fetched(hands)
        assert rows(hands)[0]["state"] == "申诉中"
        await hands.press("1")
        assert isinstance(hands.app.screen, PointsScreen)
        await hands.press("down", "down", "1")
        assert isinstance(hands.app.screen, PointsScreen)


async def test_an_appeal_left_by_escape_records_nothing(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f4")
        await fetched(hands)
        await hands.press("１")
        await paste(hands.pilot, "不服")
        await hands.press("escape")
        assert "再按 Esc 丢掉" in screen_text(hands.app), "one that was meant for the input method loses nothing"
        await paste(hands.pilot, "，理由如下")
        await hands.press("escape")
        assert "不服，理由如下" in screen_text(hands.app)
        await hands.press("escape")
        assert isinstance(hands.app.screen, PointsScreen)
        assert hands.book.ledger("A017", "2026-11").entries[-1].appeal is None


async def test_what_was_said_about_an_entry_is_read_to_its_end(home: Path) -> None:
    async with at_desk(home) as hands:
        entry = hands.book.ledger("A017", "2026-11").entries[-1]
        hands.book.agent.appeal(entry.id, "那天地铁停运,站里有广播," * 12 + "申诉到此")
        hands.book.supervisor.rule_on(entry.id, upheld=True, text="查过地铁公告,当天没有停运," * 12 + "裁定到此")
        await hands.press("f4")
        await fetched(hands)
        assert "Tab 到文字" in screen_text(hands.app)
        await hands.press("tab", "end")
        await hands.until(lambda: "裁定到此" in screen_text(hands.app))
        assert "原文" in screen_text(hands.app)


async def test_the_month_is_turned_and_never_past_this_one(home: Path) -> None:
    async with at_desk(home) as hands:
        for key in ("f4", "f5"):
            await hands.press(key)
            await fetched(hands)
            await hands.press("right")
            assert "2026-11" in screen_text(hands.app)
            await hands.press("left")
            await fetched(hands)
            await hands.until(lambda: "2026-10" in screen_text(hands.app))
            await hands.press("right", "escape")


async def test_the_statement_is_labelled_and_sums_up(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f5")
        page = await fetched(hands)
        assert isinstance(page, PayScreen)
        lines = {row["title"]: row["amount"] for row in rows(hands)}
        assert lines["基本底薪"] == "1,000.00"
        assert lines["项目成交奖励"] == "800.00"
        assert lines["B类客户奖金"] == "50.00"
        assert lines["罚款 11-20:迟到"] == "-10.00"
        shown = screen_text(hands.app)
        assert "估算" in shown
        assert "不是工资单" in shown


@pytest.mark.parametrize(("mode", "points", "pay"), [("points", True, False), ("off", False, False)])
async def test_the_money_mode_hides_what_it_hides(home: Path, mode: str, points: bool, pay: bool) -> None:
    from agent_tui.book.place.pen import Draft
    from agent_tui.ids import uuid7
    from shared_rules.policies.policy import builtin_text
    from shared_rules.records.kinds import PolicyVersion
    from tests.ui.desk.bench import NOW

    async with at_desk(home) as hands:
        toml = builtin_text("handbook").replace('mode = "estimate"', f'mode = "{mode}"')
        body = PolicyVersion(name="t", effective=NOW.date(), toml=toml)
        hands.book.put(lambda _: [Draft(uuid7(NOW), "A017", body)])
        await hands.press("f4")
        assert isinstance(hands.app.screen, PointsScreen) == points
        if points:
            await fetched(hands)
            assert "-10.00" not in screen_text(hands.app)
        await hands.press("escape", "f5")
        assert isinstance(hands.app.screen, PayScreen) == pay
