"""A page of one month of one agent: a table whose rows answer why, and two keys that turn the month."""

from datetime import date, timedelta
from typing import TypeVar

from agent_tui.book import Book
from agent_tui.ui.kit.fetched import FetchedPage
from agent_tui.ui.kit.table import Table
from agent_tui.ui.why.screen import WhyScreen

V = TypeVar("V")


class MonthPage(FetchedPage[V]):
    """Of the agent here, or (for a supervisor) of `agent`. `month` is YYYY-MM, the present one at first."""

    def __init__(self, book: Book, agent: str | None = None) -> None:
        super().__init__(book)
        self.agent = agent or book.identity.agent
        self.month = self.present

    @property
    def present(self) -> str:
        """The month that runs."""
        return _month_of(self.book.today())

    def on_mount(self) -> None:
        self.query_one(Table).focus()

    def on_table_selected(self, _: Table.Selected) -> None:
        self.action_why()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "why":
            return self.is_mounted and self.query_one(Table).cursor_key is not None
        if action == "later":
            return self.month < self.present
        return super().check_action(action, parameters)

    def action_why(self) -> None:
        key = self.query_one(Table).cursor_key
        if key is not None:
            self.app.push_screen(WhyScreen(self.book, key))

    def action_earlier(self) -> None:
        self._turn(-1)

    def action_later(self) -> None:
        self._turn(1)

    def _turn(self, by: int) -> None:
        first = date.fromisoformat(f"{self.month}-01")
        self.month = _month_of(first + timedelta(days=31 if by > 0 else -1))
        self.read()


def _month_of(day: date) -> str:
    return f"{day:%Y-%m}"
