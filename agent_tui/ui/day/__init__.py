"""The end of an agent's day: what is left, handing in, punches, leave and visits, what came for the desk."""
