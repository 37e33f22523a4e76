"""What work costs, counted in calls of Python functions: the same on every machine, however busy."""

import sys
from collections.abc import Callable
from typing import Any


def effort(work: Callable[[], Any]) -> int:
    """The calls of functions that some work takes in this thread."""
    count = 0

    def note(_frame: Any, event: str, _what: Any) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
