"""A month of a team of eight through the book, against an independent, straightforward computation, line by line."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import floor
from pathlib import Path
from random import Random

from agent_tui.book import Book, CallEntry
from shared_rules.policies.policy import builtin_text
from tests.book.month import ZONE, Month, conversation

FIRST, SECOND = date(2026, 11, 1), date(2026, 11, 16)
WORKDAYS = [day for day in (FIRST + timedelta(days=n) for n in range(30)) if day.isoweekday() <= 5]
OLD = date(2020, 1, 1)
# Two are new: day 15 of the one is the 13th, of the other the 5th.
AGENTS = {**{f"A{n}": OLD for n in range(1, 7)}, "A7": date(2026, 10, 30), "A8": date(2026, 10, 22)}
NAMES = {"att.late": (-2, 1000), "duty.cleaning": (-5, 500), "conduct.harm": (-10, 0), "meet.missed": (-2, 0)}


def rules(rate: str, short: str, fine: str) -> str:
    """The handbook with quotas that a test can make, and these amounts."""
    text = builtin_text("handbook")
    for old, new in (
        ("calls = 120\nleads = 25", "calls = 6\nleads = 3"),
        ("calls = 80\nleads = 15", "calls = 4\nleads = 2"),
        ('rate = "0.5"', f'rate = "{rate}"'),
        ('call = "5"', f'call = "{short}"'),
        ('fine = "50"', f'fine = "{fine}"'),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


@dataclass
class Made:
    """A call as the test made it."""

    id: str
    day: date
    number: int
    lead: bool
    complete: bool
    void: bool = False
    false: bool = False


@dataclass
class Told:
    """All that was done with one agent, in plain words."""

    hired: date
    calls: list[Made] = field(default_factory=list)
    entries: list[tuple[str, str, date, int, int]] = field(default_factory=list)  # id, rule, day, points, fen
    excused: set[date] = field(default_factory=set)
    away: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    confirmed: set[date] = field(default_factory=set)
    signed: list[tuple[str, date]] = field(default_factory=list)
    paid: list[tuple[int, date]] = field(default_factory=list)


# ---- the month, acted ----


def act(month: Month, random: Random) -> dict[str, Told]:
    told = {agent: Told(hired) for agent, hired in AGENTS.items()}
    month.boss.supervisor.publish_policy(rules("0.5", "5", "50"), "a.toml", FIRST)
    month.boss.supervisor.publish_policy(rules("0.33", "4", "70"), "b.toml", SECOND)
    month.down()
    weeks: dict[int, list[date]] = defaultdict(list)
    for day in WORKDAYS:
        weeks[day.isocalendar()[1]].append(day)
    for week in weeks.values():
        for day in week:
            for agent, desk in month.desks.items():
                # Two log each day; the others enter the week's calls on Friday, which takes far fewer files.
                month.clock.set(day if agent in ("A1", "A7") else week[-1], 17)
                log(desk, day, random, told[agent])
        month.clock.set(week[-1], 20)
        month.up()
        for agent, one in told.items():
            decide(month, agent, week, random, one)
        month.down()
        for agent, desk in month.desks.items():
            change(desk, week, random, told[agent])
    month.clock.set(date(2026, 12, 1), 8)
    month.sync()
    return told


def log(desk: Book, day: date, random: Random, one: Told) -> None:
    """A day's calls: some talked, some not, some incomplete, some with a number of before."""
    start = datetime.combine(day, time(9), ZONE)
    entries, made = [], []
    for n in range(random.randint(2, 9)):
        number, lead, complete = random.randint(1, 12), random.random() < 0.5, random.random() < 0.85
        entry = conversation(number, start + timedelta(minutes=7 * n), lead=lead)
        talked = random.random() < 0.85
        if not (complete and talked):
            entry = CallEntry(
                phone=entry.phone,
                outcome="talked" if talked else "busy",
                interest=entry.interest if talked else None,
                company=entry.company,
                started_at=entry.started_at,
            )
        entries.append(entry)
        made.append(Made("", day, number, lead and talked, complete and talked))
    desk.own.log_many(entries)
    ids = {call.started_at: call.id for call in desk.calls(desk.identity.agent, day)}
    for entry, call in zip(entries, made, strict=True):
        assert entry.started_at is not None
        call.id = ids[entry.started_at]
    one.calls += made


def decide(month: Month, agent: str, week: list[date], random: Random, one: Told) -> None:
    """What the supervisor does at the end of a week."""
    boss = month.boss.supervisor
    for day in week:
        if random.random() < 0.15:
            boss.excuse(agent, day, "停电")
            one.excused.add(day)
        if random.random() < 0.2:
            minutes = random.choice([60, 180, 420])
            boss.time_away(agent, random.choice(["leave", "visit"]), day, minutes)
            one.away[day] += minutes
        if random.random() < 0.25:
            rule = random.choice(list(NAMES))
            points, fen = NAMES[rule]
            one.entries.append((boss.points(agent, rule, day).id, rule, day, points, fen))
        if random.random() < 0.1:
            points = random.randint(1, 20)
            one.entries.append(
                (
                    boss.points(agent, "award.excellent", day, points=points, note="好").id,
                    "award.excellent",
                    day,
                    points,
                    0,
                )
            )
        if random.random() < 0.6:
            boss.confirm(agent, day)
            one.confirmed.add(day)
    judged = [call for call in one.calls if call.day in week and call.complete]
    for call in random.sample(judged, min(2, len(judged))):
        fine = 5000 if call.day < SECOND else 7000
        verdict = boss.verify(call.id, True, "未通话")
        if random.random() < 0.4:
            boss.rule_on(verdict.id, upheld=False, text="属实")
        else:
            call.false = True
            one.entries.append((verdict.id, "report.false", call.day, 0, fine))
    if random.random() < 0.7:
        fen, day = random.randint(-5_000_000, 30_000_000), random.choice(week)
        boss.payment("13800000001", f"{fen / 100:.2f}", day, agent=agent)
        one.paid.append((fen, day))
    if random.random() < 0.7:
        phone, day, grade = f"139{int(agent[1:]):04}{week[0].day:04}", random.choice(week), random.choice("AB")
        for step in ("visited", "file", "signed"):
            boss.grade_step(phone, step, grade, by="老王", on=day, agent=agent)  # type: ignore[arg-type]
        one.signed.append((grade, day))


def change(desk: Book, week: list[date], random: Random, one: Told) -> None:
    """Later the agent voids calls, and appeals: on a confirmed day what is voided still counts."""
    calls = [call for call in one.calls if call.day in week]
    for call in random.sample(calls, 2):
        desk.own.void(call.id, "按错")
        if call.day not in one.confirmed:
            call.void = True


# ---- the month, computed in the plainest way ----


def expected(agent: str, one: Told) -> dict[str, int]:
    lines: dict[str, int] = {"pay.base": 100_000}
    valid: dict[bool, int] = defaultdict(int)
    for day in WORKDAYS:
        late = day >= SECOND
        counted = [call for call in one.calls if call.day == day and call.complete and not call.void and not call.false]
        numbers = {call.number for call in counted}
        leads = {call.number for call in counted if call.lead}
        valid[late] += len(numbers)
        new = 1 <= (day - one.hired).days + 1 <= 15
        calls_asked, leads_asked = (4, 2) if new else (6, 3)
        away = min(one.away[day], 420)
        calls_asked = floor(calls_asked * (420 - away) / 420 + 0.5)
        leads_asked = 0 if away == 420 else leads_asked
        if day in one.excused:
            continue
        for missing, rate, part in (
            (calls_asked - len(numbers), 400 if late else 500, "calls"),
            (leads_asked - len(leads), 500, "leads"),
        ):
            if missing > 0:
                lines[f"pay.fines:quota.shortfall:{day}:{part}"] = -missing * rate
    lines["pay.valid_calls"] = half_up(Decimal(valid[True]) * 33)
    lines["pay.valid_calls:50"] = valid[False] * 50
    for grade, fen in (("A", 10_000), ("B", 5_000)):
        lines[f"pay.grade_{grade.lower()}"] = fen * sum(signed == grade for signed, _ in one.signed)
    lines["pay.payments"] = half_up(Decimal(sum(fen for fen, _ in one.paid)) / 100)
    points = 100
    for id, _, _, change, fen in one.entries:
        points += change
        if fen:
            lines[f"pay.fines:{id}"] = -fen
    lines["pay.points"] = 20_000 if points > 120 else -20_000 if points < 80 else 0
    return {f"pay:{agent}:2026-11:{name}": fen for name, fen in lines.items() if fen}


def half_up(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def limits(lines: dict[str, int]) -> tuple[int, int, int]:
    """Gross, deductions and what is payable."""
    gross = sum(fen for id, fen in lines.items() if "pay.fines" not in id and not ("pay.points" in id and fen < 0))
    deductions = gross - sum(lines.values())
    return gross, deductions, gross - max(0, min(deductions, gross * 20 // 100))


def test_a_month_of_eight_line_by_line(tmp_path: Path) -> None:
    month = Month(tmp_path, FIRST, AGENTS)
    told = act(month, Random(20261101))
    for agent, one in told.items():
        lines = expected(agent, one)
        for book in (month.desks[agent], month.boss):
            statement = book.read.statement(agent, "2026-11")
            assert statement is not None
            assert {each.id: each.line.fen for each in statement.lines if each.line.fen} == lines, agent
            assert statement.total == sum(lines.values())
            found = statement.limits
            assert (found.gross, found.deductions, found.payable) == limits(lines)
            marked = {each.line.on for each in statement.lines if each.line.unconfirmed}
            assert not marked & one.confirmed
        ledger = month.boss.ledger(agent, "2026-11")
        assert ledger.balance == 100 + sum(points for *_, points, _ in one.entries)
    fresh = Book.open(tmp_path / "boss", month.clock)
    assert [fresh.read.statement(agent, "2026-11") for agent in AGENTS] == [
        month.boss.read.statement(agent, "2026-11") for agent in AGENTS
    ]
    fresh.close()
    month.close()
