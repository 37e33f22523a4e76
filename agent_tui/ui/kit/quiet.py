"""How long no key must come before one counts that answers what has just appeared."""

QUIET_S = 0.7
"""Longer than a held key waits before it repeats: bounced, held and run-on keys stop there."""
