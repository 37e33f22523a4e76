"""Whom to call next, at the desk: the lists behind the callbacks, putting a number off, handing it to a colleague."""

from textual import work

from agent_tui.book import Book, Change
from agent_tui.i18n import t
from agent_tui.ui.desk.entry import EntryForm
from agent_tui.ui.desk.sheet import identity
from agent_tui.ui.desk.source import BookWorld
from agent_tui.ui.desk.world import Offer
from agent_tui.ui.kit.background import in_background
from agent_tui.ui.kit.colleagues import colleague_choices, colleagues
from agent_tui.ui.kit.dialogs import Ask, Blank, Choose
from agent_tui.ui.kit.live import BookChanged
from agent_tui.ui.kit.page import Page
from agent_tui.ui.kit.phone import display_phone
from agent_tui.ui.kit.text import line
from agent_tui.views import CustomerView, MemberView

_IN_HAND = ("postpone", "hand_over")


class Whom(Page):
    """The screen gives the book, the form and its world."""

    _book: Book
    _world: BookWorld
    _form: EntryForm
    _offered = False
    """Whether the form was offered a number of the lists: once, when they are first known."""

    def _concerns(self, change: Change) -> bool:
        """Whether the day is to be read anew. Called from any thread."""
        me = self._book.identity.agent
        lists_come = change.customers and not self._offered
        return change.members or lists_come or any(agent == me for agent, _ in change.days)

    def offer_lists(self) -> None:
        """Load the first number of the lists, when they are known and nothing stands in the form."""
        if not self._offered and self._book.customers.ready:
            self._offered = True
            self._form.load_next()

    def next_up(self) -> str:
        """What comes next, in words: callbacks that are due, and what is left of the lists."""
        taken = self._form.taken
        due = sum(identity(one.customer.phone) not in taken for one in self._world.due())
        left = self._book.lists.left() if self._book.knows_customers else 0
        parts = [t("desk.due_callbacks", due=due)] if due else []
        parts += [t("desk.list_left", left=left)] if left else []
        return t("desk.next_up", what=t("desk.between_parts").join(parts)) if parts else t("desk.next_none")

    def _fetch(self, phone: str) -> None:
        """Read the calls with a number that are not at hand, and show them beside the form if it is still there."""

        def done(customer: CustomerView | None) -> None:
            if customer is not None and identity(phone) == self._form.sheet.number:
                self._world.customer = customer
                self.post_message(BookChanged())

        in_background(self, lambda: self._book.own.customer(phone), done, self.refused)

    def take_number(self, phone: str) -> None:
        """Load a customer that was looked up; what is unfinished is laid aside."""
        self._form.take_number(Offer(phone))
        self._changed()

    # ---- a number put off, or handed over ----

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _IN_HAND:
            sheet = self._form.sheet
            return bool(sheet.number) and sheet.correcting is None and self._form.busy is None
        return super().check_action(action, parameters)

    @work
    async def action_postpone(self) -> None:
        number, rules = self._form.sheet.value("phone"), self._form.rules

        def fault(values: dict[str, str]) -> str:
            due = rules.due(values["when"], self._book.now())
            if due.at is None:
                return t("desk.postpone_unreadable")
            return t("desk.postpone_past") if due.problem else ""

        now = self._book.now()
        told = [one for one in rules.options("follow_up") if rules.due(one.digit, now).at is not None]
        choices = [line((one.digit, "bold $primary"), " ", one.label) for one in told]
        blank = Blank("when", t("desk.postpone_when"))
        title = t("desk.postpone_title", phone=display_phone(number))
        values = await self.app.push_screen_wait(Ask(title, [blank], fault, rows=choices))
        if values is None:
            return
        due = rules.due(values["when"], self._book.now())
        at, off = due.at, t("desk.due_off") if due.off else ""
        assert at is not None

        def done(_: None) -> None:
            self._form.skip()
            self._changed()
            self.say(t("desk.postponed", at=f"{at:%m-%d %H:%M} {off}".strip()), "warning" if off else "good")

        in_background(self, lambda: self._book.lists.postpone(number, at), done, self.refused)

    def action_hand_over(self) -> None:
        number = self._form.sheet.value("phone")

        def asked(members: list[MemberView]) -> None:
            people = colleagues(members, self._book.identity.agent)
            if not people:
                self.say(t("desk.hand_over_nobody"), "warning")
                return
            title = t("desk.hand_over_title", phone=display_phone(number))
            self.app.push_screen(
                Choose(title, colleague_choices(people)), lambda to: self._hand_over(number, to, people)
            )

        in_background(self, self._book.members.all, asked, self.refused)

    def _hand_over(self, number: str, to: str | None, people: dict[str, str]) -> None:
        if to is None:
            return

        def done(_: None) -> None:
            self._form.skip()
            self._changed()
            self.say(t("desk.handed_over", who=f"{to} {people[to]}"), "good")

        in_background(self, lambda: self._book.lists.hand_over(number, to), done, self.refused)

    def _changed(self) -> None:
        """Show what the form now says."""
        raise NotImplementedError
