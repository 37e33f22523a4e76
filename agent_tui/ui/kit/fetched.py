"""A page that reads the book off the event loop and draws what it was given, anew whenever the book changes."""

from collections.abc import Callable
from typing import Generic, TypeVar

from agent_tui.book import Book
from agent_tui.ui.kit.background import Reading, in_background
from agent_tui.ui.kit.live import BookChanged, LivePage

V = TypeVar("V")


class FetchedPage(LivePage, Generic[V]):
    """`fetch` runs in a thread and raises Problem; `draw` shows what it gave. `view` is None until the first reading.

    Esc leads back.
    """

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        self.view: V | None = None
        self._reading = Reading(self, self.fetch, self._take, self.refused)

    def fetch(self) -> V:
        """Read what the page shows."""
        raise NotImplementedError

    def draw(self, view: V) -> None:
        """Show it."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self.listen()
        self.read()

    def on_book_changed(self, _: BookChanged) -> None:
        self.read()

    def on_resize(self) -> None:
        self.call_after_refresh(self.redraw)

    def read(self) -> None:
        """Read anew; while a reading runs, once more after it."""
        self._reading.ask()

    @property
    def unread(self) -> bool:
        """Whether the first reading still goes on."""
        return self.view is None

    def redraw(self) -> None:
        """Draw what was read last."""
        if self.view is not None and self.is_attached:
            self.draw(self.view)
            self.draw_hints()

    @property
    def settled(self) -> bool:
        """Whether it shows what was read last, and nothing is being read."""
        return self.view is not None and not self._reading.busy

    def _take(self, view: V) -> None:
        self.view = view
        self.has_read()
        self.redraw()

    def act(self, what: Callable[[], object], said: str) -> None:
        """Do something with the book off the loop; say `said` when it is done, or why it was refused."""
        in_background(self, what, lambda _: self._acted(said), self.refused)

    def _acted(self, said: str) -> None:
        self.say(said, "good")
        self.read()
