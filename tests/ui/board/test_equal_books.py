"""A supervisor's day and month's end at the keys and by command: two teams, the same deeds, equal books."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agent_tui.book import Book
from agent_tui.commands.run import run
from tests.commands.running import no_screens
from tests.company import NOW, Company, talk
from tests.ui.board.keys import at_board

MONDAY = date(2026, 11, 23)
PHONE = "13800000001"


def team(folder: Path) -> tuple[Company, dict[str, str]]:
    """Two agents with a few calls, a late entry that one appeals against, a request of the other; the ids by name."""
    folder.mkdir()
    company = Company(folder)
    zhang, li = company.join("A017", "张敏"), company.join("A018", "李强")
    for number in range(3):
        talk(zhang, 1 + 7 * number, minutes_ago=20 * number, lead=number == 0, company=f"宁波{number}")
        talk(li, 101 + 7 * number, minutes_ago=30 * number, lead=number == 1, company=f"杭州{number}")
    entry = company.boss.supervisor.points("A017", "att.late", MONDAY, note="堵车").id
    company.sync()
    zhang.sync_once()
    zhang.agent.appeal(entry, "地铁故障")
    request = li.agent.ask("leave", MONDAY, 60, "看牙").id
    company.sync()
    false = company.boss.calls("A018", MONDAY)[0].id
    return company, {"entry": entry, "request": request, "false": false}


def books(book: Book) -> Any:
    """What the books say, without the names and times of records."""
    found: dict[str, Any] = {}
    for agent in ("A017", "A018"):
        day = book.day(agent, MONDAY)
        statement = book.read.statement(agent, "2026-11")
        week = book.read.week(agent, "2026-W48")
        assert statement is not None
        found[agent] = {
            "figures": repr(day.figures),
            "quota": repr(day.quota),
            "shortfall": repr(day.shortfall),
            "state": (day.state, day.excused, day.leave_minutes, day.visit_minutes),
            "ledger": [
                (entry.rule, entry.points, entry.fen, entry.note, entry.state, entry.ruling and entry.ruling.text)
                for entry in book.ledger(agent, "2026-11").entries
            ],
            "pay": [(one.line.rule, one.line.cause, one.line.quantity, one.line.fen) for one in statement.lines],
            "total": statement.total,
            "review": week.review and (week.review.rating, week.review.text),
            "filed": sorted((one.kind, one.text, one.withdrawn) for one in book.read.day_records(agent, MONDAY)),
        }
    found["meeting"] = [
        (item.agent, [flag.text for flag in item.flags], [note.text for note in item.notes])
        for item in book.read.meeting(MONDAY)
    ]
    found["cards"] = [(card.event, card.objection, card.question) for card in book.cards()]
    return found


async def at_the_keys(company: Company) -> Any:
    async with at_board(company, size=(100, 30)) as boss:
        await boss.on("A018")
        await boss.press("5", "1", "1", "enter")
        await boss.sees("approved: A018")
        await boss.on("A017")
        await boss.press("7", "1")
        await boss.fill("有截图")
        await boss.press("enter")
        await boss.sees("withdrawn: A017")
        await boss.press("2", "1")
        await boss.fill("", "又迟到")
        await boss.press("enter")
        await boss.sees("entered: A017")
        for digit in ("1", "2"):
            await boss.press("6", "1", digit)
            await boss.fill("", "")
            await boss.sees("recorded: A017")
        await boss.press("6", "1", "3")
        await boss.fill("", "周强")
        await boss.press("enter")
        await boss.sees("signed as A")
        await boss.press("6", "1", "5")
        await boss.fill("80000", "", "")
        await boss.press("enter")
        await boss.sees("80,000 yuan")
        await boss.press("3")
        await boss.fill("", "停电")
        await boss.press("enter")
        await boss.sees("excused: A017")
        await boss.on("A018")
        await boss.press("enter")
        await boss.ready()
        await boss.press("9")
        await boss.fill("听听这通")
        await boss.sees("for the meeting")
        await boss.press("1", "2")
        await boss.fill("空号")
        await boss.press("enter")
        await boss.sees("found false")
        await boss.press("4", "enter")
        await boss.sees("confirmed: A018")
        await boss.press("f9", "2")
        await boss.sees("听听这通")
        await boss.press("enter", "1")
        await boss.fill("先听完")
        await boss.sees("the note goes to")
        await boss.board()
        await boss.press("f9", "4")
        await boss.sees("not rated")
        await boss.on("A017")
        await boss.press("enter", "1")
        await boss.fill("4", "进步快")
        await boss.sees("rated: A017")
        return books(boss.book)


def by_command(company: Company, ids: dict[str, str], ask: Callable[..., Any]) -> Any:
    call = ids["false"]
    ask("leave", "--agent", "A018", "--on", "2026-11-23", "--minutes", "60")
    ask("rule-on", ids["entry"], "--withdrawn", "--text", "有截图")
    ask("points", "--agent", "A017", "--rule", "att.late", "--on", "2026-11-23", "--note", "又迟到")
    ask("grade", PHONE, "--step", "visited", "--grade", "B", "--agent", "A017")
    ask("grade", PHONE, "--step", "file", "--grade", "B", "--agent", "A017")
    ask("grade", PHONE, "--step", "signed", "--grade", "A", "--by", "周强", "--agent", "A017")
    ask("payment", PHONE, "80000", "--on", "2026-11-23", "--agent", "A017")
    ask("excuse", "--agent", "A017", "--day", "2026-11-23", "--reason", "停电")
    ask("flag", call, "--text", "听听这通")
    ask("verify", call, "--false", "--text", "空号")
    ask("confirm", "--agent", "A018", "--day", "2026-11-23")
    ask("coach", call, "--text", "先听完")
    ask("review", "--agent", "A017", "--week", "2026-W48", "--rating", "4", "--text", "进步快")
    book = Book.open(company.boss_home, company.clock)
    found = books(book)
    book.close()
    return found


async def test_the_keys_and_the_commands_end_in_equal_books(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, _ = team(tmp_path / "keys")
    other, ids = team(tmp_path / "commands")
    at_keys = await at_the_keys(one)
    one.close()
    other.boss.close()

    def ask(*arguments: str) -> Any:
        home = ["--home", str(other.boss_home), "--now", NOW.isoformat(), "--lang", "en"]
        status = run([*home, *arguments, "--json"], no_screens)
        printed = capsys.readouterr()
        assert status == 0, (arguments, printed.err)
        return json.loads(printed.out)

    commanded = by_command(other, ids, ask)
    other.close()
    assert at_keys == commanded
    assert at_keys["A017"]["total"] == 100_000 + 3 * 50 + 10_000 + 80_000 - 1_000
