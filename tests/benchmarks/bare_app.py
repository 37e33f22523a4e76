"""What a Textual program with the desk's widgets costs by itself: the same rooms, nothing in them, no data behind."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static


class Bare(App[None]):
    """A header, four counters, a form with one field and a panel beside it, two lists, two lines of hints."""

    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False
    CSS = """
    .panel { border: round $primary; }
    Static { height: 1; }
    #counters { height: 5; }
    #counters > Static { height: 100%; width: 1fr; }
    #entry { height: 9; }
    #form { width: 3fr; }
    #beside { width: 1fr; height: 100%; }
    #lists { height: 1fr; }
    Input { border: none; height: 1; }
    """

    def compose(self) -> ComposeResult:
        yield Static()
        with Horizontal(id="counters"):
            for _ in range(4):
                yield Static(classes="panel")
        with Horizontal(id="entry"):
            with Vertical(id="form", classes="panel"):
                yield Input()
            yield Static(id="beside", classes="panel")
        yield Static()
        with Horizontal(id="lists"):
            for _ in range(2):
                with Vertical(classes="panel"):
                    yield Widget()
        yield Static()

    def on_mount(self) -> None:
        self.query_one(Input).focus()


if __name__ == "__main__":
    Bare().run()
