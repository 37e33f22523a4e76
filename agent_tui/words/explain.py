"""A derivation in words, for screens and commands: `shared_rules.why.derivation` in the language in use.

`named` gives a person's id with the name.
"""

from collections.abc import Callable
from decimal import Decimal

from agent_tui.i18n import language, t, texts
from agent_tui.readings import WhyView
from agent_tui.words.statements import yuan_text
from agent_tui.words.titles import outcome_title, rule_title
from shared_rules.policies.policy import Policy
from shared_rules.why.derivation import RuleRef, Term, Used, Value, Why

_SHOWN = 12
_DIGEST = 12
# The values of a step that are in yuan.
_AMOUNTS = frozenset({"amount", "base", "beyond", "gross", "payable", "rate", "sum", "wage"})


def head(view: WhyView, named: Callable[[str], str]) -> str:
    """What is explained, and what it comes to."""
    why = view.why
    words = {
        "agent": named(why.agent),
        "day": why.day or why.month,
        "month": why.month,
        "value": why.value,
        "what": _what(view),
    }
    if why.subject == "call":
        words["value"] = t(f"why.call_{why.value}")
    if why.subject == "line" or why.what == "shortfall":
        words["value"] = yuan_text(Decimal(why.value))
    return t(f"why.head_{why.subject}", **words)


def _what(view: WhyView) -> str:
    why = view.why
    if why.subject == "figure":
        return t(f"why.figure_{why.what}")
    if why.subject == "line":
        if why.what in ("total", "limits"):
            return t(f"why.line_{why.what}")
        own, _, cause = why.what.partition(":")
        return " ".join(rule.title.of(language()) for rule in reversed(why.rules) if cause or rule.id == own)
    if why.subject == "entry":
        return rule_title(view.policy, why.what)
    return kind(why.what)


def kind(name: str) -> str:
    """A kind of record in words; one of a newer program by its name."""
    return t(f"why.kind_{name}") if f"kind_{name}" in texts("why") else name


def term(term: Term, policy: Policy, named: Callable[[str], str]) -> str:
    """One step of the arithmetic."""
    words = {name: _grouped(name, value) for name, value in term.values.items()}
    if "by" in words:
        words["by"] = named(str(words["by"]))
    for name in ("rule", "cause"):
        if words.get(name):
            words[name] = rule_title(policy, str(words[name]))
    if words.get("cause"):
        words["cause"] = f" ({words['cause']})"
    if "field" in words:
        words["field"] = t(f"cli.field_{words['field']}")
    if "interest" in words:
        words["interest"] = t(f"why.interest_{words['interest']}")
    if "step" in words:
        words["step"] = t(f"acts.step_{words['step']}")
    if "outcome" in words:
        words["outcome"] = outcome_title(policy, str(words["outcome"]))
    return t(f"why.term_{term.code}", **words).rstrip()


def _grouped(name: str, value: Value) -> str | None:
    if isinstance(value, int):
        return f"{value:,}"
    return yuan_text(Decimal(value)) if value and name in _AMOUNTS else value


def rule(one: RuleRef) -> list[str]:
    """A rule: its title and status, its clause, and the version it is of."""
    status = "" if one.status == "plain" else f" ({t(f'policy.status_{one.status}')})"
    words = {"policy": one.policy, "digest": one.digest[:_DIGEST]}
    lines = [t("why.rule", id=one.id, title=one.title.of(language()), status=status)]
    if one.clause:
        lines.append(f"  {one.clause}")
    version = t("why.rule_of", since=one.effective, **words) if one.effective else t("why.rule_shipped", **words)
    return [*lines, f"  {version}"]


def record(one: Used, named: Callable[[str], str]) -> str:
    """A record it comes from."""
    at = f"{one.at:%Y-%m-%d %H:%M}"
    return t("why.record", role=t(f"why.role_{one.role}"), kind=kind(one.kind), id=one.id, at=at, by=named(one.by))


def lines(view: WhyView, named: Callable[[str], str]) -> list[str]:
    """The whole derivation, a line each: head, arithmetic, rules, records, who entered and who confirmed."""
    why = view.why
    found = [head(view, named)]
    for one in why.terms:
        ref = f"  [{one.ref}]" if one.ref else ""
        found.append(f"  {term(one, view.policy, named)}{ref}")
    for each in why.rules:
        found += rule(each)
    found += [record(one, named) for one in why.records[:_SHOWN]]
    if len(why.records) > _SHOWN:
        found.append(t("why.more", n=len(why.records) - _SHOWN))
    return found + _who(why, named)


def _who(why: Why, named: Callable[[str], str]) -> list[str]:
    found = []
    if why.entered:
        found.append(t("why.entered", by=named(why.entered.by), at=f"{why.entered.at:%Y-%m-%d %H:%M}"))
    if why.confirmed:
        found.append(t("why.confirmed", by=named(why.confirmed.by), at=f"{why.confirmed.at:%Y-%m-%d %H:%M}"))
    elif why.day is not None:
        found.append(t("why.not_confirmed"))
    return found
