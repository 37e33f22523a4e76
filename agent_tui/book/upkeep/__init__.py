"""Whether the records of the team are whole, here and on the share, and mending them (`book.upkeep`)."""
