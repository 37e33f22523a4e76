"""The read side of the book beyond a day's figures: what waits, what is owed, what the week brought, and why."""

from agent_tui.book.reading.reading import Reading

__all__ = ["Reading"]
