"""Days and weeks of a made-up team at random: what people do, at the edges of the rules more often than in life."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from tests.oracle import events as ev
from tests.oracle.chiefs import NUMBERS, Chief
from tests.oracle.policies import LEDGER
from tests.oracle.team import Team, at
from tests.oracle.weeks import week_of

OUTCOMES = (
    "talked",
    "talked",
    "talked",
    "talked",
    "refused",
    "callback",
    "not_decider",
    "existing_customer",
    "no_answer",
    "other",
)
NIGHT = 19
COUNTS = ("calls", "leads", "new_calls", "new_leads", "new_days")


class Teller:
    """One history: `play` does it all in a team."""

    def __init__(self, team: Team, random: Random, days: Sequence[date]) -> None:
        self.team, self.random, self.days, self.first = team, random, days, days[0]
        self.calls: list[tuple[str, str, ev.Form]] = []
        self.keys: list[tuple[str, str]] = []
        self.said: list[tuple[str, ev.Form]] = []
        """All that was ever said of calls, and by whom."""
        self.count = 0
        self.second_there = random.choice((0, 0.2, 0.5))
        self.wage = random.choice(("", "", "900", "1050"))
        self.requests: list[tuple[str, ev.Requested]] = []
        self.chiefs = [Chief(self, id) for id in ev.CHIEFS]

    def play(self) -> None:
        random = self.random
        self.team.do(self.policy(self.first))
        late = random.choice(self.days[:4])
        for day in self.days:
            for agent, asks in zip(ev.AGENTS, (self.first, late), strict=True):
                if asks == day:
                    self.ask(agent, day)
            if day == self.days[-1]:
                for agent in self.team.desks:
                    self.chiefs[0].to_the_edge(at(day, 7, 30), agent, day)
            self.day(day)

    def ask(self, agent: str, day: date) -> None:
        hired = day - timedelta(days=self.random.choice((0, 0, 1, 10, 13, 14, 15, 400)))
        self.team.do(ev.Asked(at(day, 8, 30), agent, hired))
        self.sync(at(day, 8, 30, 30), *ev.CHIEFS)

    def policy(self, day: date) -> ev.Published:
        random = self.random
        numbers: dict[str, int | str] = {
            "calls": random.randint(2, 7),
            "leads": random.randint(1, 3),
            "new_calls": random.randint(1, 4),
            "new_leads": random.randint(1, 2),
            "new_days": random.choice((1, 5, 15)),
            "call_fine": random.choice(("7.5", "3.33")),
            "lead_fine": "2.25",
            "leads_status": "disabled",
            "call_rate": random.choice(("0.335", "1.005")),
            "grade_a": "120",
            "grade_b": "35.5",
            "percent": random.choice(("1.5", "0.75")),
            "base": random.choice(("900", "1200.5")),
            "opening": random.choice((90, 110)),
            "bonus_over": random.choice((119, 121)),
            "malus_under": random.choice((79, 81)),
            "bonus": "150",
            "malus": "250",
            "share": random.choice(("15", "33.3")),
            f"{(rule := random.choice(tuple(LEDGER)))}.fine": random.choice(("0", "12.34")),
            f"{rule}.points": random.choice((-1, -7)),
        }
        # What is not replaced is as it ships.
        numbers = {
            name: number for name, number in numbers.items() if random.random() < (0.9 if name in COUNTS else 0.3)
        }
        if self.wage:
            numbers["minimum_wage"] = self.wage
        coming = [day + timedelta(days=n) for n in range(14)]
        off = tuple(one for one in coming if one.weekday() < 5 and random.random() < 0.15)
        extra = tuple(one for one in coming if one.weekday() >= 5 and random.random() < 0.3)
        start = day + timedelta(days=random.choice((0, 0, 1, 3))) if day != self.first else day
        cleared = random.choice((("att.absent",), ("att.absent",), (), ("att.absent", "duty.cleaning")))
        return ev.Published(at(day, 8), start, numbers, off, extra, random.random() < 0.6, cleared)

    def key(self, kind: str) -> str:
        self.count += 1
        return f"{kind}-{self.count}"

    def in_team(self) -> list[str]:
        gone = {event.agent for event in self.team.did if isinstance(event, ev.Left)}
        return [agent for agent in self.team.desks if agent not in gone]

    def day(self, day: date) -> None:
        random = self.random
        if day != self.first and random.random() < 0.08:
            self.team.do(self.policy(day))
        busy = 9 if day.weekday() < 5 else 2
        for minute in sorted(random.sample(range(31, 11 * 60), random.randint(0, busy * 2))):
            if here := self.in_team():
                self.agent_acts(random.choice(here), day, 8 + minute // 60, minute % 60)
        self.clock_in_and_out(day)
        self.sync(at(day, NIGHT, 30), *self.in_team(), *ev.CHIEFS)
        for minute in range(random.randint(3, 14)):
            # The second of them is there on some days, and hears of the other now and then.
            chief = self.chiefs[random.random() < self.second_there]
            chief.acts(day, at(day, NIGHT, 40 + minute))
            if random.random() < 0.1:
                self.sync(at(day, NIGHT, 40 + minute, 30), *random.sample(ev.CHIEFS, 2))
        if random.random() < 0.1:
            # From today on, of which some have been confirmed.
            self.team.do(replace(self.policy(day), at=at(day, 20), by=random.choice(ev.CHIEFS)))
        erased = any(isinstance(event, ev.Erased) and event.at.date() == day for event in self.team.did)
        for agent in self.in_team():
            if random.random() < 0.1:
                self.move(agent, day)
            if erased:
                self.sync(at(day, 20), *ev.CHIEFS, agent)
                self.import_calls(agent, day, at(day, 20, random.randint(1, 59)))
            if random.random() < 0.3:
                self.agent_acts(agent, day, 20, random.randint(0, 59))
                self.sync(at(day, 21), agent, *ev.CHIEFS, agent)

    def sync(self, now: datetime, *who: str) -> None:
        """Have machines give and take; some are off."""
        for each in who:
            if self.random.random() < 0.9:
                self.team.do(ev.Synced(now, each))

    def clock_in_and_out(self, day: date) -> None:
        random = self.random
        times = (("in", (8, 55, 0), (9, 0, 0), (9, 1, 0), (9, 30, 0), (9, 30, 30), (9, 31, 0), (11, 0, 0)),
                 ("out", (16, 0, 0), (17, 29, 0), (17, 30, 0), (17, 59, 0), (18, 0, 0), (18, 30, 0)))  # fmt: skip
        for agent in self.in_team():
            for side, *choices in times:
                if random.random() < 0.8:
                    self.team.do(ev.Punched(at(day, *random.choice(choices)), agent, side))
            if random.random() < 0.15:
                self.team.do(ev.HandedIn(at(day, 19), agent, week_of(day - timedelta(days=random.choice((0, 0, 4))))))
            if random.random() < (0.5 if day.isoweekday() >= 5 else 0.1):
                self.plan(agent, day)

    def move(self, agent: str, day: date) -> None:
        """A call put right onto the day before, of which one supervisor hears before he confirms that day, and the
        other not before he confirms this one.
        """
        team, (first, second) = self.team, self.random.sample(ev.CHIEFS, 2)
        calls = [(who, key, form) for who, key, form in self.calls if who == agent and form.start.date() == day]
        if not calls:
            return
        _, key, form = self.random.choice(calls)
        self.sync(at(day, 20), agent, first)
        moved = replace(form, start=form.start - timedelta(days=1))
        if team.do(ev.Corrected(at(day, 20, 0, 10), agent, key, moved)):
            self.said.append((agent, moved))
            self.calls[self.calls.index((agent, key, form))] = (agent, key, moved)
        self.sync(at(day, 20, 0, 20), agent, second)
        confirmed = [(first, day), (second, day - timedelta(days=1))]
        self.random.shuffle(confirmed)
        for number, (chief, on) in enumerate(confirmed):
            event = ev.Confirmed(at(day, 20, 0, 30 + number), agent, self.key("confirm"), on, by=chief)
            if team.do(event):
                self.keys.append((agent, event.key))

    def plan(self, agent: str, day: date) -> None:
        """A week planned before it is due or after; now and then taken back."""
        random, key = self.random, self.key("plan")
        hour, week = random.choice((17, 18, 19)), week_of(day + timedelta(days=random.choice((0, 7, 7))))
        planned = ev.Planned(at(day, hour, random.choice((0, 1))), agent, key, week, random.randint(1, 60), 2)
        if self.team.do(planned) and random.random() < 0.2:
            self.team.do(ev.TakenBack(at(day, hour, 5), agent, key, by=agent))

    # What agents do

    def form(self, day: date, hour: int, minute: int) -> ev.Form:
        random = self.random
        number = random.choice(NUMBERS)
        phone = random.choice((number, f"+86 {number}", f"{number[:3]}-{number[3:7]}-{number[7:]}", f"{number}转12"))
        if random.random() < 0.04:
            number, phone = "", random.choice(("12345", "138", "99912345678"))
        start = at(day, hour, minute)
        if random.random() < 0.15:
            start -= timedelta(days=random.choice((0, 1, 1, 2, 5)), minutes=random.randint(0, 400))
        outcome = random.choice(OUTCOMES) if random.random() < 0.98 else "do_not_call"
        cards = [event.key for event in self.team.did if isinstance(event, ev.Carded) and not event.gone]
        interest = random.choice(("", "intent", "developable")) if outcome in ("talked", "callback") else ""
        return ev.Form(
            number,
            phone,
            outcome,
            start,
            interest,
            random.choice(("", "A", "B")) if interest == "intent" else "",
            self.text(random.choice(("宏达公司", "宏达公司 ", "恒信", "鑫源")), ("无", "不明", "")),
            self.text("王", ("无", "未知", " ")),
            self.text(random.choice(("经理", "无")), ("unknown", "不明", "")),
            note=self.text("要报价", ("无", "未知", "")),
            imported=random.random() < 0.3,
            card=random.choice(cards) if cards and random.random() < 0.4 else "",
        )

    def text(self, good: str, bad: tuple[str, ...]) -> str:
        return good if self.random.random() < 0.95 else self.random.choice(bad)

    def agent_acts(self, agent: str, day: date, hour: int, minute: int) -> None:
        random = self.random
        now = at(day, hour, minute)
        mine = [(key, form) for who, key, form in self.calls if who == agent]
        dice = random.random()
        if dice < 0.06:
            self.import_calls(agent, day, now)
        elif dice < 0.12:
            self.request(agent, day, now)
        elif dice < 0.75 or not mine:
            key, form = self.key("call"), self.form(day, hour, minute)
            if self.team.do(ev.Called(now, agent, key, form)):
                self.calls.append((agent, key, form))
                self.said.append((agent, form))
        elif dice < 0.88:
            key, form = random.choice(mine[-25:])
            changed = self.corrected(form)
            if self.team.do(ev.Corrected(now, agent, key, changed)):
                self.said.append((agent, changed))
                self.calls[self.calls.index((agent, key, form))] = (agent, key, changed)
        elif dice < 0.93:
            self.team.do(ev.Voided(now, agent, random.choice(mine[-25:])[0]))
        else:
            keys = [key for who, key in self.keys if who == agent]
            if keys:
                self.team.do(ev.Appealed(now, agent, random.choice(keys)))

    def import_calls(self, agent: str, day: date, now: datetime) -> None:
        """A file of past calls: some are there, or were until they were corrected, some stand twice, and some are of
        customers who were erased; now and then a file once more.
        """
        random = self.random
        forms = [replace(self.form(day, now.hour, 0), imported=True) for _ in range(random.randint(1, 4))]
        erased = [event.number for event in self.team.did if isinstance(event, ev.Erased)]
        for number in random.sample(erased, min(len(erased), 2)):
            start = now - timedelta(days=random.choice((0, 1, 3)), minutes=random.randint(0, 600))
            form = self.form(day, now.hour, 0)
            forms.append(replace(form, number=number, phone=number, start=start, imported=True))
        # What is no usable number is looked for on its own day alone.
        there = [form for who, form in self.said if who == agent and form.number][-40:]
        forms += [replace(form, imported=True) for form in random.sample(there, min(len(there), 2))]
        forms += forms[: random.choice((0, 1))]
        rows = tuple((self.key("call"), form) for form in forms if form.start <= now)
        for _ in range(random.choice((1, 1, 2))):
            if self.team.do(ev.Imported(now, agent, rows)):
                came = [(agent, key, form) for key, form in rows if key in self.team.ids]
                self.calls += [one for one in came if one not in self.calls]
                self.said += [(agent, form) for _, form in rows]
            rows = tuple((self.key("call"), form) for _, form in rows)

    def request(self, agent: str, day: date, now: datetime) -> None:
        on = day + timedelta(days=self.random.choice((-1, 0, 0, 1, 2)))
        minutes = self.random.choice((30, 60, 210, 240, 420))
        asked = ev.Requested(now, agent, self.key("request"), self.random.choice(("leave", "visit")), on, minutes)
        if self.team.do(asked):
            self.requests.append((agent, asked))
            if self.random.random() < 0.1:
                self.team.do(ev.TakenBack(now, agent, asked.key, by=agent))

    def corrected(self, form: ev.Form) -> ev.Form:
        random = self.random
        number = random.choice(NUMBERS)
        return random.choice(
            (
                replace(form, note="补记", contact="李", company="恒信", title="厂长"),
                replace(form, note=""),
                replace(form, number=number, phone=number),
                replace(form, outcome="talked", interest="intent"),
                replace(form, outcome="refused", interest="", grade=""),
                replace(form, outcome="no_answer", interest="", grade=""),
                replace(form, start=form.start - timedelta(days=random.choice((0, 1)), minutes=random.randint(0, 90))),
            )
        )
