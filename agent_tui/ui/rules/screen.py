"""The policy, rule by rule: clause, status and values of the one under the cursor, and what changed of it and when."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from agent_tui.book.cards.news import LOOKED_BACK
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
from shared_rules.policies.values import Status

_STYLES: dict[Status, str] = {"plain": "plain", "disputed": "warn", "disabled": "muted", "ours": "plain"}


class Shown(msgspec.Struct, frozen=True):
    """The policy in force today, and all that were published, the latest in force first."""

    today: date
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
        return Shown(self.book.today(), self.book.policy(), tuple(self.book.read.policy_versions()))

    def draw(self, view: Shown) -> None:
        policy = view.policy
        since = next((one.effective for one in view.versions if one.policy.digest == policy.digest), None)
        source = t("rules.since", day=since) if since else t("rules.shipped")
        head = f"{t('rules.title')}  {policy.title.of(language())}"
        self.query_one("#header", Plain).show(spread(max(0, self.size.width - 2), head, "", source))
        titled(self.query_one("#rules"), t("rules.count", count=len(policy.rules)), _coming_text(view))
        table, coming, changed = self.query_one(Table), _coming_days(view), _changed_days(view)
        first = not table.rows
        table.show([_row(of, id, coming.get(id), changed.get(id)) for id, of in _stated(view).items()])
        if first and (marked := coming or changed):
            table.move_to(next(iter(marked)))
        self._draw_rule()

    def _draw_rule(self) -> None:
        key = self.query_one(Table).cursor_key
        policy = _stated(self.view).get(key or "") if self.view else None
        if self.view is None or policy is None or key is None:
            return
        panel = self.query_one("#rule", LongText)
        titled(panel, policy.rules[key].title.of(language()), key)
        panel.show(_about(policy, key, self.view.versions, self.book.members.named))
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


def _row(policy: Policy, id: str, changes_on: date | None, changed_on: date | None) -> Row:
    rule = policy.rules[id]
    said = value_text(policy, rule)
    if day := changes_on or changed_on:
        word = "will_change" if changes_on else "did_change"
        said = t(f"rules.{word}", day=f"{day:%m-%d}", values=said)
    return Row(
        id,
        {
            "title": rule.title.of(language()),
            "values": (said, "warn" if changes_on or changed_on else "plain"),
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


def _coming(view: Shown) -> tuple[PolicyVersionView, ...]:
    """The versions that were published and are not yet in force, the next first: those before the present one."""
    return view.versions[: _present(view)][::-1]


def _present(view: Shown) -> int:
    """Where among the versions the one in force is; after all of them while it is the shipped one."""
    digests = [one.policy.digest for one in view.versions]
    return digests.index(view.policy.digest) if view.policy.digest in digests else len(digests)


def _coming_text(view: Shown) -> str:
    coming = _coming(view)
    return t("rules.coming", day=coming[0].effective) if coming else ""


def _coming_days(view: Shown) -> dict[str, date]:
    """The rules that will change, in the order of the page, and when each does first."""
    return _days(view, _coming(view))


def _changed_days(view: Shown) -> dict[str, date]:
    """The rules that changed lately, in the order of the page, and when each did last."""
    since = view.today - LOOKED_BACK
    return _days(view, [one for one in view.versions[_present(view) :] if one.effective >= since])


def _days(view: Shown, versions: Iterable[PolicyVersionView]) -> dict[str, date]:
    """The rules that the versions change, in the order of the page, and when the first of them does."""
    days: dict[str, date] = {}
    for version in versions:
        for change in version.changes:
            days.setdefault(change.rule, version.effective)
    return {id: days[id] for id in _stated(view) if id in days}


def _stated(view: Shown) -> dict[str, Policy]:
    """The rules in force and, after them, those that are to come, each with the policy that has it."""
    found = dict.fromkeys(view.policy.rules, view.policy)
    for version in _coming(view):
        for id in version.policy.rules:
            found.setdefault(id, version.policy)
    return found
