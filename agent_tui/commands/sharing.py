"""`sync`: this machine and the share brought together, once or until told to stop."""

from threading import Event
from typing import Any

from agent_tui.book import Book
from agent_tui.commands import output, shapes
from agent_tui.commands.context import Context
from agent_tui.commands.opening import opened
from agent_tui.errors import Problem
from agent_tui.i18n import t

_LOOK = 1.0


def sync(context: Context) -> int:
    """Sync; say what moved. Exit 1 when the share could not be reached."""
    with opened(context, tells_sync=True) as book:
        if book.identity.share is None and book.identity.waiting is None:
            raise Problem("cli.no_share")
        return _watch(context, book) if context.args.watch else _once(context, book)


def _once(context: Context, book: Book) -> int:
    moved = book.sync_once()
    view = book.sync_view()
    context.show({**moved, **shapes.sync(view)}, lambda: _print_moved(moved))
    if (waiting := book.identity.waiting) and not context.json:
        output.line(t("cli.waits", team=waiting))
        output.line(t("cli.four_words", words=" ".join(book.members.waiting_words())))
    if view.error:
        output.say(t("cli.sync_error", error=view.error))
        return 1
    return 0


def _print_moved(moved: dict[str, int]) -> None:
    told = [t(f"cli.moved_{what}", n=n) for what, n in moved.items() if n]
    output.line("  ".join(told) or t("cli.nothing_moved"))


def _watch(context: Context, book: Book) -> int:
    """Tell each change of the sync's state on a line of its own, a JSON document each with --json; until Ctrl+C."""
    changed = Event()
    end = book.subscribe(lambda _: changed.set())
    if not context.json:
        output.say(t("cli.watching", share=book.sync_view().share))
    told: dict[str, Any] | None = None
    try:
        book.start_sync()
        while True:
            changed.wait(_LOOK)
            changed.clear()
            view = book.sync_view()
            state = {**shapes.sync(view), "left": view.left}
            if told is None or {**state, "last_ok": None} != {**told, "last_ok": None}:
                if context.json:
                    output.compact(state)
                else:
                    output.line(_state_line(state))
            told = state
    except KeyboardInterrupt:
        return 0
    finally:
        end()


def _state_line(state: dict[str, Any]) -> str:
    if state["error"]:
        return t("cli.sync_error", error=state["error"])
    if state["left"]:
        return t("cli.sync_left", left=state["left"], pending=state["pending"])
    return t("cli.sync_pending", pending=state["pending"])
