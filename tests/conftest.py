"""What holds for all tests."""

import gc
import os

from hypothesis import settings

# How long an example takes says nothing here: the machine may be busy with other things.
settings.register_profile("agent-tui", deadline=None)
settings.load_profile("agent-tui")

# At the interpreter's own pace a sixth of the time goes into looking for cycles: each screen is full of them.
gc.set_threshold(20_000, 20, 20)


def pytest_xdist_auto_num_workers() -> int:
    """Twice as many as there are cores: a test of a screen or of a process waits for as long as it works."""
    return (os.cpu_count() or 1) * 2
