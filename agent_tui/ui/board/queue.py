"""A queue: what waits, a row each; Enter does what the row asks for, digits act on its agent as on the board."""

from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from agent_tui.book import Book
from agent_tui.book.customers.lists import Offered
from agent_tui.i18n import t
from agent_tui.readings import AskedView, DifferView, EntryView, MeetingItem, ProposalView, TwiceView, WeekView
from agent_tui.ui.board.acting import ActingPage
from agent_tui.ui.board.commands import first_to_go, spare
from agent_tui.ui.board.doing import (
    answering,
    attending,
    closing,
    customers,
    differing,
    guiding,
    judging,
    payments,
    points,
    proposing,
)
from agent_tui.ui.board.doing.writing import Who, choose
from agent_tui.ui.board.queue_item import Item
from agent_tui.ui.board.queue_items import about, items, open_days
from agent_tui.ui.board.wording import call_text
from agent_tui.ui.cards.screen import card_rows
from agent_tui.ui.commands import bindings, command
from agent_tui.ui.customers.rows import known_so_far
from agent_tui.ui.kit.dialogs import Choice
from agent_tui.ui.kit.fetched import FetchedPage
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.long_text import LongText
from agent_tui.ui.kit.page import Plain, titled
from agent_tui.ui.kit.phone import display_phone
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Column, Row, Table
from agent_tui.ui.kit.text import spread
from agent_tui.ui.kit.when import moment
from agent_tui.views import CallView, CardView
from shared_rules.dates import days_of_week, month_end, week_of

_TICK_S = 20.0


class QueueScreen(ActingPage, FetchedPage[dict[str, Item]]):
    """The rows of one routine by key, anew whenever the book changes; the cursor stays on its row."""

    scope = "board.queue"
    is_queue = True
    CSS = """
    QueueScreen Table { margin: 0 1; }
    QueueScreen StatusLine { height: auto; max-height: 3; text-wrap: wrap; text-overflow: fold; }
    QueueScreen #none { padding: 1 2; height: 1fr; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("board.queue")

    def __init__(self, book: Book, name: str, at: str = "") -> None:
        """`at` is the agent on whose first row the cursor begins."""
        super().__init__(book)
        self.queue = name
        self._at = at
        self.week = book.read.this_week()
        """The week that is reviewed."""

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        yield Table(_columns(), id="items")
        yield Plain(t("board.reading"), id="none")
        yield LongText(id="whole")
        yield StatusLine()
        yield HintLine(self.scope, first_to_go=first_to_go(self.scope), spare=spare(self.scope))

    def on_mount(self) -> None:
        self.query_one(Table).display = self.query_one("#whole").display = False
        self.query_one(StatusLine).rest(
            (t(f"queues.queue_{self.queue}_rest", key=command("board.queue.pay").label), "$text-muted")
        )
        if self.queue == "lists":
            self.book.customers.start()
        # What is due grows by itself.
        self.set_interval(_TICK_S, self.read)
        self._draw_header()

    @property
    def settled(self) -> bool:
        return super().settled and not self._reads_customers()

    def fetch(self) -> dict[str, Item]:
        return {item.key: item for item in items(self.book, self.queue, self.week)}

    def draw(self, view: dict[str, Item]) -> None:
        table, none = self.query_one(Table), self.query_one("#none", Plain)
        table.show([_row(item) for item in view.values()])
        if self._at:
            table.move_to(next((item.key for item in view.values() if item.who and item.who.agent == self._at), ""))
            self._at = ""
        table.display = bool(view)
        none.display = not view
        none.show(t("board.reading" if self._reads_customers() else f"queues.queue_{self.queue}_none"))
        # Without a row Enter is the screen's.
        if not view or self.focused is None:
            self.set_focus(table if view else None)
        self._draw_header()
        self._draw_row()

    def _reads_customers(self) -> bool:
        """Whether the lists are not known yet: the customers are read when they are first asked for."""
        return self.queue == "lists" and not self.book.customers.ready

    def _draw_header(self) -> None:
        count = t("queues.queue_count", n=len(self.view)) if self.view else ""
        if self.queue == "lists":
            count = known_so_far(self.book.customers) or count
        title = f"{t(f'queues.queue_{self.queue}')} {about(self.book, self.queue, self.week)}".rstrip()
        self.query_one("#header", Plain).show(spread(self.size.width - 2, title, moment(self.book.now()), count))

    # ---- what is under the cursor ----

    def item(self) -> Item | None:
        """The row under the cursor."""
        key = self.query_one(Table).cursor_key
        return self.view.get(key) if self.view and key is not None else None

    def who(self) -> Who | None:
        item = self.item()
        return item.who if item else None

    def call(self) -> CallView | None:
        item = self.item()
        return item.thing.call if item and isinstance(item.thing, MeetingItem) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "act":
            return self.is_mounted and (self.item() is not None or self.queue in ("cards", "lists"))
        if action in ("earlier", "later"):
            return self.queue == "week" and (action == "earlier" or self.week < self.book.read.this_week())
        return super().check_action(action, parameters)

    # ---- keys ----

    def on_table_selected(self) -> None:
        self.action_act()

    def on_table_highlighted(self) -> None:
        self.query_one(HintLine).refresh()
        self._draw_row()

    def on_resize(self) -> None:
        self._draw_header()

    def _draw_row(self) -> None:
        """The row under the cursor in full, which the table cuts."""
        panel, item = self.query_one("#whole", LongText), self.item()
        panel.display = item is not None
        if item is None:
            return
        titled(panel, f"{t(f'queues.kind_{item.kind}')}  {item.who.named if item.who else ''}".rstrip())
        card = item.thing if isinstance(item.thing, CardView) else None
        said = [f"{card.event}  {card.on}", *card_rows(card)] if card else [item.what]
        panel.show([*said, item.detail] if item.detail else said, least=3, most=max(3, self.size.height // 2))

    def action_earlier(self) -> None:
        """To the week before, for whom Friday missed."""
        self._turn(-1)

    def action_later(self) -> None:
        self._turn(1)

    def _turn(self, by: int) -> None:
        self.week = week_of(days_of_week(self.week)[0] + timedelta(weeks=by))
        self.read()

    @work
    async def action_act(self) -> None:
        if self.queue == "cards":
            await self._cards()
        elif (item := self.item()) is not None and item.kind != "list":
            await self._act(item)
        elif self.queue == "lists":
            from agent_tui.ui.customers.lists import ListsScreen  # noqa: PLC0415 - loads when first shown

            self.app.push_screen(ListsScreen(self.book))

    async def _act(self, item: Item) -> None:
        thing, who = item.thing, item.who
        if isinstance(thing, AskedView):
            await answering.answer(self, self.book, thing.days)
        elif isinstance(thing, EntryView):
            await judging.rule_on(self, self.book, thing)
        elif isinstance(thing, ProposalView):
            await proposing.decide(self, self.book, thing)
        elif isinstance(thing, DifferView):
            await differing.settle(self, self.book, thing)
        elif isinstance(thing, TwiceView):
            await self._twice(thing)
        elif isinstance(thing, MeetingItem):
            await self._meeting_item(thing)
        elif isinstance(thing, Offered) and who is not None:
            await customers.handover(self, self.book, who, thing)
        elif isinstance(thing, WeekView) and who is not None:
            await guiding.week(self, self.book, who, thing)
        elif who is None:
            self.nothing_here()
        else:
            await self._about(item.kind, who)

    async def _twice(self, thing: TwiceView) -> None:
        if thing.phone:
            await payments.amend_payment(self, self.book, thing.phone, display_phone(thing.phone))
        else:
            self.say(t("queues.twice_by_id", id=thing.id), "warning")

    async def _about(self, kind: str, who: Who) -> None:
        match kind:
            case "device":
                self.open_queue("devices")
            case "absent":
                await points.points(self, self.book, who)
            case "roll" | "noted":
                await attending.attendance(self, self.book, who)
            case "stay":
                await closing.release(self, self.book, who)
            case "unconfirmed":
                await self._confirm_days(who)
            case "statement":
                self.action_pay()
            case _:
                await closing.confirm(self, self.book, who)

    async def _confirm_days(self, who: Who) -> None:
        """The open days of an agent's month: one of them in full, or all of them with one confirmation."""
        days = [view.day for view in open_days(self.book, who.agent, max(who.day, self._month_end(who.day)))]
        first = replace(who, day=days[0]) if days else who
        choices = [
            Choice("first", t("queues.confirm_first", day=first.day), digit="1"),
            Choice("see", t("queues.see_first", day=first.day), digit="2"),
        ]
        if len(days) > 1:
            choices.append(Choice("all", t("queues.confirm_all", n=len(days)), digit="3"))
        chosen = await choose(self, t("queues.open_days_title", who=who.named), choices)
        if chosen == "all":
            await closing.confirm_all(self, self.book, who, days)
        elif chosen == "first":
            await closing.confirm(self, self.book, first)
        elif chosen == "see":
            self.open_day(first)

    def _month_end(self, day: date) -> date:
        today = self.book.today()
        return today if (day.year, day.month) == (today.year, today.month) else month_end(day)

    async def _meeting_item(self, thing: MeetingItem) -> None:
        if thing.call is None:
            self.nothing_here()
            return
        who = Who(thing.agent, thing.name, thing.call.day)
        chosen = await choose(
            self,
            f"{who.named}  {call_text(thing.call)}",
            [
                Choice("coach", t("queues.meeting_coach"), digit="1"),
                Choice("open", t("queues.meeting_open"), digit="2"),
                Choice("verify", t("queues.meeting_verify"), digit="3"),
            ],
        )
        if chosen == "coach":
            await guiding.coach(self, self.book, who, thing.call)
        elif chosen == "verify":
            await judging.verify(self, self.book, who, thing.call)
        elif chosen == "open":
            self.show_record(thing.call)

    async def _cards(self) -> None:
        item = self.item()
        choices = [
            Choice("card", t("queues.card_new"), digit="1"),
            Choice("notice", t("queues.notice_new"), digit="2"),
        ]
        if item is not None:
            taken = "card_take_back" if isinstance(item.thing, CardView) else "notice_take_back"
            choices.append(Choice("back", t(f"queues.{taken}"), item.what, digit="3"))
            if isinstance(item.thing, CardView):
                choices.append(Choice("change", t("queues.card_change"), item.what, digit="4"))
        match await choose(self, t("queues.queue_cards"), choices):
            case "card":
                await guiding.card(self, self.book)
            case "notice":
                await guiding.notice(self, self.book)
            case "change" if item is not None:
                await guiding.card(self, self.book, item.thing)
            case "back" if item is not None and isinstance(item.thing, CardView):
                await guiding.take_card_back(self, self.book, item.thing.id, item.thing.event)
            case "back" if item is not None:
                await guiding.take_notice_back(self, self.book, item.thing)


def _columns() -> tuple[Column, ...]:
    return (
        Column("kind", t("queues.item_column_kind"), 6, grows=True, whole=True),
        Column("agent", t("board.column_agent"), 5),
        Column("name", t("board.column_name"), 8, grows=True, whole=True, yields=1),
        Column("what", t("queues.item_column_what"), 26, grows=True, whole=True),
        Column("detail", t("queues.item_column_detail"), 12, grows=True),
    )


def _row(item: Item) -> Row:
    return Row(
        item.key,
        {
            "kind": (t(f"queues.kind_{item.kind}"), "alert" if item.alert else "muted"),
            "agent": item.who.agent if item.who else "",
            "name": item.who.name if item.who else "",
            "what": item.what,
            "detail": item.detail,
        },
    )
