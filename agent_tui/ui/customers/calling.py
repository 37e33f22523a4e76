"""From a customer back to the desk, with the number loaded."""

from agent_tui.ui.kit.page import Page
from shared_rules.phones import typed_phone


def call(page: Page, phone: str, extension: str) -> None:
    """Close the pages above the desk and load a number there; what is unfinished is laid aside."""
    from agent_tui.ui.desk.screen import DeskScreen  # noqa: PLC0415 - the desk opens these pages

    app = page.app
    while not isinstance(app.screen, DeskScreen) and len(app.screen_stack) > 1:
        app.pop_screen()
    if isinstance(app.screen, DeskScreen):
        app.screen.take_number(typed_phone(phone, extension))
