"""What the desk draws anew, and how often."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual._compositor import Compositor

from agent_tui.ui.kit import page
from agent_tui.ui.kit.quiet import QUIET_S
from tests.ui.desk.bench import at_desk, make_home
from tests.ui.golden import screen_text, settle


def counted(monkeypatch: pytest.MonkeyPatch, *names: str) -> Counter[str]:
    """How often Textual did each of these from now on."""
    done: Counter[str] = Counter()

    def count(name: str) -> None:
        did = getattr(Compositor, name)

        def does(*given: Any, **named: Any) -> Any:
            done[name] += 1
            return did(*given, **named)

        monkeypatch.setattr(Compositor, name, does)

    for name in names:
        count(name)
    return done


async def test_of_keys_in_one_go_the_last_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "_BURST_S", 3600.0)
    async with at_desk(make_home(tmp_path / "home")) as hands:
        drawn = counted(monkeypatch, "render_update")
        for number in range(10):
            for key in ("ctrl+o", *f"1370013700{number}"):
                hands.send(key)
        await hands.until(lambda: "电话 13700137009" in screen_text(hands.app))
        assert drawn["render_update"] < 10


async def test_what_is_said_and_the_clock_lay_nothing_out_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_desk(make_home(tmp_path / "home")) as hands:
        laid_out = counted(monkeypatch, "reflow")
        hands.app.say("soon over")
        await settle(hands.pilot)
        assert "soon over" in screen_text(hands.app)
        hands.app.turned.at += timedelta(minutes=1)
        await hands.until(lambda: "14:33" in screen_text(hands.app))
        assert not laid_out


async def test_a_number_that_is_there_at_the_start_soon_offers_its_results(tmp_path: Path) -> None:
    def offered() -> set[object]:
        """How the row with the first digits is drawn."""
        strips = hands.app.screen._compositor.render_strips()
        return {part.style for strip in strips for part in strip if "1有效沟通" in "".join(each.text for each in strip)}

    async with at_desk(make_home(tmp_path / "home", calls=4)) as hands:
        deaf = offered()
        assert deaf
        hands.app.seconds += QUIET_S
        await hands.until(lambda: offered() != deaf)
