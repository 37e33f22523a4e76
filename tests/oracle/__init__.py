"""A second reading of the handbook: plain, slow and apart from the program, which it is compared with."""
