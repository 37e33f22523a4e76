"""Who is in the team, and what each may do (`book.members`): devices let in and ended, the roster of supervisors."""
