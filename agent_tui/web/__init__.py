"""The screens in a browser: textual-serve, kept to this machine unless told otherwise. An extra: agent-tui[serve]."""
