"""The command line: everything of daily work that needs no screen."""
