"""What the panels of the desk say: lines made of the book's figures. Words say what colours say."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from textual.content import Content

from agent_tui.i18n import Language, t
from agent_tui.ui.commands import command
from agent_tui.ui.kit.bars import bar
from agent_tui.ui.kit.text import Part, crop, line, spread, width
from agent_tui.ui.kit.when import moment as moment_text
from agent_tui.views import DayView, Estimate, Identity, LedgerEntry, SyncView
from shared_rules.figures import PointsBalance
from shared_rules.money import grouped
from shared_rules.policies.policy import Policy

Lines = list[tuple[Part, ...]]


class Moment(msgspec.Struct, frozen=True):
    """When, and under which policy and language, something is shown."""

    now: datetime
    policy: Policy
    language: Language


# From so many files still to be read on, the header says so.
_MANY_LEFT = 20
# So much of a team's name says which it is.
_TEAM_CELLS = 20

_GOOD = "$text-success"
_WARN = "$text-warning"
_BAD = "$text-error"
_MUTED = "$text-muted"


class Goal(msgspec.Struct, frozen=True):
    """A count with what the day asks of it."""

    count: int
    whole: int
    gap: int
    forecast: datetime | None


def goal(day: DayView, what: Literal["calls", "leads"]) -> Goal | None:
    """The goal of a day for calls or leads; None under a policy without a quota."""
    quota, pace = day.quota, day.pace
    if quota is None:
        return None
    if what == "calls":
        return Goal(
            day.figures.valid, quota.calls, pace.gap_calls if pace else 0, pace.forecast_calls if pace else None
        )
    return Goal(day.figures.leads, quota.leads, pace.gap_leads if pace else 0, pace.forecast_leads if pace else None)


def progress(day: DayView, what: Literal["calls", "leads"], moment: Moment, cells: int, *, ascii: bool) -> Lines:
    """A counter: count and quota, the bar, and pace with forecast."""
    found = goal(day, what)
    if found is None:
        count = day.figures.valid if what == "calls" else day.figures.leads
        return [((str(count), "bold"),), ("",), ((t("desk.no_quota"), _MUTED),)]
    share = f" {min(999, found.count * 100 // found.whole) if found.whole else 100}%"
    filled = bar(found.count, found.whole, max(1, cells - width(share)), ascii=ascii)
    return [
        ((str(found.count), "bold"), f" / {found.whole}"),
        ((filled, _GOOD if found.count >= found.whole else "$primary"), share),
        (_pace(day, found, moment, cells),),
    ]


def _pace(day: DayView, found: Goal, moment: Moment, cells: int) -> Part:
    now, forecast = moment.now, found.forecast
    if found.count >= found.whole:
        return (t("desk.made_at", time=f"{forecast:%H:%M}") if forecast and forecast <= now else t("desk.made"), _GOOD)
    if not day.judged:
        return (t("desk.not_judged"), _MUTED)
    if day.pace is None:
        return (t("desk.day_off"), _MUTED)
    short = found.whole - found.count
    if now.time() >= moment.policy.day.hours.end:
        minutes = minutes_needed(forecast, now)
        return (t("desk.short_in", count=short, minutes=minutes) if minutes else t("desk.short", count=short), _WARN)
    gap = found.gap
    word = t("desk.ahead" if gap > 0 else "desk.behind" if gap < 0 else "desk.on_pace", count=abs(gap))
    if forecast:
        long = f"{word} {t('desk.forecast', time=f'{forecast:%H:%M}')}"
        word = long if width(long) <= cells else f"{word} {forecast:%H:%M}"
    elif found.count and day.pace.due_calls:
        word = f"{word} {t('desk.speed_up')}"
    return (word, _WARN if gap < 0 else _GOOD)


def minutes_needed(forecast: datetime | None, now: datetime) -> int | None:
    """The minutes until the quota is made at the day's rate, rounded up; None when it is not made today."""
    if forecast is None or forecast <= now:
        return None
    return -int(-(forecast - now).total_seconds() // 60)


def points(balance: PointsBalance, entries: Sequence[LedgerEntry], moment: Moment, cells: int, rows: int) -> Lines:
    """The balance, the last entries that count, and how far bonus and penalty are where there is room."""
    lines: Lines = [((t("desk.points", count=balance.balance), "bold"),)]
    counting = (one for one in entries if one.state != "withdrawn")
    for entry in sorted(counting, key=lambda one: (one.on, one.at), reverse=True)[: rows - 1]:
        rule = moment.policy.rules.get(entry.rule)
        title = rule.title.of(moment.language) if rule else entry.rule
        points = f" {entry.points:+d}" if entry.points else ""
        # The day gives way before the rule's name does.
        amount = f"{points} {entry.on:%m-%d}"
        if width(title + amount) > cells:
            amount = points
        title = crop(title, cells - width(amount))
        style = _BAD if entry.points < 0 or entry.fen else _GOOD
        lines.append(((title + amount, style),))
    for text in (t("desk.to_bonus", count=balance.to_bonus), t("desk.to_penalty", count=balance.to_penalty)):
        if len(lines) < rows:
            lines.append(((text, _MUTED),))
    return lines


def estimate(money: Estimate, cells: int) -> Lines:
    """The month's estimate so far, with what calls earn and fines cost."""
    return [
        ((_amount("yuan", money.total, cells), "bold"),),
        (_amount("earned_calls", money.calls, cells),),
        ((_amount("fines", -money.fines, cells), _WARN if money.fines else _MUTED),),
    ]


def _amount(name: str, fen: int, cells: int) -> str:
    """An amount in its words; in whole yuan where the fen have no room, for a cropped number is another number."""
    text = t(f"desk.{name}", amount=grouped(fen))
    return text if width(text) <= cells else t(f"desk.{name}", amount=grouped(fen).rpartition(".")[0])


class Header(msgspec.Struct, frozen=True):
    """The line on top: who sits here, the time and the callbacks that are due, how fresh the share is. `small` stands
    in the place of the first two where the window cuts what is below.
    """

    me: Identity
    day: DayView | None
    sync: SyncView
    due: int
    now: datetime
    small: str = ""

    def content(self, cells: int) -> Content:
        """The line in a width of `cells`."""
        right, worry = self.synced()
        reminder = t("desk.callbacks_due", count=self.due) if self.due else ""
        middle = reminder if self.small else f"{moment_text(self.now)}  {reminder}".rstrip()
        who = [self.small] if self.small else self.who()
        # Team, day of being new and the end of a long name give way before the time does.
        left = next(
            (
                text
                for count in range(len(who), 0, -1)
                if self._fits(cells, text := "  ".join(who[:count]), middle, right)
            ),
            crop(who[0], max(0, cells - width(middle) - width(right) - 4)),
        )
        at = min(max(width(left) + 2, (cells - width(middle)) // 2), cells - width(right) - width(middle) - 2)
        text = spread(cells, left + " " * (at - width(left)) + middle, right=right)
        content = line(text)
        told = (
            (self.small, "bold $text-warning"),
            (reminder, "bold $text-warning"),
            (right if worry else "", "bold $text-error"),
        )
        for part, style in told:
            at = text.rfind(part) if part else -1
            if at >= 0:
                content = content.stylize(style, at, at + len(part))
        return content

    @staticmethod
    def _fits(cells: int, *texts: str) -> bool:
        return sum(width(text) for text in texts) + 2 * (len(texts) - 1) <= cells

    def who(self) -> list[str]:
        """Id and name, day of being new, team."""
        new = t("desk.new_hire", day=self.day.new_hire_day) if self.day and self.day.new_hire_day else ""
        team = "" if self.me.solo else self.me.team_name
        return [part for part in (f"{self.me.agent} {self.me.name}", new, team) if part]

    def synced(self) -> tuple[str, bool]:
        """How fresh the share is and how much waits; and whether that is a worry."""
        if self.me.waiting and self.sync.error:
            return t("desk.waiting_with_new_key", key=command("ui.palette").label), True
        if self.me.waiting:
            return t("desk.waiting_for", team=crop(self.me.waiting, _TEAM_CELLS)), False
        if self.sync.share is None:
            return t("desk.solo"), False
        if self.sync.ended:
            return t("desk.ended", key=command("ui.palette").label), True
        pending = t("desk.pending", count=self.sync.pending)
        if self.sync.offline_since is not None:
            return f"{t('desk.offline', age=age(self.now - self.sync.offline_since))}  {pending}", True
        if self.sync.error is not None:
            return f"{t('desk.sync_trouble', key=command('ui.palette').label)}  {pending}", True
        if self.sync.left > _MANY_LEFT:
            return f"{t('desk.reading', count=self.sync.left)}  {pending}", False
        if self.sync.last_ok is None:
            return f"{t('desk.not_synced')}  {pending}", False
        return f"{t('desk.synced', age=age(self.now - self.sync.last_ok))}  {pending}", False


def age(passed: timedelta) -> str:
    """A time that passed: 3 秒, 41 分, 2 小时, 3 天."""
    seconds = max(0, int(passed.total_seconds()))
    for unit, size in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= size:
            return t(f"desk.age_{unit}", count=seconds // size)
    return t("desk.age_seconds", count=seconds)
