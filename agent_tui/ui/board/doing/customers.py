"""A customer of an agent: the steps to a grade, payments, what a visit brought, whose it is."""

from datetime import date, timedelta
from functools import partial

from agent_tui.book import Book
from agent_tui.book.acts import Written
from agent_tui.book.acts.supervisor import SupervisorActs
from agent_tui.book.customers.lists import Offered
from agent_tui.book.records.naming import named
from agent_tui.errors import Problem
from agent_tui.i18n import t
from agent_tui.ui.board.doing.payments import amend_payment, payment
from agent_tui.ui.board.doing.worth import shows_amounts
from agent_tui.ui.board.doing.writing import Who, choose, confirmed, day_fault, day_text, money, needs, the_day, write
from agent_tui.ui.board.wording import interest_text
from agent_tui.ui.kit.dialogs import Blank, Choice, numbered
from agent_tui.ui.kit.filling import fill_in, fill_in_tried, look
from agent_tui.ui.kit.page import Page
from agent_tui.ui.kit.phone import display_phone
from agent_tui.ui.kit.text import safe
from agent_tui.views import CallView
from agent_tui.words.statements import owner_texts
from shared_rules.phones import parse_phone
from shared_rules.records.parts import GRADES, Customer, Grade, Step

_DIGITS = 9
"""So many customers are chosen by digit; 0 is another number."""
_LOOKED_BACK = 14
"""Days, the one in question among them, whose leads are looked through."""
_OTHER = "other"


async def customer(page: Page, book: Book, who: Who, known: Customer | None = None) -> None:
    """Choose a customer of the agent (unless it is known) and what to record of it."""
    whom = known if known is not None and known.phone else await _whom(page, book, who)
    if whom is None:
        return
    told = await look(page, lambda: _steps_told(book, who, whom))
    if told is None:
        return
    chosen = await choose(
        page,
        t("doing.customer_title", phone=_told(whom), who=who.named),
        [
            Choice("visited", t("doing.step_visited"), told["visited"], digit="1"),
            Choice("file", t("doing.step_file"), told["file"], digit="2"),
            Choice("signed_A", t("doing.step_signed", grade="A"), told["signed_A"], digit="3"),
            Choice("signed_B", t("doing.step_signed", grade="B"), told["signed_B"], digit="4"),
            Choice("payment", t("doing.payment"), digit="5"),
            Choice("report", t("doing.visit_report"), digit="6"),
            Choice("assign", t("doing.assign"), digit="7"),
            Choice("payments", t("doing.payments"), digit="8"),
        ],
    )
    match chosen:
        case "visited" | "file":
            await _step(page, book, who, whom, "visited" if chosen == "visited" else "file", "B")
        case "signed_A" | "signed_B":
            await _step(page, book, who, whom, "signed", "A" if chosen == "signed_A" else "B")
        case "payment":
            await payment(page, book, who, whom.phone, _told(whom))
        case "report":
            await _report(page, book, who, whom)
        case "assign":
            await _assign(page, book, who, whom)
        case "payments":
            await amend_payment(page, book, whom.phone, _told(whom))


def _steps_told(book: Book, who: Who, whom: Customer) -> dict[str, str]:
    """Of each step to a grade, when it was recorded; of a signature that was not, what it pays."""
    found = book.read.steps(whom.phone)
    told = {f"signed_{grade}": _pays(book, who, whom, grade, book.today()) for grade in GRADES}
    told |= {"visited": "", "file": ""}
    recorded = {f"{step}_{grade}" if grade else step: day_text(on) for (step, grade), on in found.items()}
    return told | {name: t("doing.step_recorded", day=day) for name, day in recorded.items()}


def _told(whom: Customer) -> str:
    """Whom a question or its answer is about: the company, where it is known, and the number."""
    return f"{whom.company} {display_phone(whom.phone)}".strip()


async def _whom(page: Page, book: Book, who: Who) -> Customer | None:
    """One of the customers likely meant, or that of a number that is typed."""
    found = await look(page, lambda: _likely(book, who))
    if found is None:
        return None
    choices = [
        Choice(
            call.id,
            safe(customer.company or customer.phone),
            "  ".join(part for part in (interest_text(call), customer.contact, _when(call, who), *steps) if part),
        )
        for call, customer, steps in found
    ]
    other = Choice(_OTHER, t("doing.other_number"), digit="0")
    choices = [*numbered(choices[:_DIGITS]), other, *choices[_DIGITS:]]
    chosen = await choose(page, t("doing.customer_which", who=who.named), choices)
    if chosen == _OTHER:
        asked = await fill_in(page, t("doing.other_number"), [Blank("phone", t("board.record_phone"))], _phone_fault)
        return await look(page, lambda: book.lists.customer(asked["phone"])) if asked else None
    return next((customer for call, customer, _ in found if call.id == chosen), None)


def _likely(book: Book, who: Who) -> list[tuple[CallView, Customer, list[str]]]:
    """The agent's leads of the day, and of the two weeks before it those that wait for a grade: a grade is proposed or
    a step recorded, and nothing signed. Each by its latest call, with the steps recorded: first whose steps are begun,
    then A and B as proposed.
    """
    found: dict[str, tuple[int, CallView, Customer, list[str]]] = {}
    for back in range(_LOOKED_BACK):
        for call in book.calls(who.agent, who.day - timedelta(days=back)):
            customer = call.customer
            if customer is None or not call.lead or customer.phone in found:
                continue
            steps = {step for step, _ in book.read.steps(customer.phone)}
            begun = bool(steps) and "signed" not in steps
            if back and not begun and (call.grade is None or "signed" in steps):
                continue
            rank = 0 if begun else {"A": 1, "B": 2}.get(call.grade or "", 3)
            told = [t(f"acts.step_{step}") for step in ("visited", "file", "signed") if step in steps]
            found[customer.phone] = rank, call, customer, told
    return [(call, customer, told) for _, call, customer, told in sorted(found.values(), key=lambda one: one[0])]


def _when(call: CallView, who: Who) -> str:
    return "" if call.day == who.day else f"{call.day:%m-%d}"


def _phone_fault(values: dict[str, str]) -> str:
    return "" if parse_phone(values["phone"]) else str(Problem("errors.no_number", text=values["phone"]))


def _pays(book: Book, who: Who, whom: Customer, grade: Grade, on: date) -> str:
    """What a signature of a day earns the agent; nothing where money is not shown."""
    fen = book.read.signature_pays(whom.phone, grade, on, who.agent) if shows_amounts(book) else 0
    return "+" + money(fen) if fen else ""


async def _step(page: Page, book: Book, who: Who, whom: Customer, step: Step, grade: Grade) -> None:
    signed = step == "signed"
    title = t("doing.step_signed", grade=grade) if signed else t(f"doing.step_{step}")

    def enter(acts: SupervisorActs, values: dict[str, str]) -> Written:
        on = the_day(values, book.today())
        return acts.grade_step(whom.phone, step, grade, by=values["by"], on=on, agent=who.agent)

    today = {"on": book.today().isoformat(), "by": t("doing.salesman")}
    if await look(page, lambda: enter(book.supervisor.trial, today)) is None:
        return  # A step that no day and no salesman would make possible needs no form.
    asked = await fill_in_tried(
        page,
        f"{title}  {_told(whom)}",
        [Blank("on", t("doing.day"), today["on"]), Blank("by", t("doing.salesman"))],
        lambda values: day_fault(values, book.today()) or (needs(values, "by") if signed else ""),
        partial(enter, book.supervisor.trial),
    )
    if asked is None:
        return
    if signed:
        on = the_day(asked, book.today())
        owner = await look(page, lambda: book.read.owner(whom.phone, on))
        pays = await look(page, lambda: _pays(book, who, whom, grade, on))
        if owner is None or pays is None:
            return
        notes = owner_texts(owner, who.agent)
        by = f"{t('doing.salesman')} {asked['by']}"
        rows = [who.named, _told(whom), title, day_text(on), pays, by, *notes]
        if not await confirmed(page, t("doing.step_confirm"), *rows):
            return
    await write(
        page,
        book,
        partial(enter, book.supervisor, asked),
        # A day may be written short: how it was understood is said.
        t("doing.stepped", who=who.named, phone=_told(whom), step=title, day=day_text(the_day(asked, book.today()))),
    )


async def _report(page: Page, book: Book, who: Who, whom: Customer) -> None:
    def enter(acts: SupervisorActs, values: dict[str, str]) -> Written:
        on = the_day(values, book.today())
        return acts.visit_report(whom.phone, values["text"], on=on, by=values["by"], agent=who.agent)

    asked = await fill_in_tried(
        page,
        f"{t('doing.visit_report')}  {_told(whom)}",
        [
            Blank("on", t("doing.day"), book.today().isoformat()),
            Blank("by", t("doing.salesman")),
            Blank("text", t("doing.text")),
        ],
        lambda values: day_fault(values, book.today()) or needs(values, "text"),
        partial(enter, book.supervisor.trial),
    )
    if asked is not None:
        await write(
            page,
            book,
            partial(enter, book.supervisor, asked),
            t("doing.reported", who=who.named, phone=_told(whom), day=day_text(the_day(asked, book.today()))),
        )


async def _assign(page: Page, book: Book, who: Who, whom: Customer) -> None:
    team = await look(page, lambda: book.team(book.today(), money=False))
    if team is None:
        return
    others = [one for one in team.agents if one.agent != who.agent and one.judged]
    chosen = await choose(
        page,
        t("doing.assign_title", phone=_told(whom)),
        numbered(Choice(one.agent, f"{one.agent} {one.name}") for one in others),
    )
    if chosen is None:
        return
    if await look(page, lambda: book.supervisor.trial.assign(whom.phone, chosen)) is None:
        return
    name = next(one.name for one in others if one.agent == chosen)
    rows = [_told(whom), f"{who.named} -> {chosen} {name}", *await _whose(page, book, who, whom)]
    if await confirmed(page, t("doing.assign_confirm"), *rows):
        await write(
            page,
            book,
            lambda: book.supervisor.assign(whom.phone, chosen),
            t("doing.assigned", phone=_told(whom), to=f"{chosen} {name}"),
        )


async def _whose(page: Page, book: Book, who: Who, whom: Customer) -> list[str]:
    """What to know of whose the customer is before it is given away as one of the agent's."""
    owner = await look(page, lambda: book.read.owner(whom.phone, book.today()))
    return owner_texts(owner, who.agent) if owner else []


async def handover(page: Page, book: Book, who: Who, offer: Offered) -> None:
    """A customer offered to a colleague: given, or not. Anybody may offer any number: whose it is, is told."""
    name, to = _told(offer.customer), book.members.named(offer.to)
    chosen = await choose(
        page,
        f"{name}  {who.named} -> {to}",
        [Choice("accept", t("doing.handover_give"), digit="1"), Choice("refuse", t("doing.refuse"), digit="2")],
    )
    if chosen == "accept":
        phone, trial = offer.customer.phone, book.supervisor.trial
        if await look(page, lambda: trial.assign(phone, offer.to)) is None:
            return
        rows = [name, f"{who.named} -> {to}", *await _whose(page, book, who, offer.customer)]
        if await confirmed(page, t("doing.assign_confirm"), *rows):
            await write(
                page,
                book,
                lambda: book.lists.accept(named(offer.agent, offer.id)),
                t("doing.assigned", phone=name, to=to),
            )
    elif chosen == "refuse":
        asked = await fill_in(page, t("doing.refuse"), [Blank("text", t("doing.reason"))], lambda _: "")
        if asked is not None:
            await write(
                page,
                book,
                lambda: book.lists.refuse(named(offer.agent, offer.id), asked["text"]),
                t("doing.refused", who=who.named),
            )
