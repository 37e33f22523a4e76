"""Whether an agent was at a meeting or a training: the roll, as it is called at 17:00 or put right on a later day."""

from collections.abc import Sequence
from functools import partial
from typing import get_args

from agent_tui.book import Book
from agent_tui.book.acts import Written
from agent_tui.book.acts.supervisor import SupervisorActs
from agent_tui.i18n import t
from agent_tui.readings import AttendanceView
from agent_tui.ui.board.doing.writing import Who, choose, day_fault, the_day, write
from agent_tui.ui.kit.dialogs import Blank, Choice, numbered
from agent_tui.ui.kit.filling import fill_in_tried, look
from agent_tui.ui.kit.page import Page
from shared_rules.records.parts import Meeting, Presence

MEETINGS: tuple[Meeting, ...] = get_args(Meeting)
_STATES: tuple[Presence, ...] = get_args(Presence)


async def attendance(page: Page, book: Book, who: Who) -> None:
    """Choose the meeting, then whether the agent was there; what is written last of a day holds."""
    known = await look(page, lambda: [one for one in book.read.attendance(who.day) if one.agent == who.agent])
    if known is None:
        return
    meeting = await _meeting(page, book, who, known)
    state = await _state(page, who, meeting) if meeting else None
    if meeting is None or state is None:
        return

    def enter(acts: SupervisorActs, values: dict[str, str]) -> Written:
        return acts.attendance(who.agent, meeting, the_day(values, book.today()), state, values["text"])

    asked = await fill_in_tried(
        page,
        f"{who.named}  {_what(meeting, state)}",
        [Blank("on", t("doing.day"), who.day.isoformat()), Blank("text", t("doing.note"))],
        lambda values: day_fault(values, book.today()),
        partial(enter, book.supervisor.trial),
    )
    if asked is not None:
        await write(
            page,
            book,
            partial(enter, book.supervisor, asked),
            t("doing.attended", who=who.named, day=f"{the_day(asked, book.today()):%m-%d}", what=_what(meeting, state)),
        )


async def _meeting(page: Page, book: Book, who: Who, known: Sequence[AttendanceView]) -> Meeting | None:
    told = {
        one.meeting: " ".join(part for part in (_state_text(one.state), book.members.named(one.by), one.text) if part)
        for one in known
    }
    choices = numbered(
        Choice(meeting, t(f"deeds.meeting_{meeting}"), told.get(meeting, t("doing.not_noted"))) for meeting in MEETINGS
    )
    chosen = await choose(page, t("doing.attend_title", who=who.named), choices)
    return next((meeting for meeting in MEETINGS if meeting == chosen), None)


async def _state(page: Page, who: Who, meeting: Meeting) -> Presence | None:
    choices = numbered(Choice(state, _state_text(state)) for state in _STATES)
    chosen = await choose(page, f"{who.named}  {t(f'deeds.meeting_{meeting}')}", choices)
    return next((state for state in _STATES if state == chosen), None)


def attendance_text(known: Sequence[AttendanceView]) -> str:
    """What is noted of an agent's meetings of a day: 例会 迟到、培训 出席."""
    return t("ui.between").join(_what(one.meeting, one.state) for one in known) or t("doing.not_noted")


def _what(meeting: str, state: str) -> str:
    return f"{t(f'deeds.meeting_{meeting}')} {_state_text(state)}"


def _state_text(state: str) -> str:
    return t(f"deeds.state_{state}")
