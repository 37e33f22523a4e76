"""The rules clause by clause, and the derivation behind a line, on the real program."""

from datetime import timedelta
from pathlib import Path

import pytest

from agent_tui.i18n import Language, texts
from agent_tui.ui.kit.table import Table
from agent_tui.ui.points.screen import PointsScreen
from agent_tui.ui.rules.screen import RulesScreen
from agent_tui.ui.why.screen import WhyScreen
from shared_rules.policies.policy import builtin_text
from shared_rules.records.entries import ENTRIES
from tests.ui.desk.bench import DAY, at_desk
from tests.ui.golden import check_golden, screen_text
from tests.ui.pages.bench import fetched, rows

SIZES = [(80, 24), (140, 40)]
LANGUAGES: list[Language] = ["zh", "en"]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("spoken", LANGUAGES)
async def test_rules_and_why_as_they_look(home: Path, spoken: Language, size: tuple[int, int]) -> None:
    name = f"{spoken}-{size[0]}x{size[1]}"
    async with at_desk(home, size, language=spoken, ascii=size[0] == 80) as hands:
        await hands.press("ctrl+r")
        await fetched(hands)
        hands.app.screen.query_one(Table).move_to("quota.shortfall")
        await hands.press("down", "up")
        check_golden(hands.app, f"rules/{name}")
        await hands.press("escape", "f5")
        await fetched(hands)
        await hands.press("down", "down", "down", "enter")
        await fetched(hands)
        check_golden(hands.app, f"why/{name}", ids=True)


async def test_why_opens_from_an_entry_and_from_a_statement_line(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f4")
        await fetched(hands)
        await hands.press("enter")
        assert isinstance(await fetched(hands), WhyScreen)
        assert "凡迟到早退者" in screen_text(hands.app)
        await hands.press("escape")
        assert isinstance(hands.app.screen, PointsScreen)
        await hands.press("escape", "f5")
        await fetched(hands)
        for _ in range(len(rows(hands))):
            await hands.press("enter")
            page = await fetched(hands)
            assert isinstance(page, WhyScreen), page
            await hands.press("escape", "down")


async def test_why_of_each_figure_of_the_day(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("f8")
        await fetched(hands)
        for digit in "56":
            await hands.press("7", digit)
            assert isinstance(await fetched(hands), WhyScreen)
            assert "A017" in screen_text(hands.app)
            await hands.press("escape")
        await hands.press("7", "escape")
        assert not isinstance(hands.app.screen, WhyScreen)


async def test_what_changed_of_a_rule_and_when(home: Path) -> None:
    async with at_desk(home) as hands:
        toml = builtin_text("handbook").replace('call = "5"', 'call = "4"')
        hands.book.supervisor.publish_policy(toml, "t", DAY)
        later = toml.replace('call = "4"', 'call = "3"')
        hands.book.supervisor.publish_policy(later, "t", DAY + timedelta(days=7))
        await hands.press("ctrl+r")
        assert isinstance(await fetched(hands), RulesScreen)
        assert hands.app.screen.query_one(Table).cursor_key == "quota.shortfall", "what will change is shown first"
        shown = screen_text(hands.app)
        assert "11-30 起有变  每个电话(元):4" in shown
        assert "自 2026-11-23 生效" in shown
        assert "2026-11-30 起有新版本" in shown
        assert "2026-11-23 起(A017 张敏):每个电话(元) 5 改为 4" in shown
        assert "2026-11-30 起(A017 张敏):每个电话(元) 4 改为 3" in shown
        assert "少一个罚5元" in shown


async def test_a_rule_that_changed_lately_is_marked_and_shown_first(home: Path) -> None:
    async with at_desk(home) as hands:
        toml = builtin_text("handbook").replace('call = "5"', 'call = "4"')
        hands.book.supervisor.publish_policy(toml, "t", DAY)
        await hands.press("ctrl+r")
        await fetched(hands)
        assert hands.app.screen.query_one(Table).cursor_key == "quota.shortfall"
        shown = screen_text(hands.app)
        assert "11-23 起已变  每个电话(元):4" in shown
        assert shown.count("起已变") == 1


async def test_a_rule_that_is_to_come_has_a_row_already(home: Path) -> None:
    async with at_desk(home) as hands:
        rule = '[points.rules."conduct.phone"]\ntitle = { zh = "上班玩手机", en = "Phone" }\npoints = -3\n\n'
        toml = builtin_text("handbook").replace("[points.base]", rule + "[points.base]")
        hands.book.supervisor.publish_policy(toml, "t", DAY + timedelta(days=7))
        await hands.press("ctrl+r")
        await fetched(hands)
        assert hands.app.screen.query_one(Table).cursor_key == "conduct.phone"
        assert "11-30 起有变  积分:-3" in screen_text(hands.app)
        assert "2026-11-30 起(A017 张敏):新增" in screen_text(hands.app)


async def test_every_rule_has_a_row_and_a_clause_or_a_word(home: Path) -> None:
    async with at_desk(home) as hands:
        await hands.press("ctrl+r")
        await fetched(hands)
        ids = [row["id"] for row in rows(hands)]
        assert ids == list(hands.book.policy().rules)


def test_every_kind_of_record_has_a_name() -> None:
    for kind in ("call", "correction", "void", *(model.kind for model in ENTRIES)):
        assert f"kind_{kind}" in texts("why"), kind
