"""The disk of this machine: the journal under TinyDB, settings and drafts, and where everything lies."""
