"""A call that is saved before the desk has read its first figures."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.screen import Screen

from agent_tui.book import Book, CallEntry
from agent_tui.clock import SetClock
from agent_tui.ui import app as shell
from agent_tui.ui.desk import screen
from agent_tui.ui.desk.screen import DeskScreen
from agent_tui.ui.kit.status import Kind, StatusLine
from tests.ui.desk.bench import NOW, DeskApp, Hands, at_desk, make_home
from tests.ui.golden import screen_lines


class Desk(DeskScreen):
    """Remembers whether there were figures when it said that a call was saved."""

    with_figures = True

    def say(self, text: str, kind: Kind = "info") -> None:
        super().say(text, kind)
        if "已保存" in text:
            self.with_figures = self._snapshot is not None


class App(DeskApp):
    def _desk(self) -> Screen[None]:
        assert self.book is not None
        return Desk(self.book, lambda: self.seconds)


@asynccontextmanager
async def before_the_figures(home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hands]:
    """At a desk that reads nothing by itself for an hour, neither the day nor what others sent."""
    monkeypatch.setattr(screen, "_READ_AFTER_S", 3600.0)
    monkeypatch.setattr(shell, "_SYNC_AFTER_S", 3600.0)
    app = App(home)
    app.open_book()
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(app, pilot)
        await hands.until(lambda: isinstance(app.screen, Desk))
        assert not desk(hands).ready
        yield hands
    app.close_book()


def desk(hands: Hands) -> Desk:
    found = hands.app.screen
    assert isinstance(found, Desk)
    return found


async def test_it_is_said_and_the_figures_come_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with before_the_figures(make_home(tmp_path, calls=4), monkeypatch) as hands:
        assert "今天 4" not in "".join(screen_lines(hands.app))
        await hands.press(*"13700137000", "enter", "3")
        assert "已保存" in hands.app.screen.query_one(StatusLine).text
        assert not desk(hands).with_figures
        await hands.until(lambda: desk(hands).ready)
        assert "今天 5 通" in "".join(screen_lines(hands.app))


async def test_a_draft_of_what_was_saved_goes_when_the_figures_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_home(tmp_path)
    async with at_desk(home) as hands:
        await hands.press(*"13700137000", "enter", "1", "ctrl+q")
    book = Book.open(home, SetClock(NOW, ticking=False))
    book.own.log(CallEntry(phone="13700137000", outcome="talked", started_at=NOW))
    book.close()
    async with before_the_figures(home, monkeypatch) as hands:
        await hands.press("ctrl+o", *"13700137001", "enter", "3")
        await hands.until(lambda: desk(hands).ready)
        assert (hands.focus, hands.value("phone"), hands.view.form.parked) == ("phone", "", [])
        assert [call.outcome for call in hands.calls()] == ["no_answer", "talked"]
