"""The policy, rule by rule: clause, status and values of the one under the cursor, and what changed of it and when."""

from collections.abc import Callable, Iterator
from typing import ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from agent_tui.i18n import language, t
from agent_tui.readings import PolicyVersionView
from agent_tui.ui.commands import bindings
from agent_tui.ui.kit.fetched import FetchedPage
from agent_tui.ui.kit.hints import HintLine
from agent_tui.ui.kit.long_text import LongText, TextRow
from agent_tui.ui.kit.page import Plain, titled
from agent_tui.ui.kit.status import StatusLine
from agent_tui.ui.kit.table import Column, Row, Table
from agent_tui.ui.kit.text import spread
from agent_tui.words.rule_words import key_text, value_text, worded
from shared_rules.policies.changes import Change
from shared_rules.policies.policy import Policy
from shared_rules.policies.values import Rule, Status

_STYLES: dict[Status, str] = {"plain": "plain", "disputed": "warn", "disabled": "muted", "ours": "plain"}


class Shown(msgspec.Struct, frozen=True):
    """The policy in force today, and all that were published, the latest in force first."""

    policy: Policy
    versions: tuple[PolicyVersionView, ...]


class RulesScreen(FetchedPage[Shown]):
    """Every rule of the policy in force; the text of the handbook stays Chinese."""

    scope = "rules"
    CSS = """
    RulesScreen #rules { height: 1fr; }
    RulesScreen #rule { height: 9; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("rules")

    def compose(self) -> ComposeResult:
        yield Plain(id="header", classes="header")
        with Vertical(id="rules", classes="panel"):
            yield Table(_columns())
        yield LongText(id="rule")
        yield StatusLine()
        yield HintLine(self.scope)

    def on_mount(self) -> None:
        self.query_one(Table).focus()

    def fetch(self) -> Shown:
        return Shown(self.book.policy(), tuple(self.book.read.policy_versions()))

    def draw(self, view: Shown) -> None:
        policy = view.policy
        since = next((one.effective for one in view.versions if one.policy.digest == policy.digest), None)
        source = t("rules.since", day=since) if since else t("rules.shipped")
        head = f"{t('rules.title')}  {policy.title.of(language())}"
        self.query_one("#header", Plain).show(spread(max(0, self.size.width - 2), head, "", source))
        titled(self.query_one("#rules"), t("rules.count", count=len(policy.rules)), _coming(view))
        self.query_one(Table).show([_row(policy, id, rule) for id, rule in policy.rules.items()])
        self._draw_rule()

    def _draw_rule(self) -> None:
        key = self.query_one(Table).cursor_key
        rule = self.view.policy.rules.get(key or "") if self.view else None
        if self.view is None or rule is None or key is None:
            return
        panel = self.query_one("#rule", LongText)
        titled(panel, rule.title.of(language()), key)
        panel.show(_about(self.view.policy, key, self.view.versions, self.book.members.named))
        self.query_one(StatusLine).rest((t("ui.turn_how") if panel.can_focus else "", "$text-muted"))

    def on_table_highlighted(self, _: Table.Highlighted) -> None:
        self._draw_rule()


def _columns() -> list[Column]:
    return [
        Column("title", t("rules.rule"), 24, grows=True, whole=True),
        Column("values", t("rules.values"), 24, grows=True),
        Column("status", t("rules.status"), 12),
        Column("id", t("rules.id"), 20, drop=1),
    ]


def _row(policy: Policy, id: str, rule: Rule) -> Row:
    return Row(
        id,
        {
            "title": rule.title.of(language()),
            "values": value_text(policy, rule),
            "status": (t(f"rules.status_{rule.status}"), _STYLES[rule.status]),
            "id": id,
        },
    )


def _about(
    policy: Policy, id: str, versions: tuple[PolicyVersionView, ...], named: Callable[[str], str]
) -> Iterator[TextRow]:
    """The clause, the values in full, and what each published version changed of the rule."""
    rule = policy.rules[id]
    yield rule.clause or (t("rules.no_clause"), "$text-muted")
    if text := value_text(policy, rule):
        yield text, "bold"
    for version in versions:
        for change in version.changes:
            if change.rule == id:
                text = t("rules.changed", day=version.effective, by=named(version.by), what=_changed(policy, change))
                yield text, "$text-warning"


def _changed(policy: Policy, change: Change) -> str:
    if change.what != "changed":
        return t(f"rules.change_{change.what}")
    before, after = (
        worded(policy, change.key, text) if text else t("rules.nothing") for text in (change.before, change.after)
    )
    return t("rules.change", key=key_text(change.key), before=before, after=after)


def _coming(view: Shown) -> str:
    """The next version that was published and is not yet in force: the one before the present in the list."""
    digests = [one.policy.digest for one in view.versions]
    place = digests.index(view.policy.digest) if view.policy.digest in digests else len(digests)
    return t("rules.coming", day=view.versions[place - 1].effective) if place else ""
