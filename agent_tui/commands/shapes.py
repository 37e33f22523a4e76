"""The shapes of `--json`: what the book shows, with the keys that scripts rely on.

Times are ISO 8601 with offset, money is yuan as a decimal string.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agent_tui.book.acts import Written
from agent_tui.views import (
    CallView,
    CardView,
    DayView,
    EndView,
    Estimate,
    LedgerEntry,
    LedgerView,
    MemberView,
    SyncView,
    TeamView,
)
from agent_tui.words.statements import line_title
from shared_rules.figures import DayFigures, Pace, PointsBalance, Quota
from shared_rules.money import yuan
from shared_rules.policies.tables import MoneyMode
from shared_rules.records.kinds import whole

if TYPE_CHECKING:
    from agent_tui.readings import (
        DoubtView,
        ProposalView,
        RequestView,
        StatementLineView,
        StatementView,
        SuspectsView,
    )

_COUNTS = ("dials", "connected", "complete", "incomplete", "valid", "leads", "companies")


def day(view: DayView, sync: dict[str, Any]) -> dict[str, Any]:
    """One agent's day, as `status --json` has it. Of a supervisor quota, pace, points and estimate are null."""
    return {
        "agent": view.agent,
        "name": view.name,
        "day": view.day.isoformat(),
        "new_hire_day": view.quota.new_hire_day if view.quota else None,
        "quota": _quota(view.quota),
        **_counts(view.figures),
        "pace": _pace(view.pace),
        "points": _points(view.points),
        "estimate": _estimate(view.estimate),
        "sync": sync,
    }


def _counts(figures: DayFigures) -> dict[str, int]:
    return {name: getattr(figures, name) for name in _COUNTS}


def _quota(quota: Quota | None) -> dict[str, int] | None:
    if quota is None:
        return None
    return {"calls": quota.calls, "leads": quota.leads, "reduced_minutes": quota.reduced_minutes}


def _pace(pace: Pace | None) -> dict[str, Any] | None:
    if pace is None:
        return None
    forecast = pace.forecast_calls.isoformat(timespec="seconds") if pace.forecast_calls else None
    return {"due_calls": pace.due_calls, "gap_calls": pace.gap_calls, "forecast_made_at": forecast}


def _estimate(estimate: Estimate | None) -> dict[str, str] | None:
    return None if estimate is None else {"total": yuan(estimate.total), "fines": yuan(estimate.fines)}


def _points(points: PointsBalance | None) -> dict[str, int] | None:
    if points is None:
        return None
    return {"balance": points.balance, "to_bonus": points.to_bonus, "to_penalty": points.to_penalty}


def sync(view: SyncView) -> dict[str, Any]:
    """The sync of this machine."""
    last_ok = view.last_ok.isoformat(timespec="seconds") if view.last_ok else None
    return {"pending": view.pending, "last_ok": last_ok, "error": view.error}


def team(view: TeamView, now: Any, suspects: "Iterable[SuspectsView]" = ()) -> dict[str, Any]:
    """The board, as `team --json` has it. What another desk has still to send is not known here: pending is null.

    The reasons of a suspect are codes, the gravest first. Of a colleague at an agent's desk quota, pace, points,
    estimate and state are null: they are sealed to others.
    """
    found = {
        one.agent: [{"id": each.call.id, "reasons": [why.code for why in each.reasons]} for each in one.suspects]
        for one in suspects
    }
    agents = []
    for agent in view.agents:
        age = agent.data_age_s
        heard = None if age is None else (now - timedelta(seconds=age)).isoformat(timespec="seconds")
        agents.append(
            {
                **day(agent, {"pending": None, "last_ok": heard, "error": None}),
                "state": agent.state if agent.readable else None,
                "data_age_s": age,
                "must_stay": agent.must_stay,
                "suspects": found.get(agent.agent, []),
            }
        )
    totals = view.totals
    return {
        "team": view.team_name,
        "day": view.day.isoformat(),
        "agents": agents,
        "totals": {
            **{name: getattr(totals, name) for name in _COUNTS},
            "quota": {"calls": totals.quota_calls, "leads": totals.quota_leads},
            "pace": {"gap_calls": totals.gap_calls, "gap_leads": totals.gap_leads},
            "must_stay": totals.must_stay,
        },
    }


def ledger(view: LedgerView, mode: MoneyMode) -> dict[str, Any]:
    """A month's ledger, as `ledger --json` has it."""
    return {
        "agent": view.agent,
        "month": view.month,
        "balance": view.balance,
        "entries": [ledger_entry(entry, mode) for entry in view.entries],
    }


def ledger_entry(entry: LedgerEntry, mode: MoneyMode) -> dict[str, Any]:
    """One entry. A fine is negative in `yuan`, as it is in the handbook's table, beside the signed points.

    What the money mode hides is null.
    """
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "on": entry.on.isoformat(),
        "rule": entry.rule,
        "points": entry.points if mode != "off" else None,
        "yuan": yuan(-entry.fen) if mode == "estimate" else None,
        "by": entry.by,
        "note": entry.note,
        "evidence": entry.evidence,
        "state": entry.state,
        "repeats": entry.repeats,
    }


def written(view: Written) -> dict[str, Any]:
    """What an act wrote: the record's id, kind, person and time, then what it says. An amount is yuan."""
    content = dict(view.content)
    if "fen" in content:
        content["yuan"] = yuan(content.pop("fen"))
    return {"id": view.id, "kind": view.kind, "agent": view.agent, "at": view.at.isoformat(), **content}


def card(view: CardView) -> dict[str, Any]:
    """A talk card in use, as `card list --json` has it."""
    return {
        "id": view.id,
        "by": view.by,
        "at": view.at.isoformat(),
        "event": view.event,
        "on": view.on.isoformat(),
        "objection": view.objection,
        "reframe": view.reframe,
        "question": view.question,
        "used": {"calls": view.uses.calls, "leads": view.uses.leads},
        "without": {"calls": view.without.calls, "leads": view.without.leads},
    }


def proposal(view: "ProposalView", mode: MoneyMode) -> dict[str, Any]:
    """What the program proposes, as `proposals --json` has it; null for what the money mode hides."""
    what = view.what
    return {
        "id": view.id,
        "agent": view.agent,
        "name": view.name,
        "on": what.on.isoformat(),
        "reason": what.reason,
        "minutes": what.minutes,
        "rule": what.rule,
        "points": what.points if mode != "off" else None,
        "yuan": yuan(-what.fen) if mode == "estimate" else None,
        "evidence": what.evidence,
        "state": what.state,
    }


def request(view: "RequestView") -> dict[str, Any]:
    """A request for leave or a visit, as `requests --json` has it."""
    answer = view.answer
    return {
        "id": view.id,
        "agent": view.agent,
        "name": view.name,
        "at": view.at.isoformat(),
        "type": view.type,
        "on": view.on.isoformat(),
        "minutes": view.minutes,
        "text": view.text,
        "sick": view.sick,
        "note": view.note,
        "state": view.state,
        "granted": view.granted,
        "answer": None if answer is None else {"id": answer.id, "by": answer.by, "text": answer.text},
        "faults": list(view.faults),
    }


def statement(view: "StatementView") -> dict[str, Any]:
    """A month's statement, as `pay --json` has it. Quantity by rate is the amount: payments are a sum and its share."""
    limits = view.limits
    return {
        "agent": view.agent,
        "month": view.month,
        "until": view.until.isoformat(),
        "estimate": True,
        "lines": [_statement_line(line) for line in view.lines],
        "total": yuan(view.total),
        "limits": {
            "gross": yuan(limits.gross),
            "deductions": yuan(limits.deductions),
            "twenty_percent": yuan(limits.twenty_percent),
            "minimum_wage": None if limits.minimum_wage is None else yuan(limits.minimum_wage),
            "deductible": yuan(limits.deductible),
            "not_deductible": yuan(limits.not_deductible),
            "payable": yuan(limits.payable),
        },
        "doubts": [
            {
                "id": one.id,
                "kind": one.kind,
                "on": one.on.isoformat(),
                "yuan": _doubted(one),
                "grade": one.grade or None,
                "rule": one.rule or None,
                "reason": one.reason,
                "record": one.record,
                "owner": one.owner,
            }
            for one in view.doubts
        ],
    }


def _doubted(one: "DoubtView") -> str | None:
    """What a payment brings, or a ledger entry fines; nothing of a signature."""
    return None if one.kind == "grade_step" else yuan(one.fen if one.kind == "payment" else -one.fen)


def _statement_line(view: "StatementLineView") -> dict[str, Any]:
    line = view.line
    share = line.rule == "pay.payments"
    return {
        "id": view.id,
        "rule": line.rule,
        "title": line_title(view),
        "quantity": yuan(line.quantity) if share else line.quantity,
        "rate": f"{(line.rate / 100).normalize():f}",
        "amount": yuan(line.fen),
        "disputed": line.disputed,
        "unconfirmed": line.unconfirmed,
        "cause": line.cause or None,
        "on": line.on.isoformat() if line.on else None,
        "entry": line.entry or None,
    }


def member(view: MemberView) -> dict[str, Any]:
    """One device and its person, as `members --json` has it. `words` are the four words of one that waits, as far as
    they were worked out; `asked` the hire date in its request, where that is not the person's.
    """
    return {
        "writer": view.writer,
        "id": view.id,
        "name": view.name,
        "role": view.role,
        "hired": view.hired.isoformat(),
        "state": view.state,
        "words": list(view.words),
        "asked": view.asked.isoformat() if view.asked else None,
    }


def ended(view: MemberView, end: EndView) -> dict[str, Any]:
    """What ending a device, or a person's, came to: how many records more count (below 0: fewer), and the days that are
    confirmed and whose figures changed.
    """
    return {**member(view), "records": end.records, "confirmed": [day.isoformat() for day in end.confirmed]}


def call(view: CallView) -> dict[str, Any]:
    """A call and whether it counts, as `log --json` has it."""
    return {
        "id": view.id,
        "agent": view.agent,
        "day": view.day.isoformat(),
        "started_at": view.started_at.isoformat(),
        "at": view.at.isoformat(),
        "outcome": view.outcome,
        "interest": view.interest,
        "grade": view.grade,
        "duration_s": view.duration_s,
        "follow_up": view.follow_up.isoformat() if view.follow_up else None,
        "customer": view.customer and whole(view.customer),
        "valid": view.valid,
        "lead": view.lead,
        "missing": list(view.missing),
        "why_not": view.why_not,
        "late": view.late,
        "corrected": view.corrected,
        "pending": view.pending,
    }
