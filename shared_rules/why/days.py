"""Why a day's figures are what they are."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from shared_rules.calendar import elapsed, is_workday, working_time
from shared_rules.figures import Quota
from shared_rules.folding.call_states import CallState
from shared_rules.hiring import correction
from shared_rules.leave import approvals, away
from shared_rules.ledger import entries
from shared_rules.money import yuan
from shared_rules.pace import pace
from shared_rules.quota import quota, shortfall
from shared_rules.why.derivation import Case, RuleRef, Term, Used, Why, each

_MINUTE = timedelta(minutes=1)


def why_day(case: Case, day: date, figure: str) -> Why | None:
    """The derivation of a figure of a day; None if there is no such figure."""
    make = _FIGURES.get(figure)
    return make(case, day, figure) if make else None


def day_figures() -> tuple[str, ...]:
    """The figures of a day that can be explained."""
    return tuple(_FIGURES)


def _why(
    case: Case,
    day: date,
    figure: str,
    value: object,
    rules: tuple[RuleRef, ...],
    terms: list[Term],
    records: tuple[Used, ...] = (),
) -> Why:
    agent = case.fold.agent
    return Why(
        id=f"day:{agent}:{day}:{figure}",
        subject="figure",
        agent=agent,
        what=figure,
        value=str(value),
        day=day,
        month=f"{day:%Y-%m}",
        rules=rules,
        terms=tuple(terms),
        records=records,
        entered=None,
        confirmed=case.confirmed(day),
    )


def due_figures() -> frozenset[str]:
    """Those of `day_figures` that say what is asked of an agent, which a supervisor does not have."""
    return frozenset(name for name, make in _FIGURES.items() if make in (_quota, _pace, _shortfall))


# ---- calls ----


def _calls(case: Case, day: date) -> list[CallState]:
    return case.fold.calls(day, case.policy_on(day), new_hire=case.new_hire(day))


def _counted(case: Case, states: list[CallState]) -> tuple[Used, ...]:
    return tuple(case.used(state.source, "counts") for state in states)


def _dials(case: Case, day: date, figure: str) -> Why:
    """Dials, conversations, complete or incomplete ones: each is the figure before, less what falls away."""
    states = _calls(case, day)
    reasons = Counter(state.why_not for state in states)
    dialled = [state for state in states if state.why_not not in ("void", "clock", "locked")]
    spoken = [state for state in dialled if state.why_not != "not_spoken"]
    incomplete = [state for state in spoken if state.missing]
    complete = [state for state in spoken if not state.missing]
    found = {"dials": dialled, "connected": spoken, "complete": complete, "incomplete": incomplete}[figure]
    terms = [Term("records", {"n": len(states)})]
    terms += [Term(f"less_{why}", {"n": reasons[why]}) for why in ("void", "clock", "locked") if reasons[why]]
    if figure != "dials":
        terms.append(Term("less_not_spoken", {"n": reasons["not_spoken"]}))
    if figure == "complete":
        terms.append(Term("less_incomplete", {"n": len(incomplete)}))
    if figure == "incomplete":
        fields = Counter(field for state in incomplete for field in state.missing)
        terms.append(Term("less_complete", {"n": len(complete)}))
        terms += [Term("lacks", {"field": field, "n": n}) for field, n in fields.most_common()]
    rules = case.rules(case.policy_on(day), "validity") if figure in ("complete", "incomplete") else ()
    return _why(case, day, figure, len(found), rules, terms, _counted(case, found))


def _valid(case: Case, day: date, figure: str) -> Why:
    policy, states = case.policy_on(day), _calls(case, day)
    reasons = Counter(state.why_not for state in states)
    figures = case.fold.figures(day, policy, new_hire=case.new_hire(day))
    terms = [Term("complete", {"n": figures.complete}, f"day:{case.fold.agent}:{day}:complete")]
    terms += [Term(f"less_{why}", {"n": reasons[why]}) for why in ("false", "do_not_call", "repeat") if reasons[why]]
    if reasons["locked"]:
        terms.append(Term("beside", {"n": reasons["locked"]}))
    terms += case.apart(day)
    rules = case.rules(
        policy, "validity", *([policy.points.finding or ""] if reasons["false"] and policy.points else [])
    )
    verdicts = [state.verdict for state in states if state.why_not == "false" and state.verdict]
    valid = [state for state in states if state.valid]
    records = _counted(case, valid) + case.all_used(verdicts, "found")
    return _why(case, day, figure, figures.valid, rules, terms, records)


def _leads(case: Case, day: date, figure: str) -> Why:
    policy, states = case.policy_on(day), _calls(case, day)
    found = [state for state in states if state.lead]
    interests = Counter(state.interest or "" for state in found)
    terms = [Term("interest", {"interest": interest, "n": n}) for interest, n in sorted(interests.items())]
    repeated = sum(not state.valid for state in found)
    if repeated:
        terms.append(Term("lead_by_repeat", {"n": repeated}))
    return _why(case, day, figure, len(found), case.rules(policy, "leads", "validity"), terms, _counted(case, found))


def _companies(case: Case, day: date, figure: str) -> Why:
    policy, states = case.policy_on(day), _calls(case, day)
    figures = case.fold.figures(day, policy, new_hire=case.new_hire(day))
    named: dict[str, CallState] = {}
    for state in states:
        spoken = state.why_not not in ("void", "clock", "locked", "not_spoken")
        if spoken and not state.missing and state.company_tag:
            named.setdefault(state.company_tag, state)
    terms = [
        Term("complete", {"n": figures.complete}, f"day:{case.fold.agent}:{day}:complete"),
        Term("distinct_companies", {"n": len(named)}),
    ]
    return _why(case, day, figure, figures.companies, (), terms, _counted(case, list(named.values())))


# ---- quota and what follows ----


def _asked(case: Case, day: date) -> Quota | None:
    gone = away(case.fold.dossier, day)
    return quota(case.policy_on(day), case.hired_on(day), day, gone.minutes, gone.leads)


def _quota(case: Case, day: date, figure: str) -> Why | None:
    policy, asked = case.policy_on(day), _asked(case, day)
    if asked is None:
        return None
    calls = figure == "quota"
    hired_on = case.hired_on(day)
    # A day before the hire date asks what the first day asks.
    new = policy.new_hire_day(hired_on, max(day, hired_on or day))
    usual = quota(policy, hired_on, day)
    assert usual is not None
    base = usual.calls if calls else usual.leads
    terms = [Term("quota_new_hire", {"day": new, "base": base}) if new else Term("quota_standard", {"base": base})]
    ids = ["quota.new_hire" if new else "quota.standard", "quota.new_hire_days"]
    hired, records = _hired(case, day)
    terms += hired
    if asked.reduced_minutes:
        ids.append("quota.visit")
        found = approvals(case.fold.dossier, day)
        records += case.all_used(found, "lowers")
        whole = working_time(policy) // _MINUTE
        terms += [Term(f"away_{fact.body.type}", {"minutes": fact.body.minutes}, fact.id) for fact in found]
        left = whole - asked.reduced_minutes
        if calls:
            exact = f"{base * left / whole:.2f}"
            terms.append(
                Term("quota_share", {"base": base, "left": left, "whole": whole, "exact": exact, "n": asked.calls})
            )
        elif not left:
            terms.append(Term("quota_leads_away"))
        elif asked.leads != base:
            terms.append(Term("quota_leads_lowered", {"n": asked.leads}))
    if not is_workday(policy, day):
        terms.append(Term("no_workday"))
        ids.append("day.workdays")
    elif not case.judged(day):
        terms.append(Term("not_judged"))
    else:
        terms += _first(case, day)
    value = asked.calls if calls else asked.leads
    return _why(case, day, figure, value, case.rules(policy, *ids), terms, records)


def _first(case: Case, day: date) -> list[Term]:
    """Said of the first day on which anything is asked: it is judged whole, however late in it somebody came."""
    return [] if case.judged(day - timedelta(days=1)) else [Term("first_judged")]


def _hired(case: Case, day: date) -> tuple[list[Term], tuple[Used, ...]]:
    """The terms and records for a correction of the hire date, if one holds."""
    corrected = correction(case.fold.dossier)
    if corrected is None:
        return [], ()
    body, since = corrected.body, case.hired_on(day)
    if since != body.hired:
        return [Term("hired_confirmed", {"since": str(since), "hired": str(body.hired)}, corrected.id)], ()
    term = Term("hired_corrected", {"hired": str(body.hired), "by": corrected.author}, corrected.id)
    return [term], case.all_used([corrected], "changes")


def _pace(case: Case, day: date, figure: str) -> Why | None:
    policy, asked = case.policy_on(day), _asked(case, day)
    figures = case.fold.figures(day, policy, new_hire=case.new_hire(day))
    going = pace(policy, asked, figures, day, case.now, case.fold.zone) if case.judged(day) else None
    if going is None or asked is None:
        return None
    gone, whole = elapsed(policy, day, case.now, case.fold.zone) // _MINUTE, working_time(policy) // _MINUTE
    calls = figure == "pace"
    count, quota_ = (figures.valid, asked.calls) if calls else (figures.leads, asked.leads)
    due, gap = (going.due_calls, going.gap_calls) if calls else (going.due_leads, going.gap_leads)
    forecast = going.forecast_calls if calls else going.forecast_leads
    agent = case.fold.agent
    terms = [
        Term("elapsed", {"n": gone, "whole": whole}),
        Term("due", {"quota": quota_, "elapsed": gone, "whole": whole, "n": due}, f"day:{agent}:{day}:quota"),
        Term("gap", {"count": count, "due": due, "n": gap}, f"day:{agent}:{day}:{'valid' if calls else 'leads'}"),
    ]
    if count < quota_ and forecast is not None:
        missing = quota_ - count
        terms.append(Term("forecast", {"missing": missing, "count": count, "elapsed": gone, "at": f"{forecast:%H:%M}"}))
    elif count < quota_:
        terms.append(Term("no_forecast"))
    return _why(case, day, figure, f"{gap:+d}", case.rules(policy, "day.hours"), terms)


def _shortfall(case: Case, day: date, figure: str) -> Why | None:
    policy, asked = case.policy_on(day), _asked(case, day)
    if asked is None or policy.quota is None:
        return None
    rule = policy.quota.shortfall
    figures = case.fold.figures(day, policy, new_hire=case.new_hire(day))
    dossier, agent = case.fold.dossier, case.fold.agent
    today = [one for one in entries(dossier, f"{day:%Y-%m}", case.policy_on) if one.on == day and one.counts]
    clearing = [one for one in today if one.rule in rule.cleared_by]
    excuses = dossier.of("excuse", day) if policy.quota.excuse.on else []
    lacks = shortfall(policy, asked, figures, excused=bool(excuses), rules_of_day=[one.rule for one in today])
    terms, fen = [], lacks.fen
    fined = rule.on and policy.withholds_fines
    for count, quota_, missing, rate, name in (
        (figures.valid, asked.calls, lacks.calls, rule.call, "calls"),
        (figures.leads, asked.leads, lacks.leads, rule.lead, "leads"),
    ):
        figure_of = "valid" if name == "calls" else "leads"
        terms.append(
            Term(f"missing_{name}", {"quota": quota_, "count": count, "n": missing}, f"day:{agent}:{day}:{figure_of}")
        )
        if not fined:
            continue
        if name == "leads" and rule.leads_status == "disabled":
            terms.append(Term("leads_half_off"))
        elif missing:
            terms.append(Term("times", {"n": missing, "rate": each(rate), "amount": yuan(missing * rate)}))
    if not fined:
        terms.append(Term("shortfall_off"))
    terms += [Term("excused", {"by": fact.author, "reason": fact.body.reason}, fact.id) for fact in excuses[:1]]
    terms += [Term("cleared_by", {"rule": one.rule}, one.fact.id) for one in clearing[:1]]
    if not is_workday(policy, day) or not case.judged(day):
        terms.append(Term("no_workday" if case.judged(day) else "not_judged"))
        fen = 0
    elif lacks.calls or lacks.leads:
        terms += _first(case, day)
    closed = day < case.today or case.fold.lock(day) is not None
    terms.append(Term("closed" if case.fold.lock(day) else "unconfirmed" if closed else "expected"))
    records = case.all_used(excuses, "clears") + case.all_used((one.fact for one in clearing), "clears")
    ids = [
        "quota.shortfall",
        *([] if policy.withholds_fines else ["pay.fines"]),
        *(["quota.excuse"] if excuses else []),
    ]
    rules = case.rules(policy, *ids, *(one.rule for one in clearing))
    return _why(case, day, figure, yuan(fen), rules, terms, records)


_FIGURES: dict[str, Callable[[Case, date, str], Why | None]] = {
    "dials": _dials,
    "connected": _dials,
    "complete": _dials,
    "incomplete": _dials,
    "valid": _valid,
    "leads": _leads,
    "companies": _companies,
    "quota": _quota,
    "quota_leads": _quota,
    "pace": _pace,
    "pace_leads": _pace,
    "shortfall": _shortfall,
}
