"""Talk cards and notices: which stand, what came of them, and what is news at this desk."""
