"""The desk under the hands: its lists of any day, each call opened, looked through or withdrawn; its fields."""

from abc import abstractmethod
from datetime import date, timedelta

from textual import work

from agent_tui.book import Book
from agent_tui.errors import Problem
from agent_tui.i18n import language, t
from agent_tui.ui.desk import lists
from agent_tui.ui.desk.entry import EntryForm
from agent_tui.ui.desk.form import FormView
from agent_tui.ui.desk.rules import FormRules
from agent_tui.ui.desk.sheet import FIELDS
from agent_tui.ui.desk.source import BookWorld, Snapshot, offer_of
from agent_tui.ui.kit.background import in_background
from agent_tui.ui.kit.clipboard import copy
from agent_tui.ui.kit.dialogs import Ask, Blank, Choice, numbered
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.names import company, person
from agent_tui.ui.kit.page import Page, hinted
from agent_tui.ui.kit.table import Table
from agent_tui.ui.kit.text import line
from agent_tui.ui.kit.when import day_text, time_text
from agent_tui.views import CallView
from shared_rules.phones import typed_phone

_ON_A_ROW = ("void", "past")
_IN_CALLS = ("earlier", "later")


class Browse(Page):
    """What can be done in the two lists. The screen gives the book, the form and what was read last."""

    _book: Book
    _world: BookWorld
    _form: EntryForm
    _snapshot: Snapshot | None
    _browsed: date | None = None
    """The day whose calls are listed; None for today."""

    @abstractmethod
    def _read(self) -> None:
        """Read the book anew."""

    @abstractmethod
    def _changed(self) -> None:
        """Show what the form now says."""

    # ---- which list, which day ----

    def action_lists(self) -> None:
        order = [self.query_one("#form"), self.query_one("#today-rows"), self.query_one("#callback-rows")]
        place = order.index(self.focused) if self.focused in order else 0
        following = order[(place + 1) % len(order)]
        if isinstance(following, Table) and following.id == "today-rows":
            following.to_top()
        following.focus()

    def action_earlier(self) -> None:
        self._browse((self._browsed or self._book.today()) - timedelta(days=1))

    def action_later(self) -> None:
        if self._browsed is not None:
            self._browse(self._browsed + timedelta(days=1))

    def _browse(self, day: date) -> None:
        if day < self._book.identity.hired:
            self.say(t("desk.no_earlier"))
            return
        self._browsed = day if day < self._book.today() else None
        self.query_one(HintLine).refresh()
        self._read()

    def to_today(self) -> None:
        """List today's calls again."""
        if self._browsed is not None:
            self._browsed = None
            self._read()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in (*_ON_A_ROW, *_IN_CALLS):
            if not self.is_mounted or self.focused is not self.query_one("#today-rows"):
                return False
            if action == "later":
                return self._browsed is not None
            return action == "earlier" or self._current() is not None
        return super().check_action(action, parameters)

    def _current(self) -> CallView | None:
        key = self.query_one("#today-rows", Table).cursor_key
        calls = self._snapshot.listed if self._snapshot else ()
        return next((call for call in calls if call.id == key), None)

    def _draw_calls(self) -> None:
        assert self._snapshot is not None
        rows = self.query_one("#today-rows", Table)
        newest = rows.rows[0].key if rows.rows else None
        policy = self._book.policy(self._snapshot.listed_day)
        rows.show(lists.call_rows(self._snapshot.listed, policy, language()))
        if bool(rows.rows) != (newest is not None):
            self.query_one(HintLine).refresh()  # a row is there to be looked through or withdrawn, or none any more
        if self.focused is not rows and rows.rows and rows.rows[0].key != newest:
            rows.to_top()
        standing = sum(call.why_not != "void" for call in self._snapshot.listed)
        if self._snapshot.listed_day == self._book.today():
            title = t("desk.today", count=self._snapshot.day.figures.dials)
        else:
            title = t("desk.on_day", day=day_text(self._snapshot.listed_day), count=standing)
        hinted(self.query_one("#today"), title, t("desk.list_hint") if self.focused is rows else "")

    # ---- a row ----

    def on_table_selected(self, event: Table.Selected) -> None:
        if event.table.id == "today-rows":
            call = self._current()
            if call is None:
                return
            if call.customer is None:
                self.say(t("desk.sealed_call"), "warning")
                return
            if call.withdrawn:
                self.say(t("desk.void_opened"), "warning")
                return
            self._form.correct(call)
        else:
            found = next((one for one in self._world.callbacks if one.call == event.key), None)
            if found:
                self._form.take_callback(offer_of(found))
        self.query_one(FormView).focus()
        self._changed()

    def action_past(self) -> None:
        call = self._current()
        if call is None:
            return
        from agent_tui.ui.desk.past import open_past  # noqa: PLC0415 - loads when first shown

        open_past(self, self._book, call, self.refused)

    @work
    async def action_void(self) -> None:
        call = self._current()
        if call is None:
            return
        if call.withdrawn:
            self.say(t("desk.void_twice"))
            return
        outcome = FormRules(self._book.policy(call.day), language()).label("outcome", call.outcome)
        when = time_text(call.started_at, self._book.now())
        row = f"{when} {company(call.customer)} {person(call.customer)} {outcome}"
        given = await self.app.push_screen_wait(
            Ask(
                t("desk.void_title"),
                [Blank("reason", t("desk.void_reason"))],
                lambda _: "",
                hint=t("ui.confirm_hint"),
                rows=[line(row)],
            )
        )
        if given is not None:
            in_background(self, lambda: self._book.own.void(call.id, given["reason"]), self._voided, self._not_voided)

    def _voided(self, call: CallView) -> None:
        self._form.forget_withdrawn(call.id)
        self._changed()
        if call.customer and self._book.lists.listed(call.customer.phone):
            self.say(t("desk.voided_listed"), "warning")
        elif call.pending:
            self.say(t("desk.voided_pending"), "warning")
        else:
            self.say(t("desk.voided"), "good")
        self._read()

    def _not_voided(self, problem: Problem) -> None:
        self.say(t("desk.not_saved", reason=str(problem)), "error")

    # ---- a field ----

    def places(self) -> list[Choice]:
        """The fields of the form, but 结果, to which Esc goes."""
        fields = [name for name in FIELDS if name != "outcome"]
        return numbered(Choice(name, t(f"desk.field_{name}")) for name in fields)

    def go_to(self, place: str | None) -> None:
        if place is not None:
            self.query_one(FormView).focus()
            self._form.focus(place)
            self._changed()

    # ---- a number ----

    def action_copy(self) -> None:
        """Copy the number of the row under the cursor, else the one in the form."""
        if number := typed_phone(self._number_here()):
            in_background(self, lambda: copy(self.app, number), lambda own: self._copied(number, own), self.refused)
        else:
            self.say(t("desk.nothing_to_copy"))

    def _number_here(self) -> str:
        if self.focused is self.query_one("#today-rows"):
            call = self._current()
            return call.customer.phone if call and call.customer else ""
        if self.focused is self.query_one("#callback-rows"):
            key = self.query_one("#callback-rows", Table).cursor_key
            return next((one.customer.phone for one in self._world.callbacks if one.call == key), "")
        return self._form.sheet.number or self._form.sheet.value("phone").strip()

    def _copied(self, number: str, own: bool) -> None:
        self.say(t("desk.copied" if own else "desk.copied_terminal", number=number), "good")
