"""What a customer paid: entered, moved to another agent, taken back."""

from functools import partial

from agent_tui.book import Book
from agent_tui.book.acts import Written
from agent_tui.book.acts.dealing import payment_of
from agent_tui.book.acts.supervisor import SupervisorActs
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.readings import PaymentView
from agent_tui.ui.board.doing.writing import Who, choose, confirmed, day_fault, day_text, money, the_day, write
from agent_tui.ui.kit.colleagues import colleagues
from agent_tui.ui.kit.dialogs import Blank, Choice, Wrong, numbered
from agent_tui.ui.kit.filling import fill_in_tried, look
from agent_tui.ui.kit.page import Page
from agent_tui.words.statements import owner_texts
from shared_rules.money import grouped

_BACK = "0"
_IN_QUESTION = {
    "void": "doing.call_fell",
    "false": "doing.call_fell",
    "other": "doing.call_fell",
    "twice": "doing.entered_twice",
}


async def payment(page: Page, book: Book, who: Who, phone: str, told: str) -> None:
    """Enter a payment or a refund for the agent; `told` is how the customer is named."""

    def enter(acts: SupervisorActs, values: dict[str, str]) -> Written:
        on = the_day(values, book.today())
        return acts.payment(phone, values["amount"], on, agent=who.agent, note=values["note"])

    asked = await fill_in_tried(
        page,
        f"{t('doing.payment')}  {told}",
        [
            Blank("amount", t("doing.amount")),
            Blank("on", t("doing.day"), book.today().isoformat()),
            Blank("note", t("doing.note")),
        ],
        lambda values: _amount_fault(values) or day_fault(values, book.today()),
        partial(enter, book.supervisor.trial),
    )
    if asked is None:
        return
    on, fen = the_day(asked, book.today()), payment_of(asked["amount"])
    owner = await look(page, lambda: book.read.owner(phone, on))
    notes = owner_texts(owner, who.agent) if owner else []
    noted = t("board.points_confirm_note", note=asked["note"]) if asked["note"] else ""
    if await confirmed(page, t("doing.payment_confirm"), who.named, told, money(fen), day_text(on), noted, *notes):
        await write(
            page,
            book,
            partial(enter, book.supervisor, asked),
            t("doing.paid", who=who.named, phone=told, amount=money(fen)),
        )


def _amount_fault(values: dict[str, str]) -> str:
    try:
        payment_of(values["amount"])
    except Problem as problem:
        return Wrong(str(problem), "amount")
    return ""


async def amend_payment(page: Page, book: Book, phone: str, told: str) -> None:
    """Move a payment of the customer to another agent, or take it back."""
    known = await look(page, lambda: book.read.payments(phone))
    if known is None:
        return
    if not known:
        page.say(t("doing.no_payment", phone=told), "warning")
        return
    titles = [Choice(one.id, _title(book, one), _doubts(one) or one.note) for one in known]
    id = await choose(page, f"{t('doing.payments')}  {told}", numbered(titles))
    paid = next((one for one in known if one.id == id), None)
    if paid is None:
        return
    people = await look(page, lambda: colleagues(book.members.all(), paid.agent))
    if people is None:
        return
    back = Choice(_BACK, t("doing.payment_back"), digit=_BACK)
    others = (Choice(agent, t("doing.payment_to", to=f"{agent} {name}")) for agent, name in people.items())
    to = await choose(page, _title(book, paid), [back, *numbered(others, "123456789")])
    if to == _BACK:
        await _take_back(page, book, phone, told, paid)
    elif to is not None:
        await _move(page, book, phone, told, paid, f"{to} {people[to]}", to)


async def _take_back(page: Page, book: Book, phone: str, told: str, paid: PaymentView) -> None:
    if await look(page, lambda: book.supervisor.trial.withdraw(paid.id)) is None:
        return
    if await confirmed(page, t("doing.payment_back_confirm"), told, _title(book, paid)):
        amount = grouped(paid.fen)
        await write(
            page,
            book,
            lambda: book.supervisor.withdraw(paid.id),
            t("doing.payment_gone", phone=told, paid=_title(book, paid)),
            lambda _: lambda: book.supervisor.payment(phone, amount, paid.on, agent=paid.agent, note=paid.note),
        )


async def _move(page: Page, book: Book, phone: str, told: str, paid: PaymentView, who: str, to: str) -> None:
    if await look(page, lambda: book.supervisor.trial.move_payment(phone, paid.id, to)) is None:
        return
    refund = t("doing.payment_with_refund", amount=money(paid.refund)) if paid.refund else ""
    if await confirmed(
        page,
        t("doing.payment_move_confirm"),
        told,
        _title(book, paid),
        refund,
        f"{book.members.named(paid.agent)} -> {who}",
    ):
        await write(
            page,
            book,
            lambda: book.supervisor.move_payment(phone, paid.id, to),
            t("doing.payment_moved", phone=told, amount=money(paid.fen), to=who),
            lambda written: lambda: book.supervisor.move_payment(phone, written.id, paid.agent),
        )


def _doubts(one: PaymentView) -> str:
    return t("ui.between").join(dict.fromkeys(t(_IN_QUESTION[reason]) for reason in one.doubts))


def _title(book: Book, one: PaymentView) -> str:
    return f"{day_text(one.on)}  {money(one.fen)}  {book.members.named(one.agent)}"
