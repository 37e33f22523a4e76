"""The supervisor's board: the team at a glance, an agent's day, the devices."""
