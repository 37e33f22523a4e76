"""What the program tells of a made-up team beside what the oracle tells."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from agent_tui.book import Book
from tests.oracle import calls, days, guiding, ledgers, months, policies, weeks
from tests.oracle.events import Story

COUNTS = ("dials", "connected", "complete", "incomplete", "valid", "leads", "companies")
LIMITS = ("gross", "deductions", "deductible", "not_deductible")


def told_day(book: Book, agent: str, day: date) -> dict[str, object]:
    view = book.day(agent, day)
    assert view.quota is not None and view.points is not None
    return {
        **{name: getattr(view.figures, name) for name in COUNTS},
        "quota": (view.quota.calls, view.quota.leads),
        "workday": view.workday,
        "closed": view.closed,
        "fine": view.shortfall.fen if view.shortfall else 0,
    }


def oracle_day(story: Story, agent: str, day: date, now: datetime) -> dict[str, object]:
    return {
        **calls.day_figures(story, agent, day),
        "quota": days.quota(story, agent, day),
        "workday": policies.is_workday(story, agent, day),
        "closed": days.is_closed(story, agent, day, now),
        "fine": months.half_away(days.shortfall(story, agent, day)),
    }


def told_now(book: Book, agent: str, now: datetime) -> dict[str, object]:
    view = book.day(agent, now.date())
    assert view.points is not None and view.estimate is not None
    pace = view.pace
    return {
        "pace": pace and (pace.due_calls, pace.gap_calls, pace.due_leads, pace.gap_leads, _second(pace.forecast_calls)),
        "must_stay": view.must_stay,
        "to_bonus": view.points.to_bonus,
        "to_penalty": view.points.to_penalty,
        "estimate": view.estimate.total,
        "new_hire_day": view.quota and view.quota.new_hire_day,
    }


def oracle_now(story: Story, agent: str, now: datetime) -> dict[str, object]:
    day, month = now.date(), f"{now:%Y-%m}"
    points = ledgers.balance(story, agent, month, day)
    figures = calls.day_figures(story, agent, day)
    of_day = days.quota(story, agent, day)
    due = days.due(of_day[0], now), days.due(of_day[1], now)
    gaps = figures["valid"] - due[0], figures["leads"] - due[1]
    pace = due[0], gaps[0], due[1], gaps[1], _second(days.forecast(story, agent, now))
    return {
        "pace": pace if days.is_judged(story, agent, day) else None,
        "must_stay": days.must_stay(story, agent, now),
        "to_bonus": months.to_bonus(story, agent, day, points),
        "to_penalty": months.to_penalty(story, agent, day, points),
        "estimate": months.statement(story, agent, month, now)["total"],
        "new_hire_day": days.new_hire_day(story, agent, day),
    }


def _second(moment: datetime | None) -> str | None:
    return f"{moment:%H:%M:%S}" if moment else None


def told_week(book: Book, agent: str, week: str) -> dict[str, object]:
    view = book.read.week(agent, week)
    names = ("dials", "valid", "leads", "companies", "workdays", "quota_days")
    plan, review = view.plan, view.review
    return {
        **{name: getattr(view.figures, name) for name in names},
        "plan": plan and (plan.companies, plan.grades, plan.approved, plan.late),
        "rating": review and review.rating,
    }


def oracle_week(story: Story, agent: str, week: str, now: datetime) -> dict[str, object]:
    return {
        **weeks.week_figures(story, agent, week, now),
        "plan": guiding.plan(story, agent, week),
        "rating": guiding.rating(story, agent, week),
    }


def told_cards(book: Book, ids: Mapping[str, str]) -> dict[str, object]:
    """By the first version of each talk card in use what came of it, and of the calls beside it."""
    keys = {id: key for key, id in ids.items()}
    return {
        min((keys[id] for id in view.versions if id in keys), key=lambda key: int(key.split("-")[1])): (
            *(view.uses.calls, view.uses.leads),
            *(view.without.calls, view.without.leads),
        )
        for view in book.cards()
    }


def told_proposals(book: Book, agent: str) -> list[tuple[str, str, bool]]:
    """What the program proposed: the day, the rule, and whether it is decided."""
    found = book.read.proposals(agent, open_only=False)
    return sorted((str(one.what.on), one.what.rule, one.what.state != "open") for one in found)


def oracle_proposals(story: Story, agent: str, over: Sequence[date]) -> list[tuple[str, str, bool]]:
    """What is to be proposed of the days that are over."""
    return sorted(
        (str(day), rule, weeks.is_decided(story, agent, name))
        for day in over
        for rule, name in weeks.proposals(story, agent, day)
    )


def told_month(book: Book, agent: str, month: str) -> dict[str, object]:
    view = book.read.statement(agent, month)
    ledger = book.ledger(agent, month)
    assert view is not None
    found: dict[str, object] = {}
    for name in ("base", "valid_calls", "grade_a", "grade_b", "payments", "points", "fines"):
        found[f"pay.{name}"] = sum(one.line.fen for one in view.lines if one.line.rule == f"pay.{name}")
    return {
        **found,
        "total": view.total,
        **{name: getattr(view.limits, name) for name in LIMITS},
        "entries": sorted(
            (str(one.on), one.rule, one.points, -one.fen) for one in ledger.entries if one.state != "withdrawn"
        ),
        "balance": ledger.balance,
    }


def oracle_month(story: Story, agent: str, month: str, now: datetime) -> dict[str, object]:
    return {
        **months.statement(story, agent, month, now),
        "entries": [one[:4] for one in ledgers.entries(story, agent, month) if one[4]],
        "balance": ledgers.balance(story, agent, month, min(months.days_of(month)[-1], now.date())),
    }


def unlike(told: Mapping[str, object], oracle: Mapping[str, object]) -> list[str]:
    """What differs, the program's figure first."""
    names = dict.fromkeys((*told, *oracle))
    return [
        f"{name}: {told.get(name)!r} / {oracle.get(name)!r}" for name in names if told.get(name) != oracle.get(name)
    ]
