"""All that can be read (`book.read`)."""

from agent_tui.book.reading.pay import Pay
from agent_tui.book.reading.waiting import Waiting


class Reading(Waiting, Pay):
    """Each method looks and gives plain values; none writes."""
