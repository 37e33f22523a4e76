"""Who is who, who may read what: keys, tags, rings, signed documents, membership. Pure but for the cryptography."""
