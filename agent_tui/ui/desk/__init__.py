"""The desk: where an agent logs calls and sees the day."""
