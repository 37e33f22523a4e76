"""The living whole: what the store and the sync brought becomes day books, month books and the team."""

from agent_tui.book.book import Book
from agent_tui.book.entries import CallEntry, Change

__all__ = ["Book", "CallEntry", "Change"]
