"""What a supervisor does from the board: each asks what it needs, confirms where money or points follow, and writes.

Every act is a coroutine of a page, a book and what it is about, run in a worker. Esc leaves at any step, with nothing
written.
"""
