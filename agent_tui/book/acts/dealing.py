"""What a supervisor records of a customer: the steps to a grade, payments, whose it is, a first visit, do not call."""

import re
from datetime import date
from typing import Any

from msgspec.structs import replace

from agent_tui.book.acts.base import acts, short, text_of
from agent_tui.book.acts.supervising import Supervising
from agent_tui.book.customers.giving import as_lead
from agent_tui.book.customers.ownership import of_customer, owner_of, ownership, paid_by, tags_of
from agent_tui.book.folding.do_not_call import NAMED
from agent_tui.book.numbers import e164
from agent_tui.book.place.pen import Draft
from agent_tui.book.records.looking import about, load_supervisors
from agent_tui.errors import Problem
from agent_tui.i18n import t
from shared_rules.folding.facts import Fact, written
from shared_rules.grades import signatures
from shared_rules.money import grouped
from shared_rules.phones import typed_phone
from shared_rules.records.entries import (
    GradeStep,
    GradeStepSecret,
    Owner,
    OwnerSecret,
    Payment,
    PaymentSecret,
    VisitReport,
    VisitReportSecret,
    Withdrawal,
    WithdrawalSecret,
)
from shared_rules.records.kinds import DoNotCall
from shared_rules.records.parts import About, Customer, Grade, Step
from shared_rules.text import plain

_BEFORE_SIGNING: tuple[Step, ...] = ("visited", "file")
_AMOUNT = re.compile(r"([+-]?)(\d{1,11}|\d{1,3}(?:,\d{3}){1,3})(?:\.(\d{1,2}))?", re.ASCII)


class Dealing(Supervising):
    """Acts about a customer, each under the key of the agent whose customer it is."""

    @acts
    def payment(self, phone: str, amount: str, on: date, *, agent: str | None = None, note: str = "") -> list[Draft]:
        """What a customer paid, in yuan as people write it. It is the owner's of that day.

        A refund is negative, and at most what the customer paid. The same amount of a day is recorded twice only where
        the note tells one from the other.
        """
        self._need_supervisor()
        fen = payment_of(amount)
        self._not_to_come(on)
        owner, tag, rests_on = self._whose(phone, on, agent)
        tags, note = tags_of(self._session, e164(phone)), text_of(note)
        load_supervisors(self._session, on)
        alike = _alike(of_customer(self._session, tags, "payment"), fen, on)
        for fact in alike:
            if note in ("", fact.body.note):
                raise Problem("acts.paid", phone=typed_phone(phone), day=on, amount=grouped(fen), **self._told(fact))
        if fen < 0 and -fen > (paid := paid_by(self._session, tags)):
            raise Problem("acts.refund", phone=typed_phone(phone), refund=grouped(-fen), paid=grouped(paid))
        secret = PaymentSecret(fen=fen, on=on, note=note, rests_on=rests_on, beside=tuple(fact.id for fact in alike))
        return [self._draft(owner, Payment(phone_tag=tag), secret)]

    @acts
    def move_payment(self, phone: str, id: str, agent: str) -> list[Draft]:
        """A payment of the customer entered for another agent, whom a supervisor names, and taken back from its own.

        So are the refunds that would be left without it.
        """
        self._need_supervisor()
        tags = tags_of(self._session, e164(phone))
        load_supervisors(self._session)
        known = of_customer(self._session, tags, "payment")
        paid = next((fact for fact in known if fact.id == id), None)
        if paid is None:
            raise Problem("acts.no_such_payment", phone=typed_phone(phone), id=id)
        self._whose(phone, paid.body.on, agent)
        if paid.agent == agent:
            raise Problem("acts.payment_there", agent=agent)
        self._about(paid.agent)
        refunds = refunds_along(known, paid)
        if paid.body.fen > 0 > paid.body.fen + sum(refund.body.fen for refund in refunds):
            last = refunds[-1].body
            raise Problem("acts.refund_of_several", amount=grouped(-last.fen), day=last.on, record=refunds[-1].id)
        return [draft for fact in (paid, *refunds) for draft in self._moved(phone, fact, agent, tags[agent], known)]

    def _moved(self, phone: str, paid: Fact, agent: str, tag: str, known: list[Fact]) -> list[Draft]:
        body = paid.body
        _, _, rests_on = self._whose(phone, body.on, agent)
        # It stays marked as distinct from the payments it was distinct from; a doubt about it being a repeat stays too.
        apart = (*body.beside, *(one.id for one in _alike(known, body.fen, body.on) if paid.id in one.body.beside))
        secret = PaymentSecret(fen=body.fen, on=body.on, note=body.note, rests_on=rests_on, beside=apart)
        back = WithdrawalSecret(about=about(paid, body.on), kind_of="payment", text=f"-> {agent}")
        return [
            self._draft(agent, Payment(phone_tag=tag), secret),
            self._draft(paid.agent, Withdrawal(phone_tag=paid.tag), back),
        ]

    @acts
    def grade_step(
        self, phone: str, step: Step, grade: Grade, *, by: str = "", on: date | None = None, agent: str | None = None
    ) -> list[Draft]:
        """One of the three steps that make a customer A or B. A signature needs the other two, and the salesman."""
        self._need_supervisor()
        day = on or self._today
        self._not_to_come(day)
        by = short(by)
        owner, tag, rests_on = self._whose(phone, day, agent)
        tags = tags_of(self._session, e164(phone))
        known = of_customer(self._session, tags, "grade_step")
        if step == "signed":
            if not by:
                raise Problem("acts.needs_salesman")
            missing = [
                t(f"acts.step_{each}")
                for each in _BEFORE_SIGNING
                if not any(fact.body.step == each and fact.body.on <= day for fact in known)
            ]
            if missing:
                raise Problem(
                    "acts.step_missing", phone=typed_phone(phone), day=day, steps=t("ui.between").join(missing)
                )
        self._completes(phone, step, owner, tags)
        for fact in known:
            body = fact.body
            if body.step != step:
                continue
            if step != "signed":
                raise Problem("acts.step_twice", phone=typed_phone(phone), step=t(f"acts.step_{step}"), day=body.on)
            # A letter before another is the better grade: B is raised to A, nothing else.
            if body.grade <= grade:
                raise Problem("acts.graded", phone=typed_phone(phone), grade=body.grade, day=body.on)
        secret = GradeStepSecret(step=step, grade=grade, on=day, by=by)
        if step == "signed":
            brought = _brought([fact for fact in known if fact.agent != owner])
            secret = replace(secret, **brought, rests_on=rests_on)
        return [self._draft(owner, GradeStep(phone_tag=tag), secret)]

    def _completes(self, phone: str, step: Step, owner: str, tags: dict[str, str]) -> None:
        """Refuse what leaves a signature without its steps: signing anew beside it, or recording one of them for
        another agent than the signature's, whose machine could not read it.
        """
        for agent, tag in tags.items():
            for one in signatures(self._session.folds.fold(agent).dossier, tag):
                if one.missing and (step == "signed" or (step in one.missing and agent != owner)):
                    raise Problem(
                        "acts.signature_lacks",
                        phone=typed_phone(phone),
                        grade=one.grade,
                        day=one.fact.body.on,
                        agent=agent,
                        steps=t("ui.between").join(t(f"acts.step_{each}") for each in one.missing),
                    )

    @acts
    def assign(self, phone: str, agent: str, *, on: date | None = None, swap: bool = False) -> list[Draft]:
        """A customer given to an agent from a day on, put on their list, and taken from whose it was."""
        person = self._agent(agent)
        day = on or self._today
        self._not_to_come(day)
        self._there(person, day)
        number = e164(phone)
        tags = tags_of(self._session, number)
        before = owner_of(self._session, number, day)
        if before == agent:
            raise Problem("acts.owned", phone=typed_phone(phone), agent=agent)
        drafts = [
            self._draft(agent, Owner(phone_tag=tags[agent]), OwnerSecret(on=day, gained=True, other=before, swap=swap))
        ]
        if before is not None and before != self._me:
            secret = OwnerSecret(on=day, gained=False, other=agent, swap=swap)
            drafts.append(self._draft(before, Owner(phone_tag=tags[before]), secret))
        return drafts + as_lead(self._session, number, agent, before, self._now)

    @acts
    def visit_report(
        self, phone: str, text: str, *, on: date | None = None, by: str = "", agent: str | None = None
    ) -> list[Draft]:
        """What a first visit brought, for the desk of the customer's agent."""
        self._need_supervisor()
        day = on or self._today
        self._not_to_come(day)
        text = text_of(text, needed="text")
        owner, tag, _ = self._whose(phone, day, agent)
        secret = VisitReportSecret(on=day, text=text, by=short(by))
        return [self._draft(owner, VisitReport(phone_tag=tag), secret)]

    @acts
    def lift(self, phone: str) -> list[Draft]:
        """A number taken off the do-not-call list."""
        self._need_supervisor()
        number = e164(phone)
        keys = self._session.place.tag_keys()
        listings = self._session.folds.listings(keys.team_phone(number)) if keys else []
        if keys is None or not listings:
            raise Problem("acts.not_listed", phone=typed_phone(phone))
        body = DoNotCall(phone_tag=keys.phone(number), team_tag=keys.team_phone(number), listed=False)
        # The later record wins: a listing by a desk whose clock is ahead, or said to be, must not outlast this one. To
        # date this one later still would keep the number from being listed again.
        ahead = [one.id for one in listings if one.at >= self._now]
        lots = [tuple(ahead[start : start + NAMED]) for start in range(0, len(ahead) or 1, NAMED)]
        return [self._draft(self._me, replace(body, replaces=lot), Customer(phone=number)) for lot in lots]

    def _whose(self, phone: str, on: date, agent: str | None) -> tuple[str, str, About | None]:
        """Whose customer a number is on a day (or the agent named), the number's tag under that agent's key, and what
        makes it that agent's.
        """
        number = e164(phone)
        owner, by = ownership(self._session, number, on)
        whose = agent or owner
        if whose is None:
            raise Problem("acts.no_owner", phone=typed_phone(phone), day=on)
        person = self._about(whose)
        if agent is None and person.left and on > person.left:
            raise Problem("acts.owner_left", phone=typed_phone(phone), person=whose, left=person.left)
        self._there(person, on)
        return whose, tags_of(self._session, number)[whose], by if whose == owner else None


def _brought(known: list[Fact]) -> dict[str, Any]:
    """The steps that other agents' records hold, put into a signature: an agent's machine cannot read those."""
    signed: list[Grade] = [fact.body.grade for fact in known if fact.body.step == "signed"]
    steps = tuple(step for step in _BEFORE_SIGNING if any(fact.body.step == step for fact in known))
    return {"brought": steps, "raises": min(signed, default=None)}


def refunds_along(payments: list[Fact], paid: Fact) -> list[Fact]:
    """The refunds that must move with a payment to another agent, the latest first: those written after it which the
    customer's other payments to the agent do not cover. `payments` are all of the customer's that stand.
    """
    left = sum(one.body.fen for one in payments if one.agent == paid.agent and one is not paid)
    later = [one for one in payments if one.agent == paid.agent and one.body.fen < 0 and one.order > paid.order]
    found = []
    for refund in sorted(later, key=written, reverse=True) if paid.body.fen > 0 else ():
        if left < 0:
            found.append(refund)
            left -= refund.body.fen
    return found


def _alike(payments: list[Fact], fen: int, on: date) -> list[Fact]:
    return [fact for fact in payments if (fact.body.fen, fact.body.on) == (fen, on)]


def payment_of(amount: str) -> int:
    """A payment or a refund in fen. Raises Problem for what is neither."""
    fen = fen_of(amount)
    if not fen:
        raise Problem("acts.no_payment")
    return fen


def fen_of(amount: str) -> int:
    """Yuan as people write it, in fen. Raises Problem for what is no amount."""
    found = _AMOUNT.fullmatch(plain(amount))
    if found is None:
        raise Problem("acts.not_an_amount", text=amount)
    sign, yuan, part = found.groups()
    fen = int(yuan.replace(",", "")) * 100 + int((part or "0").ljust(2, "0"))
    return -fen if sign == "-" else fen
