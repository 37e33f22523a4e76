"""An agent's week: the plan against what happened, the summary, the Friday review."""
