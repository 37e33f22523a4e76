"""When a program under test is at rest: what a key began is done, in the threads that read for the screens too."""

from threading import enumerate as threads

from textual._wait import SLEEP_GRANULARITY, wait_for_idle

from agent_tui.ui.kit.background import WORK
from tests.waiting import happens


async def at_rest(min_sleep: float = SLEEP_GRANULARITY, max_sleep: float = 1) -> None:
    """What Textual waits for after each key is a process that takes no time: on a busy machine so does one that has yet
    to read what the next key is about.
    """
    await wait_for_idle(min_sleep, max_sleep)
    while _working():
        assert await happens(lambda: not _working())
        await wait_for_idle(0, max_sleep)


def _working() -> bool:
    return any(thread.name == WORK for thread in threads())
