"""All that a supervisor does about others (`book.supervisor`)."""

from agent_tui.book.acts.closing import Closing
from agent_tui.book.acts.dealing import Dealing
from agent_tui.book.acts.deciding import Deciding
from agent_tui.book.acts.governing import Governing
from agent_tui.book.acts.guiding import Guiding
from agent_tui.book.acts.hiring import Hiring
from agent_tui.book.acts.taking_back import TakingBack


class SupervisorActs(Deciding, Closing, Dealing, Guiding, Governing, Hiring, TakingBack):
    """Each act validates, refuses in one line with nothing recorded, or writes and returns what it wrote."""
