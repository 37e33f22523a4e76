"""What one entry holds: a frozen value, so that an undo, a parked entry and a draft are just earlier values kept."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Literal, get_args

import msgspec
from msgspec.structs import replace

from agent_tui.book import CallEntry
from agent_tui.ui.desk.rules import FormRules
from agent_tui.views import CallView
from shared_rules.phones import parse_phone, typed_phone
from shared_rules.records.parts import Customer
from shared_rules.text import plain

Source = Literal["typed", "pasted", "loaded", "known", "preset"]
"""Where an answer comes from: the person, a pasted line, the next number, the known customer, the outcome."""

FIELDS = (
    "phone", "outcome", "company", "contact", "title", "department", "headcount", "it_status", "interest", "note",
    "follow_up",
)  # fmt: skip
"""In the order of the screen, which is the order of the walk."""

CUSTOMER = ("company", "contact", "title", "department", "headcount", "it_status")
"""What a known number fills in."""

CHOSEN = ("outcome", "interest")
"""Fields that take a digit and nothing else."""

FOLLOW_UP_FORMAT = "%Y-%m-%d %H:%M"

_LONGEST = timedelta(hours=1)
"""What lies longer than this lay there: over lunch, over night, over a weekend. No call lasts so long."""


def identity(phone: str) -> str:
    """What makes two ways to write a number one: E.164 where it is usable, else the plain text."""
    parsed = parse_phone(phone)
    return parsed.e164 if parsed else plain(phone)


class Known(msgspec.Struct, frozen=True):
    """What own records tell of a number before it is called."""

    customer: Customer
    spoken: bool
    """Whether a conversation with it ever took place."""
    called_today: datetime | None = None
    listed: tuple[datetime, str] | None = None
    """Since when it is on the do-not-call list, and who listed it."""


class Answer(msgspec.Struct, frozen=True):
    value: str
    source: Source = "typed"


class Correcting(msgspec.Struct, frozen=True):
    """The call that an entry puts right, and what it says so far."""

    id: str
    before: CallEntry


_NONE: Mapping[str, Answer] = MappingProxyType({})


class Sheet(msgspec.Struct, frozen=True):
    """An entry at one moment. `number` is the identity looked up last; `passed` are fields left empty on purpose."""

    answers: Mapping[str, Answer] = msgspec.field(default_factory=lambda: _NONE)
    focus: str = "phone"
    passed: frozenset[str] = frozenset()
    number: str = ""
    known: Known | None = None
    started_at: datetime | None = None
    kept_start: datetime | None = None
    """The start that a draft told, where the clock was put back to before it and the entry begins anew."""
    aside: bool = False
    """It lay aside or was taken back, so the time since its start tells nothing about the call."""
    correcting: Correcting | None = None
    card: str = ""
    """The talk card marked as used."""

    def value(self, name: str) -> str:
        """The value of a field; empty where there is none."""
        answer = self.answers.get(name)
        return answer.value if answer else ""

    def put(self, name: str, value: str, source: Source = "typed") -> "Sheet":
        """With a value; an empty one that nobody gave is no answer."""
        answers = dict(self.answers)
        if value or name in answers:
            answers[name] = Answer(value, source)
        return replace(self, answers=MappingProxyType(answers), passed=self.passed - {name})

    def without(self, *sources: Source) -> "Sheet":
        """Without the answers that came from there."""
        kept = {name: answer for name, answer in self.answers.items() if answer.source not in sources}
        return replace(self, answers=MappingProxyType(kept))

    def fill(self, values: Mapping[str, str], source: Source) -> "Sheet":
        """With values in the fields that have none."""
        sheet = self
        for name, value in values.items():
            if value and not sheet.value(name):
                sheet = sheet.put(name, value, source)
        return sheet

    @property
    def untouched(self) -> bool:
        """Nothing was answered yet but the number."""
        return not any(answer.source == "typed" for name, answer in self.answers.items() if name != "phone")

    @property
    def worth_keeping(self) -> bool:
        """Whether anything stands here that may not be lost."""
        if self.correcting:
            return not self.untouched
        return bool(self.value("phone").strip()) or not self.untouched

    def lay(self, now: datetime) -> bool:
        """Whether the time since the call started is none that a call takes; the clock may have been put back too."""
        return self.started_at is not None and not timedelta() <= now - self.started_at <= _LONGEST

    def waited(self, now: datetime) -> bool:
        """Whether its number was loaded, and has waited since for somebody to call it."""
        phone = self.answers.get("phone")
        loaded = phone is not None and phone.source == "loaded" and not (self.aside or self.correcting)
        return loaded and self.untouched and self.lay(now)

    def elapsed(self, now: datetime) -> int | None:
        """Whole seconds since the call started; None where they tell nothing about the call."""
        if self.started_at is None or self.lay(now):
            return None
        return int((now - self.started_at).total_seconds())

    # ---- as a call ----

    def entry(self, rules: FormRules, follow_up: datetime | None, now: datetime) -> CallEntry:
        """What is recorded when it is saved now. The outcome must be there."""
        interest, grade = rules.interested(self.value("interest"))
        before = self.correcting.before if self.correcting else None
        duration = before.duration_s if before else None if self.aside else self.elapsed(now)
        return CallEntry(
            phone=self.value("phone").strip(),
            outcome=self.value("outcome"),
            interest=interest,
            grade=grade,
            company=self.value("company").strip(),
            contact=self.value("contact").strip(),
            title=self.value("title").strip(),
            department=self.value("department").strip(),
            headcount=self.value("headcount").strip(),
            it_status=self.value("it_status").strip(),
            note=self.value("note").strip(),
            follow_up=follow_up,
            # A clock that was put back since is no reason to refuse it.
            started_at=before.started_at if before else min(self.started_at or now, now),
            duration_s=duration,
            imported=before.imported if before else False,
            card=self.card or None,
        )

    # ---- as a draft ----

    def draft(self) -> dict[str, Any]:
        """As JSON; what is known of the number is looked up anew."""
        return {
            "answers": {name: [answer.value, answer.source] for name, answer in self.answers.items()},
            "passed": sorted(self.passed),
            "number": self.number,
            "started_at": self.started_at.isoformat() if self.started_at else None,
            "corrects": self.correcting.id if self.correcting else None,
            "card": self.card,
        }


def from_draft(draft: Mapping[str, Any]) -> Sheet:
    """The sheet of a draft; fields and sources that this program does not know are left out. Raises ValueError,
    TypeError, KeyError or AttributeError for something that is no draft.
    """
    answers = {
        name: Answer(str(value), source)
        for name, (value, source) in draft["answers"].items()
        if name in FIELDS and source in get_args(Source)
    }
    started = draft["started_at"]
    return Sheet(
        answers=MappingProxyType(answers),
        focus="outcome" if draft["number"] else "phone",
        passed=frozenset(draft["passed"]) & frozenset(FIELDS),
        number=str(draft["number"]),
        started_at=datetime.fromisoformat(started) if started else None,
        aside=True,
        card=str(draft.get("card", "")),
    )


def from_call(call: CallView, rules: FormRules) -> Sheet:
    """The sheet that puts a recorded call right; it comes to stand on the first field that is missing."""
    customer = call.customer or Customer()
    phone = typed_phone(customer.phone, customer.extension)
    due = call.follow_up
    before = CallEntry(
        phone=phone,
        outcome=call.outcome,
        interest=call.interest,
        grade=call.grade,
        follow_up=due,
        note=customer.note,
        started_at=call.started_at,
        duration_s=call.duration_s,
        **{name: getattr(customer, name) for name in CUSTOMER},
    )
    values = {
        "phone": phone,
        "outcome": call.outcome,
        **{name: getattr(customer, name) for name in CUSTOMER},
        "interest": rules.interest_value(call.interest, call.grade),
        "note": customer.note,
        "follow_up": due.astimezone(call.started_at.tzinfo).strftime(FOLLOW_UP_FORMAT) if due else "",
    }
    missing = [name for name in FIELDS if name in call.missing]
    sheet = Sheet(
        focus=missing[0] if missing else "outcome",
        number=identity(phone),
        started_at=call.started_at,
        aside=True,
        correcting=Correcting(call.id, before),
    )
    return sheet.fill(values, "loaded")


def known_values(known: Known | None) -> dict[str, str]:
    """What a known number fills in."""
    return {name: getattr(known.customer, name) for name in CUSTOMER} if known else {}
