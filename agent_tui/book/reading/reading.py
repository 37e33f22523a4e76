"""All that can be read (`book.read`)."""

from agent_tui.book.reading.deriving import Deriving
from agent_tui.book.reading.differing import Differing
from agent_tui.book.reading.pay import Pay
from agent_tui.book.reading.records import Records
from agent_tui.book.reading.rules import Rules
from agent_tui.book.reading.suspecting import Suspecting
from agent_tui.book.reading.visiting import Visiting
from agent_tui.book.reading.weekly import Weekly


class Reading(Differing, Deriving, Suspecting, Pay, Weekly, Records, Rules, Visiting):
    """Each method looks and gives plain values; none writes."""
