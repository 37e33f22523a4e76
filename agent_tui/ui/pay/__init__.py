"""A month's pay, line by line; always an estimate."""
