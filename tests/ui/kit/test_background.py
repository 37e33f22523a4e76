"""Work in the background that outlives whoever asked for it."""

import threading
from typing import Any

import pytest
from textual.app import App
from textual.widgets import Static

from agent_tui.ui.kit.background import WORK, in_background


@pytest.mark.parametrize("asks", ["the program", "a widget that was removed", "a widget that never came up"])
async def test_work_that_ends_after_the_program_ends_quietly(asks: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[Any] = []
    monkeypatch.setattr(threading, "excepthook", raised.append)
    gate = threading.Event()
    app = App[None]()
    async with app.run_test():
        node: Any = app if asks == "the program" else Static()
        if asks == "a widget that was removed":
            await app.mount(node)
        in_background(node, gate.wait, raised.append, raised.append)
        if asks == "a widget that was removed":
            await node.remove()
    (worker,) = (thread for thread in threading.enumerate() if thread.name == WORK)
    gate.set()
    worker.join()
    assert raised == []
