"""The table through a real compositor: cells, dropping columns, the cursor on its key, hostile text."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from textual.app import App, ComposeResult
from textual.geometry import Size

from agent_tui.ui import theme
from agent_tui.ui.kit.table import Column, Row, Table
from agent_tui.ui.kit.text import safe
from tests.ui.golden import screen_lines, settle

COLUMNS = (
    Column("id", "id", 4),
    Column("name", "name", 8, grows=True),
    Column("extra", "extra", 10, drop=2),
    Column("count", "count", 6, "right"),
)


class OneTable(App[None]):
    CSS = theme.CSS

    def __init__(self) -> None:
        super().__init__()
        for known in theme.THEMES:
            self.register_theme(known)
        self.theme = theme.DEFAULT
        self.told: list[str] = []
        self.rooms: list[int] = []

    def compose(self) -> ComposeResult:
        yield Table(COLUMNS)

    def on_table_selected(self, event: Table.Selected) -> None:
        self.told.append(event.key)

    def on_table_resized(self, event: Table.Resized) -> None:
        self.rooms.append(event.table.most_cells("name"))


def rows(count: int) -> list[Row]:
    return [
        Row(str(n), {"id": f"A{n:03}", "name": "欧阳建国" if n % 2 else "Li", "extra": "x", "count": str(n)})
        for n in range(count)
    ]


async def test_a_whole_column_takes_what_its_widest_cell_lacks_before_others_grow() -> None:
    app = OneTable()
    async with app.run_test(size=(40, 5)) as pilot:
        table = app.query_one(Table)
        table.set_columns((Column("name", "name", 8, grows=True), Column("state", "state", 6, grows=True, whole=True)))
        table.show([Row("1", {"name": "Li", "state": ("must stay, behind", "alert")}), Row("2", {"state": "欠"})])
        await settle(pilot)
        assert screen_lines(app)[:2] == [
            "name                   state",
            "Li                     must stay, behind",
        ]
        table.show([Row("1", {"name": "Li", "state": "x" * 50})])
        await settle(pilot)
        assert screen_lines(app)[0] == "name     state"
        table.show([Row("1", {"name": "Li", "state": "made"})])
        await settle(pilot)
        assert screen_lines(app)[1] == "Li                                made"


async def test_of_two_whole_columns_the_one_that_yields_is_served_last() -> None:
    app = OneTable()
    async with app.run_test(size=(30, 5)) as pilot:
        table = app.query_one(Table)
        table.set_columns(
            (
                Column("name", "name", 8, grows=True, whole=True, yields=1),
                Column("state", "state", 10, grows=True, whole=True),
            )
        )
        state = "confirmed, odd 44"
        assert table.most_cells("state") >= len(state)
        table.show([Row("1", {"name": "Christopher Nguyen", "state": state})])
        await settle(pilot)
        assert screen_lines(app)[1] == f"Christopher  {state}"
        table.set_columns([replace(column, yields=0) for column in table.visible_columns()])
        await settle(pilot)
        assert screen_lines(app)[1].startswith("Christopher Nguyen confirmed,")


async def test_a_figure_is_never_cut_others_give_way() -> None:
    app = OneTable()
    async with app.run_test(size=(40, 8)) as pilot:
        table = app.query_one(Table)
        table.show([Row("1", {"id": "1", "name": "total", "extra": "extra", "count": "-12,345,678.00"})])
        await settle(pilot)
        assert "-12,345,678.00" in "\n".join(screen_lines(app))
        assert [column.key for column in table.visible_columns()] == ["id", "name", "extra", "count"]
        table.show([Row("1", {"id": "1", "name": "total", "extra": "extra", "count": "-12,345,678,901,234.00"})])
        await settle(pilot)
        assert "-12,345,678,901,234.00" in "\n".join(screen_lines(app))
        assert [column.key for column in table.visible_columns()] == ["id", "name", "count"]


async def test_cells_stand_under_their_headings() -> None:
    app = OneTable()
    async with app.run_test(size=(40, 5)) as pilot:
        app.query_one(Table).show(rows(3))
        await settle(pilot)
        assert screen_lines(app) == [
            "id   name              extra       count",
            "A000 Li                x               0",
            "A001 欧阳建国          x               1",
            "A002 Li                x               2",
            "",
        ]


async def test_a_narrow_table_drops_what_may_go() -> None:
    app = OneTable()
    async with app.run_test(size=(24, 3)) as pilot:
        app.query_one(Table).show(rows(1))
        await settle(pilot)
        assert screen_lines(app)[0] == "id   name          count"


async def test_who_cuts_words_to_the_room_is_told_of_another_room() -> None:
    app = OneTable()
    async with app.run_test(size=(40, 5)) as pilot:
        app.query_one(Table).show(rows(1))
        await settle(pilot)
        await pilot.resize_terminal(60, 5)
        await settle(pilot)
        assert app.rooms == [17, 37]


async def test_the_cursor_stays_on_its_key_and_in_sight() -> None:
    app = OneTable()
    async with app.run_test(size=(40, 6)) as pilot:
        table = app.query_one(Table)
        table.show(rows(100))
        table.focus()
        await pilot.press("end")
        assert table.cursor_key == "99"
        assert "A099" in screen_lines(app)[-1]
        table.show(list(reversed(rows(100))))
        await settle(pilot)
        assert table.cursor_key == "99"
        assert "A099" in screen_lines(app)[1]
        table.show(rows(5))
        assert table.cursor_key == "0"
        await pilot.press("home", "down", "enter")
        assert app.told == ["1"]


SPANS = st.sampled_from([(0, 7), (0, 7), (0, 7), (1, 7), (0, 6)])
SHOWN = st.tuples(SPANS, st.tuples(*[st.sampled_from("xy")] * 7))


@settings(max_examples=20, deadline=None)
@given(st.lists(SHOWN, min_size=2, max_size=6))
async def test_lines_that_are_not_drawn_anew_are_as_they_should_be(
    shown: list[tuple[tuple[int, int], tuple[str, ...]]],
) -> None:
    app = OneTable()
    async with app.run_test(size=(40, 6)) as pilot:
        table = app.query_one(Table)
        for (first, last), texts in shown:
            table.show([Row(str(key), {"id": f"A{key}", "extra": texts[key]}) for key in range(first, last)])
            await settle(pilot)
        seen = screen_lines(app)
        table.refresh()
        await settle(pilot)
        assert screen_lines(app) == seen


async def test_a_click_is_enter_on_its_row() -> None:
    app = OneTable()
    async with app.run_test(size=(40, 6)) as pilot:
        app.query_one(Table).show(rows(3))
        await settle(pilot)
        await pilot.click(Table, offset=(3, 2))
        assert app.told == ["1"]
        await pilot.click(Table, offset=(3, 0))
        assert app.told == ["1"]


async def test_without_rows_nothing_is_chosen() -> None:
    app = OneTable()
    async with app.run_test(size=(40, 6)) as pilot:
        app.query_one(Table).focus()
        await pilot.press("down", "enter", "end", "pageup")
        assert app.query_one(Table).cursor_key is None
        assert app.told == []


HOSTILE = st.text(st.characters() | st.sampled_from("[/]\x1b\u202e\u200b张"), max_size=30)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(HOSTILE, min_size=4, max_size=4))
async def test_hostile_cells_are_shown_as_text(texts: list[str]) -> None:
    app = OneTable()
    async with app.run_test(size=(60, 4)) as pilot:
        await shown_as_text(app, pilot, texts)


async def shown_as_text(app: App[Any], pilot: Any, texts: list[str]) -> None:
    keys = [column.key for column in COLUMNS]
    app.query_one(Table).show([Row("r", dict(zip(keys, texts, strict=True)))])
    await settle(pilot)
    assert app.size == Size(60, 4)
    shown = screen_lines(app)[1]
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert safe(texts[0])[:1].strip() in shown
