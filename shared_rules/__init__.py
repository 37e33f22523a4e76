"""What a record is, and what the rules make of records: pure functions, no file, no clock, no screen."""
