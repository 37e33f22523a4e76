"""Who is in the team, and the devices that ask to be let in: compared by four words, approved with one key."""

from typing import ClassVar

from msgspec.structs import replace
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from agent_tui.i18n import t
from agent_tui.ui.board import rows
from agent_tui.ui.board.acting import QueuesPage
from agent_tui.ui.board.doing.hiring import correct_hired
from agent_tui.ui.board.doing.leaving import device_text, end_devices
from agent_tui.ui.board.doing.writing import take_back
from agent_tui.ui.commands import bindings
from agent_tui.ui.kit.background import in_background
from agent_tui.ui.kit.dialogs import Confirm
from agent_tui.ui.kit.fetched import FetchedPage
from agent_tui.ui.kit.filling import look
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.page import Plain
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Column, Row, Table
from agent_tui.ui.kit.text import line, spread, width
from agent_tui.ui.kit.when import moment
from agent_tui.views import MemberView

_TICK_S = 2.0
_RANKS = {"waiting": 0, "approved": 1, "left": 2, "ignored": 3}
_ASK = ("waiting", "ignored")


class DevicesScreen(QueuesPage, FetchedPage[dict[str, MemberView]]):
    """The team's devices by name, those that wait first. The words are a slow hash: worked out in the background."""

    scope = "board.devices"
    is_queue = True
    CSS = """
    DevicesScreen Table { margin: 0 1; }
    DevicesScreen StatusLine { height: auto; max-height: 3; text-wrap: wrap; text-overflow: fold; }
    DevicesScreen #none { padding: 1 2; height: 1fr; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("board.devices")

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        yield Table(_columns(0), id="members")
        yield Plain(t("board.devices_reading"), id="none")
        yield StatusLine()
        yield HintLine(self.scope)

    def on_mount(self) -> None:
        self.query_one(Table).focus()
        self.query_one(Table).display = False
        self.query_one(StatusLine).rest(t("board.devices_rest"))
        self.set_interval(_TICK_S, self._tick)
        self._draw_header()

    def on_resize(self) -> None:
        self._draw_header()

    def _tick(self) -> None:
        """The clock goes on and the folder comes and goes without a change in the book."""
        if self.is_current:
            self._draw_header()

    def _draw_header(self) -> None:
        title = t("board.devices_title", team=self.book.identity.team_name)
        share = rows.offline(self.book.sync_view().offline_since, self.book.now())
        self.query_one("#header", Plain).show(spread(self.size.width - 2, title, moment(self.book.now()), share))

    def fetch(self) -> dict[str, MemberView]:
        wrote = self.book.members.wrote()
        found = [replace(one, wrote=wrote.get(one.writer)) for one in self.book.members.all(words=True)]
        found.sort(key=lambda member: (_RANKS[member.state], member.id, member.writer))
        return {member.writer: member for member in found}

    def draw(self, view: dict[str, MemberView]) -> None:
        members = view.values()
        table = self.query_one(Table)
        focus_first = not table.rows
        own = self.book.identity.writer
        last = {member.writer: _words(member, own) for member in members}
        table.set_columns(_columns(max(map(width, last.values()), default=0)))
        table.show([_row(member, last[member.writer]) for member in members])
        table.display = bool(members)
        if focus_first:
            table.focus()
        none = self.query_one("#none", Plain)
        none.show(t("board.devices_empty"))
        none.display = not members

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        states = [member.state for member in (self.view or {}).values()]
        if action == "approve":
            return any(state in _ASK for state in states)
        if action == "ignore":
            return "waiting" in states
        if action in ("hired", "leaves"):
            return any(state not in _ASK for state in states)
        return super().check_action(action, parameters)

    @property
    def _current(self) -> MemberView | None:
        """The device under the cursor."""
        return (self.view or {}).get(self.query_one(Table).cursor_key or "")

    def on_table_selected(self) -> None:
        self.action_approve()

    @work(exclusive=True)
    async def action_approve(self) -> None:
        member = self._current
        if member is None:
            return
        who = {"agent": member.id, "name": member.name}
        if member.state not in _ASK:
            self.say(t("board.devices_not_waiting", **who), "warning")
            return
        words = member.words or await look(self, lambda: self.book.members.words(member.writer))
        if not words:
            return
        other = t("board.devices_confirm_hired", asked=member.asked.isoformat()) if member.asked else ""
        chief = t("board.devices_confirm_supervisor") if member.role == "supervisor" else ""
        question = Confirm(
            t("board.devices_confirm_title"),
            line(t("board.devices_confirm_who", hired=member.hired.isoformat(), **who)),
            *(line((told, "$text-warning")) for told in (chief, other) if told),
            line(""),
            line(t("board.devices_confirm_words")),
            line(("  " + "  ".join(words), "bold $primary")),
            line(""),
            line((t("board.devices_confirm_else"), "$text-warning")),
        )
        if not await self.app.push_screen_wait(question):
            return

        def done(_: MemberView) -> None:
            self.say(t("board.devices_done", **who), "good")
            others = (
                one for one in (self.view or {}).values() if one.state == "waiting" and one.writer != member.writer
            )
            if following := next(others, None):
                self.query_one(Table).move_to(following.writer)

        in_background(self, lambda: self.book.members.approve(member.writer), done, self.refused)

    def action_ignore(self) -> None:
        member = self._current
        if member is None:
            return
        who = {"agent": member.id, "name": member.name}
        if member.state != "waiting":
            self.say(t("board.devices_not_waiting", **who), "warning")
            return
        said = t("board.devices_ignored", **who)
        in_background(
            self, lambda: self.book.members.ignore(member.writer), lambda _: self.say(said, "good"), self.refused
        )

    @work(exclusive=True)
    async def action_hired(self) -> None:
        if (member := self._current) is not None:
            await correct_hired(self, self.book, member)

    @work(exclusive=True)
    async def action_leaves(self) -> None:
        if (member := self._current) is not None:
            await end_devices(self, self.book, member)

    @work(exclusive=True)
    async def action_undo(self) -> None:
        await take_back(self, self.book)


def _words(member: MemberView, own: str) -> str:
    """The four words of a device that asks; of one that is in, by what it is told from others of its person."""
    if member.state in _ASK:
        return " ".join(member.words)
    return t("board.devices_own") if member.writer == own else device_text(member)


def _columns(words: int) -> tuple[Column, ...]:
    """The columns; `words` is the room for the longest four words, which are never cut."""
    return (
        Column("state", t("board.devices_state"), 8),
        Column("agent", t("board.devices_agent"), 6),
        Column("name", t("board.devices_name"), 10, grows=True),
        Column("role", t("board.devices_role"), 10, drop=2),
        Column("hired", t("board.devices_hired"), 10, drop=1),
        Column("words", t("board.devices_words"), max(words, 10)),
    )


def _row(member: MemberView, words: str) -> Row:
    waiting = member.state == "waiting"
    return Row(
        member.writer,
        {
            "state": (t(f"board.devices_state_{member.state}"), "warn" if waiting else "muted"),
            "agent": member.id,
            "name": member.name,
            "role": t(f"board.devices_role_{member.role}"),
            "hired": member.hired.isoformat(),
            "words": (words, "plain" if member.state in _ASK else "muted"),
        },
    )
