"""The pages that open from the desk, each loaded when first shown."""

from agent_tui.book import Book
from agent_tui.ui.kit.page import Page
from shared_rules.policy import Policy

PAGES = ("points", "pay")


class Opener(Page):
    """A screen of a book from which the pages open; each is the action of its name."""

    _book: Book

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in PAGES:
            return offered(action, self._book.policy())
        return super().check_action(action, parameters)

    def action_points(self) -> None:
        from agent_tui.ui.points.screen import PointsScreen  # noqa: PLC0415

        self.app.push_screen(PointsScreen(self._book))

    def action_pay(self) -> None:
        from agent_tui.ui.pay.screen import PayScreen  # noqa: PLC0415

        self.app.push_screen(PayScreen(self._book))


def offered(name: str, policy: Policy) -> bool:
    """Whether a policy has anything to show on a page."""
    match name:
        case "points":
            return policy.points is not None and policy.money.mode != "off"
        case "pay":
            return policy.pay is not None and policy.money.mode == "estimate"
    return True
