"""The texts: one module an area, each with TEXTS: key to (English, Chinese)."""
