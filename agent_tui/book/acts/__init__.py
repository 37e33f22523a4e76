"""The write side of the book: what supervisors and agents record, each act checked before a line is written."""

from agent_tui.book.acts.agent import AgentActs
from agent_tui.book.acts.base import Written
from agent_tui.book.acts.supervisor import SupervisorActs

__all__ = ["AgentActs", "SupervisorActs", "Written"]
