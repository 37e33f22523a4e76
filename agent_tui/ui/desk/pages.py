"""The pages that open from the desk, each loaded when first shown; and what came for it, said once."""

from textual.message import Message

from agent_tui.book import Book, Change
from agent_tui.book.cards.news import NewsItem
from agent_tui.i18n import t
from agent_tui.ui.commands import command
from agent_tui.ui.desk.entry import EntryForm
from agent_tui.ui.desk.news import news_text, page_of
from agent_tui.ui.kit.background import in_background
from agent_tui.ui.kit.page import Page
from agent_tui.views import CardView
from shared_rules.policies.policy import Policy

PAGES = ("points", "pay", "week", "cards", "day")


class Opener(Page):
    """A desk from which the pages open; each is the action of its name."""

    _book: Book
    _form: EntryForm
    _week_told: str | None = None
    """The week of what was told last, until its page was opened."""

    class Told(Message):
        """Something may have come that is to be said."""

        bubble = False

    def on_mount(self) -> None:
        self._unhear = self._book.subscribe(self._hear)

    def on_unmount(self) -> None:
        self._unhear()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in PAGES:
            return offered(action, self._book.policy())
        return super().check_action(action, parameters)

    def action_points(self) -> None:
        from agent_tui.ui.points.screen import PointsScreen  # noqa: PLC0415 - only who opens it

        self.app.push_screen(PointsScreen(self._book))

    def action_pay(self) -> None:
        from agent_tui.ui.pay.screen import PayScreen  # noqa: PLC0415 - only who opens it

        self.app.push_screen(PayScreen(self._book))

    def action_week(self) -> None:
        from agent_tui.ui.week.screen import WeekScreen  # noqa: PLC0415 - only who opens it

        week, self._week_told = self._week_told, None
        self.app.push_screen(WeekScreen(self._book, week=week))

    def action_cards(self) -> None:
        from agent_tui.ui.cards.screen import CardsScreen  # noqa: PLC0415 - only who opens it

        mark = self._mark if self._form.calling else None
        self.app.push_screen(CardsScreen(self._book, mark, self._form.sheet.card))

    def action_day(self) -> None:
        from agent_tui.ui.day.screen import DayScreen  # noqa: PLC0415 - only who opens it

        self.app.push_screen(DayScreen(self._book, self._form.unfinished))

    # ---- talk cards ----

    def _mark(self, card: CardView) -> None:
        """The card is the one used in the call that goes on."""
        self._form.mark(card.id)
        self._draw_titles()
        self.say(t("desk.card_marked", event=card.event), "good")

    def _draw_titles(self) -> None:
        """Draw the titles of the form anew."""
        raise NotImplementedError

    def _hear(self, change: Change) -> None:
        """Called from any thread."""
        if change.told or change.members:
            self.post_message(self.Told())

    def on_opener_told(self, _: Told) -> None:
        self.look_for_news()

    def look_for_news(self) -> None:
        """Say what came since the last look, also while the desk was closed."""
        in_background(self, self._book.news.unseen, self._tell_news, self.refused)

    def _tell_news(self, items: list[NewsItem]) -> None:
        """Say the first, and how many more there are, on the screen in front; none is said twice."""
        policy = self._book.policy()
        shown = [item for item in items if offered(page_of(item), policy)]
        if shown:
            text = news_text(self._book, shown[0])
            if len(shown) > 1:
                text = t("news.more", text=text, count=len(shown) - 1, key=command("desk.day").label)
            self.shell.say(text, "warning")
            week = shown[0].values.get("week")
            self._week_told = str(week) if week else None
        if items:
            in_background(self, lambda: self._book.news.seen(items), lambda _: None, lambda _: None)


def offered(name: str, policy: Policy) -> bool:
    """Whether a policy has anything to show on a page."""
    match name:
        case "points":
            return policy.points is not None and policy.money.mode != "off"
        case "pay":
            return policy.pay is not None and policy.money.mode == "estimate"
        case "week":
            return bool({"week.plan", "week.review", "week.summary"} & policy.rules.keys())
    return True
