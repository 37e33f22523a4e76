"""A screen over another that is answered once."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Modal(ModalScreen[Answer]):
    """Asks, and takes the first answer. Keys that were typed ahead of it are still on their way here then: to Textual
    each would be one more answer, which closes what lies beneath, or the program.
    """

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        return super().dismiss(result) if self.is_active else AwaitComplete()
