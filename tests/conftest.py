"""What holds for all tests."""

from hypothesis import settings

# How long an example takes says nothing here: the machine may be busy with other things.
settings.register_profile("agent-tui", deadline=None)
settings.load_profile("agent-tui")
