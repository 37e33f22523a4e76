"""A made-up team in the program: what happened is done through its book, as the screens and the commands do it."""

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from agent_tui import teams
from agent_tui.book import Book, CallEntry
from agent_tui.book.own.own import keys
from agent_tui.errors import Problem
from shared_rules.phones import parse_phone
from shared_rules.policies.policy import builtin_text
from tests.oracle import events as ev

ZONE = ZoneInfo("Asia/Shanghai")
PLACES = {
    "calls": ("quota.standard", "calls"),
    "leads": ("quota.standard", "leads"),
    "new_calls": ("quota.new_hire", "calls"),
    "new_leads": ("quota.new_hire", "leads"),
    "new_days": ("quota.new_hire_days", "days"),
    "call_fine": ("quota.shortfall", "call"),
    "lead_fine": ("quota.shortfall", "lead"),
    "leads_status": ("quota.shortfall", "leads_status"),
    "call_rate": ("pay.valid_calls", "rate"),
    "grade_a": ("pay.grade_a", "amount"),
    "grade_b": ("pay.grade_b", "amount"),
    "percent": ("pay.payments", "percent"),
    "base": ("pay.base", "amount"),
    "share": ("pay.limits", "percent"),
    "minimum_wage": ("pay.limits", "minimum_wage"),
    "opening": ("points.base", "points"),
    "bonus_over": ("points.bonus", "over"),
    "bonus": ("points.bonus", "amount"),
    "malus_under": ("points.malus", "under"),
    "malus": ("points.malus", "amount"),
}
"""Where a number stands in the program's data; those of a ledger's rule stand in its own table. Amounts are texts."""


class Hands:
    """The clock of the whole team, moved by hand."""

    def __init__(self, start: datetime) -> None:
        self.at = start

    def now(self, zone: ZoneInfo) -> datetime:
        return self.at.astimezone(zone)


class Team:
    """Supervisors and the agents who asked to join, on a real folder, `until` one looks at it.

    `did` is what the program took.
    """

    def __init__(self, folder: Path, start: datetime, *, until: datetime) -> None:
        self.clock = Hands(start)
        self._folder, self._until = folder, until
        self._share = folder / "share"
        self._share.mkdir(parents=True)
        first, *others = ev.CHIEFS
        teams.init_team(folder / first, self._share, "一组", first, "陈静", str(ZONE), self.clock)
        self.chiefs = {first: Book.open(folder / first, self.clock)}
        self.boss = self.chiefs[first]
        self.boss.sync_once()
        self.desks: dict[str, Book] = {}
        self.ids: dict[str, str] = {}
        self.did: list[ev.Event] = []
        for other in others:
            self.chiefs[other] = self._let_in(other, start.date(), "supervisor")

    def do(self, event: ev.Event) -> bool:
        """Do it at its time; False when that is still to come, or the program refuses it: then it did not happen."""
        if event.at >= self._until:
            return False
        self.clock.at = event.at
        try:
            self._do(event)
        except Problem:
            return False
        self.did.append(event)
        return True

    def close(self) -> None:
        for book in (*self.chiefs.values(), *self.desks.values()):
            book.close()

    def sync(self, *who: str) -> None:
        """Have machines give and take, one after the other."""
        for each in who:
            (self.chiefs | self.desks)[each].sync_once()

    def _let_in(self, who: str, hired: date, role: str) -> Book:
        teams.ask_to_join(self._folder / who, self._share, who, f"同事{who}", hired, self.clock)
        book = Book.open(self._folder / who, self.clock)
        book.sync_once()
        self.boss.sync_once()
        (waiting,) = [member.writer for member in self.boss.members.all() if member.state == "waiting"]
        self.boss.members.approve(waiting, role)
        self.boss.sync_once()
        book.sync_once()
        return book

    def _do(self, event: ev.Event) -> None:
        chief = self.chiefs.get(event.by, self.boss)
        acts = chief.supervisor
        match event:
            case ev.Asked(agent=agent, hired=hired):
                self.desks[agent] = self._let_in(agent, hired, "agent")
            case ev.Left(agent=agent, last=last):
                chief.members.leave(agent, last)
            case ev.Synced(who=who):
                self.sync(who)
            case ev.Called(agent=agent, key=key, form=form):
                self.ids[key] = self.desks[agent].own.log(self._entry(form)).id
            case ev.Corrected(agent=agent, key=key, form=form):
                self.desks[agent].own.correct(self.ids[key], self._entry(form))
            case ev.Imported(agent=agent, rows=rows):
                self._import(self.desks[agent], agent, rows)
            case ev.Erased(number=number):
                chief.erasures.erase(number, "本人要求")
            case ev.Requested(agent=agent, key=key, type=type, day=day, minutes=minutes):
                asked = self.desks[agent].agent.ask(type, day, minutes, key)  # type: ignore[arg-type]
                self.ids[key] = asked.id
            case ev.Refused(key=key, request=request):
                self.ids[key] = acts.refuse(self.ids[request], "人手不够").id
            case ev.Voided(agent=agent, key=key):
                self.desks[agent].own.void(self.ids[key], "误记")
            case ev.Confirmed(agent=agent, key=key, day=day):
                self.ids[key] = acts.confirm(agent, day).id
            case ev.Hired(agent=agent, hired=hired):
                acts.hired(agent, hired)
            case ev.Judged(key=key, false=false):
                acts.verify(self.ids[key], false, "核实")
            case ev.Entered(agent=agent, key=key, proposal=proposal) if proposal:
                self.ids[key] = acts.accept(_proposal(chief, agent, proposal)).id
            case ev.Punched(agent=agent, side=side):
                self.desks[agent].agent.punch(side)  # type: ignore[arg-type]
            case ev.HandedIn(agent=agent, week=week):
                self.desks[agent].agent.summary(week, "…")
            case ev.Dismissed(agent=agent, key=key, proposal=proposal):
                self.ids[key] = acts.dismiss(_proposal(chief, agent, proposal), "另有安排").id
            case ev.Checked(agent=agent, key=key, day=day, side=side):
                self.ids[key] = acts.punch_check(agent, day, side).id  # type: ignore[arg-type]
            case ev.Planned(agent=agent, key=key, week=week, companies=companies, grades=grades):
                plan = self.desks[agent].agent.plan
                self.ids[key] = plan(week, companies=companies, grades=grades, text="…").id
            case ev.Approved(agent=agent, key=key, week=week, companies=companies):
                self.ids[key] = acts.plan(agent, week, companies=companies).id
            case ev.Reviewed(agent=agent, key=key, week=week, rating=rating):
                self.ids[key] = acts.review(agent, week, rating).id
            case ev.Carded(key=key, gone=True, instead=instead):
                self.ids[key] = acts.take_back_card(self.ids[instead]).id
            case ev.Carded(key=key, instead=instead):
                words = (f"{key}:税改", event.at.date(), "没有用", "正是机遇", "何时有空")
                self.ids[key] = acts.publish_card(*words, instead_of=self.ids[instead] if instead else None).id
            case ev.Attended(agent=agent, meeting=meeting, day=day, state=state):
                acts.attendance(agent, meeting, day, state)  # type: ignore[arg-type]
            case ev.Entered(agent=agent, key=key, rule=rule, day=day, points=points):
                evidence = {"evidence": self.ids[event.evidence]} if event.evidence else {}
                self.ids[key] = acts.points(agent, rule, day, points=points or None, note=key, **evidence).id
            case ev.Appealed(agent=agent, key=key):
                self.desks[agent].agent.appeal(self._entry_id(self.desks[agent], agent, key), "不服")
            case ev.Ruled(agent=agent, key=key, upheld=upheld):
                acts.rule_on(self._entry_id(chief, agent, key), upheld=upheld, text="裁定")
            case ev.Away(key=key, minutes=minutes, leads=leads, request=request) if request:
                self.ids[key] = acts.approve(self.ids[request], minutes=minutes, leads=leads).id
            case ev.Away(agent=agent, key=key, type=type, day=day, minutes=minutes, leads=leads):
                self.ids[key] = acts.time_away(agent, type, day, minutes, leads=leads, text=key).id  # type: ignore[arg-type]
            case ev.Excused(agent=agent, key=key, day=day):
                self.ids[key] = acts.excuse(agent, day, key).id
            case ev.TakenBack(by=by, key=key):
                (self.desks[by].agent if by in self.desks else acts).withdraw(self.ids[key])
            case ev.Released(agent=agent, day=day):
                acts.release(agent, day)
            case ev.Given(number=number, agent=agent, day=day):
                acts.assign(number, agent, on=day)
            case ev.Stepped(key=key, number=number, step=step, grade=grade, day=day):
                self.ids[key] = acts.grade_step(number, step, grade, by="周强", on=day).id  # type: ignore[arg-type]
            case ev.Paid(key=key, number=number, fen=fen, day=day, agent=named):
                yuan = f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02}"
                self.ids[key] = acts.payment(number, yuan, day, agent=named, note=key).id
            case ev.Lifted(number=number):
                acts.lift(number)
            case ev.Published():
                acts.publish_policy(policy_text(event), "x.toml", event.start)
            case _:
                raise AssertionError(event)

    def _import(self, desk: Book, agent: str, rows: tuple[tuple[str, ev.Form], ...]) -> None:
        """Take in the rows of a file; the keys of those that came in are theirs."""
        days = {form.start.date() for _, form in rows}
        before = {call.id for day in days for call in desk.calls(agent, day)}
        desk.own.log_many([self._entry(form) for _, form in rows])
        new = {call.id for day in days for call in desk.calls(agent, day)} - before
        for key, form in rows:
            number = parse_phone(form.phone)
            id = keys(desk.session).import_id(form.start, number.e164 if number else form.phone)
            if id in new:
                self.ids[key] = id
                new.remove(id)

    def _entry_id(self, book: Book, agent: str, key: str) -> str:
        """The id of an entry by its key, or by that of the call that was found false."""
        if not key.startswith("call-"):
            return self.ids[key]
        months = {f"{self.clock.at - timedelta(days=back):%Y-%m}" for back in (0, 28, 56)}
        found = [
            entry
            for month in months
            for entry in book.ledger(agent, month).entries
            if entry.evidence == self.ids[key] and entry.rule == "report.false"
        ]
        # Of a call found false, then true, then false again the last finding is meant.
        return max(found, key=lambda entry: entry.at).id if found else self.ids[key]

    def _entry(self, form: ev.Form) -> CallEntry:
        return CallEntry(
            phone=form.phone,
            outcome=form.outcome,
            interest=form.interest or None,  # type: ignore[arg-type]
            grade=form.grade or None,  # type: ignore[arg-type]
            company=form.company,
            contact=form.contact,
            title=form.title,
            department=form.department,
            headcount=form.headcount,
            it_status=form.it_status,
            note=form.note,
            started_at=form.start,
            imported=form.imported,
            card=self.ids.get(form.card),
        )


def _proposal(chief: Book, agent: str, key: str) -> str:
    """The id of an open proposal."""
    for one in chief.read.proposals(agent):
        if one.what.key == key:
            return one.id
    raise Problem("acts.no_proposal")


def policy_text(event: ev.Published) -> str:
    """The shipped handbook with the numbers of an event in the place of its own."""
    text = builtin_text("handbook")
    for name, value in event.numbers.items():
        table, key = PLACES.get(name) or (f'points.rules."{name.rpartition(".")[0]}"', name.rpartition(".")[2])
        text = _set(text, table, key, str(value) if isinstance(value, int) else f'"{value}"')
    if event.punches:
        text = _set(text, "day.punches", "status", '"plain"')
    cleared = ", ".join(f'"{rule}"' for rule in event.cleared_by)
    text = _set(text, "quota.shortfall", "cleared_by", f"[{cleared}]")
    text = _set(text, "day.workdays", "off", f"[{', '.join(day.isoformat() for day in event.days_off)}]")
    return _set(text, "day.workdays", "extra", f"[{', '.join(day.isoformat() for day in event.extra_workdays)}]")


def _set(text: str, table: str, key: str, value: str) -> str:
    head = text.index(f"[{table}]\n")
    end = text.find("\n[", head)
    part = text[head:end]
    made, n = re.subn(rf"(?m)^{key} = .*$", f"{key} = {value}", part)
    if not n:
        made = f"{part.rstrip()}\n{key} = {value}\n"
    return text[:head] + made + text[end:]


def at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """An instant of a day in the team's zone."""
    return datetime.combine(day, time(hour, minute, second), ZONE)
