"""What the first save needs is made ready before it: at opening, off the event loop."""

import sys
from subprocess import run

from agent_tui.book import Book

READY = """
import sys
from datetime import datetime
from pathlib import Path
from agent_tui.book import Book
from agent_tui.clock import SetClock
from shared_rules.record_parts import Customer
from shared_rules.records import Call

book = Book.open(Path(sys.argv[1]), SetClock(datetime.fromisoformat("2026-11-23T14:32+08:00")))
book.own.prepare()
print(Call.__pydantic_complete__, Customer.__pydantic_complete__)
book.close()
"""


def test_a_month_loaded_leaves_nothing_to_look_through(desk: Book) -> None:
    assert not list(desk.session.reach)
    desk.load_month(desk.today())
    assert [since for _, since in desk.session.reach] == [desk.today().replace(day=1)]
    assert desk.session.unlooked(desk.today()) == desk.session.unloaded(desk.today()) == []


def test_the_forms_of_a_call_are_built_before_the_first_one(desk: Book) -> None:
    home = desk.session.place.home.path
    desk.close()
    done = run([sys.executable, "-c", READY, str(home)], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["True", "True"]
