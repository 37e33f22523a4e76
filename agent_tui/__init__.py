"""agent-tui: the telephone-sales desk, and the board of its supervisor."""
