"""How a screen hears of the book from any thread."""

from collections.abc import Callable

from textual.message import Message
from textual.message_pump import MessagePump

from agent_tui.book import Book, Change


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
