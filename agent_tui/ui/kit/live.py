"""How a screen hears of the book from any thread."""

from collections.abc import Callable

from textual.message import Message
from textual.message_pump import MessagePump

from agent_tui.book import Book, Change
from agent_tui.ui.kit.page import Page


class BookChanged(Message):
    """The book has changed: read it again. A message that is still waiting stands for all that follow it."""

    bubble = False

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, BookChanged)


def follow(book: Book, node: MessagePump) -> Callable[[], None]:
    """Post a BookChanged to `node` whenever the book changes; returns what ends it."""

    def tell(_: Change) -> None:
        node.post_message(BookChanged())

    return book.subscribe(tell)


class LivePage(Page):
    """A page that is sent BookChanged until it is left.

    Textual itself calls the `on_mount` of each class. With `super().on_mount()` a page would subscribe twice, and only
    one of the subscriptions would end.
    """

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.book = book

    def listen(self) -> None:
        """Subscribe, when the page is mounted and before it first reads, so that no change is missed."""
        self._unfollow = follow(self.book, self)

    def on_unmount(self) -> None:
        self._unfollow()
