"""What the book gives in words of the language in use, for screens, commands and reports alike."""
