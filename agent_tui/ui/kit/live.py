"""How a screen hears of the book from any thread."""

from collections.abc import Callable

from textual.message import Message
from textual.message_pump import MessagePump

from agent_tui.book import Book, Change
from agent_tui.ui.kit.page import Page


class BookChanged(Message):
    """The book changed since the last one: ask it anew. One that waits stands for all that follow."""

    bubble = False

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, BookChanged)


def follow(book: Book, node: MessagePump) -> Callable[[], None]:
    """Post a BookChanged to `node` whenever the book changes; returns what ends it."""

    def tell(_: Change) -> None:
        node.post_message(BookChanged())

    return book.subscribe(tell)


class LivePage(Page):
    """A page of a book that hears of it, by BookChanged, until it is left.

    Textual calls the `on_mount` of each class by itself: with `super().on_mount()` a page would listen twice, and once
    for good.
    """

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.book = book

    def listen(self) -> None:
        """Begin to hear: when the page is mounted, and before it reads, so that nothing falls between."""
        self._unfollow = follow(self.book, self)

    def on_unmount(self) -> None:
        self._unfollow()
