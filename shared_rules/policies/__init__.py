"""The handbook as data: the shipped policies, what may stand in one, and why one is refused."""
