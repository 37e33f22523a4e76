"""The rules in force, clause by clause, and what changed when."""
