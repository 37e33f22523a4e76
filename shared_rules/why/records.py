"""Why a record counts or does not: a call, an entry of the ledger, or any other record about the agent."""

from collections.abc import Callable
from datetime import date

from shared_rules.folding.call_states import CallState
from shared_rules.folding.facts import Fact, about_key, local_day
from shared_rules.folding.locks import day_state
from shared_rules.folding.succession import after, before, line_of
from shared_rules.grades import signatures
from shared_rules.hiring import correction
from shared_rules.leave import instead
from shared_rules.ledger import Entry, entries, entry_of, repeats
from shared_rules.money import yuan
from shared_rules.points import day_pay
from shared_rules.why.derivation import Case, Role, Subject, Term, Used, Value, Why, each

# The rule under which each kind of record is made.
_RULES = {
    "request": "leave.late_request", "time_away": "quota.visit", "refusal": "leave.late_request",
    "excuse": "quota.excuse", "hand_in": "day.hand_in", "confirm": "day.hand_in", "release": "day.stay_late",
    "punch": "day.punches", "punch_check": "day.punches", "payment": "pay.payments", "summary": "week.summary",
    "plan": "week.plan", "review": "week.review", "flag": "meet.daily", "coaching": "meet.daily",
    "attendance": "meet.missed", "owner": "list.swap", "handover": "list.swap", "lead": "list.swap",
    "hired": "quota.new_hire_days",
}  # fmt: skip


def why_call(case: Case, state: CallState) -> Why:
    """The derivation of whether a call counts as valid and as a lead."""
    policy = case.policy_on(state.day)
    outcome = policy.outcome(state.outcome)
    spoke = outcome is not None and outcome.spoke
    terms = [Term("outcome_spoke" if spoke else "outcome_silent", {"outcome": state.outcome})]
    if spoke and not state.missing:
        terms.append(Term("all_filled"))
    terms += [Term("field_missing", {"field": field}) for field in state.missing]
    if state.why_not is None:
        terms.append(Term("counts_valid"))
    elif state.why_not not in ("not_spoken", "incomplete"):
        other = _instead(case, state) if state.why_not == "repeat" else None
        terms.append(Term(f"not_{state.why_not}", {"id": other or ""}, other or ""))
    terms.append(Term("counts_lead" if state.lead else "no_lead", {"interest": state.interest or ""}))
    if state.pending:
        terms.append(Term("pending", {"n": len(state.pending)}))
    if state.late:
        terms.append(Term("late_entry", {"at": f"{state.at:%Y-%m-%d %H:%M}"}))
    ids = ["validity", "leads"]
    records = [case.used(state.fact, "record"), *case.all_used(state.history, "changes")]
    verdicts = case.fold.verdicts(state.author, state.id)
    records += case.all_used(verdicts, "found")
    if verdicts and policy.points and policy.points.finding:
        ids.append(policy.points.finding)
        for verdict in verdicts:
            records += case.all_used(case.fold.dossier.all("appeal", verdict.key), "appeal")
            records += case.all_used(case.fold.dossier.all("ruling", verdict.key), "ruling")
    value = "valid" if state.valid else state.why_not or ""
    return _why(case, state.fact, "call", "call", value, state.day, ids, terms, records)


def _instead(case: Case, state: CallState) -> str | None:
    """The call with the same number that counts instead."""
    policy = case.policy_on(state.day)
    calls = case.fold.calls(state.day, policy, new_hire=case.new_hire(state.day))
    return next((one.id for one in calls if one.valid and one.phone_tag == state.phone_tag), None)


def why_entry(case: Case, fact: Fact) -> Why | None:
    """The derivation of the entry that a record makes in the ledger; None if it makes none."""
    entry = entry_of(case.fold.dossier, fact, case.policy_on)
    if entry is None:
        return None
    values: dict[str, Value] = {"rule": entry.rule, "points": f"{entry.points:+d}", "amount": yuan(entry.fen)}
    terms = [Term("entry_values", values)]
    terms += _day_pay(case, entry)
    if entry.fact.kind == "verdict":
        terms.append(Term("evidence_call", {"id": entry.evidence}, entry.evidence))
    elif entry.evidence:
        terms.append(Term("evidence", {"what": entry.evidence}, entry.evidence if _is_record(case, entry) else ""))
    if len(entry.related) > 1:
        terms.append(Term("made_by_several", {"n": len(entry.related)}))
    terms.append(Term(f"state_{entry.state}"))
    terms += repeated(entries(case.fold.dossier, f"{entry.on:%Y-%m}", case.policy_on), entry)
    lock = case.fold.lock(entry.on)
    if lock is not None and lock.before(entry.fact):
        terms.append(Term("after_lock"))
    records = [*case.all_used(entry.related, "entry"), *_about_entry(case, entry)]
    value = f"{entry.counted_points:+d}"
    return _why(case, entry.fact, "entry", entry.rule, value, entry.on, [entry.rule], terms, records)


def repeated(found: list[Entry], *asked: Entry) -> list[Term]:
    """The terms for those of the entries `asked` that were probably entered twice; `found` is their month's ledger."""
    told = repeats(found)
    return [
        Term("entry_repeats", {"rule": one.rule, "day": str(one.on), "id": earlier.fact.id}, earlier.fact.id)
        for one in asked
        if (earlier := told.get(one.fact.key))
    ]


def _day_pay(case: Case, entry: Entry) -> list[Term]:
    """The term for the part of a fine that is a multiple of a day's base pay, if the rules of its day have one."""
    policy = case.policy_on(entry.on)
    rule = policy.points.rules.get(entry.rule) if policy.points else None
    taken = day_pay(policy, rule, entry.on) if rule else None
    if rule is None or taken is None or entry.fen != rule.fine + taken.fen:
        return []
    values: dict[str, Value] = {"times": taken.times, "base": each(taken.base)}
    return [Term("worth_day_pay", {**values, "workdays": taken.workdays, "amount": yuan(taken.fen)})]


def _is_record(case: Case, entry: Entry) -> bool:
    return any(case.fold.fact(author, entry.evidence) for author in {case.fold.agent, entry.fact.author})


def _about_entry(case: Case, entry: Entry) -> list[Used]:
    found: list[tuple[Fact | None, Role]] = [(entry.appeal, "appeal"), (entry.undone, "undoes")]
    found += [(fact, "ruling") for fact in entry.rulings]
    return [case.used(fact, role) for fact, role in found if fact is not None]


def why_record(case: Case, fact: Fact) -> Why:
    """The derivation of any other record about the agent: its rule, what it does, and what was written about it."""
    dossier = case.fold.dossier
    day = _day(case, fact)
    explain = _EXPLAIN.get(fact.kind)
    terms = list(explain(case, fact)) if explain else []
    rule = _RULES.get(fact.kind, "")
    if fact.kind == "grade_step":
        rule = f"pay.grade_{fact.body.grade.lower()}"
    others = [one for one in line_of(dossier, fact) if one is not fact]
    if (old := before(dossier, fact)) is not None:
        terms.append(Term("in_place_of", _said_by(case, old), old.id))
    if (new := after(dossier, fact)) is not None:
        terms.append(Term("replaced_by", _said_by(case, new), new.id))
    undone = dossier.withdrawal(fact)
    if undone is not None:
        terms.append(Term("withdrawn", {"by": undone.author}))
    lock = case.fold.lock(day)
    if lock is not None and lock.confirm is not fact and lock.before(fact):
        terms.append(Term("after_lock" if fact.author != case.fold.agent else "beside_lock"))
    records = [case.used(fact, "record"), *([case.used(undone, "undoes")] if undone else [])]
    records += case.all_used(others, "changes")
    if fact.kind == "request":
        answers = [*dossier.all("time_away", fact.key), *dossier.all("refusal", fact.key)]
        records += case.all_used(answers, "ruling")
    return _why(case, fact, "record", fact.kind, fact.kind, day, [rule] if rule else [], terms, records)


def _said_by(case: Case, fact: Fact) -> dict[str, Value]:
    return {"by": fact.author, "at": f"{fact.at.astimezone(case.fold.zone):%Y-%m-%d %H:%M}"}


def _time_away(case: Case, fact: Fact) -> list[Term]:
    body = fact.body
    found = [Term(f"away_{body.type}", {"minutes": body.minutes})]
    if body.leads is not None:
        found.append(Term("quota_leads_lowered", {"n": body.leads}))
    other = instead(case.fold.dossier, fact)
    if other is not None and case.fold.dossier.withdrawal(fact) is None:
        code = "answered_anew" if body.request else "counted_once"
        found.append(Term(code, {"id": other.id, "by": other.author}, other.id))
    return found


def _payment(_: Case, fact: Fact) -> list[Term]:
    code = "paid" if fact.body.fen >= 0 else "refunded"
    return [Term(code, {"day": str(fact.body.on), "amount": yuan(fact.body.fen)}), *_rests_on(fact)]


def _rests_on(fact: Fact) -> list[Term]:
    about = fact.body.rests_on
    return [Term("rests_on", {"id": about.id}, about.id)] if about else []


def _grade_step(case: Case, fact: Fact) -> list[Term]:
    body = fact.body
    found = [Term(f"step_{body.step}", {"grade": body.grade, "day": str(body.on), "by": body.by}), *_rests_on(fact)]
    for one in signatures(case.fold.dossier, fact.tag or ""):
        if one.fact is fact:
            found += [Term("step_missing", {"step": step}) for step in one.missing]
            if one.pays:
                found.append(Term("pays_raised" if one.raised else "pays_grade", {"grade": one.grade}))
            elif not one.missing:
                found.append(Term("pays_not_again", {"grade": one.grade}))
    return found


def _confirm(case: Case, fact: Fact) -> list[Term]:
    lock = case.fold.lock(fact.body.day)
    holds = lock is not None and lock.confirm is fact
    found = [Term("read_segments", {"n": len(fact.body.segments), "digest": fact.body.policy[:12]})]
    found.append(Term("lock_holds" if holds else "lock_replaced"))
    if holds and (beside := case.fold.beside(fact.body.day)):
        found.append(Term("beside", {"n": beside}))
    return found + case.apart(fact.body.day) if holds else found


def _hired(case: Case, fact: Fact) -> list[Term]:
    holds = correction(case.fold.dossier) is fact
    said = Term("hired_changed", {"was": str(fact.body.was), "hired": str(fact.body.hired)})
    return [said, Term("hired_holds" if holds else "hired_replaced")]


def _hand_in(case: Case, fact: Fact) -> list[Term]:
    return [Term(f"day_{day_state(case.fold.dossier, fact.body.day)}")]


def _excuse(_: Case, fact: Fact) -> list[Term]:
    return [Term("excused", {"by": fact.author, "reason": fact.body.reason})]


_EXPLAIN: dict[str, Callable[[Case, Fact], list[Term]]] = {
    "time_away": _time_away,
    "payment": _payment,
    "grade_step": _grade_step,
    "confirm": _confirm,
    "hand_in": _hand_in,
    "excuse": _excuse,
    "hired": _hired,
}


def _day(case: Case, fact: Fact) -> date:
    """The day a record concerns."""
    for name in ("day", "on"):
        found = getattr(fact.body, name, None)
        if isinstance(found, date):
            return found
    if hasattr(fact.body, "about"):
        return case.fold.day_of(*about_key(fact)) or local_day(fact.at, case.fold.zone)
    return local_day(fact.at, case.fold.zone)


def _why(
    case: Case, fact: Fact, subject: Subject, what: str, value: str, day: date, rules: list[str], terms: list[Term],
    records: list[Used],
) -> Why:  # fmt: skip
    return Why(
        id=fact.id,
        subject=subject,
        agent=case.fold.agent,
        what=what,
        value=value,
        day=day,
        month=f"{day:%Y-%m}",
        rules=case.rules(case.policy_on(day), *rules),
        terms=tuple(terms),
        records=tuple(records),
        entered=case.used(fact, "record"),
        confirmed=case.confirmed(day),
    )
