"""The customers: found, looked at, called, handed on; and the lists they come from."""
