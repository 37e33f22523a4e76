"""What happens in the demo besides calls: a good day and a bad one, and everything a supervisor has to decide."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from random import Random

from msgspec.structs import replace

from agent_tui.book import Book
from agent_tui.demo.day import Planned
from agent_tui.demo.people import Person, company
from agent_tui.errors import Problem
from agent_tui.i18n import t
from shared_rules.phones import parse_phone
from shared_rules.records.parts import Customer

# Who is who, by place in the team; a small team has fewer of them.
LATE, ASKS, AWAY, FAKES, OFFLINE, SLOW = 3, 5, 6, 2, 9, 8

_FAKED = 9
_LEADS = 30
_FORGETS = 4
_SLOW_SHARE = 0.45


def before(day: date) -> date:
    """The workday before `day`, Monday to Friday."""
    return day - timedelta(days=3 if day.weekday() == 0 else 1)


def after(day: date) -> date:
    """The workday after `day`, Monday to Friday."""
    return day + timedelta(days=3 if day.weekday() == 4 else 1)


def having_a_bad_day(people: list[Person]) -> list[Person]:
    """The same people with one of them far slower."""
    return [
        replace(person, calls_an_hour=person.calls_an_hour * _SLOW_SHARE) if place == SLOW else person
        for place, person in enumerate(people)
    ]


def with_fakes(calls: Iterator[Planned], agent: str, since: datetime) -> Iterator[Planned]:
    """The calls of a day, those of one agent from `since` on made up: seconds apart, one text, one number twice."""
    made_up = 0
    at = since
    for call in calls:
        if call.agent == agent and call.at >= since and made_up < _FAKED and call.entry.outcome == "talked":
            at = at + timedelta(seconds=4) if made_up else call.at - timedelta(seconds=4)
            made_up += 1
            phone = "13800138000" if made_up in (4, 7) else call.entry.phone
            entry = replace(call.entry, note="有意向,再联系", phone=phone, started_at=at, duration_s=2)
            yield Planned(call.at, call.agent, entry)
        else:
            yield call


class Story:
    """Told at the desks of the people and at the supervisor's book."""

    def __init__(self, people: list[Person], desks: dict[str, Book], seed: int) -> None:
        self._people = people
        self._desks = desks
        self._random = Random(f"story {seed}")
        self._handed_in: set[tuple[str, date]] = set()
        self.card: str | None = None

    def person(self, place: int) -> Person | None:
        """Who has a part in the story; None where the team is too small for it."""
        return self._people[place] if place < len(self._people) else None

    def evening(self, boss: Book, day: date) -> None:
        """The day is handed in by most and confirmed for half of them; somebody was late."""
        handed_in = [person for place, person in enumerate(self._people) if place % 6 != _FORGETS]
        for person in handed_in:
            self._desks[person.id].agent.hand_in(day)
            self._desks[person.id].sync_once()
        boss.sync_once()
        if late := self.person(LATE):
            boss.supervisor.points(late.id, "att.late", day, note=t("demo.late"))
        for person in handed_in[::2]:
            boss.supervisor.confirm(person.id, day)
        boss.sync_once()

    def morning(self, boss: Book, day: date) -> None:
        """An appeal, a request, a visit, a plan, a talk card and a notice wait or go out."""
        self.sync(boss)
        if late := self.person(LATE):
            desk = self._desks[late.id]
            (entry,) = desk.ledger(late.id, f"{before(day):%Y-%m}").entries[-1:]
            desk.agent.appeal(entry.id, t("demo.appeal"))
        if asks := self.person(ASKS):
            self._desks[asks.id].agent.ask("leave", after(day), 120, t("demo.request"))
        if away := self.person(AWAY):
            boss.supervisor.time_away(away.id, "visit", day, 90, text=t("demo.visit"))
        week = f"{day.isocalendar().year}-W{day.isocalendar().week:02}"
        for person in self._people[:4]:
            self._desks[person.id].agent.plan(week, companies=300, grades=3, trades=t("demo.trades"))
        self.card = boss.supervisor.publish_card(
            t("demo.card_event"), day, t("demo.card_objection"), t("demo.card_reframe"), t("demo.card_question")
        ).id
        boss.supervisor.notice(t("demo.notice"), day)
        self._bring_in_a_list(boss)
        self.sync(boss)

    def _bring_in_a_list(self, boss: Book) -> None:
        """A lead list, shared out among all."""
        agents = [person.id for person in self._people]
        found = [company(self._random) for _ in range(_LEADS * len(agents))]
        customers = [
            Customer(phone=phone.e164, company=one.name, contact=one.contact, title=one.title, headcount=one.headcount)
            for one in found
            if (phone := parse_phone(one.phone))
        ]
        boss.lists.taking(t("demo.list"), agents).take([(row, "", one) for row, one in enumerate(customers, 2)])

    def home_time(self, day: date, present: Iterable[str]) -> None:
        """Most of those present hand in the day, if they have not."""
        for place, person in enumerate(self._people):
            key = (person.id, day)
            if person.id in present and place % 6 != _FORGETS and key not in self._handed_in:
                self._handed_in.add(key)
                self._desks[person.id].agent.hand_in(day)
                self._desks[person.id].sync_once()

    def sync(self, boss: Book) -> None:
        """Bring everybody's records to everybody."""
        for _ in range(2):
            for desk in self._desks.values():
                desk.sync_once()
            boss.sync_once()

    def noon(self, boss: Book, day: date) -> None:
        """Calls are flagged for the meeting."""
        boss.sync_once()
        for person in self._people[:3]:
            calls = [call for call in self._desks[person.id].calls(person.id, day) if call.lead]
            if calls:
                try:
                    self._desks[person.id].agent.flag(calls[0].id, t("demo.flag"))
                except Problem:
                    continue

    def told(self, call: Planned) -> Planned:
        """The call, now and then with the talk card used in it."""
        if self.card and call.entry.outcome == "talked" and self._random.random() < 0.2:
            return Planned(call.at, call.agent, replace(call.entry, card=self.card))
        return call
