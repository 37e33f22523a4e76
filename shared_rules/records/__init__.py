"""What a record is: its line, its kinds, their fields, and who may write them."""
