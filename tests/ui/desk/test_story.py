"""A morning of thirty calls at the desk ends in the same day book as the same calls by command."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_tui import teams
from agent_tui.book import Book
from agent_tui.clock import SetClock
from agent_tui.i18n import Language
from agent_tui.ui.desk.rules import FormRules
from shared_rules.policies.policy import builtin
from tests.commands.running import Machine
from tests.ui.desk.bench import NOW, Hands, at_desk

MORNING = NOW.replace(hour=9, minute=0)
BETWEEN = timedelta(minutes=5)

Label = Callable[[str, str], str]
"""What a digit chooses in a field, in the language of the desk."""


@dataclass(frozen=True)
class Step:
    """One call: the keys pressed at the desk, and what the command is told."""

    keys: tuple[str, ...]
    told: dict[str, str]


def number(count: int) -> str:
    return f"138{count:08}"


def dial(count: int, *keys: str) -> tuple[str, ...]:
    return (*number(count), "enter", *keys)


def morning(label: Label) -> list[Step]:
    """Thirty calls: every outcome, fields by digit and typed, numbers again, changes of mind."""

    def customer(contact: str, title: str, department: str, headcount: str, it: str) -> dict[str, str]:
        return {
            "contact": label("contact", contact), "title": label("title", title),
            "department": label("department", department), "headcount": label("headcount", headcount),
            "it-status": label("it_status", it),
        }  # fmt: skip

    def quiet(count: int, digit: str, outcome: str) -> Step:
        return Step(dial(count, digit), {"phone": number(count), "outcome": outcome})

    tomorrow = "2026-11-24T09:00"
    full, common = customer("3", "3", "2", "3", "1"), customer("1", "1", "2", "2", "1")
    lead_a = {"interest": "intent", "grade": "A"}
    steps = [
        quiet(1, "3", "no_answer"),
        quiet(2, "4", "busy"),
        quiet(3, "5", "dead_number"),
        Step(dial(4, "1", *"宁波宏达", "enter", *"3323112", "2", "enter"),
             {"phone": number(4), "outcome": "talked", "company": "宁波宏达", **full, **lead_a,
              "note": label("note", "2"), "follow-up": tomorrow}),
        # Refused: neither interest nor follow-up is asked.
        Step(dial(5, "2", *"360科技", "enter", *"11111", "8", "enter"),
             {"phone": number(5), "outcome": "refused", "company": "360科技", **customer("1", "1", "1", "1", "1"),
              "note": label("note", "8")}),
        # Promised for an hour later.
        Step(dial(6, "6", *"恒信物流", "enter", *"24321", "3", "1", "1", "enter"),
             {"phone": number(6), "outcome": "callback", "company": "恒信物流", **customer("2", "4", "3", "2", "1"),
              "interest": "intent", "note": label("note", "1"), "follow-up": "2026-11-23T10:25"}),
        Step(dial(7, "7", *"华泰机械", "enter", *"58644", "enter", *" 3月再联系", "enter", *"15号", "enter"),
             {"phone": number(7), "outcome": "not_decider", "company": "华泰机械", **customer("5", "8", "6", "4", "0"),
              "it-status": "", "note": "3月再联系", "follow-up": "2026-12-15T09:00"}),
        Step(dial(8, "8", *"鑫源化工", "enter", *"69753", "9", "enter"),
             {"phone": number(8), "outcome": "existing_customer", "company": "鑫源化工",
              **customer("6", "9", "7", "5", "3"), "note": label("note", "9")}),
        Step(dial(9, "9", "enter"), {"phone": number(9), "outcome": "do_not_call"}),
        Step(dial(10, "0", "0", "enter"), {"phone": number(10), "outcome": "other", "note": label("note", "0")}),
        # Saved with what was there: incomplete.
        Step(dial(11, "1", *"宏远", "ctrl+s"), {"phone": number(11), "outcome": "talked", "company": "宏远"}),
        # Everything left empty on purpose.
        Step(dial(12, "1", *["enter"] * 9), {"phone": number(12), "outcome": "talked"}),
        # A change of mind, answer by answer. The last digit saves, and keys behind a save are not heard.
        Step(dial(13, "1", *"宏远", "enter", "ctrl+z", "ctrl+z", "3"), {"phone": number(13), "outcome": "no_answer"}),
        # The number of this morning again, and then interest.
        Step(dial(5, "1", "4", *"有新预算", "enter", *"tomorrow 10am", "enter"),
             {"phone": number(5), "outcome": "talked", "company": "360科技", **customer("1", "1", "1", "1", "1"),
              "interest": "developable", "note": "有新预算", "follow-up": "2026-11-24T10:00"}),
        # Written in any way; full-width digits choose.
        Step((*"+86 138-0000-0015", "enter", "１", *"Ｎ公司", "enter", *"欧阳", "enter", *"３２３１１２０", "enter"),
             {"phone": number(15), "outcome": "talked", "company": "N公司", **full, "contact": "欧阳", **lead_a,
              "note": label("note", "2")}),
        # A landline with an extension.
        Step((*"0574-87654321转12", "enter", "3"), {"phone": "0574-87654321转12", "outcome": "no_answer"}),
        # No usable number: kept, incomplete.
        Step((*"1380013", "enter", "1", *"短号公司", "enter", *"3323112", "0", "enter"),
             {"phone": "1380013", "outcome": "talked", "company": "短号公司", **full, **lead_a,
              "note": label("note", "2")}),
        quiet(18, "3", "no_answer"),
    ]  # fmt: skip
    assert len(steps) == 18
    # The promised call loads by itself after the call at 10:25.
    steps.append(
        Step(
            ("1", "2", "4", "5", "enter"),
            {
                "phone": number(6), "outcome": "talked", "company": "恒信物流", **customer("2", "4", "3", "2", "1"),
                "interest": "intent", "grade": "B", "note": label("note", "4"), "follow-up": "2026-11-30T10:30",
                "started-at": "2026-11-23T10:25", "duration": "300",
            },
        )
    )  # fmt: skip
    steps += [quiet(count, digit, outcome) for count, digit, outcome in (
        (20, "3", "no_answer"), (21, "4", "busy"), (22, "3", "no_answer"), (23, "5", "dead_number"))]  # fmt: skip
    steps += [
        Step(dial(count, "1", *f"单位{count}", "enter", *"112211", digit, "enter", "enter"),
             {"phone": number(count), "outcome": "talked", "company": f"单位{count}", **common, **lead_a,
              "note": label("note", digit)})
        for count, digit in zip(range(24, 31), "3456789", strict=True)
    ]  # fmt: skip
    assert len(steps) == 30
    return steps


async def at_the_desk(home: Path, language: Language, steps: list[Step]) -> None:
    async with at_desk(home, language=language) as hands:
        for place, step in enumerate(steps):
            hands.app.turned.at = MORNING + place * BETWEEN
            await make(hands, step, place)


async def make(hands: Hands, step: Step, place: int) -> None:
    """Press the keys of a call and see it saved."""
    await hands.burst(*step.keys)
    assert len(hands.calls()) == place + 1, (place, hands.view.form.sheet, hands.view.form.said)


def by_command(machine: Machine, steps: list[Step]) -> None:
    for place, step in enumerate(steps):
        at = MORNING + place * BETWEEN
        machine.now = at.isoformat()
        told = {"started-at": f"{at:%Y-%m-%dT%H:%M}", "duration": "0", **step.told}
        options = [text for name, value in told.items() if value for text in (f"--{name}", value)]
        machine("log", *options).done()


def day_book(home: Path) -> tuple[Any, list[Any]]:
    """The figures of the day, and what each call says and counts."""
    book = Book.open(home, SetClock(NOW.replace(hour=12), ticking=False))
    day = book.day("A017", NOW.date())
    calls = [
        (
            call.started_at, call.outcome, call.interest, call.grade, call.duration_s, call.follow_up, call.customer,
            call.missing, call.valid, call.lead, call.why_not,
        )
        for call in book.calls("A017", NOW.date())
    ]  # fmt: skip
    listed = [book.lists.listed(number(count)) is not None for count in range(30)]
    promised = [(one.due, one.customer) for one in book.own.callbacks()]
    book.close()
    return (day.figures, day.points, day.estimate, listed, promised), calls


def new_home(folder: Path) -> Path:
    before = datetime(2026, 11, 20, 9, tzinfo=NOW.tzinfo)
    teams.create_solo(folder, "A017", "张敏", date(2026, 11, 9), "Asia/Shanghai", SetClock(before, ticking=False))
    return folder


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_morning_at_the_desk_is_the_same_morning_by_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: Language
) -> None:
    rules = FormRules(builtin("handbook"), language)

    def label(field: str, digit: str) -> str:
        option = rules.option(field, digit)
        assert option, (field, digit)
        return option.value

    steps = morning(label)
    desk, other = new_home(tmp_path / "desk"), new_home(tmp_path / "command")
    await at_the_desk(desk, language, steps)
    by_command(Machine(other, capsys), steps)
    figures, calls = day_book(desk)
    expected_figures, expected_calls = day_book(other)
    for found, expected in zip(calls, expected_calls, strict=True):
        assert found == expected
    assert figures == expected_figures
    assert {call[1] for call in calls} == {outcome.id for outcome in builtin("handbook").outcomes}
    assert figures[0].dials == 30
