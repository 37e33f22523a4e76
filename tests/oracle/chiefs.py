"""What a supervisor of a made-up team does: at random, and at the edges of the rules."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Protocol

from tests.oracle import days, ledgers
from tests.oracle import events as ev
from tests.oracle.team import Team
from tests.oracle.weeks import week_of

NUMBERS = tuple(f"1380013800{digit}" for digit in range(8))
RULES = (
    "att.late", "att.early", "att.half_day", "att.absent", "att.no_punch", "meet.missed", "week.summary",
    "duty.cleaning", "duty.desk", "conduct.seat", "conduct.abuse", "conduct.private_call", "conduct.harm",
    "award.excellent", "award.excellent",
)  # fmt: skip
ACTS = {
    "confirm": 3, "judge": 1, "enter": 2, "rule": 1, "away": 2, "excuse": 1, "back": 1, "pay": 2, "grade": 3, "give": 1,
    "lift": 1, "leave": 1, "answer": 7, "erase": 1, "release": 1, "hired": 1, "attend": 2, "accept": 3,
    "to_the_edge": 1, "absent": 1, "dismiss": 2, "check": 2, "plan": 1, "review": 1, "card": 1,
}  # fmt: skip
_KEYED = (
    *(ev.Confirmed, ev.Entered, ev.Away, ev.Refused, ev.Excused, ev.Paid, ev.Stepped),
    *(ev.Dismissed, ev.Checked, ev.Approved, ev.Reviewed, ev.Carded),
)
# What costs points and needs no call, by what it costs.
COSTS = (("conduct.harm", 10), ("duty.cleaning", 5), ("duty.desk", 2))


class Told(Protocol):
    """What a supervisor knows of the history: the calls, and the keys of what can be decided about."""

    team: Team
    random: Random
    days: Sequence[date]
    calls: list[tuple[str, str, ev.Form]]
    keys: list[tuple[str, str]]
    requests: list[tuple[str, ev.Requested]]

    def key(self, kind: str) -> str:
        """A key of its own."""


class Chief:
    """A supervisor; each act is about an agent and a day, now or lately."""

    def __init__(self, told: Told, id: str) -> None:
        self.told, self.id, self.team, self.random = told, id, told.team, told.random

    def acts(self, day: date, now: datetime) -> None:
        if not self.team.desks:
            return
        agent = self.random.choice(list(self.team.desks))
        past = max(self.told.days[0] - timedelta(days=3), day - timedelta(days=self.random.choice((0, 0, 0, 1, 2, 7))))
        (kind,) = self.random.choices(list(ACTS), list(ACTS.values()))
        getattr(self, kind)(now, agent, past)

    def do(self, event: ev.Event, agent: str = "", key: str = "") -> bool:
        """Do it; something with a key can be decided about later. Now and then another does it too, a moment later."""
        done = self._one(event, agent, key)
        if done and self.random.random() < (0.4 if isinstance(event, ev.Away | ev.Refused) else 0.1):
            other = next(id for id in ev.CHIEFS if id != self.id)
            again: ev.Event = replace(event, at=event.at + timedelta(seconds=10), by=other)
            if isinstance(again, _KEYED):
                key = self.told.key("again")
                again = replace(again, key=key)
            if isinstance(again, ev.Away) and again.request:
                again = replace(again, minutes=self.random.choice((30, 240, 420)))
            elif isinstance(again, ev.Away):
                again = replace(again, leads=self.random.choice((None, 0, 1)))
            if isinstance(again, ev.Judged | ev.Ruled):
                again = _otherwise(again) if self.random.random() < 0.5 else again
            self._one(again, agent, key)
        return done

    def _one(self, event: ev.Event, agent: str, key: str) -> bool:
        done = self.team.do(event)
        if done and key:
            self.told.keys.append((agent, key))
        return done

    def calls(self, agent: str) -> list[str]:
        return [key for who, key, _ in self.told.calls if who == agent][-25:]

    def keys(self, agent: str) -> list[str]:
        return [key for who, key in self.told.keys if who == agent]

    # A day

    def confirm(self, now: datetime, agent: str, past: date) -> None:
        key = self.told.key("confirm")
        self.do(ev.Confirmed(now, agent, key, past, by=self.id), agent, key)

    def away(self, now: datetime, agent: str, past: date) -> None:
        """Leave or a visit; now and then both on a day, and more minutes than it has."""
        random, on = self.random, past + timedelta(days=self.random.choice((0, 0, 1)))
        minutes = random.choice((1, 30, 60, 120, 180, 210, 240, 419, 420, 420))
        both = [("leave", minutes), ("visit", random.choice((420 - minutes, 421 - minutes, 240, 420)))]
        random.shuffle(both)
        for type, length in both[: random.choice((1, 1, 2))]:
            key, leads = self.told.key("away"), random.choice((None, None, None, 0, 1, 2))
            self.do(ev.Away(now, agent, key, type, on, length, leads, by=self.id), agent, key)

    def answer(self, now: datetime, _: str, __: date) -> None:
        """A request granted, as it was made or otherwise, or refused."""
        if not self.told.requests:
            return
        agent, asked = self.random.choice(self.told.requests[-6:])
        key, minutes = self.told.key("answer"), self.random.choice((asked.minutes, asked.minutes, 60, 240, 420))
        leads = self.random.choice((None, None, 0, 1))
        granted = ev.Away(now, agent, key, asked.type, asked.day, minutes, leads, asked.key, by=self.id)
        refused = ev.Refused(now, agent, key, asked.key, by=self.id)
        self.do(self.random.choice((granted, granted, refused)), agent, key)

    def excuse(self, now: datetime, agent: str, past: date) -> None:
        key = self.told.key("excuse")
        self.do(ev.Excused(now, agent, key, past, by=self.id), agent, key)

    def release(self, now: datetime, agent: str, _: date) -> None:
        self.do(ev.Released(now, agent, now.date(), by=self.id))

    # Points

    def judge(self, now: datetime, agent: str, _: date) -> None:
        if mine := self.calls(agent):
            key = self.random.choice(mine)
            self.do(ev.Judged(now, agent, key, self.random.random() < 0.7, by=self.id), agent, key)

    def enter(self, now: datetime, agent: str, past: date) -> None:
        rule, mine = self.random.choice(RULES), self.calls(agent)
        points = self.random.choice((1, 5, 20)) if rule.startswith("award") else 0
        evidence = self.random.choice(mine) if rule == "conduct.abuse" and mine else ""
        self.entry(now, agent, rule, past, points, evidence)

    def entry(self, now: datetime, agent: str, rule: str, past: date, points: int = 0, evidence: str = "") -> bool:
        key = self.told.key("entry")
        return self.do(ev.Entered(now, agent, key, rule, past, points, evidence, by=self.id), agent, key)

    def to_the_edge(self, now: datetime, agent: str, past: date) -> None:
        """Points up or down to where a month's bonus or penalty begins, or one beside it."""
        aim = self.random.choice((79, 80, 80, 81, 119, 120, 120, 121))
        for _ in range(12):
            lacks = aim - ledgers.balance(ev.Story(self.team.did), agent, f"{past:%Y-%m}", past)
            if lacks > 0:
                done = self.entry(now, agent, "award.excellent", past, min(20, lacks))
            else:
                # What is one too many goes with an award after it.
                rule = next((rule for rule, cost in COSTS if cost <= -lacks), "duty.desk")
                done = lacks < 0 and self.entry(now, agent, rule, past)
            if not done:
                return

    def absent(self, now: datetime, agent: str, _: date) -> None:
        """A day's absence on a day that lacks something."""
        story = ev.Story(self.team.did)
        over = [day for day in self.told.days if day <= now.date() and days.shortfall(story, agent, day)]
        if over:
            self.entry(now, agent, "att.absent", self.random.choice(over))

    def accept(self, now: datetime, agent: str, _: date) -> None:
        # Who has not heard of the agent yet has no proposals of theirs.
        found = [one for one in self.team.chiefs[self.id].read.proposals() if one.agent == agent]
        if found:
            what, key = self.random.choice(found).what, self.told.key("entry")
            self.do(ev.Entered(now, agent, key, what.rule, what.on, proposal=what.key, by=self.id), agent, key)

    def dismiss(self, now: datetime, agent: str, _: date) -> None:
        found = [one for one in self.team.chiefs[self.id].read.proposals() if one.agent == agent]
        if found:
            key, proposal = self.told.key("dismissal"), self.random.choice(found).what.key
            self.do(ev.Dismissed(now, agent, key, proposal, by=self.id), agent, key)

    def check(self, now: datetime, agent: str, past: date) -> None:
        """A punch marked as checked: mostly one that something is proposed about."""
        key, on, side = self.told.key("check"), past, self.random.choice(("in", "out"))
        found = [one for one in self.team.chiefs[self.id].read.proposals() if one.what.key.startswith("punch:")]
        if found and self.random.random() < 0.8:
            one = self.random.choice(found)
            agent, on, side = one.agent, one.what.on, one.what.key.rpartition(":")[2]
        self.do(ev.Checked(now, agent, key, on, side, by=self.id), agent, key)

    def attend(self, now: datetime, agent: str, past: date) -> None:
        meeting = self.random.choice(("daily", "daily", "company", "training"))
        state = self.random.choice(("present", "late", "missed", "left_early", "on_leave"))
        self.do(ev.Attended(now, agent, meeting, past, state, by=self.id))

    def rule(self, now: datetime, agent: str, _: date) -> None:
        if keys := self.keys(agent):
            self.do(ev.Ruled(now, agent, self.random.choice(keys), self.random.random() < 0.4, by=self.id))

    def back(self, now: datetime, agent: str, _: date) -> None:
        if keys := self.keys(agent):
            self.do(ev.TakenBack(now, agent, self.random.choice(keys), by=self.id))

    # The week, and the talk cards

    def plan(self, now: datetime, agent: str, past: date) -> None:
        key, week = self.told.key("plan"), week_of(past + timedelta(days=self.random.choice((0, 7))))
        self.do(ev.Approved(now, agent, key, week, self.random.choice((None, 30, 40)), by=self.id), agent, key)

    def review(self, now: datetime, agent: str, past: date) -> None:
        key, rating = self.told.key("review"), self.random.randint(1, 5)
        self.do(ev.Reviewed(now, agent, key, week_of(past), rating, by=self.id), agent, key)

    def card(self, now: datetime, _: str, __: date) -> None:
        """A new card, another version of one, or one taken back."""
        there = [event.key for event in self.team.did if isinstance(event, ev.Carded)]
        instead = self.random.choice(["", *there])
        gone = instead != "" and self.random.random() < 0.3
        self.do(ev.Carded(now, self.told.key("card"), instead, gone, by=self.id))

    # Customers

    def pay(self, now: datetime, agent: str, past: date) -> None:
        fen = self.random.choice((1, 33, 50, 149, 12345, 8_000_000, -50, -33, -12345))
        key, named = self.told.key("paid"), self.random.choice((None, None, agent))
        self.do(ev.Paid(now, key, self.random.choice(NUMBERS), fen, past, named, by=self.id), agent, key)

    def grade(self, now: datetime, agent: str, past: date) -> None:
        """Some of the steps to a grade; now and then one is taken back after the signature."""
        number, grade = self.random.choice(NUMBERS), self.random.choice("AB")
        made = []
        for step in ("visited", "file", "signed")[: self.random.choice((1, 2, 3, 3, 3))]:
            key = self.told.key("step")
            if self.do(ev.Stepped(now, key, number, step, grade, past, by=self.id), agent, key):
                made.append(key)
        if made and self.random.random() < 0.4:
            self.do(ev.TakenBack(now, agent, self.random.choice(made), by=self.id))

    def give(self, now: datetime, agent: str, past: date) -> None:
        """A customer given to an agent; now and then to another as of an earlier day, said only then, and paid."""
        number = self.random.choice(NUMBERS)
        self.do(ev.Given(now, number, agent, past, by=self.id))
        if self.random.random() < 0.3:
            other = self.random.choice(list(self.team.desks))
            self.do(ev.Given(now, number, other, past - timedelta(days=2), by=self.id))
            key = self.told.key("paid")
            self.do(ev.Paid(now, key, number, 12345, past, by=self.id), other, key)

    def lift(self, now: datetime, _: str, __: date) -> None:
        self.do(ev.Lifted(now, self.random.choice(NUMBERS), by=self.id))

    def erase(self, now: datetime, _: str, __: date) -> None:
        self.do(ev.Erased(now, self.random.choice(NUMBERS), by=self.id))

    # Who is there

    def leave(self, now: datetime, agent: str, past: date) -> None:
        if self.random.random() < 0.25:
            self.do(ev.Left(now, agent, past, by=self.id))

    def hired(self, now: datetime, agent: str, _: date) -> None:
        if self.random.random() < 0.3:
            back = self.random.choice((0, 1, 3, 13, 14, 15, 40))
            self.do(ev.Hired(now, agent, now.date() - timedelta(days=back), by=self.id))


def _otherwise(event: ev.Judged | ev.Ruled) -> ev.Event:
    """What was decided, the other way about."""
    if isinstance(event, ev.Judged):
        return replace(event, false=not event.false)
    return replace(event, upheld=not event.upheld)
