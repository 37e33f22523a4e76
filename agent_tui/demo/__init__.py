"""A throw-away team: real desks, real records and a real shared folder, filled by colleagues who do not exist."""
