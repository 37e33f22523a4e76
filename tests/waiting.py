"""Waiting for what threads, processes and programs do: as long as a machine at work may need, never for luck."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from agent_tui.store.files import Files
from agent_tui.store.lock import SystemLock

PATIENCE_S = 60.0
"""Past this a thing will not happen."""


async def happens(condition: Callable[[], bool]) -> bool:
    """Whether `condition` comes to hold, while the program that shares this event loop goes on."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                await asyncio.sleep(0.02)
    except TimeoutError:
        return False
    return True


class PatientFiles(Files):
    """Waits for a lock as long as a slow disk may take for all that its other holders do meanwhile."""

    def lock(self, path: Path, patience: float = PATIENCE_S) -> SystemLock:
        return super().lock(path, patience)
