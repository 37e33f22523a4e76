"""What two supervisors answered differently, neither knowing of the other's answer: a request, a proposal, an entry
of the ledger, a call.
"""

from agent_tui.book import Book
from agent_tui.i18n import t
from agent_tui.readings import Answer, DifferView, EntryView, ProposalView, RequestView
from agent_tui.ui.board.doing.answering import request_text
from agent_tui.ui.board.doing.judging import entry_text, rule_on, verify
from agent_tui.ui.board.doing.proposing import proposal_text
from agent_tui.ui.board.doing.writing import Who, choose, confirmed, forget, no_way_back, write
from agent_tui.ui.board.queue_item import Item
from agent_tui.ui.board.wording import call_text
from agent_tui.ui.kit.dialogs import Choice, numbered
from agent_tui.ui.kit.page import Page
from agent_tui.views import CallView


def differing_items(book: Book) -> list[Item]:
    """The rows of what two answered differently."""
    return [
        Item(
            f"differ:{one.answers[0].id}",
            "differ",
            Who(one.agent, one.name, one.on),
            _what(book, one),
            t("ui.semicolon").join(_told(book, answer) for answer in one.answers),
            True,
            one,
        )
        for one in book.read.differing()
    ]


async def settle(page: Page, book: Book, view: DifferView) -> None:
    """Take one of the answers back; the other counts. An entry is ruled on once more and a call verified once more, as
    no ruling and no verdict is taken back.
    """
    if isinstance(view.what, EntryView):
        await rule_on(page, book, view.what)
        return
    who, what = Who(view.agent, view.name, view.on), _what(book, view)
    if isinstance(view.what, CallView):
        await verify(page, book, who, view.what)
        return
    choices = numbered(Choice(one.id, _told(book, one)) for one in view.answers)
    id = await choose(page, f"{who.named}  {t('queues.differ_title')}", choices, what)
    answer = next((one for one in view.answers if one.id == id), None)
    if answer is None:
        return
    told = _told(book, answer)
    if await confirmed(page, t("doing.withdraw_title"), who.named, what, told, t("doing.withdraw_means")):
        said = t("doing.withdrawn", who=who.named, day=who.day, what=told)
        if await write(page, book, lambda: book.supervisor.withdraw(answer.id), said, no_way_back):
            forget(book, answer.id)


def _what(book: Book, view: DifferView) -> str:
    match view.what:
        case RequestView():
            return request_text(view.what)
        case ProposalView():
            return proposal_text(book, view.what)
        case CallView():
            return t("queues.item_call", call=call_text(view.what))
    return entry_text(book, view.what)


def _told(book: Book, one: Answer) -> str:
    """S002 赵经理 不批:人手不够(以此为准)."""
    said = t(f"queues.answer_{one.kind}", by=book.members.named(one.by), minutes=one.minutes)
    said = t("ui.of", what=said, text=one.text) if one.text else said
    return said + (t("queues.answer_counts") if one.counts else "")
