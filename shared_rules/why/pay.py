"""Why a line of a statement, its total, its limits and a month's points are what they are."""

from datetime import date
from decimal import Decimal

from shared_rules.figures import Statement, StatementLine
from shared_rules.grades import month_signatures
from shared_rules.ledger import Entry, entries
from shared_rules.money import yuan
from shared_rules.months import month_days, month_facts, month_policy, paid_calls
from shared_rules.pay import rate_of, statement
from shared_rules.points import balance, worth
from shared_rules.policies.policy import Policy
from shared_rules.why.days import why_day
from shared_rules.why.derivation import Case, RuleRef, Term, Used, Why, each
from shared_rules.why.records import repeated


def why_line(case: Case, month: str, name: str) -> Why | None:
    """The derivation of a line of a month's statement, of its `total` or its `limits`; None if it has no such line."""
    policy = month_policy(case.policy_on, month, case.today)
    facts = month_facts(
        case.fold, case.policy_on, month, case.today, hired_on=case.hired_on, judged=case.judged, gone=case.gone
    )
    found = statement(policy, facts)
    if found is None:
        return None
    if name == "total":
        return _total(case, month, policy, found)
    if name == "limits":
        return _limits(case, month, policy, found)
    line = next((one for one in found.lines if one.name == name), None)
    return _line(case, month, policy, line) if line else None


def _why(
    case: Case, month: str, name: str, fen: int, rules: tuple[RuleRef, ...], terms: list[Term],
    records: tuple[Used, ...] = (), *, day: date | None = None, entered: Used | None = None,
) -> Why:  # fmt: skip
    agent = case.fold.agent
    return Why(
        id=f"pay:{agent}:{month}:{name}",
        subject="line",
        agent=agent,
        what=name,
        value=yuan(fen),
        day=day,
        month=month,
        rules=rules,
        terms=tuple(terms),
        records=records,
        entered=entered,
        confirmed=case.confirmed(day) if day else None,
    )


def _line(case: Case, month: str, policy: Policy, line: StatementLine) -> Why:
    """The derivation of one line: what it is made of, and its arithmetic."""
    if line.rule == "pay.fines":
        return _fine(case, month, policy, line)
    terms: list[Term] = []
    records: tuple[Used, ...] = ()
    ruling = _earning(case, month, policy, line)
    if line.rule == "pay.valid_calls":
        terms = _days_of_calls(case, month, line.rate)
    elif line.rule in ("pay.grade_a", "pay.grade_b"):
        terms, records = _grades(case, month, line)
    elif line.rule == "pay.payments":
        terms, records = _payments(case, month, line.rate)
    elif line.rule == "pay.points":
        return _points_line(case, month, policy, line)
    if line.rule == "pay.payments":
        terms.append(
            Term(
                "share", {"sum": yuan(line.quantity), "percent": f"{line.rate.normalize():f}", "amount": yuan(line.fen)}
            )
        )
    else:
        terms.append(Term("times", {"n": line.quantity, "rate": each(line.rate), "amount": yuan(line.fen)}))
    return _why(case, month, line.name, line.fen, case.rules(ruling, line.rule), terms, records)


def _earning(case: Case, month: str, policy: Policy, line: StatementLine) -> Policy:
    """The policy at whose rate a line was earned: the month's, or that of some of its days."""
    if line.part in ("", "raised"):
        return policy
    raised = line.part.startswith("raised")
    days = (case.policy_on(day) for day in month_days(month, case.today))
    return next((one for one in days if rate_of(one, line.rule, raised=raised) == line.rate), policy)


def _days_of_calls(case: Case, month: str, rate: Decimal) -> list[Term]:
    terms = []
    for day in month_days(month, case.today):
        policy = case.policy_on(day)
        if rate_of(policy, "pay.valid_calls") != rate:
            continue
        hired, ref = case.hired_on(day), f"day:{case.fold.agent}:{day}:valid"
        if case.gone(day):
            if valid := case.fold.figures(day, policy).valid:
                terms.append(Term("left_by_then", {"day": str(day), "n": valid}, ref))
        elif paid := paid_calls(case.fold, policy, day, hired):
            terms.append(Term("on_day", {"day": str(day), "n": paid}, ref))
        elif valid := case.fold.figures(day, policy).valid:
            terms.append(Term("not_hired_yet", {"day": str(day), "n": valid, "hired": str(hired)}, ref))
    return terms


def _grades(case: Case, month: str, line: StatementLine) -> tuple[list[Term], tuple[Used, ...]]:
    grade = "A" if line.rule == "pay.grade_a" else "B"
    raised = line.part.startswith("raised")
    found = [
        one
        for one in month_signatures(case.fold.dossier, month)
        if one.pays == grade
        and one.raised == raised
        and one.fact.body.on <= case.today
        and rate_of(case.policy_on(one.fact.body.on), line.rule, raised=raised) == line.rate
    ]
    terms = [
        Term(
            "raised" if raised else "signed",
            {"grade": grade, "day": str(one.fact.body.on), "by": one.fact.body.by},
            one.fact.id,
        )
        for one in found
    ]
    steps = [
        fact
        for one in found
        for fact in case.fold.dossier.of("grade_step", one.fact.tag)
        if fact.body.step != "signed" or fact.body.on < one.fact.body.on or fact is one.fact
    ]
    return terms, case.all_used(steps, "pays")


def _payments(case: Case, month: str, percent: Decimal) -> tuple[list[Term], tuple[Used, ...]]:
    facts = [
        fact
        for fact in case.fold.dossier.of("payment", month)
        if fact.body.on <= case.today and rate_of(case.policy_on(fact.body.on), "pay.payments") == percent
    ]
    terms = [
        Term(
            "paid" if fact.body.fen >= 0 else "refunded",
            {"day": str(fact.body.on), "amount": yuan(fact.body.fen)},
            fact.id,
        )
        for fact in facts
    ]
    return terms, case.all_used(facts, "pays")


def _points_line(case: Case, month: str, policy: Policy, line: StatementLine) -> Why:
    points = _entries(case, month)
    total = balance(policy, (one.counted_points for one in points))
    now = total.balance if total else 0
    part = policy.points
    over, under = (part.bonus.over, part.malus.under) if part else (0, 0)
    code = "over" if line.fen > 0 else "under" if line.fen < 0 else "between"
    terms = [
        Term("balance", {"n": now}, f"points:{case.fold.agent}:{month}"),
        Term(f"points_{code}", {"n": now, "over": over, "under": under, "amount": yuan(line.fen)}),
    ]
    terms += repeated(points, *points)
    rules = case.rules(policy, "pay.points", "points.bonus", "points.malus")
    return _why(case, month, line.name, line.fen, rules, terms)


def _fine(case: Case, month: str, policy: Policy, line: StatementLine) -> Why:
    assert line.on is not None
    ruling = case.policy_on(line.on)
    withheld = case.rules(ruling if ruling.pay else policy, "pay.fines")
    agent = case.fold.agent
    if not line.entry:
        day = why_day(case, line.on, "shortfall")
        records = day.records if day else ()
        terms = [
            Term(f"lacking_{line.part}", {"day": str(line.on), "n": line.quantity}, f"day:{agent}:{line.on}:shortfall"),
            Term("times", {"n": line.quantity, "rate": each(-line.rate), "amount": yuan(-line.fen)}),
        ]
        if line.unconfirmed:
            terms.append(Term("unconfirmed"))
        rules = case.rules(ruling, line.cause) + withheld
        return _why(case, month, line.name, line.fen, rules, terms, records, day=line.on)
    points = _entries(case, month)
    entry = next((one for one in points if one.fact.id == line.entry), None)
    found = (case.used(entry.fact, "entry"),) if entry else ()
    terms = [Term("fined", {"rule": line.cause, "day": str(line.on), "amount": yuan(-line.fen)}, line.entry)]
    terms += repeated(points, *([entry] if entry else []))
    rules = case.rules(ruling, line.cause) + withheld
    entered = found[0] if found else None
    return _why(case, month, line.name, line.fen, rules, terms, found, day=line.on, entered=entered)


def _entries(case: Case, month: str) -> list[Entry]:
    return [one for one in entries(case.fold.dossier, month, case.policy_on) if one.on <= case.today]


# ---- sums ----


def _total(case: Case, month: str, policy: Policy, found: Statement) -> Why:
    prefix = f"pay:{case.fold.agent}:{month}:"
    terms = [
        Term("line", {"rule": line.rule, "cause": line.cause, "amount": yuan(line.fen)}, prefix + line.name)
        for line in found.lines
        if line.fen
    ]
    return _why(
        case, month, "total", found.total, case.rules(policy, *(line.rule for line in found.lines if line.fen)), terms
    )


def _limits(case: Case, month: str, policy: Policy, found: Statement) -> Why:
    limits = found.limits
    assert policy.pay is not None
    rule = policy.pay.limits
    percent = f"{rule.percent.normalize():f}"
    terms = [
        Term("gross", {"amount": yuan(limits.gross)}),
        Term("deductions", {"amount": yuan(limits.deductions)}),
        Term("limit_share", {"percent": percent, "gross": yuan(limits.gross), "amount": yuan(limits.twenty_percent)}),
    ]
    if limits.minimum_wage is not None:
        left = yuan(max(0, limits.gross - limits.minimum_wage))
        wage = yuan(limits.minimum_wage)
        terms.append(Term("limit_minimum", {"gross": yuan(limits.gross), "wage": wage, "amount": left}))
    terms.append(
        Term(
            "deductible",
            {"amount": yuan(limits.deductible), "beyond": yuan(limits.not_deductible), "payable": yuan(limits.payable)},
        )
    )
    return _why(case, month, "limits", limits.payable, case.rules(policy, "pay.limits"), terms)


def why_points(case: Case, month: str) -> Why | None:
    """The derivation of a month's points balance; None under a policy without points."""
    policy = month_policy(case.policy_on, month, case.today)
    part = policy.points
    found = _entries(case, month)
    total = balance(policy, (one.counted_points for one in found))
    if part is None or total is None:
        return None
    terms = [Term("opening", {"n": part.base.points if part.base.on else 0})]
    for one in found:
        code = "entry" if one.counts else "entry_withdrawn"
        terms.append(Term(code, {"rule": one.rule, "day": str(one.on), "points": f"{one.points:+d}"}, one.fact.id))
    terms += repeated(found, *found)
    bonus = worth(policy, total.balance)
    if bonus:
        terms.append(Term("worth_bonus" if bonus > 0 else "worth_penalty", {"amount": yuan(bonus)}))
    else:
        terms.append(Term("worth_nothing", {"bonus": total.to_bonus, "penalty": total.to_penalty}))
    agent = case.fold.agent
    return Why(
        id=f"points:{agent}:{month}",
        subject="points",
        agent=agent,
        what="points",
        value=str(total.balance),
        day=None,
        month=month,
        rules=case.rules(policy, "points.base", "points.bonus", "points.malus", *(one.rule for one in found)),
        terms=tuple(terms),
        records=case.all_used((one.fact for one in found), "entry"),
        entered=None,
        confirmed=None,
    )
