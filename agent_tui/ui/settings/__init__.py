"""The settings: a screen made of the typed tree, and the key map."""
