"""Why: the derivation of a figure, an entry or a statement line, in words."""
