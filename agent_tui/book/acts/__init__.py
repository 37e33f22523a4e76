"""The write side of the book: what supervisors and agents record, each act checked before a line is written.

Nothing is imported here but what an act wrote: a command that only reads starts without the acts.
"""

from agent_tui.book.acts.base import Written

__all__ = ["Written"]
