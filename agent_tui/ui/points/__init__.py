"""The points ledger: every entry with its rule, its evidence and what was said of it; the appeal."""
