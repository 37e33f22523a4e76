"""Talk cards: opened while on a call, the one used marked."""
