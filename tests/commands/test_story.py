"""A fortnight of an agent and a supervisor by commands alone, each on a machine of their own, over one folder.

What it comes to is worked out here by plain arithmetic and must be what both machines say.
"""

from decimal import Decimal
from pathlib import Path

from tests.commands.running import Machine, Machines

WORKDAYS = [f"2026-11-{day:02}" for day in (9, 10, 11, 12, 13, 16, 17, 18, 19, 20)]
LEAVE, ABSENT, FALSE = "2026-11-10", "2026-11-17", "2026-11-11"
CUSTOMER = "13800000001"
CARD = 'event = "涨价"\non = 2026-11-16\nobjection = "太贵"\nreframe = "算总账"\nquestion = "何时方便?"\n'


class Office:
    """Both machines, told the same time."""

    def __init__(self, machines: Machines) -> None:
        self.boss, self.agent = machines["S001"], machines["A017"]
        self.at("2026-11-09", "08:40")
        machines.team("A017")
        self.calls: dict[str, list[str]] = {}

    def at(self, day: str, time: str) -> None:
        self.boss.now = self.agent.now = f"{day}T{time}:00+08:00"

    def sync(self) -> None:
        for machine in (self.agent, self.boss, self.agent):
            machine("sync", "--once").done()

    def talk(self, day: str, number: int, interest: str = "none") -> None:
        call = self.agent.json(
            "log", "--phone", f"138{number:08}", "--outcome", "talked", "--company", f"宏达{number}", "--contact", "王",
            "--title", "厂长", "--note", "要报价", "--interest", interest,
        )  # fmt: skip
        assert call["valid"], call
        self.calls.setdefault(day, []).append(call["id"])

    def close(self, day: str) -> None:
        """The evening: handed in, read, confirmed."""
        self.at(day, "18:30")
        self.agent("hand-in").done()
        self.sync()
        self.boss("confirm", "--agent", "A017", "--day", day).done()


def figures(machine: Machine) -> tuple[object, ...]:
    """What a machine says of the month."""
    return (
        machine.json("ledger", "--agent", "A017", "--month", "2026-11"),
        machine.json("pay", "--agent", "A017", "--month", "2026-11"),
    )


def test_a_fortnight_by_commands_alone(machines: Machines, tmp_path: Path) -> None:
    office = Office(machines)
    boss, agent = office.boss, office.agent

    # ---- the first week ----
    for number, day in enumerate(WORKDAYS[:5], 1):
        office.at(day, "10:00")
        office.talk(day, number, "intent" if number == 1 else "none")
        office.talk(day, 100 + number)
        if day == "2026-11-09":
            agent("ask", "leave", "--on", LEAVE, "--minutes", "180", "--text", "看病").done()
            office.sync()
            (asked,) = boss.json("requests", "--open")
            boss("requests", "--approve", asked["id"], "--text", "准假").done()
        if day == LEAVE:
            assert agent.json("status")["quota"] == {"calls": 46, "leads": 15, "reduced_minutes": 180}
            boss("excuse", "--agent", "A017", "--day", LEAVE, "--reason", "看病后补休").done()
        if day == FALSE:
            office.sync()
            entry = boss.json("points", "--agent", "A017", "--rule", "att.late", "--on", day, "--note", "09:12")
            boss("verify", office.calls[day][1], "--false", "--text", "机主没接过").done()
            office.sync()
            agent("appeal", entry["id"], "--text", "地铁停运").done()
            office.sync()
            boss("rule-on", entry["id"], "--withdrawn", "--text", "有证明").done()
        office.close(day)
    agent("plan", "--week", "2026-W47", "--companies", "12", "--grades", "1", "--trades", "机械").done()
    agent("summary", "--week", "2026-W46", "--text", "打了十通,一家有意向。").done()
    office.sync()
    boss("plan", "--agent", "A017", "--week", "2026-W47", "--grades", "2").done()
    boss("review", "--agent", "A017", "--week", "2026-W46", "--rating", "4", "--text", "开场白好").done()

    # ---- a correction of a locked day stands beside it until the day is confirmed again ----
    late = agent.json("correct", office.calls["2026-11-12"][0], "--interest", "developable")
    assert (late["lead"], late["pending"]) == (False, 1)
    office.sync()
    boss("confirm", "--agent", "A017", "--day", "2026-11-12", "--text", "已核对").done()

    # ---- the second week ----
    card = tmp_path / "card.toml"
    card.write_text(CARD, encoding="utf-8")
    for number, day in enumerate(WORKDAYS[5:], 6):
        office.at(day, "10:00")
        if day == ABSENT:
            boss("points", "--agent", "A017", "--rule", "att.absent", "--on", day).done()
            continue
        office.talk(day, number, "developable")
        if day == "2026-11-16":
            boss("card", "publish", str(card)).done()
            boss("grade", CUSTOMER, "--step", "visited", "--grade", "B", "--by", "周强").done()
            boss("grade", CUSTOMER, "--step", "file", "--grade", "B").done()
            boss("grade", CUSTOMER, "--step", "signed", "--grade", "B", "--by", "周强").done()
            boss("payment", CUSTOMER, "90000", "--on", day).done()
        if day == "2026-11-18":
            boss("grade", CUSTOMER, "--step", "signed", "--grade", "A", "--by", "周强").done()
            boss("payment", CUSTOMER, "-10000", "--on", day, "--note", "退货").done()
            boss("attend", "--agent", "A017", "--meeting", "daily", "--on", day, "--state", "missed").done()
            (proposed,) = boss.json("proposals")
            boss("proposals", "--accept", proposed["id"]).done()
        if day == "2026-11-19":
            boss(
                "points", "--agent", "A017", "--rule", "award.excellent", "--on", day, "--points", "5", "--note", "好"
            ).done()
        office.close(day)
    office.at("2026-11-21", "09:00")
    office.sync()

    # ---- what it comes to ----
    valid = dict.fromkeys(WORKDAYS[:5], 2) | dict.fromkeys(WORKDAYS[5:], 1) | {FALSE: 1, ABSENT: 0}
    leads = dict.fromkeys(WORKDAYS, 0) | dict.fromkeys((*WORKDAYS[5:], "2026-11-09", "2026-11-12"), 1) | {ABSENT: 0}
    short = [day for day in WORKDAYS if day not in (LEAVE, ABSENT)]
    fines = sum(5 * (80 - valid[day]) + 5 * (15 - leads[day]) for day in short) + 50
    earned = Decimal(1000) + Decimal("0.5") * sum(valid.values()) + 50 + 50 + (90000 - 10000) // 100
    ledger, pay = figures(agent)
    assert figures(boss) == (ledger, pay)
    assert isinstance(ledger, dict)
    assert isinstance(pay, dict)
    assert ledger["balance"] == 100 - 2 + 5 - 10
    states = {entry["rule"]: entry["state"] for entry in ledger["entries"]}
    assert states == {
        "att.late": "withdrawn", "report.false": "standing", "att.absent": "standing", "meet.missed": "standing",
        "award.excellent": "standing",
    }  # fmt: skip
    assert sum(Decimal(line["amount"]) for line in pay["lines"]) == Decimal(pay["total"]) == earned - fines
    assert Decimal(pay["limits"]["gross"]) == earned
    assert Decimal(pay["limits"]["deductible"]) == earned / 5
    unconfirmed = {line["on"] for line in pay["lines"] if line["unconfirmed"]}
    assert unconfirmed == set()
    for line in pay["lines"]:
        assert boss.json("why", line["id"])["arithmetic"]
    agent.now = "2026-11-20T18:40:00+08:00"
    assert agent.json("status")["points"] == {"balance": 93, "to_bonus": 28, "to_penalty": 14}
    assert agent.json("card", "list")[0]["event"] == "涨价"
