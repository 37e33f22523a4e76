"""`policy`: the rules shown, checked, published, and a month replayed under others."""

from pathlib import Path
from typing import Any

from agent_tui.book.policies import policy_file
from agent_tui.commands import output
from agent_tui.commands.context import Context
from agent_tui.commands.opening import opened
from agent_tui.errors import Problem
from agent_tui.i18n import language, t
from agent_tui.readings import ReplayLine, ReplayView
from agent_tui.words.rule_words import value_text
from shared_rules.money import grouped, yuan
from shared_rules.policies.changes import Change, changes, values
from shared_rules.policies.policy import Policy, builtin

_DIGEST = 12


def show(context: Context) -> int:
    """The rules in force on a day, or a shipped policy."""
    args = context.args
    since = None
    if args.which:
        policy = builtin(args.which)
    else:
        with opened(context) as book:
            day = args.day or book.today()
            policy = book.policy(day)
            version = book.read.policy_version(day)
            since = version.effective.isoformat() if version else None
    if args.toml and not context.json:
        for line in policy.text.splitlines():
            output.line(line)
        return 0
    document = {**_document(policy), "from": since, **({"toml": policy.text} if args.toml else {})}
    context.show(document, lambda: _print(policy, since))
    return 0


def _document(policy: Policy) -> dict[str, Any]:
    return {
        "name": policy.name,
        "title": {"zh": policy.title.zh, "en": policy.title.en},
        "digest": policy.digest,
        "rules": [
            {
                "id": id,
                "title": {"zh": rule.title.zh, "en": rule.title.en},
                "clause": rule.clause,
                "status": rule.status,
                "values": values(rule),
            }
            for id, rule in policy.rules.items()
        ],
    }


def _print(policy: Policy, since: str | None) -> None:
    words = {"title": policy.title.of(language()), "name": policy.name, "digest": policy.digest[:_DIGEST]}
    output.line(t("policy.head", day=since, **words) if since else t("policy.head_shipped", **words))
    for id, rule in policy.rules.items():
        status = t(f"policy.status_{rule.status}")
        output.line(
            "  ".join(part for part in (id, rule.title.of(language()), status, value_text(policy, rule)) if part)
        )
        if rule.clause:
            output.line(f"    {rule.clause}")


def check(context: Context) -> int:
    """Whether a file is a policy; where there is a team, what it would change of the rules in force."""
    path = Path(context.args.file)
    _, policy = policy_file(path)
    found = changes(_in_force(context), policy)
    document = {**_document(policy), "changes": [_change(one) for one in found]}

    def human() -> None:
        words = {"title": policy.title.of(language()), "name": policy.name, "n": len(policy.rules)}
        output.line(t("policy.good", file=path, **words))
        for one in found:
            output.line("  " + _changed(one))
        if not found:
            output.line("  " + t("policy.same"))

    context.show(document, human)
    return 0


def _in_force(context: Context) -> Policy:
    """The rules in force here; without a team those that ship."""
    try:
        with opened(context) as book:
            return book.policy()
    except Problem:
        return builtin()


def _change(one: Change) -> dict[str, str]:
    return {"rule": one.rule, "what": one.what, "key": one.key, "before": one.before, "after": one.after}


def _changed(one: Change) -> str:
    if not one.key:
        return t(f"policy.{one.what}", rule=one.rule)
    nothing = t("policy.nothing")
    return t("policy.changed_key", rule=one.rule, key=one.key, before=one.before or nothing, after=one.after or nothing)


def publish(context: Context) -> int:
    """A policy file put in force."""
    args = context.args
    toml, policy = policy_file(Path(args.file))
    with opened(context) as book:
        written = book.supervisor.publish_policy(toml, args.file, args.since)
    document = {
        "id": written.id,
        "kind": written.kind,
        "agent": written.agent,
        "at": written.at.isoformat(),
        "name": policy.name,
        "from": args.since.isoformat(),
        "digest": policy.digest,
    }
    words = {"name": policy.name, "day": args.since, "digest": policy.digest[:_DIGEST]}
    context.show(document, lambda: output.line(t("policy.done", **words)))
    return 0


def replay(context: Context) -> int:
    """A month under a policy file, agent by agent and line by line."""
    args = context.args
    _, policy = policy_file(Path(args.file))
    with opened(context) as book:
        if (mode := book.policy().money.mode) != "estimate":
            raise Problem("pay.hidden", mode=mode)
        found = book.read.replay(policy, args.month)
    if not found:
        raise Problem("policy.nobody_there", month=args.month)
    document = {
        "month": args.month,
        "policy": policy.name,
        "agents": [
            {
                "agent": one.agent,
                "name": one.name,
                "lines": [
                    {
                        "line": line.name,
                        "title": line.title.of(language()),
                        "now": _side(line.now_quantity, line.now_rate, line.now),
                        "then": _side(line.then_quantity, line.then_rate, line.then),
                    }
                    for line in one.lines
                ],
                "points": {"now": one.now_points, "then": one.then_points},
                "total": {"now": yuan(one.now), "then": yuan(one.then)},
            }
            for one in found
        ],
    }
    context.show(document, lambda: _print_replay(args.month, policy, found))
    return 0


def _side(quantity: int | None, rate: str | None, fen: int | None) -> dict[str, Any] | None:
    return None if fen is None else {"quantity": quantity, "rate": rate, "amount": yuan(fen)}


def _print_replay(month: str, policy: Policy, found: list[ReplayView]) -> None:
    output.line(t("policy.replay_head", month=month, name=policy.name))
    for one in found:
        output.line(f"{one.agent} {one.name}")
        if not one.lines:
            output.line("  " + t("policy.no_pay"))
            continue
        rows = [["", t("policy.replay_now"), t("policy.replay_then"), t("policy.replay_change")]]
        for line in one.lines:
            rows.append(["  " + _label(line), *_amounts(line.now or 0, line.then or 0)])
        rows.append(["  " + t("policy.replay_total"), *_amounts(one.now, one.then)])
        output.table(rows, right=frozenset({1, 2, 3}))


def _label(line: ReplayLine) -> str:
    """What a line is for, told from the others of its rule: its half, its rate, its day."""
    title, (_, *parts) = line.title.of(language()), line.name.split(":")
    part = parts[-1] if parts else ""
    if part in ("calls", "leads"):
        title += t(f"pay.part_{part}")
    elif "raised" in parts:
        title = t("pay.raised", title=title)
    elif parts and not line.on:
        title += f" x {line.now_rate or line.then_rate}"
    return title + (f" {line.on}" if line.on else "")


def _amounts(now: int, then: int) -> list[str]:
    change = grouped(then - now)
    return [grouped(now), grouped(then), change if then <= now else f"+{change}"]
