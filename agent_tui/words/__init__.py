"""What things are called in the language in use: for screens, commands and reports alike, and as people write it."""
