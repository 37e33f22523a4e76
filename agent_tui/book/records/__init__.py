"""A record by its id: which one is meant, opened with what is about it, and shown whole."""
