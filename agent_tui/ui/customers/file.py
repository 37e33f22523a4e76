"""One customer whole: who and whose it is, every call, and what was recorded besides; and what can be done with it."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from agent_tui.book import Book
from agent_tui.book.customers.file import CustomerFile
from agent_tui.i18n import t
from agent_tui.ui.commands import bindings
from agent_tui.ui.customers.calling import call
from agent_tui.ui.customers.rows import file_lines, history_columns, history_rows
from agent_tui.ui.desk.past import open_past
from agent_tui.ui.kit.background import in_background
from agent_tui.ui.kit.colleagues import colleague_choices, colleagues
from agent_tui.ui.kit.dialogs import Ask, Blank, Choice, Choose, Confirm, numbered
from agent_tui.ui.kit.fetched import FetchedPage
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.page import Page, Plain, titled
from agent_tui.ui.kit.phone import display_phone
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Table
from agent_tui.ui.kit.text import line, spread, wrap
from agent_tui.views import ErasedView
from shared_rules.records.parts import GRADES

_QUESTION = 56


class CustomerScreen(FetchedPage[CustomerFile]):
    """Of the number given. An agent's own records, or on a supervisor's machine those of everybody."""

    scope = "customers.file"
    CSS = """
    CustomerScreen #who { height: auto; max-height: 8; }
    CustomerScreen #history { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("customers.file")

    def __init__(self, book: Book, phone: str) -> None:
        super().__init__(book)
        self._phone = phone

    @property
    def _supervises(self) -> bool:
        return self.book.identity.supervises

    @property
    def _told(self) -> str:
        """Whom a question is about: the company, where it is known, and the number."""
        return f"{self.view.company if self.view else ''} {display_phone(self._phone)}".strip()

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        with Vertical(id="who", classes="panel"):
            yield Plain(id="lines")
        with Vertical(id="history", classes="panel"):
            yield Table(history_columns(everybody=self._supervises), id="rows")
        yield StatusLine()
        yield HintLine(self.scope)

    def on_mount(self) -> None:
        self.query_one(Table).focus()

    def fetch(self) -> CustomerFile:
        return self.book.lists.file(self._phone)

    def draw(self, view: CustomerFile) -> None:
        policy = self.book.policy()
        head = f"{t('customers.one')}  {view.company}".rstrip()
        self.query_one("#header", Plain).show(spread(max(0, self.size.width - 2), head, "", display_phone(view.phone)))
        lines = file_lines(view, policy, self.book.now(), self.book.members.named)
        self.query_one("#lines", Plain).show_lines(*(line(*row) for row in lines))
        titled(self.query_one("#who"), t("customers.about"))
        titled(self.query_one("#history"), t("customers.history", calls=view.made))
        self.query_one(Table).show(history_rows(view, policy, self.book.members.named))

    # ---- keys ----

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        view = self.view
        match action:
            case "call":
                return self.app.check_action("desk", ()) is True
            case "give":
                return view is not None and bool(view.rows) and not self.book.identity.solo
            case "merge":
                return view is not None and bool(view.company) and not self._supervises
            case "propose":
                return view is not None and bool(view.rows) and not self._supervises
            case "erase":
                return view is not None and bool(view.rows) and (self._supervises or self.book.identity.solo)
            case "lift":
                alone = self.book.identity.solo
                return view is not None and view.listed is not None and (self._supervises or alone)
        return super().check_action(action, parameters)

    def on_table_selected(self, _: Table.Selected) -> None:
        self.action_open()

    def action_open(self) -> None:
        calls = self.view.calls if self.view else ()
        chosen = self.query_one(Table).cursor_key
        if one := next((call for call in calls if call.id == chosen), None):
            open_past(self, self.book, one, self.refused)

    def action_call(self) -> None:
        extension = self.view.rows[0].extension if self.view and self.view.rows else ""
        call(self, self._phone, extension)

    @work
    async def action_give(self) -> None:
        """An agent offers the customer to a colleague, a supervisor gives it."""
        people = colleagues(self.book.members.all(), self.book.identity.agent)
        if not people:
            self.say(t("desk.hand_over_nobody"), "warning")
            return
        title = t(
            "customers.give_title" if self._supervises else "desk.hand_over_title", phone=display_phone(self._phone)
        )
        to = await self.app.push_screen_wait(Choose(title, colleague_choices(people)))
        if to is None:
            return
        who = f"{to} {people[to]}"
        if self._supervises:
            owner = self.view.owner if self.view else None
            # What the customer pays from now on goes with it.
            rows = line(self._told), line(f"{self.book.members.named(owner) if owner else '-'} -> {who}")
            if await self.app.push_screen_wait(Confirm(t("doing.assign_confirm"), *rows)):
                self.act(lambda: self.book.supervisor.assign(self._phone, to), t("customers.gave", who=who))
        else:
            self.act(lambda: self.book.lists.hand_over(self._phone, to), t("desk.handed_over", who=who))

    @work
    async def action_merge(self) -> None:
        """Another spelling of the company is shown as the one that is typed."""
        if self.view is None:
            return
        now = self.view.company

        def fault(values: dict[str, str]) -> str:
            return "" if values["name"] and values["name"] != now else t("customers.merge_other")

        blank = Blank("name", t("customers.merge_name"))
        values = await self.app.push_screen_wait(Ask(t("customers.merge_title", company=now), [blank], fault))
        if values is None:
            return
        name = values["name"]
        self.act(lambda: self.book.lists.merge(name, now, self._phone), t("customers.merged", name=name, other=now))

    @work
    async def action_propose(self) -> None:
        choices = numbered(Choice(grade, t("customers.proposed", grade=grade)) for grade in GRADES)
        chosen = await self.app.push_screen_wait(Choose(t("customers.propose_title"), choices))
        grade = next((one for one in GRADES if one == chosen), None)
        if grade is not None:
            self.act(lambda: self.book.agent.propose(self._phone, grade), t("customers.proposal_sent", grade=grade))

    @work
    async def action_lift(self) -> None:
        if await self.app.push_screen_wait(Confirm(t("customers.lift_title"), line(self._told))):
            self.act(lambda: self.book.supervisor.lift(self._phone), t("customers.lifted"))

    @work
    async def action_erase(self) -> None:
        company = self.view.company if self.view else ""
        question = Confirm(
            t("customers.erase_title"),
            *(line((row, "bold")) for row in (company, display_phone(self._phone)) if row),
            line(""),
            *(line(row) for row in wrap(t("customers.erase_what"), _QUESTION)),
            *(line((row, "$text-warning")) for row in wrap(t("customers.erase_stays"), _QUESTION)),
        )
        if not await self.app.push_screen_wait(question):
            return

        def done(erased: ErasedView) -> None:
            if self.is_active:
                self.app.pop_screen()
            if isinstance(self.app.screen, Page):
                self.app.screen.say(t("customers.erased", records=erased.records), "good")

        in_background(self, lambda: self.book.erasures.erase(self._phone), done, self.refused)
