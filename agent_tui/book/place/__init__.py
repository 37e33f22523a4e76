"""What this machine holds of one team, and writes in it: its keys, the signed documents, the rings, its journal."""
