"""Work that may be slow (a share, a slow hash) off the event loop, without ever holding up the program's end."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

from textual.message_pump import MessagePump

from agent_tui.errors import Problem, system_reason

T = TypeVar("T")

WORK = "agent-tui-work"
"""The name of the threads."""


def in_background(
    node: MessagePump, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Problem], None]
) -> None:
    """Run `work` in a daemon thread; then call, on `node`'s own loop, `done` with its result or `failed`.

    Nothing is called once `node` is gone. An unexpected fault goes the way of every other: to the app.
    """

    def run() -> None:
        try:
            result = work()
        except Problem as problem:
            tell(failed, problem)
        except OSError as error:
            tell(failed, Problem("ui.system", reason=system_reason(error)))
        except Exception as error:
            tell(_raise, error)
        else:
            tell(done, result)

    def tell(what: Callable[..., None], about: object) -> None:
        # Of one that is just going Textual finds no app, or its loop closed, and raises a RuntimeError.
        with suppress(RuntimeError):
            node.call_later(what, about)

    threading.Thread(target=run, name=WORK, daemon=True).start()


class Reading(Generic[T]):
    """Reads something off the event loop, one reading at a time; who asks meanwhile gets one more after it."""

    def __init__(
        self,
        node: MessagePump,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Problem], None],
    ) -> None:
        self._node = node
        self._work = work
        self._done = done
        self._failed = failed
        self._again = False
        self.busy = False
        """Whether it reads now."""

    def ask(self) -> None:
        """Read now, or again after the present reading."""
        if self.busy:
            self._again = True
            return
        self.busy = True
        in_background(self._node, self._work, self._took, self._refused)

    def _took(self, result: T) -> None:
        self._over()
        self._done(result)

    def _refused(self, problem: Problem) -> None:
        self._over()
        self._failed(problem)

    def _over(self) -> None:
        self.busy = False
        if self._again:
            self._again = False
            self.ask()


def _raise(error: Exception) -> None:
    raise error
