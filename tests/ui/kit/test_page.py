"""The base of all screens."""

from time import monotonic

from textual.app import ComposeResult

from agent_tui.ui.kit.in_turn import KeysInTurn
from agent_tui.ui.kit.page import Page, Plain


class Ahead(KeysInTurn):
    """An app that says by itself whether keys wait."""

    waiting = False

    @property
    def typed_ahead(self) -> bool:
        return self.waiting


class Sheet(Page):
    scope = "ui"

    def compose(self) -> ComposeResult:
        yield Plain("a sheet")


async def test_a_frame_waits_while_keys_wait_but_not_for_ever() -> None:
    app = Ahead()
    async with app.run_test():
        page = Sheet()
        await app.push_screen(page)
        for waiting, since, drawn in ((True, 0.0, False), (True, 60.0, True), (False, 0.0, True)):
            app.waiting = waiting
            # In a moment to come: no machine is slow enough to have the time since run out meanwhile.
            page._drawn = before = monotonic() + 60 - 2 * since
            page._on_timer_update()
            assert (page._drawn != before) == drawn, (waiting, since)
