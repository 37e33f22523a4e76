"""Facts for tests, made as a book would make them, with tags that a test can read."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from shared_rules.folding.agent_fold import AgentFold
from shared_rules.folding.facts import Fact, told_number
from shared_rules.folding.locks import named
from shared_rules.policies.policy import builtin
from shared_rules.records import entries, kinds, parts

ZONE = ZoneInfo("Asia/Shanghai")
AGENT = "A017"
CHIEF = "S001"
DESK = "a" * 16
BOARD = "s" * 16
DAY = date(2026, 11, 23)  # a Monday
NEXT = DAY + timedelta(days=1)
POLICY = builtin()
T = TypeVar("T")
COMPLETE = ("company", "contact", "title", "phone", "note")


def clock(hour: int, minute: int = 0, second: int = 0, day: date = DAY) -> datetime:
    """An instant of `day` in the team's zone."""
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=ZONE)


def make(form: type[parts.Part], **members: Any) -> Any:
    """What would be read of a record."""
    return form(**members)


def fact(
    kind: str,
    body: Any,
    id: str,
    *,
    author: str = AGENT,
    agent: str = AGENT,
    writer: str = DESK,
    seq: int = 1,
    at: datetime | None = None,
    tag: str | None = None,
) -> Fact:
    """A record by `author` about `agent`."""
    at = at or clock(12)
    told = told_number(author, kind, id, at.isoformat(), repr(body).encode())
    return Fact(kind, author, id, writer, seq, at, agent, body, told, tag)


def call_body(
    number: str | None = "1",
    *,
    start: datetime | None = None,
    outcome: str = "talked",
    filled: tuple[str, ...] = COMPLETE,
    interest: str | None = None,
    company: str | None = "c",
    duration_s: int | None = None,
) -> Any:
    """A call to the number with the tag `number`, at the company with the tag `company`."""
    return make(
        kinds.Call,
        outcome=outcome,
        interest=interest,
        filled=filled,
        phone_tag=number.zfill(16) if number is not None else None,
        company_tag=company.zfill(16) if company is not None else None,
        started_at=start or clock(10),
        duration_s=duration_s,
    )


def call(id: str, number: str | None = "1", *, seq: int = 1, writer: str = DESK, **members: Any) -> Fact:
    """A call, written two minutes after it began."""
    body = call_body(number, **members)
    return fact("call", body, id, seq=seq, writer=writer, at=body.started_at + timedelta(minutes=2))


def about(id: str, author: str = AGENT, day: date = DAY) -> Any:
    """What a record is about."""
    return make(parts.About, author=author, id=id, day=day)


def correction(id: str, of: str, body: Any, *, at: datetime | None = None, **members: Any) -> Fact:
    """A correction of the call `of`."""
    replaces = members.pop("replaces", ())
    return fact(
        "correction", make(kinds.Correction, about=about(of), replaces=replaces, call=body), id, at=at, **members
    )


def void(id: str, of: str, *, at: datetime | None = None, **members: Any) -> Fact:
    """A withdrawal of the call `of`."""
    replaces = members.pop("replaces", ())
    return fact("void", make(kinds.Void, about=about(of), replaces=replaces), id, at=at, **members)


def verdict(id: str, of: str, *, false: bool = True, at: datetime | None = None, **members: Any) -> Fact:
    """A supervisor's verdict about the call `of`."""
    replaces = members.pop("replaces", ())
    body = make(entries.VerdictSecret, about=about(of), false=false, replaces=replaces)
    return fact("verdict", body, id, author=CHIEF, at=at, **members)


def points(id: str, rule: str, points: int, fen: int = 0, on: date = DAY, **members: Any) -> Fact:
    """An entry of the ledger."""
    return fact(
        "points", make(entries.PointsSecret, rule=rule, on=on, points=points, fen=fen), id, author=CHIEF, **members
    )


def away(
    id: str,
    minutes: int,
    type: str = "visit",
    on: date = DAY,
    leads: int | None = None,
    answers: str | None = None,
    **members: Any,
) -> Fact:
    """Approved leave or a visit; `answers` names a request."""
    request = about(answers, AGENT, on) if answers else None
    body = make(entries.TimeAwaySecret, type=type, on=on, minutes=minutes, leads=leads, request=request)
    return fact("time_away", body, id, author=CHIEF, **members)


def excuse(id: str, day: date = DAY) -> Fact:
    """An excused shortfall."""
    return fact("excuse", make(entries.ExcuseSecret, day=day, reason="…"), id, author=CHIEF)


def read_to(writer: str, last: int, first: int = 1) -> Any:
    """What a confirmation says of a segment it read: the lines `first` to `last` of `writer`."""
    return make(entries.Settled, name=f"{writer}-000001.jsonl", length=1, sha256="0" * 64, first=first, last=last)


def confirm(id: str, day: date = DAY, read: Sequence[Fact] = (), *, policy: str = "", **members: Any) -> Fact:
    """A day confirmed, with the records that were read."""
    body = make(
        entries.ConfirmSecret,
        day=day,
        segments=tuple(read_to(one.writer, one.seq, one.seq) for one in read),
        records=named(one.told for one in read),
        policy=policy,
        replaces=members.pop("replaces", ()),
    )
    return fact("confirm", body, id, author=CHIEF, writer=members.pop("writer", BOARD), **members)


def naming(story: Sequence[Fact]) -> list[Fact]:
    """A story in which each confirmation names the records of the story that lie in the segments it read."""
    return [_naming(one, story) if one.kind == "confirm" else one for one in story]


def _naming(confirmed: Fact, story: Sequence[Fact]) -> Fact:
    spans = [(one.name[:16], one.first, one.last) for one in confirmed.body.segments]
    read = [fact.told for fact in story for writer, first, last in spans
            if fact.writer == writer and first <= fact.seq <= last]  # fmt: skip
    return replace(confirmed, body=replace(confirmed.body, records=named(read)))


def appeal(id: str, of: str, *, day: date = DAY, **members: Any) -> Fact:
    """An appeal against the entry `of`."""
    body = make(entries.AppealSecret, about=about(of, CHIEF, day), text="…")
    return fact("appeal", body, id, **members)


def ruling(id: str, of: str, *, upheld: bool, day: date = DAY, answers: str | None = None, **members: Any) -> Fact:
    """A ruling on the entry `of`."""
    replaces = members.pop("replaces", ())
    body = make(
        entries.RulingSecret, about=about(of, CHIEF, day), upheld=upheld, appeal=answers, replaces=replaces, text="…"
    )
    return fact("ruling", body, id, author=CHIEF, **members)


def withdrawal(id: str, of: str, kind: str, *, by: str = CHIEF, author: str = CHIEF, **members: Any) -> Fact:
    """A record of `author` taken back by `by`."""
    body = make(entries.WithdrawalSecret, about=about(of, author), kind_of=kind)
    return fact("withdrawal", body, id, author=by, **members)


def step(id: str, step: str, grade: str = "A", *, number: str = "1", on: date = DAY, **members: Any) -> Fact:
    """A step to the grade of the customer with that number."""
    secret = {name: members.pop(name) for name in ("brought", "raises") if name in members}
    body = make(entries.GradeStepSecret, step=step, grade=grade, on=on, by="老王", **secret)
    return fact("grade_step", body, id, author=CHIEF, tag=number.zfill(16), **members)


def payment(id: str, fen: int, *, on: date = DAY, **members: Any) -> Fact:
    """What a customer paid."""
    body = make(entries.PaymentSecret, fen=fen, on=on)
    return fact("payment", body, id, author=CHIEF, tag="1".zfill(16), **members)


def request(id: str, type: str = "leave", *, on: date = DAY, minutes: int = 60, **members: Any) -> Fact:
    """A written request."""
    secret = {name: members.pop(name) for name in ("sick", "note") if name in members}
    return fact("request", make(entries.RequestSecret, type=type, on=on, minutes=minutes, **secret), id, **members)


def refusal(id: str, of: str, *, on: date = DAY, **members: Any) -> Fact:
    """A request refused."""
    return fact("refusal", make(entries.RefusalSecret, about=about(of, AGENT, on)), id, author=CHIEF, **members)


def fold_of(*facts: Fact) -> AgentFold:
    """The fold of the agent in which these were taken."""
    fold = AgentFold(AGENT, ZONE)
    for one in facts:
        fold.add(one)
    return fold


def in_both_orders(facts: Sequence[Fact], ask: Callable[[AgentFold], T]) -> T:
    """What is asked of the fold of these facts: the same, whichever of them came first."""
    forwards, backwards = (ask(fold_of(*order)) for order in (facts, facts[::-1]))
    assert forwards == backwards
    return forwards
