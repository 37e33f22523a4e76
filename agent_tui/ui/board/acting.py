"""A page whose rows are about agents: what each digit does, on every such page alike."""

from typing import ClassVar

from textual import work

from agent_tui.book import Book
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.ui.board.doing.writing import Who, take_back
from agent_tui.ui.kit.page import Page
from agent_tui.views import CallView

# The actions that need an agent under the cursor.
_ABOUT = frozenset({"verify", "points", "excuse", "confirm", "away", "grade", "appeal", "release", "ledger", "pay"})


class QueuesPage(Page):
    """A page from which the queues are opened; one that is itself among them gives way to the next."""

    book: Book
    is_queue: ClassVar[bool] = False

    @work
    async def action_queues(self) -> None:
        from agent_tui.ui.board.queue_items import choose_queue  # noqa: PLC0415 - loads when first shown

        name = await choose_queue(self, self.book)
        if name is not None:
            self.open_queue(name)

    def open_queue(self, name: str, at: str = "") -> None:
        """Open a queue by its name, or what stands in its place; the cursor on the first row of the agent `at`."""
        from agent_tui.ui.board.queue import QueueScreen  # noqa: PLC0415 - likewise

        match name:
            case "devices":
                from agent_tui.ui.board.devices import DevicesScreen  # noqa: PLC0415 - likewise

                if not isinstance(self, DevicesScreen):
                    self._go_to(DevicesScreen(self.book))
            case "export":
                self.export()
            case _:
                self._go_to(QueueScreen(self.book, name, at))

    def _go_to(self, queue: Page) -> None:
        if self.is_queue:
            self.app.switch_screen(queue)
        else:
            self.app.push_screen(queue)

    @work
    async def export(self) -> None:
        """Write a report as a spreadsheet."""
        from agent_tui.ui.board.doing.exporting import export  # noqa: PLC0415 - likewise

        await export(self, self.book)


class ActingPage(QueuesPage):
    """Digits act on the agent under the cursor, and on the call under it where the rows are calls."""

    def who(self) -> Who | None:
        """The agent and the day under the cursor."""
        raise NotImplementedError

    def call(self) -> CallView | None:
        """The call under the cursor, where rows are calls."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _ABOUT:
            return self.is_mounted and self.who() is not None
        return super().check_action(action, parameters)

    @work
    async def action_verify(self) -> None:
        from agent_tui.ui.board.doing.judging import verify  # noqa: PLC0415 - an act loads when first done

        if (who := self.who()) is None:
            return
        if (call := self.call()) is not None:
            await verify(self, self.book, who, call)
        else:
            self.open_day(who, "verify")

    @work
    async def action_points(self) -> None:
        from agent_tui.ui.board.doing.points import points  # noqa: PLC0415 - likewise

        if (who := self.who()) is not None:
            await points(self, self.book, who, call=self.call())

    @work
    async def action_excuse(self) -> None:
        from agent_tui.ui.board.doing.closing import excuse  # noqa: PLC0415 - likewise

        if (who := self.who()) is not None:
            await excuse(self, self.book, who)

    @work
    async def action_confirm(self) -> None:
        from agent_tui.ui.board.doing.closing import confirm  # noqa: PLC0415 - likewise

        if (who := self.who()) is not None:
            await confirm(self, self.book, who)

    @work
    async def action_away(self) -> None:
        from agent_tui.ui.board.doing.answering import away  # noqa: PLC0415 - likewise

        if (who := self.who()) is not None:
            await away(self, self.book, who)

    @work
    async def action_grade(self) -> None:
        from agent_tui.ui.board.doing.customers import customer  # noqa: PLC0415 - likewise

        if (who := self.who()) is not None:
            call = self.call()
            await customer(self, self.book, who, call.customer if call else None)

    @work
    async def action_appeal(self) -> None:
        from agent_tui.ui.board.doing.judging import appeal  # noqa: PLC0415 - likewise

        if (who := self.who()) is not None:
            await appeal(self, self.book, who)

    @work
    async def action_release(self) -> None:
        from agent_tui.ui.board.doing.closing import release  # noqa: PLC0415 - likewise

        if (who := self.who()) is not None:
            await release(self, self.book, who)

    @work
    async def action_meeting(self) -> None:
        from agent_tui.ui.board.doing.guiding import flag  # noqa: PLC0415 - likewise

        who, call = self.who(), self.call()
        if who is not None and call is not None:
            await flag(self, self.book, who, call)
        else:
            self.open_queue("meeting", who.agent if who else "")

    @work
    async def action_undo(self) -> None:
        await take_back(self, self.book)

    def action_ledger(self) -> None:
        from agent_tui.ui.points.screen import PointsScreen  # noqa: PLC0415 - loads when first shown

        if (mode := self.book.policy().money.mode) == "off":
            self.say(str(Problem("points.hidden", mode=mode)), "warning")
        elif (who := self.who()) is not None:
            self.app.push_screen(PointsScreen(self.book, who.agent))

    def action_pay(self) -> None:
        from agent_tui.ui.pay.screen import PayScreen  # noqa: PLC0415 - loads when first shown

        if (who := self.who()) is not None:
            self.app.push_screen(PayScreen(self.book, who.agent))

    @work
    async def show_record(self, call: CallView) -> None:
        """The call under the cursor in full, and what is to be done about it."""
        from agent_tui.ui.board.record import RecordView  # noqa: PLC0415 - loads when first shown

        if act := await self.app.push_screen_wait(RecordView(self.book, call, self.scope)):
            await self.run_action(act)

    def open_day(self, who: Who, show: str = "all") -> None:
        """Open an agent's day; `show` is one of the filters of that screen."""
        from agent_tui.ui.board.day import AgentDayScreen  # noqa: PLC0415 - loads when first shown

        self.app.push_screen(AgentDayScreen(self.book, who.agent, who.day, show))

    def nothing_here(self) -> None:
        """Say that there is nothing to do with what is under the cursor."""
        self.say(t("queues.queue_nothing"), "warning")
