"""Where one types: never on the last three rows, which a candidate window covers, and with the cursor where it is."""

from pathlib import Path

from textual.widgets import Input

from agent_tui.ui.kit.text import width
from tests.ui.desk.bench import Hands, at_desk, make_home
from tests.ui.golden import settle, type_text


def inputs_are_high(hands: Hands) -> None:
    rows = hands.app.size.height
    for one in hands.app.screen.query(Input):
        if one.display and one.region.height:
            assert one.region.bottom <= rows - 3, one


async def test_no_input_lies_on_the_last_three_rows(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path, calls=3)) as hands:
        assert hands.view.region.bottom <= hands.app.size.height - 3
        await hands.press("ctrl+p")
        inputs_are_high(hands)
        await hands.press("escape", "ctrl+l", "delete")
        inputs_are_high(hands)
        await hands.press("escape")
        await hands.app.run_action("app.team")
        await settle(hands.pilot)
        inputs_are_high(hands)


async def test_the_candidate_window_opens_where_one_types(tmp_path: Path) -> None:
    async with at_desk(make_home(tmp_path)) as hands:
        await hands.press(*"13700137000", "enter", "1")
        at = hands.app.cursor_position
        await type_text(hands.pilot, "宁波宏达")
        after = hands.app.cursor_position
        assert (after.x - at.x, after.y) == (width("宁波宏达"), at.y)
        await hands.press("left")
        assert hands.app.cursor_position.x == after.x - 2
        company = hands.view.content_region
        assert company.contains_point(after)
        await hands.press("enter")
        assert hands.app.cursor_position != after
