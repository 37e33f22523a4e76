"""The calls of the person who sits here (`book.own`), and the index of those of older days."""
