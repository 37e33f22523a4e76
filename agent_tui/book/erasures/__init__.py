"""Customers whose data is removed (`book.erasures`): the record that says so, and the key files that obey it."""
